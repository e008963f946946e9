using System.Text;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

/// <summary>A very large record, made of one thing over and over, is judged in seconds whatever the thing is.</summary>
[Collection(nameof(Alone))]
public sealed class LargeRecordTests
{
    /// <summary>A third of the size a file may have: what takes the square of its length still shows.</summary>
    private const int Size = 350_000;
    private const int Limit = 5_000;

    private static string Fill(string before, Func<int, string> part, string after)
    {
        var text = new StringBuilder(before);
        for (var n = 0; text.Length + after.Length < Size; n++)
            text.Append(part(n));
        return text.Append(after).ToString();
    }

    private static string Around(string marker, Func<int, string> part)
    {
        var at = Sample.Record.IndexOf(marker, StringComparison.Ordinal) + marker.Length;
        return Fill(Sample.Record[..at], part, Sample.Record[at..]);
    }

    private static readonly IReadOnlyDictionary<string, Func<string>> _records = new Dictionary<string, Func<string>>
    {
        ["lines of the timeline"] = () => Around("## Timeline\n", _ => "- 2012 · context · x [^sec]\n"),
        ["lines that continue one"] = () => Sample.Record.With("The new version is brought out.", Fill("The new", _ => "\n  x", " version.")),
        ["blanks in a line"] = () => Sample.Record.With("The exchange calls.", Fill("The exchange", _ => "                  ", "calls.")),
        ["citations in a line"] = () => Sample.Record.With("The exchange calls.", Fill("The exchange ", _ => "[^sec]", "calls.")),
        ["unknown keys"] = () => Around("severity: S1\n", n => $"titel{n}: x\n"),
        ["unknown citations"] = () => Around("## Aftermath\n", n => $"A. [^s{n}]\n"),
        ["sources"] = () => Around("\nsources:\n", n => $"  s{n}: {{title: T, publisher: P, type: book, read: full}}\n"),
        ["sources and unknown citations"] = () => Fill(Sample.Record.With("\nsources:\n", "\nsources:\n" + string.Concat(Enumerable.Range(0, 1_000).Select(n => $"  source-{n}: {{title: T, publisher: P, type: book, read: full}}\n"))), n => $"A. [^t{n}]\n", ""),
        ["causes"] = () => Sample.Record.With("causes: {", Fill("causes: {", n => $"cause-{n}: root, ", "")),
        ["parts"] = () => Around("## Causes\n", n => $"### cause-{n}\nx\n\n"),
        ["headings"] = () => Fill(Sample.Record, n => $"## Heading {n}\nx\n", ""),
        ["metrics"] = () => Around("metrics:\n", n => "  - {metric: fine, value: 1 EUR, source: sec}\n"),
        ["relations"] = () => Sample.Record.With("regions:", Fill("relations:\n", n => "  - {incident: nowhere-at-all, type: part_of}\n", "regions:")),
        ["dots"] = () => Sample.Record.With("within a year.", Fill("", _ => ".", " x")),
        ["blanks"] = () => Sample.Record.With("within a year.", Fill("", _ => " ", "x")),
        ["figures in the hook"] = () => Around("## Hook\n", n => $"{n} "),
        ["quotation marks"] = () => Around("## Aftermath\n", _ => "\""),
        ["words"] = () => Around("## Summary\n", _ => "word "),
        ["tags"] = () => Sample.Record.With("tags: [", Fill("tags: [", n => $"Tag {n}, ", "")),
        ["companies"] = () => Sample.Record.With("companies: [", Fill("companies: [", n => $"company-{n}, ", "")),
    };

    public static TheoryData<string> Things => [.. _records.Keys];

    [Theory]
    [MemberData(nameof(Things))]
    public void A_very_large_record_is_judged_in_seconds(string things)
    {
        var bytes = Encoding.UTF8.GetBytes(_records[things]());
        bytes.Length.ShouldBeInRange(Size - 10_000, YamlTree.MaxBytes);
        Fast.Within(Limit, things, () =>
        {
            var file = Clone.Data.ReadIncident("large-record", "large.md", bytes);
            return file.HasErrors ? null : IncidentProjection.Of(file.Incident!);
        });
    }
}
