using IncidentDb.Records;

namespace IncidentDb.Search;

/// <summary>Words within a few edits of another; the first letter must be right, as it nearly always is.</summary>
internal static class FuzzyWords
{
    /// <summary>Edits from one word to the other, or more than <paramref name="edits"/>.</summary>
    public static int Distance(string word, string other, int edits) =>
        word.Length > 0 && other.Length > 0 && word[0] == other[0] ? Nearest.Distance(word, other, edits) : edits + 1;

    /// <summary>Nearest first, then alphabetical.</summary>
    public static IEnumerable<string> Within(string word, int edits, IEnumerable<string> words) => words
        .Select(w => (Word: w, Distance: Distance(word, w, edits)))
        .Where(w => w.Distance <= edits)
        .OrderBy(w => w.Distance)
        .ThenBy(w => w.Word, StringComparer.Ordinal)
        .Select(w => w.Word);

    /// <summary>
    /// The same over words in ordinal order, by number and unsorted. Neighbours share their beginnings, so the table of distances is kept row
    /// by row: a word only needs the rows after what it shares with the one before, and a beginning that is already too far away is skipped with
    /// all the words that have it. That is what a Levenshtein automaton does, without building one.
    /// </summary>
    public static List<(int Number, int Distance)> Within(string word, int edits, ReadOnlySpan<string> words, SearchBudget budget)
    {
        var found = new List<(int, int)>();
        if (word.Length is 0 or > 64)
            return found;
        var (from, to) = (LowerBound(words, word[..1], 0), LowerBound(words, ((char)(word[0] + 1)).ToString(), 0));
        var width = word.Length + 1;
        var rows = new int[(word.Length + edits + 2) * width];
        for (var j = 0; j < width; j++)
            rows[j] = j;
        var known = "";
        var valid = 0;
        for (var w = from; w < to; w++)
        {
            if (((w - from) & 4095) == 4095 && !budget.Check())
                return found;
            var other = words[w];
            // What is too long can't be near, and says nothing about the next word.
            if (other.Length > word.Length + edits)
                continue;

            valid = Math.Min(valid, known.AsSpan(0, Math.Min(valid, known.Length)).CommonPrefixLength(other));
            known = other;
            var tooFar = -1;
            for (var i = valid + 1; i <= other.Length; i++)
            {
                var smallest = Row(rows, width, i, word, other);
                valid = i;
                if (smallest > edits)
                {
                    tooFar = i;
                    break;
                }
            }

            if (tooFar > 0)
            {
                w = LowerBound(words, After(other[..tooFar]), w) - 1;
                valid = tooFar - 1;
            }
            else if (rows[(other.Length * width) + word.Length] is var distance && distance <= edits)
            {
                found.Add((w, distance));
            }
        }

        return found;
    }

    /// <summary>Fills the row for the first i letters of the other word; its smallest distance.</summary>
    private static int Row(int[] rows, int width, int i, string word, string other)
    {
        var row = i * width;
        var last = row - width;
        rows[row] = i;
        var smallest = i;
        for (var j = 1; j < width; j++)
        {
            var cost = other[i - 1] == word[j - 1] ? 0 : 1;
            var best = Math.Min(Math.Min(rows[row + j - 1], rows[last + j]) + 1, rows[last + j - 1] + cost);
            if (i > 1 && j > 1 && other[i - 1] == word[j - 2] && other[i - 2] == word[j - 1])
                best = Math.Min(best, rows[last - width + j - 2] + 1);
            rows[row + j] = best;
            smallest = Math.Min(smallest, best);
        }

        return smallest;
    }

    /// <summary>The first text after all that begin with one.</summary>
    private static string After(string start) => start[..^1] + (char)(start[^1] + 1);

    private static int LowerBound(ReadOnlySpan<string> words, string text, int from)
    {
        var (low, high) = (from, words.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(words[middle], text) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
