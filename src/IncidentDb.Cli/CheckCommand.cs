using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb check [folder or file…]</c>: every rule over every file; exit 1 when there are errors.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A data folder, or record files in one. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrMore };
        var json = Output.JsonOption();
        var command = new Command("check", "Judge records by the rules; every problem with file, line and field.") { paths, json };
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] paths, bool json)
    {
        if (paths.Length == 0)
        {
            if (Output.DataFolder(null) is not { } data)
                return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
            paths = [data];
        }

        var problems = new List<Problem>();
        var files = 0;
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                // A part of a data folder is judged against the whole of it.
                var whole = FileInFolder.FolderOf(Path.Combine(path, "x")) ?? path;
                var part = Path.GetRelativePath(whole, path).Replace('\\', '/') is "." ? "" : Path.GetRelativePath(whole, path).Replace('\\', '/') + "/";
                var folder = DataFolder.Open(whole);
                foreach (var file in folder.Files.Concat(folder.Incidents()).Where(f => f.Path.StartsWith(part, StringComparison.Ordinal)))
                {
                    files++;
                    problems.AddRange(file.Problems);
                }
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
            Console.WriteLine($"{Output.Count(files, "file")}, {Output.Count(errors, "error")}, {Output.Count(problems.Count - errors, "warning")}");
        }

        return errors > 0 ? ExitCode.DataProblems : ExitCode.Done;
    }
}
