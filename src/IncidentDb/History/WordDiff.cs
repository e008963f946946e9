using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.History;

public enum DiffKind
{
    Same,
    Removed,
    Added,
}

/// <summary>A run of words that stayed, went or came.</summary>
public readonly record struct DiffPart(DiffKind Kind, string Text);

/// <summary>What changed between two texts, word by word: the shortest script by Myers' algorithm, kept within a bound of time and memory.</summary>
public static partial class WordDiff
{
    /// <summary>Changes beyond which two texts count as two texts: what came of more could not be read either.</summary>
    private const int MaxEdits = 1_000;

    /// <summary>The parts in order. Those that are not <see cref="DiffKind.Added"/> make the text before, those that are not <see cref="DiffKind.Removed"/> the text after.</summary>
    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        var (a, b) = (Words(before), Words(after));
        var start = 0;
        while (start < a.Length && start < b.Length && a[start] == b[start])
            start++;
        var end = 0;
        while (end < a.Length - start && end < b.Length - start && a[^(end + 1)] == b[^(end + 1)])
            end++;
        var parts = new List<DiffPart>();
        Add(parts, DiffKind.Same, a[..start]);
        Middle(parts, a[start..^end], b[start..^end]);
        Add(parts, DiffKind.Same, a[^end..]);
        return parts;
    }

    private static string[] Words(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    private static void Middle(List<DiffPart> parts, string[] a, string[] b)
    {
        if (a.Length == 0 || b.Length == 0 || Trace(a, b) is not { } trace)
        {
            Add(parts, DiffKind.Removed, a);
            Add(parts, DiffKind.Added, b);
            return;
        }

        // Backwards along the furthest paths, then turned round.
        var script = new List<(DiffKind Kind, string Word)>();
        var (x, y) = (a.Length, b.Length);
        for (var d = trace.Count - 1; d >= 0; d--)
        {
            var k = x - y;
            var fromK = IsDown(trace[d], d, k) ? k + 1 : k - 1;
            var fromX = trace[d][fromK + d + 1];
            var fromY = fromX - fromK;
            for (; x > fromX && y > fromY; x--, y--)
                script.Add((DiffKind.Same, a[x - 1]));
            if (d > 0)
                script.Add(x == fromX ? (DiffKind.Added, b[fromY]) : (DiffKind.Removed, a[fromX]));
            (x, y) = (fromX, fromY);
        }

        script.Reverse();
        foreach (var run in Runs(script))
            Add(parts, run.Kind, run.Words);
    }

    /// <summary>The furthest reach on the diagonals from -d-1 to d+1 before each step d, or null when the texts have too little in common.</summary>
    private static List<int[]>? Trace(string[] a, string[] b)
    {
        var trace = new List<int[]>();
        var most = Math.Min(MaxEdits, a.Length + b.Length);
        var reach = new int[2 * most + 5];
        var middle = most + 2;
        for (var d = 0; d <= most; d++)
        {
            var before = reach[(middle - d - 1)..(middle + d + 2)];
            trace.Add(before);
            for (var k = -d; k <= d; k += 2)
            {
                var x = IsDown(before, d, k) ? before[k + 1 + d + 1] : before[k - 1 + d + 1] + 1;
                for (var y = x - k; x < a.Length && y < b.Length && a[x] == b[y]; y++)
                    x++;
                reach[middle + k] = x;
                if (x >= a.Length && x - k >= b.Length)
                    return trace;
            }
        }

        return null;
    }

    private static bool IsDown(int[] reach, int d, int k) => k == -d || (k != d && reach[k - 1 + d + 1] < reach[k + 1 + d + 1]);

    /// <summary>Neighbours of one kind together; what is only a blank between two changes belongs to them.</summary>
    private static IEnumerable<(DiffKind Kind, List<string> Words)> Runs(List<(DiffKind Kind, string Word)> script)
    {
        var (removed, added) = (new List<string>(), new List<string>());
        for (var i = 0; i < script.Count; i++)
        {
            var (kind, word) = script[i];
            var bridge = kind == DiffKind.Same && string.IsNullOrWhiteSpace(word) && removed.Count + added.Count > 0 && i + 1 < script.Count && script[i + 1].Kind != DiffKind.Same;
            if (kind != DiffKind.Added && (kind == DiffKind.Removed || bridge))
                removed.Add(word);
            if (kind != DiffKind.Removed && (kind == DiffKind.Added || bridge))
                added.Add(word);
            if (kind != DiffKind.Same || bridge)
                continue;
            if (removed.Count > 0)
                yield return (DiffKind.Removed, [.. removed]);
            if (added.Count > 0)
                yield return (DiffKind.Added, [.. added]);
            removed.Clear();
            added.Clear();
            yield return (DiffKind.Same, [word]);
        }

        if (removed.Count > 0)
            yield return (DiffKind.Removed, removed);
        if (added.Count > 0)
            yield return (DiffKind.Added, added);
    }

    private static void Add(List<DiffPart> parts, DiffKind kind, IReadOnlyCollection<string> words)
    {
        if (words.Count == 0)
            return;
        var text = string.Concat(words);
        if (parts.Count > 0 && parts[^1].Kind == kind)
            parts[^1] = new(kind, parts[^1].Text + text);
        else
            parts.Add(new(kind, text));
    }

    /// <summary>A word with its inner signs, a citation, a blank, or one sign.</summary>
    [GeneratedRegex(@"\[\^[^\]\s]{1,60}\]|[\p{L}\p{N}_][\p{L}\p{N}\p{M}_'’:./-]*(?<![:./-])|\s+|.", RegexOptions.Singleline | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Word();
}
