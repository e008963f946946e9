using System.Collections.Frozen;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Queries;

/// <summary>
/// Words of everyday English and of the trade that are near in meaning, from <c>related-words.txt</c>. They are tried, at a third of the weight, when
/// not all words of a question can be found: who asks for "crashed" may mean what a record calls "died".
/// </summary>
internal static class RelatedWords
{
    /// <summary>A related word counts that much of the one that was typed.</summary>
    public const float Weight = 0.35f;

    /// <summary>A phrase that is looked up has no more words.</summary>
    public const int LongestPhrase = 3;

    /// <summary>No word has more: a question costs as many times its words.</summary>
    public const int Most = 8;

    private static readonly FrozenDictionary<string, string[][]> _related = ReadAll();

    /// <summary>The first words of the phrases among them, by stem.</summary>
    private static readonly FrozenSet<string> _beginnings = _related.Keys.Where(k => k.Contains(' ')).Select(k => k[..k.IndexOf(' ')]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words and phrases near to a word, or to the words of a phrase in whatever form, at most <see cref="Most"/>; none when there are none.</summary>
    public static IReadOnlyList<string[]> Of(params IEnumerable<string> words) => _related.GetValueOrDefault(Stems(words)) ?? [];

    /// <summary>True when a phrase that has meanings begins with the word.</summary>
    public static bool MayBegin(string word) => _beginnings.Contains(EnglishStemmer.Stem(word));

    /// <summary>Reads the words ahead of the first question, whose time is short.</summary>
    public static void Load() => _ = _related.Count;

    private static FrozenDictionary<string, string[][]> ReadAll()
    {
        using var stream = typeof(RelatedWords).Assembly.GetManifestResourceStream("IncidentDb.Search.Queries.related-words.txt")!;
        using var reader = new StreamReader(stream);
        var related = new Dictionary<string, List<Name>>(StringComparer.Ordinal);
        void Relate(Name from, Name to)
        {
            if (from.Words.Length > LongestPhrase || from.Stems == to.Stems)
                return;
            if (!related.TryGetValue(from.Stems, out var words))
                related[from.Stems] = words = [];
            if (words.Count < Most && !words.Exists(w => w.Stems == to.Stems))
                words.Add(to);
        }

        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.Length == 0)
                continue;
            var colon = line.IndexOf(':');
            var words = line[(colon + 1)..].Split(',').Select(Read).ToList();
            List<Name> heads = colon < 0 ? words : [Read(line[..colon])];
            foreach (var head in heads)
            {
                foreach (var word in words)
                {
                    Relate(head, word);
                    if (colon >= 0)
                        Relate(word, head);
                }
            }
        }

        return related.ToFrozenDictionary(r => r.Key, r => r.Value.Select(n => n.Words).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>A word or a phrase, and its stems joined by blanks.</summary>
    private sealed record Name(string[] Words, string Stems);

    private static Name Read(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Name(words, Stems(words));
    }

    private static string Stems(IEnumerable<string> words) => string.Join(' ', words.Select(EnglishStemmer.Stem));
}
