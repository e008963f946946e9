using IncidentDb.Search.Queries;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// Two stop words side by side, kept in the index as if they were one word ("common grams"). Their text begins with a character that no word
/// has and that sorts after all others, so that no prefix, no mistyped word and no stem meets them.
/// </summary>
internal static class WordPairs
{
    private const char Mark = '\uffff';

    public static bool Pairs(ReadOnlySpan<char> word) => StopWords.Contains(word);

    public static string Text(string first, string second) => $"{Mark}{first} {second}";

    public static bool IsPair(string text) => text.Length > 0 && text[0] == Mark;

    /// <summary>Where the pairs begin in words of ordinal order.</summary>
    public static int FirstIn(string[] words)
    {
        var at = Array.BinarySearch(words, Mark.ToString(), StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }
}
