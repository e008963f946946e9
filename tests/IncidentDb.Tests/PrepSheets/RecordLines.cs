using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>
/// A record's file read anew for the checker, without the reader, the passages and the sentence cutter that sheets are made with: lines of plain text in
/// which only the citation marks are left.
/// </summary>
internal sealed partial class RecordLines
{
    private readonly List<(string Bare, List<(int At, string Id)> Marks)> _lines;
    private readonly Dictionary<string, IReadOnlyList<string>?> _found = [];

    public RecordLines(string content)
    {
        _lines = [.. Paragraphs(content).Select(WithoutMarks)];
        Figures = Number().Matches(content).SelectMany(m => Values(m.Value)).ToHashSet();
    }

    /// <summary>Every number of the file, front matter included, with its scale where one follows it.</summary>
    public IReadOnlySet<decimal> Figures { get; }

    /// <summary>The citation marks that close a text of the record, or null when the record does not hold the text.</summary>
    public IReadOnlyList<string>? MarksAfter(string text)
    {
        if (!_found.TryGetValue(text, out var marks))
            _found[text] = marks = Find(text);
        return marks;
    }

    private IReadOnlyList<string>? Find(string text)
    {
        IReadOnlyList<string>? marks = null;
        foreach (var (bare, stood) in _lines)
        {
            for (var at = bare.IndexOf(text, StringComparison.Ordinal); at >= 0; at = bare.IndexOf(text, at + 1, StringComparison.Ordinal))
            {
                var end = at + text.Length;
                // The last field of a list item carries the marks for all of its fields.
                if (bare.AsSpan(end).StartsWith(" · "))
                    end = bare.Length;
                var found = stood.Where(m => m.At > at && m.At <= end).Select(m => m.Id).ToList();
                if (marks is null || found.Count > 0)
                    marks = found;
            }
        }

        return marks;
    }

    /// <summary>The values that a number in a text can mean: <c>460M</c> is 460 and 460,000,000.</summary>
    public static IEnumerable<decimal> Values(string text)
    {
        var number = Number().Match(text);
        var value = decimal.Parse(number.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        yield return value;
        var scale = number.Groups["scale"].Value switch
        {
            "k" or "K" or "thousand" => 1_000m,
            "M" or "m" or "million" => 1_000_000m,
            "B" or "bn" or "billion" => 1_000_000_000m,
            "T" or "trillion" => 1_000_000_000_000m,
            _ => 1m,
        };
        if (scale != 1)
            yield return value * scale;
    }

    public static IEnumerable<Match> FiguresIn(string text) => Number().Matches(text);

    /// <summary>A line with its marks taken out, and the place where each stood.</summary>
    private static (string Bare, List<(int At, string Id)> Marks) WithoutMarks(string line)
    {
        var stood = new List<(int At, string Id)>();
        var taken = 0;
        var bare = Mark().Replace(line, m =>
        {
            stood.Add((m.Index - taken, m.Groups["id"].Value));
            taken += m.Length;
            return "";
        });
        return (bare, stood);
    }

    private static IEnumerable<string> Paragraphs(string content)
    {
        var lines = new List<string>();
        foreach (var row in content.Split('\n').Append(""))
        {
            var begins = row.Length == 0 || row.StartsWith("- ", StringComparison.Ordinal) || row.StartsWith('#') || row.StartsWith("What happened: ", StringComparison.Ordinal) || row.StartsWith("Would have: ", StringComparison.Ordinal);
            if (begins && lines.Count > 0)
            {
                yield return Plain(string.Join(' ', lines));
                lines.Clear();
            }

            if (row.Length > 0)
                lines.Add(row.Trim());
        }
    }

    private static string Plain(string text)
    {
        text = Link().Replace(text, "${words}");
        text = text.Replace("\\·", "·", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
        text = Code().Replace(text, "$1");
        text = Escape().Replace(text, "$1");
        // Marks stand close to their sentence.
        return Spaces().Replace(text.Replace(" [^", "[^", StringComparison.Ordinal), " ");
    }

    [GeneratedRegex(@"(?<![\p{L}\d])(?<!(?<!\.)\.)(?<n>(?>\d+(?:,\d{3})*(?:\.\d+)?))(?!\p{L}{2})(?:\s?(?<scale>thousand|million|billion|trillion|bn|[kKmMBT])\b)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\[\^(?<id>[^\]]+)\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[(?<words>[^\]^][^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`([^`]+)`", RegexOptions.None, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\\([\\\[\]_*<>#~])", RegexOptions.None, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
