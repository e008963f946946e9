using System.CommandLine;
using System.Diagnostics;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Benchmarks;

/// <summary><c>suggest</c>: completions of what is typed letter by letter, and records like one.</summary>
internal static class SuggestBench
{
    public static Command Create()
    {
        var size = new Option<int>("--size") { Description = "Records.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("suggest", "Suggestions while typing, and similar records.") { size };
        command.SetAction(parsed => Run(parsed.GetValue(size)));
        return command;
    }

    private static int Run(int size)
    {
        var (data, corpus) = CorpusCommand.Load(460);
        var records = new IndexedRecord[size];
        Parallel.For(0, size, i => records[i] = IncidentIndexing.Of(i + 1, corpus.Make(i), data.Catalogue));
        using var index = new SearchIndex();
        index.Load([.. records], 1);

        var clock = Stopwatch.StartNew();
        var suggester = CatalogueSuggestions.Of(data.Catalogue, index.Current);
        Console.WriteLine($"{size:#,0} records: suggestions made in {clock.Elapsed.TotalSeconds:0.0} s");
        var names = data.Catalogue.Companies.Select(c => c.Name).Concat(data.Catalogue.Patterns.Select(p => p.Name)).Concat(records.Take(200).Select(r => r.Passages[0].Text)).ToList();
        var typed = names.SelectMany(n => Enumerable.Range(1, Math.Min(12, n.Length)).Select(l => n[..l])).ToList();
        var suggested = Measured.Run(typed.Count, typed.Count, i => suggester.Find(typed[i % typed.Count]));
        Console.WriteLine($"suggest, {typed.Count:#,0} texts: p50 {suggested.P50:0.000} ms, p95 {suggested.P95:0.000}, p99 {suggested.P99:0.000}");

        var random = new Random(3);
        var ids = Enumerable.Range(0, 300).Select(_ => (long)random.Next(1, size + 1)).ToList();
        var similar = Measured.Run(100, ids.Count, i => index.Similar(ids[i], 6));
        Console.WriteLine($"similar, {ids.Count} records: p50 {similar.P50:0.00} ms, p95 {similar.P95:0.00}, p99 {similar.P99:0.00}");
        return 0;
    }
}
