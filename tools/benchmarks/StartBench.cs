using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Kept;

namespace IncidentDb.Benchmarks;

/// <summary>
/// <c>start</c>: from the start of a process to its first answer, with the index built from the records and with the index read from its file. Every start
/// is a process of its own, so that nothing is compiled yet; the database and the file are in the system's cache.
/// </summary>
internal static class StartBench
{
    public static Command Create()
    {
        var sizes = new Option<int[]>("--sizes") { Description = "Numbers of records.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1_000, 20_000, 100_000] };
        var words = new Option<int>("--words") { Description = "About how many words a record.", DefaultValueFactory = _ => 460 };
        var runs = new Option<int>("--runs") { Description = "Starts with the file, of which the quickest counts.", DefaultValueFactory = _ => 5 };
        var keep = new Option<string?>("--keep") { Description = "A folder in which the libraries are kept for the next run; they take minutes to make." };
        var open = new Option<string?>("--open") { Description = "Only this: open a data directory, answer one search, print the milliseconds." };
        var command = new Command("start", "From the start of a process to its first answer.") { sizes, words, runs, keep, open };
        command.SetAction(parsed => parsed.GetValue(open) is { } directory ? Open(directory) : Run(parsed.GetValue(sizes)!, parsed.GetValue(words), parsed.GetValue(runs), parsed.GetValue(keep)));
        return command;
    }

    private static int Run(int[] sizes, int words, int runs, string? keep)
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores; seconds; opened as the site opens it, answered: the first page of a search for two words with all facets and summaries");
        Console.WriteLine("| records | file, MB | database, MB | built: opened | answered | from its file: opened | answered | since the process began | processor time |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var size in sizes)
        {
            InLibrary(size, words, keep, directory =>
            {
                var file = Path.Combine(directory, KeptIndex.FileName);
                File.Delete(file);
                var built = Child(directory);
                var kept = Enumerable.Range(0, runs).Select(_ => Child(directory)).MinBy(t => t.Answered);
                Console.WriteLine(
                    $"| {size:#,0} | {new FileInfo(file).Length / 1048576.0:#,0.0} | {new FileInfo(Path.Combine(directory, "incidentdb.db")).Length / 1048576.0:#,0} | {built.Opened:0.00} | {built.Answered:0.00} | {kept.Opened:0.00} | {kept.Answered:0.00} | {kept.Whole:0.00} | {kept.Processor:0.00} |");
            });
        }

        return 0;
    }

    /// <summary>Does something with the data directory of a library of synthetic records, which is kept for the next run or deleted.</summary>
    public static void InLibrary(int size, int words, string? keep, Action<string> act)
    {
        var directory = keep is null ? Directory.CreateTempSubdirectory("incidentdb-start-").FullName : Path.Combine(Path.GetFullPath(keep), $"{size}-{words}");
        try
        {
            if (!File.Exists(Path.Combine(directory, "filled")))
                Fill(directory, size, words);
            File.WriteAllText(Path.Combine(directory, "filled"), "");
            act(directory);
        }
        finally
        {
            if (keep is null)
                Directory.Delete(directory, recursive: true);
        }
    }

    private static void Fill(string directory, int size, int words)
    {
        var (data, corpus) = CorpusCommand.Load(words);
        using var library = KnowledgeBase.Open(directory, "a benchmark");
        var names = data.Files.Where(f => f.Noun != Noun.Episode && f.Slug is not ("combinations" or "eras"));
        var records = ParallelEnumerable.Range(0, size).AsOrdered().Select(number =>
        {
            var incident = corpus.Make(number);
            var text = IncidentWriter.Write(incident);
            return new DataFile { Noun = Noun.Incident, Slug = incident.Slug, Path = incident.Slug, Text = text, Canonical = text, Problems = [], Incident = incident };
        });
        library.Import(names.Concat(records));
    }

    private static (double Opened, double Answered, double Whole, double Processor) Child(string directory)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(StartBench).Assembly.Location, "start", "--open", directory]) { UseShellExecute = false, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Console.Error.Write(output);
        var times = output.Split('\n').Last(l => l.StartsWith("ms ", StringComparison.Ordinal)).Split(' ').Skip(1).Select(t => double.Parse(t, CultureInfo.InvariantCulture) / 1000).ToList();
        return (times[0], times[1], times[2], times[3]);
    }

    private static int Open(string directory)
    {
        var start = Stopwatch.GetTimestamp();
        using var library = KnowledgeBase.Open(directory, "a benchmark", log: Console.WriteLine);
        var opened = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var results = library.Search.Search(new SearchQuery { Text = "network failover" }, library.SearchOptions());
        var summaries = library.Summaries(results);
        var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var whole = (TimeProvider.System.GetLocalNow().DateTime - Process.GetCurrentProcess().StartTime).TotalMilliseconds;
        var processor = Environment.CpuUsage.TotalTime.TotalMilliseconds;
        Console.WriteLine($"{results.Total:#,0} found, {summaries.Count} shown");
        Console.WriteLine($"ms {opened:0} {answered:0} {whole:0} {processor:0}");
        return 0;
    }
}
