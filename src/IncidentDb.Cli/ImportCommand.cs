using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Import.Readers;
using IncidentDb.Storage;
using Spectre.Console;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb import [folder]</c>: brings a data folder into the database.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("from") { Description = "A data folder, or records as .json or .ndjson. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrOne };
        var take = new Option<bool>("--take-files") { Description = "Files win over edits made on the site." };
        var json = Output.JsonOption();
        var command = new Command("import", "Bring records into the database: additive, idempotent, and free to be interrupted.") { folder, take, json };
        command.SetAction((parsed, cancelled) => Task.FromResult(Run(parsed.GetValue(folder), parsed.GetValue(take), parsed.GetValue(json), cancelled)));
        return command;
    }

    private static int Run(string? given, bool takeFiles, bool json, CancellationToken cancelled)
    {
        if (Output.DataFolder(given) is not { } path)
            return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
        if (!Directory.Exists(path) && !File.Exists(path))
            return Output.Fail(ExitCode.Usage, $"There is no file or folder “{path}”.");
        try
        {
            using var library = KnowledgeBase.Open(Locations.DataDirectory(), "incidentdb import");
            if (File.Exists(path))
            {
                // Names of companies, patterns and words come from the clone; without one, records can't be judged.
                if (Output.DataFolder(null) is not { } words)
                    return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
                if (Path.GetExtension(path).ToLowerInvariant() is not (".json" or ".ndjson"))
                    return Output.Fail(ExitCode.Usage, $"“{path}” is neither .json nor .ndjson; a record file is imported with the data folder that it lies in.");
                return Print(library.Import(new JsonRecordReader(DataFolder.Open(words)).Read(path), takeFiles, cancelled), json);
            }

            var folder = DataFolder.Open(path);
            if (folder.Files.Count + folder.IncidentCount == 0)
                return Output.NoRecords(path);
            var report = json || Console.IsOutputRedirected ? library.Import(folder, takeFiles, null, cancelled) : WithBar(progress => library.Import(folder, takeFiles, progress, cancelled));
            return Print(report, json);
        }
        catch (Exception e) when (e is DirectoryHeldException or DatabaseUnusableException or DatabaseBusyException or DiskFullException)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }

    private static ImportReport WithBar(Func<IProgress<ImportProgress>, ImportReport> import) => AnsiConsole.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
        .Start(bar =>
        {
            var task = bar.AddTask("Importing");
            return import(new Immediate(p =>
            {
                task.MaxValue = Math.Max(1, p.Total);
                task.Value = p.Done;
            }));
        });

    /// <summary>Reports on the importing thread; the framework's own class would report after the bar is gone.</summary>
    private sealed class Immediate(Action<ImportProgress> report) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => report(value);
    }

    private static int Print(ImportReport report, bool json)
    {
        if (json)
        {
            Output.Json(new
            {
                report.Files,
                report.Added,
                report.Changed,
                report.Unchanged,
                report.Completed,
                conflicts = report.Conflicts.Select(c => c.Path),
                report.Refused,
                elapsedMs = (long)report.Elapsed.TotalMilliseconds,
                problems = report.Problems.Select(p => new { p.File, p.Line, p.Field, p.Rule, level = p.IsError ? "error" : "warning", p.Sentence }),
            });
        }
        else
        {
            Output.Problems(report.Problems.Where(p => p.IsError));
            foreach (var conflict in report.Conflicts)
                Console.WriteLine($"{conflict.Path}: left alone, it was edited on the site since its last import (--take-files would overwrite it)");
            Console.WriteLine(
                $"{Output.Count(report.Files, "file")} in {report.Elapsed.TotalSeconds:0.0} s: {report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, "
                + $"{Output.Count(report.Conflicts.Count, "conflict")}, {report.Refused.Count} refused");
            if (!report.Completed)
                Console.WriteLine("Stopped before the end; what was done is kept, and running it again goes on.");
        }

        return report.Refused.Count > 0 || report.Conflicts.Count > 0 || !report.Completed ? ExitCode.DataProblems : ExitCode.Done;
    }
}
