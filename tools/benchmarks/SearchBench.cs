using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IncidentDb.Benchmarks.Peers;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Benchmarks;

/// <summary>The search page's engine work over a mix of queries: parse, match, facets, sort, page and snippets.</summary>
internal static class SearchBench
{
    private static readonly string[] _six = ["company", "cause", "pattern", "severity", "detection", "year"];

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes") { Description = "Numbers of records.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 10_000, 100_000] };
        var words = new Option<int>("--words") { Description = "About how many words a record.", DefaultValueFactory = _ => 460 };
        var warm = new Option<int>("--warm") { Description = "Pages before measuring.", DefaultValueFactory = _ => 1_000 };
        var pages = new Option<int>("--pages") { Description = "Pages measured.", DefaultValueFactory = _ => 1_000 };
        var engines = new Option<SearchEngine[]>("--engines") { Description = "Matchers.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [SearchEngine.Inverted, SearchEngine.Fts5] };
        var peers = new Option<bool>("--peers") { Description = "Measure other engines on the same records and queries: FTS5 with facets in SQL, and Java Lucene where it is installed." };
        var kinds = new Option<bool>("--kinds") { Description = "Only the profile: for each kind of query the mean of its queries, each at its quickest of nine, and where the time goes." };
        var json = new Option<string?>("--json") { Description = "Also write the figures to this file." };
        var command = new Command("search", "The search page's engine work.") { sizes, words, engines, peers, warm, pages, json, kinds };
        command.SetAction(parsed => Run(parsed.GetValue(sizes)!, parsed.GetValue(words), parsed.GetValue(engines)!, parsed.GetValue(peers), parsed.GetValue(warm), parsed.GetValue(pages), parsed.GetValue(json), parsed.GetValue(kinds)));
        return command;
    }

    private const string SixFacets = "six facets";
    private const string AllFacets = "all facets";

    private sealed record Row(int Records, int Words, string Engine, string Page, double P50, double P95, double P99, double BuildRate, double MegaBytes, double TwoThreads)
    {
        /// <summary>Kilobytes allocated for a page.</summary>
        public double Garbage { get; init; } = double.NaN;

        public IReadOnlyDictionary<string, double> Parts { get; init; } = new Dictionary<string, double>();
    }

    private static int Run(int[] sizes, int words, SearchEngine[] engines, bool peers, int warm, int pages, string? json, bool kinds)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, SQLite {Sqlite()}; one page = top 20, total, facets, snippets; milliseconds");
        var (data, corpus) = CorpusCommand.Load(words);
        var rows = new List<Row>();
        foreach (var size in sizes)
        {
            var records = Index(corpus, size, data.Catalogue);
            var mix = QueryMix.Make(records, data.Catalogue);
            if (kinds)
            {
                foreach (var engine in engines)
                    Kinds(engine, records, mix);
                continue;
            }

            var queries = mix.Select(q => q.Query).ToList();
            foreach (var engine in engines)
                rows.AddRange(Measure(engine, records, queries, words, warm, pages));
            if (peers)
                rows.AddRange(Peers(records, queries, words, warm, pages));
        }

        if (kinds)
            return 0;
        Print(rows);
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(rows, _json));
        return 0;
    }

    private static string Sqlite()
    {
        Storage.SqliteNative.Initialize();
        return Storage.SqliteNative.Version;
    }

    private static List<IndexedRecord> Index(Corpus corpus, int size, Catalogue catalogue)
    {
        var records = new IndexedRecord[size];
        Parallel.For(0, size, i => records[i] = IncidentIndexing.Of(i + 1, corpus.Make(i), catalogue));
        return [.. records];
    }

    private static IEnumerable<Row> Measure(SearchEngine engine, List<IndexedRecord> records, IReadOnlyList<SearchQuery> queries, int words, int warm, int pages)
    {
        var before = Measured.Bytes();
        var clock = Stopwatch.StartNew();
        using var index = new SearchIndex(engine);
        index.Load(records, 1);
        var build = records.Count / clock.Elapsed.TotalSeconds;
        if (index.Current.Matcher is Search.Inverted.InvertedMatcher { Index: var postings })
        {
            var entries = records.Sum(r => r.Passages.GroupBy(p => p.Field).Sum(g => (long)g.SelectMany(p => Search.Analysis.Tokenizer.Tokenize(p.Text)).Select(t => t.Word).Distinct(StringComparer.Ordinal).Count()));
            Console.WriteLine($"{records.Count:#,0} records: {postings.PlainWords:#,0} words, {postings.Postings:#,0} (word, record) and {entries:#,0} (word, record, field) entries; {postings.Bytes / 1048576.0:0.0} MB, {postings.Bytes / (double)entries:0.00} bytes an entry");
        }

        var bytes = (Measured.Bytes() - before) / 1048576.0;
        foreach (var (page, counts) in new (string, Func<Search.Facets.Facet, bool>?)[] { (SixFacets, f => _six.Contains(f.Name)), (AllFacets, null) })
        {
            var options = new SearchOptions { Counts = counts, ValuesShown = 12 };
            var parts = new Dictionary<string, double>(StringComparer.Ordinal);
            var measured = Measured.Run(warm, pages, i =>
            {
                var results = index.Search(queries[i % queries.Count], options);
                if (i == 0)
                    parts.Clear();
                Add(parts, "match", results.Parts.Match);
                Add(parts, "facets and sort", results.Parts.Collect);
                Add(parts, "snippets", results.Parts.Snippets);
                Add(parts, "facet values", results.Parts.Values);
            });
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < queries.Count; i++)
                Page(i);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / queries.Count;
            void Page(int i) => index.Search(queries[i % queries.Count], options);
            var two = engine == SearchEngine.Inverted ? Measured.Gain(2, pages, Page) : double.NaN;
            yield return new Row(records.Count, words, engine.ToString(), page, measured.P50, measured.P95, measured.P99, build, bytes, two) { Garbage = allocated / 1024.0, Parts = parts.ToDictionary(p => p.Key, p => p.Value / pages) };
        }
    }

    /// <summary>What each kind of query costs: each query at its quickest of nine, so that what else runs on the machine hardly matters.</summary>
    private static void Kinds(SearchEngine engine, List<IndexedRecord> records, IReadOnlyList<(string Kind, SearchQuery Query)> mix)
    {
        using var index = new SearchIndex(engine);
        index.Load(records, 1);
        foreach (var (page, counts) in new (string, Func<Search.Facets.Facet, bool>?)[] { (SixFacets, f => _six.Contains(f.Name)), (AllFacets, null) })
        {
            var options = new SearchOptions { Counts = counts, ValuesShown = 12 };
            for (var i = 0; i < mix.Count * 2; i++)
                index.Search(mix[i % mix.Count].Query, options);
            var best = mix.Select(q => (q.Kind, q.Query, Results: Enumerable.Range(0, 9).Select(_ => index.Search(q.Query, options)).MinBy(r => r.Took)!)).ToList();
            Console.WriteLine();
            Console.WriteLine($"{records.Count:#,0} records, {engine}, {page}: median {new Measured(best.Select(b => b.Results.Took.TotalMilliseconds)).P50:0.000} ms");
            Console.WriteLine("| kind | queries | records found | ms | match | facets and sort | snippets | facet values | slowest |");
            Console.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
            foreach (var kind in best.GroupBy(b => b.Kind))
            {
                double Mean(Func<SearchResults, TimeSpan> part) => kind.Average(b => part(b.Results).TotalMilliseconds);
                var slowest = kind.MaxBy(b => b.Results.Took);
                Console.WriteLine(
                    $"| {kind.Key} | {kind.Count()} | {kind.Average(b => b.Results.Total):#,0} | {Mean(r => r.Took):0.000} | {Mean(r => r.Parts.Match):0.000} | {Mean(r => r.Parts.Collect):0.000} | {Mean(r => r.Parts.Snippets):0.000} | {Mean(r => r.Parts.Values):0.000} | {slowest.Results.Took.TotalMilliseconds:0.00} `{slowest.Query.Text}` |");
            }
        }
    }

    /// <summary>The same six-facet page on other engines, in the same run.</summary>
    private static IEnumerable<Row> Peers(List<IndexedRecord> records, IReadOnlyList<SearchQuery> queries, int words, int warm, int pages)
    {
        var before = Measured.Bytes();
        var clock = Stopwatch.StartNew();
        using (var sql = new SqlPeer(records))
        {
            var build = records.Count / clock.Elapsed.TotalSeconds;
            var bytes = (Measured.Bytes() - before) / 1048576.0;
            var asked = queries.Where(q => !q.Text.Contains('~', StringComparison.Ordinal)).ToList();
            // A page takes up to half a second: as many as there are queries are enough.
            var measured = Measured.Run(asked.Count / 2, Math.Min(pages, asked.Count * 2), i => sql.Page(asked[i % asked.Count]));
            yield return new Row(records.Count, words, $"FTS5, facets in SQL ({asked.Count} queries)", SixFacets, measured.P50, measured.P95, measured.P99, build, bytes, double.NaN);
        }

        if (LucenePeer.Missing() is { } why)
        {
            Console.WriteLine($"Java Lucene was left out: {why}.");
            yield break;
        }

        var lucene = LucenePeer.Run(records, queries, warm, pages);
        yield return new Row(records.Count, words, "Java Lucene 8.7", SixFacets, lucene.P50, lucene.P95, lucene.P99, lucene.BuildRate, double.NaN, double.NaN);
    }

    private static void Add(Dictionary<string, double> parts, string name, TimeSpan time) => parts[name] = parts.GetValueOrDefault(name) + time.TotalMilliseconds;

    private static void Print(List<Row> rows)
    {
        static string Number(double n, string format) => double.IsNaN(n) ? "" : n.ToString(format, CultureInfo.InvariantCulture);
        Console.WriteLine();
        Console.WriteLine("| records | words | engine | page | p50 | p95 | p99 | build, records/s | memory, MB | two threads ÷ one | garbage a page, KB |");
        Console.WriteLine("| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var r in rows)
            Console.WriteLine($"| {r.Records:#,0} | {r.Words} | {r.Engine} | {r.Page} | {r.P50:0.00} | {r.P95:0.00} | {r.P99:0.00} | {r.BuildRate:#,0} | {Number(r.MegaBytes, "#,0")} | {Number(r.TwoThreads, "0.00")} | {Number(r.Garbage, "0")} |");
        Console.WriteLine();
        foreach (var peers in rows.Where(r => r.Page == SixFacets).GroupBy(r => r.Records).Where(g => g.Count() > 1))
        {
            var ours = peers.First();
            foreach (var peer in peers.Skip(1))
                Console.WriteLine($"{ours.Records:#,0} records, {ours.Engine} against {peer.Engine}: p50 × {peer.P50 / ours.P50:0.0}, p95 × {peer.P95 / ours.P95:0.0}, p99 × {peer.P99 / ours.P99:0.0}, build rate × {ours.BuildRate / peer.BuildRate:0.00}");
        }

        Console.WriteLine();
        Console.WriteLine("Mean of each part, ms:");
        foreach (var r in rows.Where(r => r.Parts.Count > 0))
            Console.WriteLine($"  {r.Records:#,0}, {r.Engine}, {r.Page}: {string.Join(", ", r.Parts.Select(p => $"{p.Key} {p.Value:0.000}"))}");
    }
}
