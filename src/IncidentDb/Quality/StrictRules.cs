using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Quality;

/// <summary>
/// Rules over a whole collection, for <c>incidentdb check --strict</c>: words of our own, said once, readable, and no incident told twice. They judge
/// what the editors publish with the clone, not what a contributor may submit.
/// </summary>
public static partial class StrictRules
{
    public static readonly Rule SharedRun = new("shared-run", ProblemLevel.Error, "At most four stretches of nine words or more are shared with texts of others; quotations are not counted. (strict)");
    public static readonly Rule SharedSentence = new("shared-sentence", ProblemLevel.Error, "A sentence of twelve words or more stands in one record only. (strict)");
    public static readonly Rule SharedReason = new("shared-reason", ProblemLevel.Error, "“What happened” and “Would have” are this incident's own. (strict)");
    public static readonly Rule SuperlativeUncited = new("superlative-uncited", ProblemLevel.Error, "“Biggest”, “worst”, “first ever” and their like cite who says so. (strict)");
    public static readonly Rule LooksLike = new("look-alike", ProblemLevel.Error, "No incident is told by two records, unless they name each other as related. (strict)");
    public static readonly Rule HardToRead = new("hard-to-read", ProblemLevel.Error, "A summary has a reading ease (Flesch) of 30 or more. (strict)");

    public static readonly IReadOnlyList<Rule> All = [SharedRun, SharedSentence, SharedReason, SuperlativeUncited, LooksLike, HardToRead];

    private const int MaxSharedRuns = 4;
    private const int LongSentence = 12;
    private const double MinReadingEase = 30;

    /// <summary>A stretch of prose of one file.</summary>
    /// <param name="File">The file it stands in.</param>
    /// <param name="Path">Its field.</param>
    /// <param name="Markdown">With citations.</param>
    /// <param name="Sources">Citations that stand beside it, as those of a line of the timeline.</param>
    private sealed record Text(DataFile File, string Path, string Markdown, IReadOnlyList<string> Sources);

    /// <summary>Judges a folder as a whole.</summary>
    /// <param name="folder">A data folder whose records are without errors.</param>
    /// <param name="others">Texts of others, or null where there are none to compare with.</param>
    public static IReadOnlyList<Problem> Check(DataFolder folder, SharedRuns? others)
    {
        var files = folder.Incidents().Where(f => f.Incident is not null).ToList();
        var texts = files.SelectMany(Texts).ToList();
        return
        [
            .. Sentences(texts),
            .. Reasons(files),
            .. files.SelectMany(Superlatives),
            .. files.Select(ReadingEase).OfType<Problem>(),
            .. others is null ? [] : files.SelectMany(f => Runs(f, others)),
            .. Twins(files),
        ];
    }

    private static IEnumerable<Text> Texts(DataFile file)
    {
        var incident = file.Incident!;
        yield return new Text(file, "oneLine", incident.OneLine, []);
        foreach (var section in incident.Sections.Where(s => s.Id != "quotes"))
            yield return new Text(file, $"sections.{section.Id}", section.Markdown, []);
        foreach (var (e, i) in incident.Timeline.Select((e, i) => (e, i)))
            yield return new Text(file, $"timeline[{i}]", e.Text, e.Sources);
        foreach (var cause in incident.Causes)
            yield return new Text(file, $"causes.{cause.Slug}.text", cause.Text, []);
        foreach (var pattern in incident.Patterns)
        {
            yield return new Text(file, $"patterns.{pattern.Slug}.text", pattern.WhatHappened, []);
            yield return new Text(file, $"patterns.{pattern.Slug}.text", pattern.WouldHave, []);
        }
    }

    private static IEnumerable<Problem> Sentences(IEnumerable<Text> texts)
    {
        var first = new Dictionary<string, Text>(StringComparer.Ordinal);
        foreach (var text in texts)
        {
            foreach (var sentence in Citations.Sentences(text.Markdown))
            {
                var words = Prose.Words(sentence.Text);
                if (words.Count < LongSentence)
                    continue;
                var key = string.Join(' ', words);
                if (!first.TryGetValue(key, out var other))
                    first[key] = text;
                else if (other.File.Slug != text.File.Slug)
                    yield return At(SharedSentence, text, sentence.Text, $"“{Cut(sentence.Text)}” stands in {other.File.Path} too; say it in this record's own words.");
            }
        }
    }

    private static IEnumerable<Problem> Reasons(IEnumerable<DataFile> files)
    {
        var first = new Dictionary<string, DataFile>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var pattern in file.Incident!.Patterns)
            {
                foreach (var reason in (string[])[pattern.WhatHappened, pattern.WouldHave])
                {
                    var key = string.Join(' ', Prose.Words(reason));
                    if (key.Length > 0 && !first.TryAdd(key, file) && first[key] != file)
                        yield return At(SharedReason, new Text(file, $"patterns.{pattern.Slug}.text", reason, []), reason, $"“{Cut(reason)}” is said of {first[key].Path} too; say what it was or would have been here.");
                }
            }
        }
    }

    private static IEnumerable<Problem> Superlatives(DataFile file) =>
        from text in Texts(file)
        from sentence in Citations.Sentences(text.Markdown)
        where text.Sources.Count == 0 && !sentence.IsCited && !sentence.Text.EndsWith('?') && Superlative().Match(sentence.Text) is { Success: true }
        select At(SuperlativeUncited, text, sentence.Text, $"“{Cut(sentence.Text)}” ranks without saying who does: cite it, or say how large it was.");

    private static Problem? ReadingEase(DataFile file)
    {
        var incident = file.Incident!;
        if (incident.Language is not (null or "en") || incident.Section(SectionHeadings.Summary) is not { } summary)
            return null;
        var ease = Prose.ReadingEase(summary);
        if (!(ease < MinReadingEase))
            return null;
        return At(HardToRead, new Text(file, "sections.summary", summary, []), summary, $"The summary has a reading ease of {ease.ToString("0", CultureInfo.InvariantCulture)}; shorter sentences and shorter words bring it to {MinReadingEase} or more.");
    }

    private static IEnumerable<Problem> Runs(DataFile file, SharedRuns others)
    {
        var titles = file.Incident!.Sources.Select(s => string.Join(' ', Prose.Words(s.Title))).Where(t => t.Length > 0).ToList();
        var shared = Texts(file).SelectMany(t => others.In(t.Markdown).Select(run => (Text: t, Run: run))).Where(s => !titles.Any(t => t.Contains(s.Run, StringComparison.Ordinal))).ToList();
        if (shared.Count <= MaxSharedRuns)
            return [];
        return shared.Select(s => At(SharedRun, s.Text, s.Text.Markdown, $"“{s.Run}” stands in a text of others, one of {shared.Count} such stretches; use words of our own."));
    }

    private static IEnumerable<Problem> Twins(IReadOnlyList<DataFile> files)
    {
        var byslug = files.ToDictionary(f => f.Slug, StringComparer.Ordinal);
        return LookAlikes.Among([.. files.Select(f => f.Incident!)])
            .Select(t => LooksLike.At(byslug[t.Second].Path, 0, "", $"This may be the incident of {byslug[t.First].Path}: {t.Reason}. Merge them, or name one in the relations of the other."));
    }

    /// <summary>The line is found by the sentence's first words: what is judged here has no place of its own any more.</summary>
    private static Problem At(Rule rule, Text text, string sentence, string what)
    {
        var start = sentence.Split('\n')[0];
        var at = text.File.Text?.IndexOf(start.Length > 40 ? start[..40] : start, StringComparison.Ordinal) ?? -1;
        var line = at < 0 ? 0 : text.File.Text.AsSpan(0, at).Count('\n') + 1;
        return rule.At(text.File.Path, line, text.Path, what);
    }

    private static string Cut(string text) => text.Length <= 60 ? text : text[..59] + "…";

    // "Your largest table" and "the worst case" rank nothing in the world; "the largest outage" does.
    [GeneratedRegex(
        @"(?<!\b(your|its|their|our|each|at|at the)\s)\b((biggest|worst(?![- ]case)|deadliest|costliest|first[- ]ever|unprecedented|most (severe|expensive|famous|serious|damaging))\b|(largest|greatest)\b(\s\w+){0,2}\s(outage|incident|accident|failure|breach|leak|loss|hack|attack|theft|fine|settlement|disruption|crash|recall|blackout)s?\b)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        RegexLimit.Milliseconds)]
    private static partial Regex Superlative();
}
