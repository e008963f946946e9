using System.CommandLine;
using System.Diagnostics;
using System.Text;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Storage;
using Spectre.Console;

namespace IncidentDb.Benchmarks;

/// <summary><c>corpus N [folder]</c>: a data folder with N synthetic records beside the clone's own names and words.</summary>
internal static class CorpusCommand
{
    public static Command Create()
    {
        var count = new Argument<int>("count") { Description = "How many records." };
        var folder = new Argument<string>("folder") { Description = "Where to write.", DefaultValueFactory = _ => Path.Combine(Locations.CloneRoot() ?? ".", "artifacts", "corpus") };
        var words = new Option<int>("--words") { Description = "About how many words a record.", DefaultValueFactory = _ => 460 };
        var command = new Command("corpus", "Write a data folder of synthetic records.") { count, folder, words };
        command.SetAction(parsed => Run(parsed.GetValue(count), parsed.GetValue(folder)!, parsed.GetValue(words)));
        return command;
    }

    /// <summary>The clone's records, names and words.</summary>
    public static (DataFolder Folder, Corpus Corpus) Load(int words)
    {
        var data = DataFolder.Open(Locations.EditorialFolder() ?? throw new InvalidOperationException("The benchmarks run from a clone."));
        return (data, new Corpus(data.Catalogue, data.Incidents().Select(f => f.Incident).OfType<Incident>(), words));
    }

    private static int Run(int count, string target, int words)
    {
        var (data, corpus) = Load(words);
        foreach (var file in data.Files)
        {
            var path = Path.Combine(target, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // Episodes, combinations and eras refer to real records, which are not here.
            if (file.Noun == Noun.Episode || file.Slug is "combinations" or "eras")
                continue;
            File.Copy(Path.Combine(data.Path, file.Path), path, overwrite: true);
        }

        var incidents = Directory.CreateDirectory(Path.Combine(target, "incidents")).FullName;
        var clock = Stopwatch.StartNew();
        AnsiConsole.Progress().Start(bar =>
        {
            var task = bar.AddTask("Writing", maxValue: count);
            Parallel.For(0, count, number =>
            {
                var incident = corpus.Make(number);
                File.WriteAllText(Path.Combine(incidents, incident.Slug + ".md"), IncidentWriter.Write(incident), new UTF8Encoding(false));
                task.Increment(1);
            });
        });
        Console.WriteLine($"{count} records of about {words} words in {target} ({clock.Elapsed.TotalSeconds:0.0} s)");
        return 0;
    }
}
