using System.CommandLine;
using System.Diagnostics;
using IncidentDb.Import;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;
using IncidentDb.Storage;

namespace IncidentDb.Benchmarks;

/// <summary><c>prep</c>: how long a sheet of six records takes in each length, its material read from SQLite, composed, and written.</summary>
internal static class PrepBench
{
    private static readonly string[] _six = ["aws-s3-2017", "facebook-bgp-2021", "cloudflare-regex-2019", "knight-capital-2012", "gitlab-database-2017", "crowdstrike-2024"];

    public static Command Create()
    {
        var runs = new Option<int>("--runs") { Description = "Sheets of each length.", DefaultValueFactory = _ => 300 };
        var command = new Command("prep", "Prep sheets of six records: read, compose, write.") { runs };
        command.SetAction(parsed => Run(parsed.GetValue(runs)));
        return command;
    }

    private static int Run(int runs)
    {
        var directory = Directory.CreateTempSubdirectory("incidentdb-bench-");
        try
        {
            using var library = KnowledgeBase.Open(directory.FullName, "a benchmark");
            library.Import(DataFolder.Open(Locations.EditorialFolder() ?? throw new InvalidOperationException("This runs from a clone.")));
            Console.WriteLine($"{library.Incidents.Count():#,0} records in the library; six of them on a sheet; {runs} runs of each after {runs / 3} to warm up. Milliseconds; the processor time tells what the clock cannot on a busy machine.");
            Console.WriteLine("minutes | statements | read p50 | compose p50 | compose p95 | compose CPU | page p50 | Word p50");
            for (var i = 0; i < runs; i++)
                new PrepRequest { Incidents = _six, Minutes = RunDown.Lengths[i % RunDown.Lengths.Count] }.Compose(library);
            foreach (var minutes in RunDown.Lengths)
            {
                var request = new PrepRequest { Incidents = _six, Minutes = minutes };
                for (var i = 0; i < runs / 3; i++)
                    SheetHtml.Body(request.Compose(library)!);
                var (read, compose, page, word) = (new double[runs], new double[runs], new double[runs], new double[runs]);
                PrepSheet? sheet = null;
                var processor = TimeSpan.Zero;
                for (var i = 0; i < runs; i++)
                {
                    var start = Stopwatch.GetTimestamp();
                    var material = request.Material(library)!;
                    read[i] = Lap(ref start);
                    var before = Environment.CpuUsage.TotalTime;
                    sheet = PrepSheetBuilder.Build(material, minutes, request.Clock);
                    compose[i] = Lap(ref start);
                    processor += Environment.CpuUsage.TotalTime - before;
                    SheetHtml.Body(sheet);
                    page[i] = Lap(ref start);
                    // The container is compressed: a tenth of the runs is enough.
                    if (i % 10 == 0)
                        SheetWord.Write(sheet, "https://example.org");
                    word[i] = i % 10 == 0 ? Lap(ref start) : word[i - (i % 10)];
                }

                var (r, c, p, w) = (new Measured(read), new Measured(compose), new Measured(page), new Measured(word));
                Console.WriteLine($"{minutes,7} | {sheet!.Statements.Count(),10} | {r.P50,8:0.00} | {c.P50,11:0.00} | {c.P95,11:0.00} | {processor.TotalMilliseconds / runs,11:0.00} | {p.P50,8:0.00} | {w.P50,8:0.0}");
            }

            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static double Lap(ref long start)
    {
        var now = Stopwatch.GetTimestamp();
        var elapsed = Stopwatch.GetElapsedTime(start, now).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        return elapsed;
    }
}
