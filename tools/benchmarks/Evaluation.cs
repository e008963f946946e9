using System.Globalization;
using IncidentDb.Catalogues;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Search;
using YamlDotNet.RepresentationModel;

namespace IncidentDb.Benchmarks;

/// <summary>A query as a person would ask it, with the records that answer it and how well: 3 is the one that is meant.</summary>
internal sealed record Judged(string Query, string Kind, IReadOnlyDictionary<string, int> Relevant);

/// <summary>Shares of queries whose best answer is first or among five, and means of 1 ÷ rank and of the discounted gain of the first ten.</summary>
internal sealed record Relevance(double Success1, double Success5, double Mrr10, double Ndcg10);

/// <summary>Our ranking on the clone's records beside two baselines: plain BM25 over one field, and FTS5's bm25.</summary>
internal sealed class Evaluation : IDisposable
{
    public const string Ours = "IncidentDb";
    public const string OneField = "BM25, one field";
    public const string Fts5 = "FTS5 bm25";

    private readonly SearchIndex _ours = new();
    private readonly SearchIndex _oneField = new();
    private readonly SearchIndex _fts5 = new(SearchEngine.Fts5);
    private readonly SearchOptions _options;

    /// <summary>Ample: what is measured is the order, on a busy machine too.</summary>
    private static readonly SearchOptions _plain = new() { WithFacets = false, WithSnippets = false, Limit = TimeSpan.FromSeconds(20) };
    private readonly HashSet<string> _known;

    public Evaluation(DataFolder data)
    {
        var records = data.Incidents().Select(f => f.Incident).OfType<Incident>().Select((r, i) => IncidentIndexing.Of(i + 1, r, data.Catalogue)).ToList();
        _known = [.. records.Select(r => r.Slug)];
        _options = _plain with { Resolve = new FacetWords(data.Catalogue).Resolve, Synonyms = CatalogueSynonyms.Of(data.Catalogue) };
        _ours.Load(records, 1);
        _fts5.Load(records, 1);
        // Everything counts alike.
        _oneField.Load([.. records.Select(r => r with { Passages = [.. r.Passages.Select(p => p with { Field = TextFields.IndexOf("text") })] })], 1);
    }

    public int Records => _known.Count;

    public IReadOnlyList<string> Rankings { get; } = [Ours, OneField, Fts5];

    /// <summary>Reads <c>tuning</c> or <c>held-out</c>, each a file, or a numbered half such as <c>practice 1</c> or <c>blind 2</c>: two share a file by turns.</summary>
    public IReadOnlyList<Judged> ReadHalf(string folder, string half)
    {
        var (file, part) = half.Split(' ') is [var name, var number] ? (name, int.Parse(number, CultureInfo.InvariantCulture)) : (half, 0);
        var queries = Read(Path.Combine(folder, file + ".yaml"));
        return part == 0 ? queries : [.. queries.Where((_, i) => i % 2 == part - 1)];
    }

    private IReadOnlyList<Judged> Read(string path)
    {
        var yaml = new YamlStream();
        using (var file = new StreamReader(path))
            yaml.Load(file);
        var queries = new List<Judged>();
        foreach (var item in ((YamlSequenceNode)((YamlMappingNode)yaml.Documents[0].RootNode)["queries"]).Cast<YamlMappingNode>())
        {
            var relevant = ((YamlMappingNode)item["relevant"]).ToDictionary(r => r.Key.ToString(), r => int.Parse(r.Value.ToString(), CultureInfo.InvariantCulture), StringComparer.Ordinal);
            foreach (var gone in relevant.Keys.Where(s => !_known.Contains(s)))
                throw new InvalidOperationException($"{Path.GetFileName(path)}: there is no record “{gone}”.");
            queries.Add(new Judged(item["q"].ToString(), item["kind"].ToString(), relevant));
        }

        return queries;
    }

    /// <summary>Asks every query; <paramref name="each"/> is told the rank of the best answer (0: not among ten) and what was found.</summary>
    public Relevance Measure(string ranking, IReadOnlyList<Judged> queries, Action<Judged, int, IReadOnlyList<string>>? each = null)
    {
        double one = 0, five = 0, mrr = 0, ndcg = 0;
        foreach (var query in queries)
        {
            var best = query.Relevant.Values.Max();
            var found = Top(ranking, query.Query);
            var rank = found.FindIndex(s => query.Relevant.GetValueOrDefault(s) == best) + 1;
            one += rank == 1 ? 1 : 0;
            five += rank is >= 1 and <= 5 ? 1 : 0;
            mrr += rank > 0 ? 1.0 / rank : 0;
            ndcg += Dcg(found.Select(s => query.Relevant.GetValueOrDefault(s))) / Dcg(query.Relevant.Values.OrderDescending().Take(10));
            each?.Invoke(query, rank, found);
        }

        return new Relevance(one / queries.Count, five / queries.Count, mrr / queries.Count, ndcg / queries.Count);
    }

    private List<string> Top(string ranking, string query)
    {
        var (index, text, options) = ranking switch
        {
            Ours => (_ours, query, _options),
            OneField => (_oneField, AnyOf(query), _plain),
            _ => (_fts5, AnyOf(query), _plain),
        };
        return [.. index.Search(new SearchQuery { Text = text, Size = 10 }, options).Hits.Select(h => h.Slug)];
    }

    /// <summary>The words joined by "or", as plain BM25 takes them.</summary>
    private static string AnyOf(string query) => string.Join(" OR ", Search.Analysis.Tokenizer.Tokenize(query).Select(t => t.Word).Distinct(StringComparer.Ordinal));

    private static double Dcg(IEnumerable<int> grades) => grades.Select((g, i) => (Math.Pow(2, g) - 1) / Math.Log2(i + 2)).Sum();

    public void Dispose()
    {
        _ours.Dispose();
        _oneField.Dispose();
        _fts5.Dispose();
    }
}
