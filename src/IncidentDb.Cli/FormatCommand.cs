using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb format [folder or file…]</c>: writes the canonical form; <c>--check</c> only says what would change.</summary>
internal static class FormatCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "A data folder, or record files in one. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrMore };
        var check = new Option<bool>("--check") { Description = "Change nothing; exit 1 when a file is not in canonical form." };
        var json = Output.JsonOption();
        var command = new Command("format", "Write files in the canonical form. YAML comments are dropped; a file with errors in its shape is left alone.") { paths, check, json };
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], parsed.GetValue(check), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string[] paths, bool check, bool json)
    {
        if (paths.Length == 0)
        {
            if (Output.DataFolder(null) is not { } data)
                return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
            paths = [data];
        }

        var (changed, left) = (new List<string>(), new List<string>());
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                // A part of a data folder is read with the words of the whole.
                var whole = FileInFolder.FolderOf(Path.Combine(path, "x")) ?? path;
                var folder = DataFolder.Open(whole);
                var files = folder.Files.Concat(folder.Incidents()).Where(f => FileInFolder.IsBelow(Path.Combine(whole, f.Path), path)).ToList();
                if (files.Count == 0)
                    return Output.NoRecords(path);
                foreach (var file in files)
                    Format(file, Path.Combine(whole, file.Path));
            }
            else if (File.Exists(path))
            {
                Format(FileInFolder.Read(path), path);
            }
            else
            {
                return Output.Fail(ExitCode.Usage, $"There is no file or folder “{path}”.");
            }
        }

        if (json)
        {
            Output.Json(new { changed, left });
        }
        else
        {
            foreach (var path in changed)
                Console.WriteLine($"{(check ? "would change" : "changed")} {path}");
            foreach (var path in left)
                Console.WriteLine($"left alone {path}: it has errors that “incidentdb check” names");
            Console.WriteLine($"{Output.Count(changed.Count, "file")} {(check ? "not in canonical form" : "changed")}, {left.Count} left alone");
        }

        return left.Count > 0 || (check && changed.Count > 0) ? ExitCode.DataProblems : ExitCode.Done;

        void Format(DataFile file, string path)
        {
            // A file in which something could not be read would lose it: it stays as it is until it is mended.
            if (file.Canonical is null || file.Problems.Any(p => p.IsError && Lossy.Contains(p.Rule)))
            {
                left.Add(path);
                return;
            }

            if (File.ReadAllText(path) == file.Canonical)
                return;
            changed.Add(path);
            if (!check)
                File.WriteAllText(path, file.Canonical);
        }
    }

    /// <summary>Rules whose breach means that a value was not read.</summary>
    private static readonly HashSet<string> Lossy =
    [
        .. SyntaxRules.All.Except([SyntaxRules.UnknownSlug, SyntaxRules.UnknownWord, SyntaxRules.BadUrl, SyntaxRules.BadSlug]).Select(r => r.Id),
        Incidents.IncidentRules.TimelineLine.Id,
        Incidents.IncidentRules.PartNotDeclared.Id,
    ];
}
