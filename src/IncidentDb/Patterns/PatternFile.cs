using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Patterns;

/// <summary>Reads and writes <c>data/patterns/*.md</c>.</summary>
public static class PatternFile
{
    public static readonly Rule NeededSection = new("pattern-section", ProblemLevel.Error, "A pattern says its problem, its solution, what violating it looks like, how to check, when not to use it and its trade-offs.");
    public static readonly Rule Reserved = new("reserved-slug", ProblemLevel.Error, "A slug is not one of the words that addresses reserve.");

    /// <summary>Words under /patterns that are pages of their own.</summary>
    public static readonly IReadOnlyList<string> ReservedSlugs = ["matrix", "combinations", "evolution"];

    public static readonly IReadOnlyList<SectionHeading> Headings =
    [
        new("problem", "Problem", "What goes wrong without it."),
        new("solution", "Solution", "What to do."),
        new("violation", "What violating it looks like", "The signs in a design, a change or an incident."),
        new("check", "How to check", "What to look at or test to know that it holds."),
        new("avoid", "When not to use it", "Where it costs more than it gives."),
        new("trade_offs", "Trade-offs", "What it costs."),
    ];

    public static readonly IReadOnlyList<Field<Pattern>> All =
    [
        Fields.Of<Pattern, string>("name", Codecs.Text, p => p.Name, (p, v) => p with { Name = v }, "The name in sentence case.", required: true),
        Fields.Of<Pattern, IReadOnlyList<string>>("aliases", Codecs.List(Codecs.Text), p => p.Aliases, (p, v) => p with { Aliases = v }, "Other names."),
        Fields.Of<Pattern, IReadOnlyList<string>>("former_slugs", Codecs.List(Codecs.Slug), p => p.FormerSlugs, (p, v) => p with { FormerSlugs = v }, "Former addresses; they lead here."),
        Fields.Of<Pattern, string>("category", Codecs.Word("pattern_categories"), p => p.Category, (p, v) => p with { Category = v }, "What it is about.", required: true),
        Fields.Of<Pattern, string>("tier", Codecs.Word("tiers"), p => p.Tier, (p, v) => p with { Tier = v }, "How well proven it is.", required: true),
        Fields.Of<Pattern, string>("status", Codecs.Word("pattern_status"), p => p.Status, (p, v) => p with { Status = v }, "Whether it is recommended today."),
        Fields.Of<Pattern, CitedWhen>("emerged", Codecs.When, p => p.Emerged, (p, v) => p with { Emerged = v }, "The year it was first described or widely used."),
        Fields.Of<Pattern, IReadOnlyList<string>>("laws", Codecs.List(Codecs.Word("laws")), p => p.Laws, (p, v) => p with { Laws = v }, "The laws it answers to."),
        Fields.Of<Pattern, IReadOnlyList<KeyValuePair<string, string>>>("related", Codecs.Map(Codecs.Reference(Noun.Pattern), Codecs.Word("pattern_links")), p => p.Related, (p, v) => p with { Related = v }, "Other patterns and how it relates to them."),
        SourceFields.Of<Pattern>(p => p.Sources, (p, v) => p with { Sources = v }, "The sources under short ids."),
    ];

    public static ReadResult<Pattern> Read(string slug, string text, ReadContext context)
    {
        Pattern? pattern = null;
        if (ReservedSlugs.Contains(slug))
            context.Report(Reserved, 0, "slug", $"“{slug}” is the address of a page of its own; choose another slug.");
        if (RecordText.Parse(text, context) is { } parts)
        {
            Fields.Read(All, parts.FrontMatter, new Pattern { Slug = slug }, context, "", out pattern);
            pattern = pattern with { OneLine = parts.Lead.Body.Trim(), Sections = MarkdownSections.Read(parts.Sections, Headings, context) };
            context.Remember("oneLine", parts.Lead.BodyLine);
            MarkdownSections.CheckCitations(pattern.OneLine, pattern.Sections, pattern.Sources, context);
            if (pattern.OneLine.Length == 0)
                context.Report(SyntaxRules.Missing, parts.Lead.BodyLine, "oneLine", "The pattern in one line is missing: a paragraph before the first heading.");
            foreach (var heading in Headings.Where(h => pattern.Section(h.Id) is null))
                context.Report(NeededSection, 0, $"sections.{heading.Id}", $"“## {heading.Heading}” is missing. {heading.Meaning}");
        }

        return new ReadResult<Pattern> { Record = pattern, Problems = context.Problems, Lines = context.Lines };
    }

    public static string Write(Pattern pattern)
    {
        var file = new StringBuilder("---\n").Append(YamlWriter.Write(Fields.Write(All, pattern))).Append("---\n");
        if (pattern.OneLine.Length > 0)
            file.Append(RecordText.Tidy(pattern.OneLine)).Append('\n');
        MarkdownSections.Write(file, pattern.Sections);
        return file.ToString();
    }
}
