using System.Buffers;
using System.Globalization;

namespace IncidentDb.Search.Analysis;

/// <summary>A word of a text.</summary>
/// <param name="Word">Folded, as written otherwise: what phrases, prefixes and fuzzy terms match.</param>
/// <param name="Start">Index of its first character in the original text.</param>
/// <param name="Length">Characters of the original text.</param>
public readonly record struct Token(string Word, int Start, int Length);

/// <summary>
/// Cuts text into words. Names that engineers search for stay whole: <c>c++</c>, <c>c#</c>, <c>99.99%</c>, <c>EAI_AGAIN</c>,
/// <c>us-east-1</c>, <c>1.2.3</c>, <c>node.js</c>. A word with hyphens, underscores, dots or slashes inside is followed by its parts, so
/// that each of them finds it too; the phrase "us-east-1" is analysed the same way and therefore still matches.
/// </summary>
public static class Tokenizer
{
    public const int MaxWordLength = 64;

    public static List<Token> Tokenize(string text)
    {
        var tokens = new List<Token>(text.Length / 6);
        var i = 0;
        while (i < text.Length)
        {
            if (!IsWordChar(text, i))
            {
                i++;
                continue;
            }

            if (IsIdeograph(text[i]))
            {
                Add(tokens, text, i, i + 1);
                i++;
                continue;
            }

            var end = WordEnd(text, i);
            AddWord(tokens, text, i, end);
            i = end;
        }

        return tokens;
    }

    /// <summary>The index after the word that begins at <paramref name="start"/>, with connectors and trailing signs.</summary>
    private static int WordEnd(string text, int start)
    {
        var i = start;
        while (i < text.Length)
        {
            if (IsWordChar(text, i) && !IsIdeograph(text[i]))
            {
                i++;
                continue;
            }

            var connects = IsConnector(text[i]) && i + 1 < text.Length && IsWordChar(text, i + 1) && !IsIdeograph(text[i + 1]);
            // A comma groups digits; a dot, hyphen, underscore, slash, apostrophe, colon or @ joins what is around it.
            if (connects && (text[i] != ',' || (char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))) && (text[i] != ':' || (char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1]))))
            {
                i++;
                continue;
            }

            break;
        }

        while (i < text.Length && i - start <= 3 && text[i] is '+' or '#' && char.IsAsciiLetter(text[start]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            i++;
        if (i < text.Length && text[i] == '%' && char.IsAsciiDigit(text[i - 1]))
            i++;
        return i;
    }

    private static void AddWord(List<Token> tokens, string text, int start, int end)
    {
        var raw = text.AsSpan(start, end - start);
        var joints = raw.IndexOfAny("-_./@");
        var apostrophe = raw.IndexOfAny('\'', '’');
        if (joints < 0 && apostrophe >= 0)
        {
            // "Facebook's" is Facebook, "don't" is dont.
            var tail = raw[(apostrophe + 1)..];
            if (tail.Length == 1 && tail[0] is 's' or 'S')
                Add(tokens, text, start, start + apostrophe);
            else
                Add(tokens, text, start, end);
            return;
        }

        Add(tokens, text, start, end);
        if (joints < 0)
        {
            if (raw[^1] == '%')
                Add(tokens, text, start, end - 1);
            return;
        }

        // A plain decimal or version number has no parts of its own; everything else has.
        if (raw.IndexOfAnyExcept("0123456789.,%") < 0)
        {
            if (raw[^1] == '%')
                Add(tokens, text, start, end - 1);
            return;
        }

        var partStart = start;
        for (var i = start; i <= end; i++)
        {
            if (i < end && text[i] is not ('-' or '_' or '.' or '/' or '@'))
                continue;
            if (i > partStart)
                Add(tokens, text, partStart, i);
            partStart = i + 1;
        }
    }

    private static void Add(List<Token> tokens, string text, int start, int end)
    {
        // Folding can bring signs ("ŀ" is "l·") and blanks (U+FDFA is four words): a word keeps letters, digits and its own signs.
        var folded = Folding.Fold(text.Substring(start, Math.Min(end - start, MaxWordLength)));
        foreach (var part in folded.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var word = Bare(part);
            if (word.Length > 0)
                tokens.Add(new Token(word.Length <= MaxWordLength ? word : word[..MaxWordLength], start, end - start));
        }
    }

    private static string Bare(string folded)
    {
        var kept = folded.AsSpan().IndexOfAnyExcept(_plain) < 0 ? folded : string.Concat(folded.Where((c, i) => IsWordChar(folded, i) || c is '-' or '_' or '.' or '/' or '@' or ':' or '+' or '#' or '%'));
        return kept.Trim('-', '_', '.', '/', '@', ':');
    }

    private static readonly SearchValues<char> _plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_./@:+#%");

    private static bool IsConnector(char c) => c is '-' or '_' or '.' or '/' or '@' or '\'' or '’' or ',' or ':' or '‐' or '‑';

    private static bool IsWordChar(string text, int i)
    {
        var c = text[i];
        if (c < 0x80)
            return char.IsAsciiLetterOrDigit(c);
        if (char.IsSurrogate(c))
            return CharUnicodeInfo.GetUnicodeCategory(text, char.IsLowSurrogate(c) && i > 0 ? i - 1 : i) is var wide && IsWord(wide);
        return IsWord(CharUnicodeInfo.GetUnicodeCategory(c));
    }

    private static bool IsWord(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts without blanks: each sign is a word.</summary>
    private static bool IsIdeograph(char c) => c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\uac00' and <= '\ud7af');
}
