using System.Text;
using System.Text.RegularExpressions;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;
using IncidentDb.Wording;

namespace IncidentDb.Import;

/// <summary>
/// The tables of <c>docs/data-format.md</c>, made from the declarations that the reader uses, so that the page cannot fall behind.
/// They stand between comments such as <c>&lt;!-- fields:incident --&gt;</c>.
/// </summary>
public static partial class FormatReference
{
    /// <summary>Every rule, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<Rule> Rules =
    [
        .. SyntaxRules.All, .. CitationRules.All, .. IncidentRules.All,
        PatternFile.NeededSection, PatternFile.Reserved, CompanyFile.InsightSource, EpisodeFile.BadMark, CombinationFile.TooFew,
        VocabularyFile.ParentUnknown, VocabularyFile.TermTaken, Readers.JsonRecordReader.BadJson, .. Quality.StrictRules.All,
    ];

    /// <summary>The page with its tables made anew.</summary>
    public static string Fill(string page, VocabularySet words) => Block().Replace(page, block =>
    {
        var table = new StringBuilder();
        switch (block.Groups["what"].Value)
        {
            case "fields:incident":
                Rows(table, IncidentFields.All);
                break;
            case "fields:pattern":
                Rows(table, PatternFile.All);
                break;
            case "fields:company":
                Rows(table, CompanyFile.All);
                break;
            case "fields:episode":
                Rows(table, EpisodeFile.All);
                break;
            case "sections":
                table.Append("| heading | meaning |\n| --- | --- |\n");
                foreach (var heading in SectionHeadings.All)
                    table.Append($"| {heading.Heading} | {heading.Meaning}{(heading.CaseStudyOnly ? " Case studies only." : "")}{(heading.MaxWords is { } max ? $" At most {max} words." : "")}{(heading.ForHosts ? " For hosts." : "")} |\n");
                break;
            case "words:event_types":
                table.Append("| word | meaning |\n| --- | --- |\n");
                foreach (var term in words["event_types"]?.Terms ?? [])
                    table.Append($"| `{term.Slug}` | {term.Meaning}{(term.OutsideWindow ? " May lie outside." : "")} |\n");
                break;
            case "rules":
                table.Append("| rule | level | meaning |\n| --- | --- | --- |\n");
                foreach (var rule in Rules)
                    table.Append($"| `{rule.Id}` | {(rule.Level == ProblemLevel.Error ? "error" : "warning")} | {rule.Meaning} |\n");
                break;
            default:
                return block.Value;
        }

        return $"{block.Groups["open"].Value}\n{table}{block.Groups["close"].Value}";
    });

    private static void Rows<T>(StringBuilder table, IReadOnlyList<Field<T>> fields)
    {
        table.Append("| key | holds | meaning |\n| --- | --- | --- |\n");
        foreach (var field in fields)
            table.Append($"| `{field.Key}` | {field.Kind} | {field.Meaning} |\n");
    }

    [GeneratedRegex(@"(?<open><!-- (?<what>[\w:]+) -->)\n.*?(?<close><!-- /\w+ -->)", RegexOptions.Singleline | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Block();
}
