using IncidentDb.Records;

namespace IncidentDb.Search;

/// <summary>Words within a few edits of another; the first letter must be right, as it nearly always is.</summary>
internal static class FuzzyWords
{
    /// <summary>Nearest first, then alphabetical.</summary>
    public static IEnumerable<string> Within(string word, int edits, IEnumerable<string> words) => words
        .Where(w => w.Length > 0 && w[0] == word[0] && Math.Abs(w.Length - word.Length) <= edits)
        .Select(w => (Word: w, Distance: Nearest.Distance(word, w, edits)))
        .Where(w => w.Distance <= edits)
        .OrderBy(w => w.Distance)
        .ThenBy(w => w.Word, StringComparer.Ordinal)
        .Select(w => w.Word);
}
