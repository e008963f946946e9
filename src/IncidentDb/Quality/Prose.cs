using System.Text.RegularExpressions;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Quality;

/// <summary>Prose as words: for reading ease and for finding the same words in two places.</summary>
public static partial class Prose
{
    /// <summary>The words of a text in lower case, without citations, quotations, marks of Markdown and addresses.</summary>
    public static IReadOnlyList<string> Words(string text) =>
        [.. Word().Matches(Quotation().Replace(Address().Replace(Citations.Remove(text), " "), " ").ToLowerInvariant()).Select(m => m.Value.Replace('’', '\''))];

    /// <summary>
    /// Flesch's reading ease: 206.835 − 1.015 × words a sentence − 84.6 × syllables a word. About 60 is plain English, 30 is hard; NaN for no words.
    /// Syllables are groups of vowels, without a silent e.
    /// </summary>
    public static double ReadingEase(string text)
    {
        var (words, syllables, sentences) = (0, 0, 0);
        foreach (var sentence in Citations.Sentences(text))
        {
            var found = Letters().Matches(sentence.Text);
            if (found.Count == 0)
                continue;
            sentences++;
            words += found.Count;
            syllables += found.Sum(w => Syllables(w.ValueSpan));
        }

        return words == 0 ? double.NaN : 206.835 - (1.015 * words / sentences) - (84.6 * syllables / words);
    }

    private static int Syllables(ReadOnlySpan<char> word)
    {
        var (count, inside) = (0, false);
        foreach (var c in word)
        {
            var vowel = char.ToLowerInvariant(c) is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
            if (vowel && !inside)
                count++;
            inside = vowel;
        }

        var silent = word.EndsWith("e", StringComparison.OrdinalIgnoreCase) && !word.EndsWith("le", StringComparison.OrdinalIgnoreCase);
        return Math.Max(1, silent && count > 1 ? count - 1 : count);
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+(?:['’]\p{L}+)?", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Word();

    [GeneratedRegex(@"[A-Za-z][A-Za-z'’]*", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Letters();

    [GeneratedRegex("“[^”]*”|\"[^\"]*\"", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Quotation();

    [GeneratedRegex(@"https?://\S+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Address();
}
