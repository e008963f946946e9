using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>Reads a record file. Every fault is a <see cref="Problem"/>; what could be read is in the record even then.</summary>
public static class IncidentReader
{
    /// <summary>Reads a file's bytes; the record is null when there is nothing to make sense of.</summary>
    public static ReadResult<Incident> Read(string slug, ReadOnlySpan<byte> bytes, ReadContext context)
    {
        var text = RecordText.Decode(bytes, context);
        return text is null ? Result(null, context) : Read(slug, text, context);
    }

    public static ReadResult<Incident> Read(string slug, string text, ReadContext context)
    {
        if (!Slug.IsValid(slug))
            context.Report(SyntaxRules.BadSlug, 0, "slug", $"The file's name “{slug}” is no slug; use lower-case letters, digits and hyphens, for example “{Slug.From(slug)}.md”.");
        if (RecordText.Parse(text, context) is not { } parts)
            return Result(null, context);
        Fields.Read(IncidentFields.All, parts.FrontMatter, new Incident { Slug = slug }, context, "", out var incident);
        incident = ReadBody(incident, parts, context);
        IncidentRules.Check(incident, context);
        return Result(incident, context);
    }

    private static ReadResult<Incident> Result(Incident? incident, ReadContext context) =>
        new() { Record = incident, Problems = context.Problems, Lines = context.Lines };

    private static Incident ReadBody(Incident incident, RecordText parts, ReadContext context)
    {
        incident = incident with { OneLine = OneLine(parts.Lead, context) };
        var sections = new List<Section>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.Sections)
        {
            var id = SectionHeadings.IdOf(part.Heading);
            var path = $"sections.{id}";
            context.Remember(path, part.BodyLine);
            if (!seen.Add(id))
            {
                context.Report(SyntaxRules.DuplicateHeading, part.Line, path, $"The heading “{part.Heading}” stands here for the second time.");
                continue;
            }

            switch (id)
            {
                case SectionHeadings.Timeline:
                    context.Remember("timeline", part.BodyLine);
                    incident = incident with { Timeline = Timeline.Read(part.Body, part.BodyLine, incident.Started?.At, context) };
                    break;
                case SectionHeadings.Causes:
                    incident = incident with { Causes = ReadCauses(incident.Causes, part, context) };
                    break;
                case SectionHeadings.Patterns:
                    incident = incident with { Patterns = ReadPatterns(incident.Patterns, part, context) };
                    break;
                default:
                    var known = SectionHeadings.ByHeading(part.Heading);
                    if (known is null)
                        context.Report(SyntaxRules.UnknownHeading, part.Line, path, $"The format has no heading “{part.Heading}”{Nearest.Hint(part.Heading, SectionHeadings.All.Select(h => h.Heading))} It is kept as it stands.");
                    if (part.Body.Length > 0)
                        sections.Add(new Section(id, known?.Heading ?? part.Heading, part.Body));
                    break;
            }
        }

        return incident with { Sections = [.. sections.OrderBy(s => SectionHeadings.OrderOf(s.Id))] };
    }

    private static string OneLine(TextSection lead, ReadContext context)
    {
        context.Remember("oneLine", lead.BodyLine);
        var text = lead.Body.Trim();
        if (text.Contains("\n\n", StringComparison.Ordinal))
            context.Report(SyntaxRules.TextBeforeSections, lead.BodyLine, "oneLine", "Before the first heading stands one paragraph, the record in one line; move the rest under “## Summary”.");
        return text;
    }

    private static List<IncidentCause> ReadCauses(IReadOnlyList<IncidentCause> declared, TextSection section, ReadContext context)
    {
        var causes = declared.ToList();
        foreach (var part in Parts(section, "causes", context))
        {
            var slug = context.Words.Resolve("causes", part.Heading) ?? part.Heading;
            var at = causes.FindIndex(c => c.Slug == slug);
            if (at < 0)
            {
                context.Report(IncidentRules.PartNotDeclared, part.Line, $"causes.{slug}", $"The cause “{slug}” has text but no role: add it to “causes” in the front matter.");
                continue;
            }

            context.Remember($"causes.{slug}.text", part.BodyLine);
            causes[at] = causes[at] with { Text = part.Body };
        }

        return causes;
    }

    private static List<IncidentPattern> ReadPatterns(IReadOnlyList<IncidentPattern> declared, TextSection section, ReadContext context)
    {
        var patterns = declared.ToList();
        foreach (var part in Parts(section, "patterns", context))
        {
            var slug = context.Known?.Resolve(Noun.Pattern, part.Heading) ?? part.Heading;
            var at = patterns.FindIndex(p => p.Slug == slug);
            if (at < 0)
            {
                context.Report(IncidentRules.PartNotDeclared, part.Line, $"patterns.{slug}", $"The pattern “{slug}” has text but no relation: add it to “patterns” in the front matter.");
                continue;
            }

            context.Remember($"patterns.{slug}.text", part.BodyLine);
            var (happened, would) = PatternText.Read(part.Body);
            patterns[at] = patterns[at] with { WhatHappened = happened, WouldHave = would };
        }

        return patterns;
    }

    private static IEnumerable<TextSection> Parts(TextSection section, string name, ReadContext context)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in section.Parts())
        {
            if (part.Heading.Length == 0)
            {
                if (part.Body.Length > 0)
                    context.Report(IncidentRules.PartNotDeclared, part.BodyLine, $"sections.{name}", $"Text under “{section.Heading}” stands in parts: begin each with “### slug”.");
            }
            else if (seen.Add(part.Heading))
            {
                yield return part;
            }
            else
            {
                context.Report(SyntaxRules.DuplicateHeading, part.Line, $"{name}.{part.Heading}", $"The part “{part.Heading}” stands here for the second time.");
            }
        }
    }
}

/// <summary>The two labelled texts of a pattern's part.</summary>
public static class PatternText
{
    private const string Happened = "What happened:";
    private const string Would = "Would have:";

    /// <summary>Text without a label counts as what happened.</summary>
    public static (string WhatHappened, string WouldHave) Read(string body)
    {
        var (happened, would) = (new StringBuilder(), new StringBuilder());
        var target = happened;
        foreach (var raw in body.Split('\n'))
        {
            var row = raw;
            if (row.StartsWith(Happened, StringComparison.OrdinalIgnoreCase))
                (target, row) = (happened, row[Happened.Length..].TrimStart());
            else if (row.StartsWith(Would, StringComparison.OrdinalIgnoreCase))
                (target, row) = (would, row[Would.Length..].TrimStart());
            target.Append(row).Append('\n');
        }

        return (RecordText.Tidy(happened.ToString()), RecordText.Tidy(would.ToString()));
    }

    public static string Write(IncidentPattern pattern)
    {
        var text = new StringBuilder();
        if (pattern.WhatHappened.Length > 0)
            text.Append(Happened).Append(' ').Append(pattern.WhatHappened).Append('\n');
        if (pattern.WouldHave.Length > 0)
            text.Append(Would).Append(' ').Append(pattern.WouldHave).Append('\n');
        return text.ToString();
    }
}
