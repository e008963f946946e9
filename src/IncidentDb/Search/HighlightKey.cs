using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>A word of a query as it is looked for in texts: by the beginnings that every word it stands for has one of, then word by word.</summary>
internal sealed class HighlightKey
{
    /// <summary>So many texts the processor seeks at once; more of them cost several times as much.</summary>
    private const int MostBeginnings = 8;

    /// <summary>Beginnings are no shorter: a shorter one stands in every second word.</summary>
    private const int ShortestBeginning = 3;

    /// <summary>What a mistyped word stands for.</summary>
    private readonly HashSet<string>? _words;

    /// <summary>Whether words that have the beginning have the stem: a text says the same few again and again.</summary>
    private readonly Dictionary<string, bool>? _stems;

    private HighlightKey(WordMatch match, string word, IReadOnlyList<string> beginnings, HashSet<string>? words = null)
    {
        Match = match;
        Word = word;
        Beginnings = beginnings;
        _words = words;
        _stems = match == WordMatch.Stem ? new Dictionary<string, bool>(StringComparer.Ordinal) : null;
    }

    public WordMatch Match { get; }

    /// <summary>The word as it is asked for; of <see cref="WordMatch.Stem"/> its stem.</summary>
    public string Word { get; }

    public IReadOnlyList<string> Beginnings { get; }

    /// <summary>The phrase it is a word of: it counts only where the others stand beside it.</summary>
    public PhraseNode? Phrase { get; private init; }

    /// <summary>Its place in the phrase.</summary>
    public int Place { get; private init; }

    /// <param name="word">As asked for.</param>
    /// <param name="near">The words of the index that a mistyped word stands for.</param>
    /// <returns>Null for a mistyped word that stands for none.</returns>
    public static HighlightKey? Of(WordNode word, Func<WordNode, IEnumerable<string>> near)
    {
        if (word.Match == WordMatch.Fuzzy)
            return near(word).ToHashSet(StringComparer.Ordinal) is { Count: > 0 } words ? new HighlightKey(WordMatch.Fuzzy, word.Word, Common(words), words) : null;
        if (word.Match != WordMatch.Stem)
            return new HighlightKey(word.Match, word.Word, [word.Word]);
        var stem = EnglishStemmer.Stem(word.Word);
        // "retry" and "retries" share "retr"; "hope" and "hoping" share "hop".
        return new HighlightKey(WordMatch.Stem, stem, [stem.Length > 2 ? stem.TrimEnd('i', 'e') : stem]);
    }

    /// <summary>A word of a phrase, as it is written.</summary>
    public static HighlightKey Of(PhraseNode phrase, int place)
    {
        var match = phrase.Prefix && place == phrase.Words.Count - 1 ? WordMatch.Prefix : WordMatch.Exact;
        return new HighlightKey(match, phrase.Words[place], [phrase.Words[place]]) { Phrase = phrase, Place = place };
    }

    /// <summary>True for a word of a text, folded, that is one of those it stands for.</summary>
    public bool Meets(ReadOnlySpan<char> word) => Match switch
    {
        WordMatch.Exact => word.SequenceEqual(Word),
        WordMatch.Prefix => word.StartsWith(Word),
        WordMatch.Stem => word.StartsWith(Beginnings[0]) && HasStem(word),
        _ => _words!.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word),
    };

    /// <summary>True when a text, as it is written, begins with one of the beginnings.</summary>
    public bool MayBegin(ReadOnlySpan<char> text)
    {
        foreach (var beginning in Beginnings)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
                return _words is null || BeginsWithWord(text);
        }

        return false;
    }

    private bool BeginsWithWord(ReadOnlySpan<char> text)
    {
        foreach (var word in _words!)
        {
            if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private bool HasStem(ReadOnlySpan<char> word)
    {
        var stems = _stems!.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!stems.TryGetValue(word, out var has))
            stems[word] = has = EnglishStemmer.Stem(word.ToString()) == Word;
        return has;
    }

    /// <summary>The longest beginnings that all words have one of, and that are few.</summary>
    private static IReadOnlyList<string> Common(HashSet<string> words)
    {
        var beginnings = words.ToHashSet(StringComparer.Ordinal);
        for (var length = words.Max(w => w.Length) - 1; length >= ShortestBeginning && beginnings.Count > MostBeginnings; length--)
            beginnings = beginnings.Select(b => b.Length > length ? b[..length] : b).ToHashSet(StringComparer.Ordinal);
        return [.. beginnings];
    }
}
