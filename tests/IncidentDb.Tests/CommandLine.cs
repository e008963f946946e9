using System.Diagnostics;
using IncidentDb.Storage;

namespace IncidentDb.Tests;

/// <summary>What a run of <c>incidentdb</c> gave.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error)
{
    public IReadOnlyList<string> Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs the real program in a process of its own.</summary>
internal static class CommandLine
{
    private static readonly string _program = Path.Combine(AppContext.BaseDirectory, "IncidentDb.Cli.dll");

    public static CommandResult Run(string dataDirectory, params string[] arguments)
    {
        using var process = Start(dataDirectory, arguments);
        // Both streams at once: a full pipe would stop the program.
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, error.Result);
    }

    public static Process Start(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [_program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[Locations.DataVariable] = dataDirectory;
        return Process.Start(start)!;
    }
}
