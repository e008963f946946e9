using System.Collections.Frozen;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Queries;

/// <summary>
/// Words of everyday English that are near in meaning, from <c>related-words.txt</c>. They are tried, at half weight, when not all words of a
/// question can be found: who asks for "crashed" may mean what a record calls "died".
/// </summary>
internal static class RelatedWords
{
    /// <summary>A related word counts that much of the one that was typed.</summary>
    public const float Weight = 0.35f;

    private static readonly FrozenDictionary<string, string[][]> _related = Read();

    /// <summary>Words and phrases near to a word; none when there are none.</summary>
    public static IReadOnlyList<string[]> Of(string word) => _related.GetValueOrDefault(EnglishStemmer.Stem(word)) ?? [];

    private static FrozenDictionary<string, string[][]> Read()
    {
        using var stream = typeof(RelatedWords).Assembly.GetManifestResourceStream("IncidentDb.Search.Queries.related-words.txt")!;
        using var reader = new StreamReader(stream);
        var related = new Dictionary<string, List<string[]>>(StringComparer.Ordinal);
        void Relate(string[] from, string[] to)
        {
            // Only single words are looked up; a phrase can stand for a word, not the other way round.
            if (from.Length != 1 || EnglishStemmer.Stem(from[0]) is var stem && to.Length == 1 && EnglishStemmer.Stem(to[0]) == stem)
                return;
            if (!related.TryGetValue(stem, out var words))
                related[stem] = words = [];
            if (!words.Exists(w => w.Select(EnglishStemmer.Stem).SequenceEqual(to.Select(EnglishStemmer.Stem))))
                words.Add(to);
        }

        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#') || line.IndexOf(':') is not (> 0 and var colon))
                continue;
            var head = Words(line[..colon]);
            foreach (var word in line[(colon + 1)..].Split(',').Select(Words))
            {
                Relate(head, word);
                Relate(word, head);
            }
        }

        return related.ToFrozenDictionary(r => r.Key, r => r.Value.ToArray(), StringComparer.Ordinal);
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
