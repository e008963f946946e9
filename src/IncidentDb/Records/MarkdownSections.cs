using System.Text;

namespace IncidentDb.Records;

/// <summary>The prose sections of a Markdown record other than an incident's: known headings first and in order, unknown ones kept.</summary>
public static class MarkdownSections
{
    public static IReadOnlyList<Section> Read(IReadOnlyList<TextSection> parts, IReadOnlyList<SectionHeading> headings, ReadContext context)
    {
        var sections = new List<Section>();
        foreach (var part in parts)
        {
            var known = headings.FirstOrDefault(h => string.Equals(h.Heading, part.Heading, StringComparison.OrdinalIgnoreCase));
            var id = known?.Id ?? Slug.From(part.Heading).Replace('-', '_');
            context.Remember($"sections.{id}", part.BodyLine);
            if (known is null)
                context.Report(SyntaxRules.UnknownHeading, part.Line, $"sections.{id}", $"The format has no heading “{part.Heading}” here{Nearest.Hint(part.Heading, headings.Select(h => h.Heading))} It is kept as it stands.");
            if (sections.Any(s => s.Id == id))
                context.Report(SyntaxRules.DuplicateHeading, part.Line, $"sections.{id}", $"The heading “{part.Heading}” stands here for the second time.");
            else if (part.Body.Length > 0)
                sections.Add(new Section(id, known?.Heading ?? part.Heading, part.Body));
        }

        return [.. sections.OrderBy(s => Order(s.Id, headings))];
    }

    private static int Order(string id, IReadOnlyList<SectionHeading> headings)
    {
        for (var i = 0; i < headings.Count; i++)
        {
            if (headings[i].Id == id)
                return i;
        }

        return headings.Count;
    }

    /// <summary>The rule of sentences: a figure, a month or a quotation cites a source of the record.</summary>
    public static void CheckCitations(string oneLine, IReadOnlyList<Section> sections, IReadOnlyList<Source> sources, ReadContext context)
    {
        foreach (var (path, text) in sections.Select(s => ($"sections.{s.Id}", s.Markdown)).Prepend(("oneLine", oneLine)))
        {
            foreach (var sentence in Citations.Sentences(text))
            {
                var line = context.Lines[path] + sentence.Line;
                foreach (var id in sentence.Sources.Where(id => id != Citations.Unsourced && sources.All(s => s.Id != id)))
                    context.Report(CitationRules.UnknownSource, line, path, $"“{id}” is no source of this record{Nearest.Hint(id, sources.Select(s => s.Id))}");
                if (sentence.Sources.Count == 0 && CitationRules.NeedsCitation(sentence.Text))
                    context.Report(CitationRules.SentenceUncited, line, path, $"“{sentence.Text}” states a figure, a date or a quotation without a source: add [^id] after it, or [^?] to mark it unsourced.");
            }
        }
    }

    public static void Write(StringBuilder file, IReadOnlyList<Section> sections)
    {
        foreach (var section in sections)
            file.Append("\n## ").Append(section.Heading).Append('\n').Append(RecordText.Tidy(section.Markdown)).Append('\n');
    }
}
