using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>Writes a record in the one canonical form. Reading the result gives the same record again.</summary>
public static class IncidentWriter
{
    public static string Write(Incident incident)
    {
        var file = new StringBuilder("---\n");
        file.Append(YamlWriter.Write(Fields.Write(IncidentFields.All, incident))).Append("---\n");
        if (incident.OneLine.Length > 0)
            file.Append(RecordText.Tidy(incident.OneLine)).Append('\n');
        var sections = incident.Sections.ToDictionary(s => s.Id);
        foreach (var heading in SectionHeadings.All)
        {
            var body = heading.Id switch
            {
                SectionHeadings.Timeline => Timeline.Write(incident.Timeline, incident.Started?.At),
                SectionHeadings.Causes => Causes(incident),
                SectionHeadings.Patterns => Patterns(incident),
                _ => sections.GetValueOrDefault(heading.Id)?.Markdown ?? "",
            };
            Append(file, heading.Heading, body);
        }

        foreach (var section in incident.Sections.Where(s => SectionHeadings.ById(s.Id) is null))
            Append(file, section.Heading, section.Markdown);
        return file.ToString();
    }

    private static void Append(StringBuilder file, string heading, string body)
    {
        var text = RecordText.Tidy(body);
        if (text.Length > 0)
            file.Append("\n## ").Append(heading).Append('\n').Append(text).Append('\n');
    }

    private static string Causes(Incident incident)
    {
        var parts = incident.Causes.Where(c => c.Text.Length > 0).Select(c => $"### {c.Slug}\n{RecordText.Tidy(c.Text)}\n");
        return string.Join('\n', parts);
    }

    private static string Patterns(Incident incident)
    {
        var parts = incident.Patterns.Where(p => p.WhatHappened.Length + p.WouldHave.Length > 0).Select(p => $"### {p.Slug}\n{PatternText.Write(p)}");
        return string.Join('\n', parts);
    }
}
