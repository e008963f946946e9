using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IncidentDb.Catalogues;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Storage;
using YamlDotNet.RepresentationModel;

namespace IncidentDb.Benchmarks;

/// <summary>
/// <c>relevance</c>: how well the clone's records are found by queries as people ask them. Two halves: one that ranking is tuned on, one that is
/// only measured. Beside our ranking stand plain BM25 over one field and FTS5's bm25, both over the same words.
/// </summary>
internal static class RelevanceBench
{
    public static Command Create()
    {
        var show = new Option<bool>("--show") { Description = "List the tuning queries whose best answer is not first." };
        var json = new Option<string?>("--json") { Description = "Also write the figures to this file." };
        var command = new Command("relevance", "How well records are found, beside two baselines.") { show, json };
        command.SetAction(parsed => Run(parsed.GetValue(show), parsed.GetValue(json)));
        return command;
    }

    private sealed record Judged(string Query, string Kind, IReadOnlyDictionary<string, int> Relevant);

    private sealed record Row(string Half, string Ranking, int Queries, double Success1, double Success5, double Mrr10, double Ndcg10);

    private static int Run(bool show, string? json)
    {
        var data = DataFolder.Open(Locations.EditorialFolder() ?? throw new InvalidOperationException("The benchmarks run from a clone."));
        var records = data.Incidents().Select(f => f.Incident).OfType<Incident>().Select((r, i) => IncidentIndexing.Of(i + 1, r, data.Catalogue)).ToList();
        var words = new FacetWords(data.Catalogue);
        var options = new SearchOptions { Resolve = words.Resolve, Synonyms = CatalogueSynonyms.Of(data.Catalogue), WithFacets = false, WithSnippets = false };
        using var ours = new SearchIndex();
        ours.Load(records, 1);
        using var fts5 = new SearchIndex(SearchEngine.Fts5);
        fts5.Load(records, 1);
        // One field: everything counts alike.
        using var plain = new SearchIndex();
        plain.Load([.. records.Select(r => r with { Passages = [.. r.Passages.Select(p => p with { Field = TextFields.All.Count - 1 })] })], 1);
        var rankings = new (string Name, Func<string, List<string>> Run)[]
        {
            ("IncidentDb", q => Top(ours, q, options)),
            ("BM25, one field", q => Top(plain, AnyOf(q), new SearchOptions { WithFacets = false, WithSnippets = false })),
            ("FTS5 bm25", q => Top(fts5, AnyOf(q), new SearchOptions { WithFacets = false, WithSnippets = false })),
        };

        var rows = new List<Row>();
        foreach (var half in new[] { "tuning", "held-out" })
        {
            var queries = Read(Path.Combine(Locations.CloneRoot()!, "tools", "benchmarks", "relevance", half + ".yaml"), [.. records.Select(r => r.Slug)]);
            foreach (var (name, run) in rankings)
                rows.Add(Measure(half, name, queries, run, show && half == "tuning" && name == "IncidentDb"));
            if (half == "tuning")
            {
                foreach (var kind in queries.GroupBy(q => q.Kind))
                    rows.Add(Measure($"tuning: {kind.Key}", "IncidentDb", [.. kind], rankings[0].Run, show: false));
            }
        }

        Console.WriteLine($"{records.Count} records");
        Console.WriteLine();
        Console.WriteLine("| queries | | ranking | success@1 | success@5 | MRR@10 | nDCG@10 |");
        Console.WriteLine("| --- | ---: | --- | ---: | ---: | ---: | ---: |");
        foreach (var r in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {r.Half} | {r.Queries} | {r.Ranking} | {r.Success1:0.000} | {r.Success5:0.000} | {r.Mrr10:0.000} | {r.Ndcg10:0.000} |"));
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(rows));
        return 0;
    }

    /// <summary>The words joined by "or", as plain BM25 takes them.</summary>
    private static string AnyOf(string query) => string.Join(" OR ", Search.Analysis.Tokenizer.Tokenize(query).Select(t => t.Word).Distinct(StringComparer.Ordinal));

    private static List<string> Top(SearchIndex index, string query, SearchOptions options) => [.. index.Search(new SearchQuery { Text = query, Size = 10 }, options).Hits.Select(h => h.Slug)];

    private static List<Judged> Read(string path, HashSet<string> known)
    {
        var yaml = new YamlStream();
        using (var file = new StreamReader(path))
            yaml.Load(file);
        var list = (YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["queries"];
        var queries = new List<Judged>();
        foreach (var item in list.Cast<YamlMappingNode>())
        {
            var relevant = ((YamlMappingNode)item["relevant"]).ToDictionary(r => r.Key.ToString(), r => int.Parse(r.Value.ToString(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
            foreach (var gone in relevant.Keys.Where(s => !known.Contains(s)))
                throw new InvalidOperationException($"{Path.GetFileName(path)}: there is no record “{gone}”.");
            queries.Add(new Judged(item["q"].ToString(), item["kind"].ToString(), relevant));
        }

        return queries;
    }

    private static Row Measure(string half, string name, List<Judged> queries, Func<string, List<string>> run, bool show)
    {
        double one = 0, five = 0, mrr = 0, ndcg = 0;
        foreach (var query in queries)
        {
            var best = query.Relevant.Values.Max();
            var found = run(query.Query);
            var rank = found.FindIndex(s => query.Relevant.GetValueOrDefault(s) == best) + 1;
            one += rank == 1 ? 1 : 0;
            five += rank is >= 1 and <= 5 ? 1 : 0;
            mrr += rank > 0 ? 1.0 / rank : 0;
            ndcg += Dcg(found.Select(s => query.Relevant.GetValueOrDefault(s))) / Dcg(query.Relevant.Values.OrderDescending().Take(10));
            if (show && rank != 1)
                Console.WriteLine($"{(rank == 0 ? "–" : rank.ToString(CultureInfo.InvariantCulture)),2} {query.Kind}: {query.Query}  → wanted {string.Join(", ", query.Relevant.Where(r => r.Value == best).Select(r => r.Key).Take(3))}; first {string.Join(", ", found.Take(3))}");
        }

        return new Row(half, name, queries.Count, one / queries.Count, five / queries.Count, mrr / queries.Count, ndcg / queries.Count);
    }

    private static double Dcg(IEnumerable<int> grades) => grades.Select((g, i) => (Math.Pow(2, g) - 1) / Math.Log2(i + 2)).Sum();
}
