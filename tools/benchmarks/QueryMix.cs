using IncidentDb.Catalogues;
using IncidentDb.Search;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Benchmarks;

/// <summary>
/// Two hundred queries as people and programs ask them, drawn from the records themselves: 25 common words, 20 rare, 20 of two words, 10 of
/// three, 15 either-or of two, 10 of three, 20 phrases, 15 prefixes, 15 mistyped, 15 field and filter, 15 drill-downs, 5 of everything, 8 ranges,
/// 7 by date.
/// </summary>
internal static class QueryMix
{
    public static IReadOnlyList<(string Kind, SearchQuery Query)> Make(IReadOnlyList<IndexedRecord> records, Catalogue catalogue)
    {
        var random = new Random(42);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var sample = Math.Min(records.Count, 2_000);
        for (var i = 0; i < sample; i++)
        {
            foreach (var word in records[i].Passages.SelectMany(p => Tokenizer.Tokenize(p.Text)).Select(t => t.Word).Distinct(StringComparer.Ordinal))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        var byCount = counts.Where(c => c.Key.Length > 3 && c.Key.All(char.IsAsciiLetter)).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key).ToList();
        var common = byCount.Take(byCount.Count / 50 + 40).ToList();
        var medium = byCount.Skip(common.Count).Take(byCount.Count / 6).ToList();
        var rare = byCount.Skip(byCount.Count * 2 / 3).ToList();
        string Any(List<string> words) => words[random.Next(words.Count)];
        var queries = new List<(string Kind, SearchQuery Query)>();
        void Add(int n, string kind, Func<SearchQuery> make)
        {
            for (var i = 0; i < n; i++)
                queries.Add((kind, make()));
        }

        SearchQuery Text(string text) => new() { Text = text };
        Add(25, "common word", () => Text(Any(common)));
        Add(20, "rare word", () => Text(Any(rare)));
        Add(20, "two words", () => Text($"{Any(common)} {Any(medium)}"));
        Add(10, "three words", () => Text($"{Any(common)} {Any(common)} {Any(medium)}"));
        Add(15, "either of two", () => Text($"{Any(common)} OR {Any(medium)}"));
        Add(10, "either of three", () => Text($"{Any(common)} OR {Any(medium)} OR {Any(rare)}"));
        Add(20, "phrase", () => Text($"\"{Phrase(records, random)}\""));
        Add(15, "prefix", () => Text(Any(medium)[..3] + "*"));
        Add(15, "mistyped", () => Text(Mistype(Any(medium), random) + "~1"));
        Add(15, "field and filter", () => Text($"summary:{Any(common)}").With("severity", new FacetFilter { Include = ["S2"] }));
        Add(15, "drill-down", () => Text(Any(common)).With("cause", new FacetFilter { Include = [Term(catalogue, "causes", random)] }).With("detection", new FacetFilter { Include = [Term(catalogue, "detection", random)] }));
        Add(5, "everything", () => new SearchQuery());
        Add(8, "range", () => Text(Any(common)).With("loss", new FacetFilter { Include = ["1M.."] }).With("year", new FacetFilter { Include = ["2015..2020"] }));
        Add(7, "by date", () => Text(Any(common)) with { Sort = SearchSort.NewestDate });
        // Mixed, so that no kind of query runs in a row.
        return [.. queries.OrderBy(_ => random.Next())];
    }

    private static string Term(Catalogue catalogue, string vocabulary, Random random)
    {
        var terms = catalogue.Words[vocabulary]!.Terms;
        return terms[(int)(Math.Pow(random.NextDouble(), 2) * terms.Count)].Slug;
    }

    private static string Phrase(IReadOnlyList<IndexedRecord> records, Random random)
    {
        while (true)
        {
            var passages = records[random.Next(records.Count)].Passages;
            var words = passages[random.Next(passages.Count)].Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 6)
                continue;
            var start = random.Next(words.Length - 3);
            return string.Join(' ', words.Skip(start).Take(random.Next(2, 4))).Trim('.', '"', ' ', ':');
        }
    }

    private static string Mistype(string word, Random random)
    {
        var at = random.Next(1, word.Length - 1);
        return word[..at] + word[(at + 1)..];
    }
}
