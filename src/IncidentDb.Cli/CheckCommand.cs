using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Quality;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb check [folder or file…]</c>: every rule over every file; exit 1 when there are errors.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A data folder, or record files in one. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrMore };
        var strict = new Option<bool>("--strict") { Description = "Also judge the collection as a whole: words of our own, no sentence twice, no incident twice, readable summaries." };
        var against = new Option<string?>("--against") { Description = "With --strict: a folder of texts of others to compare words with. Without it: shared/corpora beside the clone, where it is there." };
        var json = Output.JsonOption();
        var command = new Command("check", "Judge records by the rules; every problem with file, line and field.") { paths, strict, against, json };
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], parsed.GetValue(strict), parsed.GetValue(against), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] paths, bool strict, string? against, bool json)
    {
        if (paths.Length == 0)
        {
            if (Output.DataFolder(null) is not { } data)
                return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
            paths = [data];
        }

        if (against is not null && !Directory.Exists(against))
            return Output.Fail(ExitCode.Usage, $"There is no folder “{against}”.");
        against ??= Locations.CloneRoot() is { } clone && Path.Combine(clone, "..", "shared", "corpora") is var beside && Directory.Exists(beside) ? beside : null;
        var others = strict && against is not null ? SharedRuns.Of(against) : null;
        var problems = new List<Problem>();
        var files = 0;
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                // A part of a data folder is judged against the whole of it.
                var whole = FileInFolder.FolderOf(Path.Combine(path, "x")) ?? path;
                var folder = DataFolder.Open(whole);
                var before = files;
                foreach (var file in folder.Files.Concat(folder.Incidents()).Where(f => FileInFolder.IsBelow(Path.Combine(whole, f.Path), path)))
                {
                    files++;
                    problems.AddRange(file.Problems);
                }

                if (files == before)
                    return Output.NoRecords(path);

                if (strict)
                    problems.AddRange(StrictRules.Check(folder, others).Where(p => FileInFolder.IsBelow(Path.Combine(whole, p.File), path)));
            }
            else if (File.Exists(path))
            {
                files++;
                problems.AddRange(FileInFolder.Read(path).Problems);
            }
            else
            {
                return Output.Fail(ExitCode.Usage, $"There is no file or folder “{path}”.");
            }
        }

        var errors = problems.Count(p => p.IsError);
        if (json)
        {
            Output.Json(new { files, errors, warnings = problems.Count - errors, problems = problems.Select(p => new { p.File, p.Line, p.Field, p.Rule, level = p.IsError ? "error" : "warning", p.Sentence }) });
        }
        else
        {
            Output.Problems(problems);
            if (strict)
                Console.WriteLine(others is null ? "There are no texts of others to compare words with: name a folder with --against." : $"Words were compared with those of {Output.Count(others.Texts, "text")} of others.");
            Console.WriteLine($"{Output.Count(files, "file")}, {Output.Count(errors, "error")}, {Output.Count(problems.Count - errors, "warning")}");
        }

        return errors > 0 ? ExitCode.DataProblems : ExitCode.Done;
    }
}
