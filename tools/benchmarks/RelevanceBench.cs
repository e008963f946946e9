using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IncidentDb.Import;
using IncidentDb.Storage;

namespace IncidentDb.Benchmarks;

/// <summary>
/// <c>relevance</c>: how well the clone's records are found by queries as people ask them. One half is what ranking is tuned on, one is only measured;
/// the two halves of the practice tell, while tuning, what helps in general from what fits the queries one looks at, and of the two blind ones, written
/// without knowledge of the ranking, the second is never listed either. Beside our ranking stand plain
/// BM25 over one field and FTS5's bm25, both over the same words.
/// </summary>
internal static class RelevanceBench
{
    private const string HeldOut = "held-out";

    /// <summary>Only measured, never looked at.</summary>
    private static readonly string[] _unseen = ["blind 2", HeldOut];

    private static readonly string[] _halves = ["tuning", "practice 1", "practice 2", "blind 1", "blind 2", HeldOut];

    public static Command Create()
    {
        var half = new Option<string[]>("--half") { Description = "Only these: tuning, practice 1, practice 2, blind 1, blind 2, held-out.", AllowMultipleArgumentsPerToken = true };
        half.AcceptOnlyFromAmong(_halves);
        var show = new Option<bool>("--show") { Description = "List the queries whose best answer is not first; never those of blind 2 and held-out." };
        var json = new Option<string?>("--json") { Description = "Also write the figures to this file." };
        var command = new Command("relevance", "How well records are found, beside two baselines.") { half, show, json };
        command.SetAction(parsed => Run(parsed.GetValue(half) is { Length: > 0 } some ? some : _halves, parsed.GetValue(show), parsed.GetValue(json)));
        return command;
    }

    private sealed record Row(string Half, string Ranking, int Queries, double Success1, double Success5, double Mrr10, double Ndcg10);

    private static int Run(string[] halves, bool show, string? json)
    {
        var data = DataFolder.Open(Locations.EditorialFolder() ?? throw new InvalidOperationException("The benchmarks run from a clone."));
        using var evaluation = new Evaluation(data);
        var folder = Path.Combine(Locations.CloneRoot()!, "tools", "benchmarks", "relevance");
        var rows = new List<Row>();
        void Measure(string half, string ranking, IReadOnlyList<Judged> queries, Action<Judged, int, IReadOnlyList<string>>? each = null)
        {
            var it = evaluation.Measure(ranking, queries, each);
            rows.Add(new Row(half, ranking, queries.Count, it.Success1, it.Success5, it.Mrr10, it.Ndcg10));
        }

        foreach (var half in halves)
        {
            var queries = evaluation.ReadHalf(folder, half);
            foreach (var ranking in evaluation.Rankings)
                Measure(half, ranking, queries, show && !_unseen.Contains(half) && ranking == Evaluation.Ours ? Show : null);
            if (half == "tuning")
            {
                foreach (var kind in queries.GroupBy(q => q.Kind))
                    Measure($"tuning: {kind.Key}", Evaluation.Ours, [.. kind]);
            }
        }

        Console.WriteLine($"{evaluation.Records} records");
        Console.WriteLine();
        Console.WriteLine("| queries | | ranking | success@1 | success@5 | MRR@10 | nDCG@10 |");
        Console.WriteLine("| --- | ---: | --- | ---: | ---: | ---: | ---: |");
        foreach (var r in rows)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {r.Half} | {r.Queries} | {r.Ranking} | {r.Success1:0.000} | {r.Success5:0.000} | {r.Mrr10:0.000} | {r.Ndcg10:0.000} |"));
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(rows));
        return 0;
    }

    private static void Show(Judged query, int rank, IReadOnlyList<string> found)
    {
        if (rank == 1)
            return;
        var wanted = query.Relevant.Where(r => r.Value == query.Relevant.Values.Max()).Select(r => r.Key).Take(3);
        Console.WriteLine($"{(rank == 0 ? "–" : rank.ToString(CultureInfo.InvariantCulture)),2} {query.Kind}: {query.Query}  → wanted {string.Join(", ", wanted)}; first {string.Join(", ", found.Take(3))}");
    }
}
