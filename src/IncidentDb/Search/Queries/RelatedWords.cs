using System.Collections.Frozen;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Queries;

/// <summary>
/// Words of everyday English and of the trade that are near in meaning, from <c>related-words.txt</c>. They are tried, at a quarter of the weight, when
/// not all words of a question can be found: who asks for "crashed" may mean what a record calls "died".
/// </summary>
internal static class RelatedWords
{
    /// <summary>A related word counts that much of the one that was typed.</summary>
    public const float Weight = 0.25f;

    /// <summary>No word has more: a question costs as many times its words.</summary>
    public const int Most = 8;

    private static readonly FrozenDictionary<string, string[][]> _related = ReadAll();

    /// <summary>Words and phrases near to a word, at most <see cref="Most"/>; none when there are none.</summary>
    public static IReadOnlyList<string[]> Of(string word) => _related.GetValueOrDefault(EnglishStemmer.Stem(word)) ?? [];

    /// <summary>Reads the words ahead of the first question, whose time is short.</summary>
    public static void Load() => _ = _related.Count;

    private static FrozenDictionary<string, string[][]> ReadAll()
    {
        using var stream = typeof(RelatedWords).Assembly.GetManifestResourceStream("IncidentDb.Search.Queries.related-words.txt")!;
        using var reader = new StreamReader(stream);
        var related = new Dictionary<string, List<Name>>(StringComparer.Ordinal);
        void Relate(Name from, Name to)
        {
            // Only single words are looked up; a phrase can stand for a word, not the other way round.
            if (from.Words.Length != 1 || from.Stems == to.Stems)
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
        return new Name(words, string.Join(' ', words.Select(EnglishStemmer.Stem)));
    }
}
