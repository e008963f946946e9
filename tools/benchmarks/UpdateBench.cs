using System.CommandLine;
using System.Diagnostics;
using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Benchmarks;

/// <summary><c>updates</c>: how soon a changed record is found, with everything that a page shows of it, while a large index folds behind.</summary>
internal static class UpdateBench
{
    public static Command Create()
    {
        var size = new Option<int>("--size") { Description = "Records.", DefaultValueFactory = _ => 100_000 };
        var changes = new Option<int>("--changes") { Description = "Changes.", DefaultValueFactory = _ => 1_000 };
        var command = new Command("updates", "From a change to a page that shows it.") { size, changes };
        command.SetAction(parsed => Run(parsed.GetValue(size), parsed.GetValue(changes)));
        return command;
    }

    private static int Run(int size, int changes)
    {
        var (data, corpus) = CorpusCommand.Load(460);
        var records = new IndexedRecord[size];
        Parallel.For(0, size, i => records[i] = IncidentIndexing.Of(i + 1, corpus.Make(i), data.Catalogue));
        using var index = new SearchIndex();
        index.Load([.. records], 1);
        var random = new Random(5);
        var title = TextFields.IndexOf("title");
        var visible = new double[changes];
        for (var i = 0; i < changes; i++)
        {
            // A title that only this change has.
            var word = $"zz{i}qx";
            var record = records[random.Next(size)];
            var changed = record with { Passages = [.. record.Passages.Where(p => p.Field != title), new Passage(title, "", "", $"Outage {word} of the queue")] };
            var start = Stopwatch.GetTimestamp();
            index.Apply([], [changed], i + 2);
            var results = index.Search(new SearchQuery { Text = word });
            visible[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (results.Total != 1 || results.Hits[0].Id != changed.Id || results.Facets.Count == 0)
                throw new InvalidOperationException($"change {i} is not found");
        }

        var measured = new Measured(visible);
        Console.WriteLine($"{size:#,0} records, {changes:#,0} changes, each followed by a search with all facets that finds it: p50 {measured.P50:0.00} ms, p95 {measured.P95:0.00}, p99 {measured.P99:0.00}");
        return 0;
    }
}
