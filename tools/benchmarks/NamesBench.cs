using System.CommandLine;
using System.Diagnostics;
using IncidentDb.Companies;
using IncidentDb.Import;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Search;

namespace IncidentDb.Benchmarks;

/// <summary>
/// <c>names</c>: how soon a company or pattern with another name is found by it, with the records that have it, on a page with all facets; from the transaction on. The
/// name in the most records, the ones at a tenth and at the half of the list, and a change that no record shows.
/// </summary>
internal static class NamesBench
{
    public static Command Create()
    {
        var size = new Option<int>("--size") { Description = "Records.", DefaultValueFactory = _ => 100_000 };
        var words = new Option<int>("--words") { Description = "About how many words a record.", DefaultValueFactory = _ => 460 };
        var runs = new Option<int>("--runs") { Description = "Changes of each kind.", DefaultValueFactory = _ => 5 };
        var keep = new Option<string?>("--keep") { Description = "A folder in which the library is kept for the next run; it takes minutes to make." };
        var command = new Command("names", "From a changed name to a page that shows it.") { size, words, runs, keep };
        command.SetAction(parsed =>
        {
            StartBench.InLibrary(parsed.GetValue(size), parsed.GetValue(words), parsed.GetValue(keep), directory => Run(directory, parsed.GetValue(runs)));
            return 0;
        });
        return command;
    }

    private static void Run(string directory, int runs)
    {
        using var library = KnowledgeBase.Open(directory, "a benchmark", log: Console.Error.WriteLine);
        library.WarmUp();
        Console.WriteLine($"{Environment.ProcessorCount} cores; {library.Search.Count:#,0} records; milliseconds from the change to a page with all facets that shows it, each time; the median; the processor's at the median");
        Console.WriteLine("| changed | records | ms | median | processor |");
        Console.WriteLine("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (noun, counts) in new[] { (Noun.Company, library.Incidents.CountByCompany()), (Noun.Pattern, library.Incidents.CountByPattern()) })
        {
            var sorted = counts.OrderByDescending(c => c.Value).ToList();
            foreach (var share in new[] { 0.5, 0.1, 0 })
            {
                var (slug, records) = sorted[(int)(sorted.Count * share)];
                Measure(library, runs, $"name of a {noun.ToString().ToLowerInvariant()}", noun, slug, (int)records, renames: true);
            }

            Measure(library, runs, $"another line of that {noun.ToString().ToLowerInvariant()}", noun, sorted[0].Key, (int)sorted[0].Value, renames: false);
        }
    }

    private static void Measure(KnowledgeBase library, int runs, string what, Noun noun, string slug, int records, bool renames)
    {
        var (times, processor) = (new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            // A name that only this change has; each run is over when the one before is folded in.
            library.Search.Folding.GetAwaiter().GetResult();
            var name = $"Zz{noun.ToString().ToLowerInvariant()}{library.Changes.LastSeq()}qx";
            var text = Changed(library, noun, slug, renames ? name : null);
            var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            library.Import([new DataFile { Noun = noun, Slug = slug, Path = slug, Text = text, Canonical = text, Problems = [] }], takeFiles: true);
            var results = library.Search.Search(new SearchQuery { Text = renames ? name : "" }, library.SearchOptions());
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            processor.Add((Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
            // Other records may have a word that is spelt nearly so.
            if (renames ? results.Hits.Count == 0 || results.Total < records : library.Records.Find(noun, slug)!.Content != text)
                throw new InvalidOperationException($"{slug} is found in {results.Total} records, not in {records}");
        }

        Console.WriteLine($"| {what} | {records:#,0} | {string.Join(' ', times.Select(t => $"{t:#,0}"))} | {new Measured(times).P50:#,0} | {new Measured(processor).P50:#,0} |");
    }

    private static string Changed(KnowledgeBase library, Noun noun, string slug, string? name)
    {
        if (noun == Noun.Company)
        {
            var company = library.Catalogue.Company(slug)!;
            return CompanyFile.Write(name is null ? company with { About = $"Told anew, {library.Changes.LastSeq()}." } : company with { Name = name });
        }

        var pattern = library.Catalogue.Pattern(slug)!;
        return PatternFile.Write(name is null ? pattern with { OneLine = $"Told anew, {library.Changes.LastSeq()}." } : pattern with { Name = name });
    }
}
