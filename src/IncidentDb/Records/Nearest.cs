namespace IncidentDb.Records;

/// <summary>"Did you mean": the known name closest to a mistyped one.</summary>
public static class Nearest
{
    /// <summary>The candidate within a third of the word's length in edits, or null. Ties go to the first.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, word.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance)
                continue;
            var distance = Distance(word, candidate, bestDistance - 1);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>A clause for the end of a sentence: <c>; did you mean “x”?</c>, or a full stop.</summary>
    public static string Hint(string word, IEnumerable<string> candidates) =>
        Of(word, candidates) is { } near ? $"; did you mean “{near}”?" : ".";

    /// <summary>Edits (insert, delete, replace, swap of neighbours) from one text to the other, or limit + 1 when there are more.</summary>
    public static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit)
    {
        if (Math.Abs(a.Length - b.Length) > limit)
            return limit + 1;
        if (a.Length > 128 || b.Length > 128)
            return a.SequenceEqual(b) ? 0 : limit + 1;
        Span<int> twoBack = stackalloc int[b.Length + 1];
        Span<int> last = stackalloc int[b.Length + 1];
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var smallest = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, twoBack[j - 2] + 1);
                row[j] = best;
                smallest = Math.Min(smallest, best);
            }

            if (smallest > limit)
                return limit + 1;
            var spare = twoBack;
            twoBack = last;
            last = row;
            row = spare;
        }

        return Math.Min(last[b.Length], limit + 1);
    }
}
