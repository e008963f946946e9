using System.CommandLine;
using System.Diagnostics;
using System.Text;
using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Search.Queries;

namespace IncidentDb.Benchmarks;

/// <summary><c>hostile</c>: queries made to hurt: parsed by the million, run by the thousand on a large index.</summary>
internal static class HostileBench
{
    private static readonly string[] _pieces =
    [
        "(", ")", "\"", "“", "~", "~2", "^", "^9e99", "*", "?", "-", "+", "!", "NOT ", "OR ", "AND ", "||", "&&", "[", "]", "{", "}", ":", "..", " TO ", "*:*", "\\", "'", ";", "--", "/*", "\0", "\u202e", "\ud83d",
        "𝔘𝔫𝔦", "e\u0301", "ß", "İ", "٣", "%00", "a*", "aa*", "di*", "fa*", "the", "of", "failing~2", "netwrk~1", "\"control plane\"~50", "\"the of the of\"~50", "title:", "summary:(", "cause:dns", "pattern:", "loss:>1M", "duration:[1m TO 2h]",
        "year:2015..2020", "started:[2012 TO *]", "order:mitigation<cause_identified", "gap:impact_start..detected>1h", "has:timeline", "event:relapse", "99.99%", "us-east-1", "EAI_AGAIN", "c++", "2147483648", "-1", "1e308",
    ];

    public static Command Create()
    {
        var size = new Option<int>("--size") { Description = "Records.", DefaultValueFactory = _ => 100_000 };
        var parse = new Option<int>("--parse") { Description = "Queries parsed.", DefaultValueFactory = _ => 1_000_000 };
        var run = new Option<int>("--run") { Description = "Queries run.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<int>("--seed") { Description = "What they are drawn from.", DefaultValueFactory = _ => 1 };
        var command = new Command("hostile", "Queries made to hurt.") { size, parse, run, seed };
        command.SetAction(parsed => Run(parsed.GetValue(size), parsed.GetValue(parse), parsed.GetValue(run), parsed.GetValue(seed)));
        return command;
    }

    private static int Run(int size, int parse, int run, int seed)
    {
        var random = new Random(seed);
        var parsing = new double[parse];
        for (var i = 0; i < parse; i++)
        {
            var text = Text(random);
            var start = Stopwatch.GetTimestamp();
            QueryParser.Parse(text);
            parsing[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Print($"seed {seed}: {parse:#,0} parsed", parsing);
        var (data, corpus) = CorpusCommand.Load(460);
        var records = new IndexedRecord[size];
        Parallel.For(0, size, i => records[i] = IncidentIndexing.Of(i + 1, corpus.Make(i), data.Catalogue));
        using var index = new SearchIndex();
        index.Load([.. records], 1);
        var running = new double[run];
        var cut = 0;
        var slowest = new PriorityQueue<(double Time, string Text, SearchParts Parts), double>();
        for (var i = 0; i < run; i++)
        {
            var query = new SearchQuery { Text = Text(random) };
            var start = Stopwatch.GetTimestamp();
            var results = index.Search(query);
            running[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            slowest.Enqueue((running[i], query.Text, results.Parts), running[i]);
            if (slowest.Count > 8)
                slowest.Dequeue();
            cut += results.Notices.Any(n => n.Contains("too long", StringComparison.Ordinal)) ? 1 : 0;
        }

        Print($"{run:#,0} run on {size:#,0} records, {cut} stopped by their budget", running);
        foreach (var (slow, _) in slowest.UnorderedItems.OrderByDescending(s => s.Priority))
            Console.WriteLine($"  {slow.Time:0.0} ms (match {slow.Parts.Match.TotalMilliseconds:0.0}, facets {slow.Parts.Collect.TotalMilliseconds:0.0}, snippets {slow.Parts.Snippets.TotalMilliseconds:0.0}, values {slow.Parts.Values.TotalMilliseconds:0.0}): {slow.Text[..Math.Min(150, slow.Text.Length)].ReplaceLineEndings(" ")}");
        return 0;
    }

    private static void Print(string what, double[] times)
    {
        var measured = new Measured(times);
        Console.WriteLine($"{what}: p50 {measured.P50:0.000} ms, p99 {measured.P99:0.000}, longest {times.Max():0.0}");
    }

    /// <summary>Pieces of the syntax in any order, long runs of one piece, or random characters.</summary>
    private static string Text(Random random)
    {
        var text = new StringBuilder();
        switch (random.Next(10))
        {
            case 0:
                var piece = _pieces[random.Next(_pieces.Length)];
                for (var n = random.Next(1, 400); n > 0; n--)
                    text.Append(piece).Append(random.Next(3) == 0 ? " " : "");
                break;
            case 1:
                for (var n = random.Next(1, 200); n > 0; n--)
                    text.Append((char)random.Next(1, 0xffff));
                break;
            default:
                for (var n = random.Next(1, 40); n > 0; n--)
                    text.Append(_pieces[random.Next(_pieces.Length)]).Append(random.Next(2) == 0 ? " " : "");
                break;
        }

        return text.ToString();
    }
}
