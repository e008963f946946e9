using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Import.Readers;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Tests.Incidents;

/// <summary>Breakages of the files beside the records.</summary>
internal static class OtherBreakages
{
    public static readonly IReadOnlyList<Breakage> All =
    [
        Breakage.Of(PatternFile.NeededSection, Sample.Pattern.With("## Trade-offs\nIt takes time.\n", ""), null, "“## Trade-offs” is missing", "patterns/sample-pattern.md"),
        Breakage.Of(PatternFile.Reserved, Sample.Pattern, null, "“matrix” is the address of a page", "patterns/matrix.md"),
        Breakage.Of(SyntaxRules.Missing, Sample.Pattern.With("tier: gold\n", ""), "name:", "“tier” is missing", "patterns/sample-pattern.md"),
        Breakage.Of(SyntaxRules.UnknownHeading, Sample.Pattern.With("## Problem", "## Problm"), "## Problm", "did you mean “Problem”?", "patterns/sample-pattern.md"),
        Breakage.Of(CitationRules.SentenceUncited, Sample.Pattern.With("It takes time.", "It takes 5 days."), "It takes", "states a figure", "patterns/sample-pattern.md"),
        Breakage.Of(CitationRules.UnknownSource, Sample.Pattern.With("It takes time.", "It takes time. [^x]"), "It takes", "“x” is no source", "patterns/sample-pattern.md"),
        Breakage.Of(CompanyFile.InsightSource, Sample.Company + "cost_insights:\n  - {text: It costs, source: nope}\n", "  - {text", "“nope” is no source of this company", "companies/sample-company.yaml"),
        Breakage.Of(SyntaxRules.UnknownSlug, Sample.Company + "parent: nobody\n", "parent:", "There is no company “nobody”", "companies/sample-company.yaml"),
        Breakage.Of(EpisodeFile.BadMark, Sample.Episode.With("start: 0:00", "start: soon"), "  - {start", "“soon” is no time mark", "episodes/sample-episode.md"),
        Breakage.Of(EpisodeFile.BadMark, Sample.Episode.With("[canary-release]", "{canary-release: 1:99}"), "patterns:", "“1:99” is no time mark", "episodes/sample-episode.md"),
        Breakage.Of(CombinationFile.TooFew, "combinations:\n  - {slug: one-alone, label: One alone, relation: together, patterns: [timeout], reason: None}\n", "  - {slug", "fewer than two patterns", "vocabulary/combinations.yaml"),
        Breakage.Of(SyntaxRules.DuplicateKey, "combinations:\n  - {slug: a-b, label: L, relation: together, patterns: [timeout, bulkhead], reason: R}\n  - {slug: a-b, label: M, relation: together, patterns: [timeout, bulkhead], reason: R}\n", "  - {slug: a-b, label: M", "second time", "vocabulary/combinations.yaml"),
        Breakage.Of(SyntaxRules.BadWhen, "eras:\n  - {slug: an-era, label: L, from: then, meaning: M}\n", "  - {slug", "“then” is no time", "vocabulary/eras.yaml"),
        Breakage.Of(VocabularyFile.ParentUnknown, "title: T\nterms:\n  - {slug: a, label: A, parent: nope, meaning: M.}\n", "  - {slug", "is no word at the top", "vocabulary/sample.yaml"),
        Breakage.Of(VocabularyFile.TermTaken, "title: T\nterms:\n  - {slug: a, label: A, meaning: M.}\n  - {slug: b, label: B, aliases: [A], meaning: M.}\n", "  - {slug: b", "“A” already stands for “a”", "vocabulary/sample.yaml"),
        Breakage.Of(JsonRecordReader.BadJson, "{\"slug\": \"a-b\",\n \"title\": 5}", " \"title\"", "This is no record in JSON", "json/records.json"),
        Breakage.Of(JsonRecordReader.BadJson, "[1,", "[1", "This is not valid JSON", "json/records.json"),
    ];
}
