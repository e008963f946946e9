using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Text.Json;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Benchmarks;

/// <summary>The search page's engine work over a mix of queries: parse, match, facets, sort, page and snippets.</summary>
internal static class SearchBench
{
    private static readonly string[] _six = ["company", "cause", "pattern", "severity", "detection", "year"];

    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes") { Description = "Numbers of records.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 10_000, 100_000] };
        var words = new Option<int>("--words") { Description = "About how many words a record.", DefaultValueFactory = _ => 460 };
        var warm = new Option<int>("--warm") { Description = "Pages before measuring.", DefaultValueFactory = _ => 1_000 };
        var pages = new Option<int>("--pages") { Description = "Pages measured.", DefaultValueFactory = _ => 1_000 };
        var engines = new Option<SearchEngine[]>("--engines") { Description = "Matchers.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [SearchEngine.Inverted, SearchEngine.Fts5] };
        var json = new Option<string?>("--json") { Description = "Also write the figures to this file." };
        var command = new Command("search", "The search page's engine work.") { sizes, words, engines, warm, pages, json };
        command.SetAction(parsed => Run(parsed.GetValue(sizes)!, parsed.GetValue(words), parsed.GetValue(engines)!, parsed.GetValue(warm), parsed.GetValue(pages), parsed.GetValue(json)));
        return command;
    }

    private sealed record Row(
        int Records, int Words, string Engine, string Page, double P50, double P95, double P99, double BuildRate, double MegaBytes, IReadOnlyDictionary<string, double> Parts);

    private static int Run(int[] sizes, int words, SearchEngine[] engines, int warm, int pages, string? json)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}, SQLite {Sqlite()}; one page = top 20, total, facets, snippets; milliseconds");
        var (data, corpus) = CorpusCommand.Load(words);
        var rows = new List<Row>();
        foreach (var size in sizes)
        {
            var records = Index(corpus, size, data.Catalogue);
            foreach (var engine in engines)
                rows.AddRange(Measure(engine, records, data.Catalogue, words, warm, pages));
        }

        Print(rows);
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(rows));
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

    private static IEnumerable<Row> Measure(SearchEngine engine, List<IndexedRecord> records, Catalogue catalogue, int words, int warm, int pages)
    {
        Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true) + NativeBytes();
        var clock = Stopwatch.StartNew();
        using var index = new SearchIndex(engine);
        index.Load(records, 1);
        var build = clock.Elapsed;
        if (index.Current.Matcher is Search.Inverted.InvertedMatcher { Index: var postings })
        {
            var entries = records.Sum(r => r.Passages.GroupBy(p => p.Field).Sum(g => (long)g.SelectMany(p => Search.Analysis.Tokenizer.Tokenize(p.Text)).Select(t => t.Word).Distinct(StringComparer.Ordinal).Count()));
            Console.WriteLine($"{records.Count:#,0} records: {postings.Words.Length:#,0} words, {postings.Postings:#,0} (word, record) and {entries:#,0} (word, record, field) entries; {postings.Bytes / 1048576.0:0.0} MB, {postings.Bytes / (double)entries:0.00} bytes an entry");
        }

        Collect();
        var bytes = GC.GetTotalMemory(forceFullCollection: true) + NativeBytes() - before;

        var queries = QueryMix.Make(records, catalogue);
        foreach (var (page, counts) in new (string, Func<Search.Facets.Facet, bool>?)[] { ("six facets", f => _six.Contains(f.Name)), ("all facets", null) })
        {
            var options = new SearchOptions { Counts = counts, ValuesShown = 12 };
            for (var i = 0; i < warm; i++)
                index.Search(queries[i % queries.Count], options);
            var times = new double[pages];
            var parts = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var i = 0; i < pages; i++)
            {
                var query = queries[i % queries.Count];
                var start = Stopwatch.GetTimestamp();
                var results = index.Search(query, options);
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                Add(parts, "match", results.Parts.Match);
                Add(parts, "facets and sort", results.Parts.Collect);
                Add(parts, "snippets", results.Parts.Snippets);
                Add(parts, "facet values", results.Parts.Values);
            }

            Array.Sort(times);
            yield return new Row(
                records.Count, words, engine.ToString(), page, At(times, 0.50), At(times, 0.95), At(times, 0.99), records.Count / build.TotalSeconds, bytes / 1048576.0,
                parts.ToDictionary(p => p.Key, p => p.Value / pages));
        }
    }

    private static void Add(Dictionary<string, double> parts, string name, TimeSpan time) => parts[name] = parts.GetValueOrDefault(name) + time.TotalMilliseconds;

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static void Collect()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    /// <summary>What SQLite holds outside the managed heap.</summary>
    private static long NativeBytes() => Storage.SqliteNative.MemoryUsed();

    private static void Print(List<Row> rows)
    {
        Console.WriteLine();
        Console.WriteLine("| records | words | engine | page | p50 | p95 | p99 | build, records/s | memory, MB |");
        Console.WriteLine("| ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var r in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {r.Records:#,0} | {r.Words} | {r.Engine} | {r.Page} | {r.P50:0.00} | {r.P95:0.00} | {r.P99:0.00} | {r.BuildRate:#,0} | {r.MegaBytes:#,0} |"));
        Console.WriteLine();
        Console.WriteLine("Mean of each part, ms:");
        foreach (var r in rows)
            Console.WriteLine($"  {r.Records:#,0}, {r.Page}: {string.Join(", ", r.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Key} {p.Value:0.000}")))}");
    }
}
