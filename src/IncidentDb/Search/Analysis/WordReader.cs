using System.Buffers;
using System.Globalization;

namespace IncidentDb.Search.Analysis;

/// <summary>
/// Reads the words of a text one by one without allocating. Names that engineers search for stay whole: <c>c++</c>, <c>c#</c>,
/// <c>99.99%</c>, <c>EAI_AGAIN</c>, <c>us-east-1</c>, <c>1.2.3</c>, <c>node.js</c>. A word with hyphens, underscores, dots or slashes
/// inside is followed by its parts, so that each of them finds it too; the phrase "us-east-1" is read the same way and therefore matches.
/// </summary>
internal ref struct WordReader
{
    /// <summary>Characters of a word that are kept.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> _plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_./@:+#%");
    private static readonly SearchValues<char> _joints = SearchValues.Create("-_./@");

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _at;

    /// <summary>The stretch whose parts come next.</summary>
    private int _partAt;
    private int _partEnd;

    /// <summary>A percentage that comes next without its sign; −1 when there is none.</summary>
    private int _bareStart;
    private int _bareEnd;

    /// <summary>What a ligature folded into besides its first word.</summary>
    private string? _more;

    /// <param name="text">The text.</param>
    /// <param name="buffer">Room for <see cref="MaxLength"/> characters, overwritten by each word.</param>
    public WordReader(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _text = text;
        _buffer = buffer;
        _bareStart = -1;
    }

    /// <summary>Folded; valid until the next call of <see cref="Next"/>.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    /// <summary>Index of the word's first character in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Characters of the text.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next word; false at the end.</summary>
    public bool Next()
    {
        while (true)
        {
            if (_more is not null)
            {
                if (Split(_more))
                    return true;
            }
            else if (_bareStart >= 0)
            {
                var start = _bareStart;
                _bareStart = -1;
                if (Emit(start, _bareEnd))
                    return true;
            }
            else if (_partAt < _partEnd)
            {
                var start = _partAt;
                var joint = _text[start.._partEnd].IndexOfAny(_joints);
                var end = joint < 0 ? _partEnd : start + joint;
                _partAt = end + 1;
                if (end > start && Emit(start, end))
                    return true;
            }
            else if (_at >= _text.Length)
            {
                return false;
            }
            else if (!IsWordChar(_text, _at))
            {
                _at++;
            }
            else if (IsIdeograph(_text[_at]))
            {
                _at++;
                if (Emit(_at - 1, _at))
                    return true;
            }
            else
            {
                var start = _at;
                _at = WordEnd(_text, start);
                if (EmitWord(start, _at))
                    return true;
            }
        }
    }

    /// <summary>A whole word; notes which parts follow it.</summary>
    private bool EmitWord(int start, int end)
    {
        var raw = _text[start..end];
        var joint = raw.IndexOfAny(_joints);
        if (joint < 0 && raw.IndexOfAny('\'', '’') is var apostrophe and >= 0)
        {
            // "Facebook's" is Facebook, "don't" is dont.
            var possessive = raw.Length - apostrophe == 2 && raw[^1] is 's' or 'S';
            return Emit(start, possessive ? start + apostrophe : end);
        }

        // A plain decimal or version number has no parts of its own.
        if (joint < 0 || raw.IndexOfAnyExcept("0123456789.,%") < 0)
        {
            if (raw[^1] == '%')
                (_bareStart, _bareEnd) = (start, end - 1);
        }
        else
        {
            (_partAt, _partEnd) = (start, end);
        }

        return Emit(start, end);
    }

    private bool Emit(int start, int end)
    {
        (Start, Length) = (start, end - start);
        var raw = _text.Slice(start, Math.Min(end - start, MaxLength));
        var n = 0;
        foreach (var c in raw)
        {
            if (c >= 0x80)
                return Split(Folding.Fold(raw.ToString()));
            if (c is not ('\'' or ','))
                _buffer[n++] = c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        }

        Word = Trim(_buffer[..n]);
        return Word.Length > 0;
    }

    /// <summary>
    /// Folding can bring signs ("ŀ" is "l·") and blanks (U+FDFA is four words): a word keeps letters, digits and its own signs, and what follows a
    /// blank is the next word.
    /// </summary>
    private bool Split(string folded)
    {
        _more = null;
        var blank = folded.IndexOf(' ');
        if (blank >= 0 && folded.AsSpan(blank + 1).Trim(' ').Length > 0)
            _more = folded[(blank + 1)..];
        var piece = blank < 0 ? folded : folded[..blank];
        var n = 0;
        for (var i = 0; i < piece.Length && n < MaxLength; i++)
        {
            if (_plain.Contains(piece[i]) || (piece[i] >= 0x80 && IsWordChar(piece, i)))
                _buffer[n++] = piece[i];
        }

        Word = Trim(_buffer[..n]);
        return Word.Length > 0;
    }

    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> word)
    {
        while (word.Length > 0 && word[^1] is '-' or '_' or '.' or '/' or '@' or ':')
            word = word[..^1];
        while (word.Length > 0 && word[0] is '-' or '_' or '.' or '/' or '@' or ':')
            word = word[1..];
        return word;
    }

    /// <summary>The index after the word that begins at <paramref name="start"/>, with connectors and trailing signs.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        var i = start;
        while (i < text.Length)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c) || (c >= 0x80 && IsWordChar(text, i) && !IsIdeograph(c)))
            {
                i++;
                continue;
            }

            // A comma or colon joins digits; a dot, hyphen, underscore, slash, apostrophe or @ joins what is around it.
            if (!IsConnector(c) || i + 1 >= text.Length || !IsWordChar(text, i + 1) || IsIdeograph(text[i + 1]))
                break;
            if (c is ',' or ':' && !(char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(text[i + 1])))
                break;
            i++;
        }

        while (i < text.Length && i - start <= 3 && text[i] is '+' or '#' && char.IsAsciiLetter(text[start]) && (i + 1 == text.Length || !char.IsLetterOrDigit(text[i + 1])))
            i++;
        if (i < text.Length && text[i] == '%' && char.IsAsciiDigit(text[i - 1]))
            i++;
        return i;
    }

    private static bool IsConnector(char c) => c is '-' or '_' or '.' or '/' or '@' or '\'' or '’' or ',' or ':' or '‐' or '‑';

    private static bool IsWordChar(ReadOnlySpan<char> text, int i)
    {
        var c = text[i];
        if (c < 0x80)
            return char.IsAsciiLetterOrDigit(c);
        if (!char.IsSurrogate(c))
            return IsWord(CharUnicodeInfo.GetUnicodeCategory(c));
        var high = char.IsLowSurrogate(c) && i > 0 ? i - 1 : i;
        return high + 1 < text.Length && char.IsSurrogatePair(text[high], text[high + 1]) && IsWord(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[high], text[high + 1])));
    }

    private static bool IsWord(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
        or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.LetterNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Scripts without blanks: each sign is a word.</summary>
    private static bool IsIdeograph(char c) => c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uf900' and <= '\ufaff') or (>= '\uac00' and <= '\ud7af');
}
