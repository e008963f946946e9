using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Quality;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb coverage [folder]</c>: what the records cover, what is blank, what is most worth adding.</summary>
internal static class CoverageCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("folder") { Description = "A data folder. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrOne };
        var json = Output.JsonOption();
        var command = new Command("coverage", "What the records cover, what is blank in them, and what is most worth adding.") { folder, json };
        command.SetAction(parsed => Run(parsed.GetValue(folder), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string? given, bool json)
    {
        if (Output.DataFolder(given) is not { } path)
            return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
        if (!Directory.Exists(path))
            return Output.Fail(ExitCode.Usage, $"There is no folder “{path}”.");
        var data = DataFolder.Open(path);
        var coverage = Coverage.Of(data.Catalogue, [.. data.Incidents().Select(f => f.Incident).OfType<Incident>()]);
        if (json)
        {
            Output.Json(CoverageShape.Of(coverage));
            return ExitCode.Done;
        }

        Console.WriteLine("Goals");
        foreach (var goal in coverage.Goals)
            Console.WriteLine($"  {(goal.Met ? "met  " : "SHORT")} {goal.Reached,5} of {(goal.AtMost ? "at most" : "at least")} {goal.Wanted,4}  {goal.What}");
        foreach (var group in coverage.Groups)
        {
            Console.WriteLine();
            Console.WriteLine(group.Title);
            foreach (var row in group.Rows)
                Console.WriteLine($"  {row.Count,5}  {row.Share,6:0.0%}  {row.Label}");
        }

        Console.WriteLine();
        Console.WriteLine("Blanks: unknown, not disclosed, left out");
        foreach (var (field, unknown, hidden, missing, of) in coverage.Blanks)
            Console.WriteLine($"  {field,-12} {unknown,4} {hidden,4} {missing,4}  of {of}");
        Console.WriteLine();
        Console.WriteLine($"Patterns without evidence: {(coverage.PatternsWithoutEvidence.Count == 0 ? "none" : string.Join(", ", coverage.PatternsWithoutEvidence))}");
        Console.WriteLine();
        Console.WriteLine("Most worth adding");
        foreach (var next in coverage.Next)
            Console.WriteLine($"  {next.Noun} {next.Slug}: {next.Why}");
        return ExitCode.Done;
    }
}
