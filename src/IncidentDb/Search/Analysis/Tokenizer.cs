namespace IncidentDb.Search.Analysis;

/// <summary>A word of a text.</summary>
/// <param name="Word">Folded, as written otherwise: what phrases, prefixes and fuzzy terms match.</param>
/// <param name="Start">Index of its first character in the original text.</param>
/// <param name="Length">Characters of the original text.</param>
public readonly record struct Token(string Word, int Start, int Length);

/// <summary>Cuts text into words as <see cref="WordReader"/> reads them.</summary>
public static class Tokenizer
{
    public const int MaxWordLength = WordReader.MaxLength;

    public static List<Token> Tokenize(ReadOnlySpan<char> text)
    {
        var tokens = new List<Token>(text.Length / 6);
        var words = new WordReader(text, stackalloc char[WordReader.MaxLength]);
        while (words.Next())
            tokens.Add(new Token(words.Word.ToString(), words.Start, words.Length));
        return tokens;
    }
}
