using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IncidentDb.Web.Tests.Hosting;

/// <summary>The site or the command line as a process of its own, as an operator starts it; it ends with the test.</summary>
internal sealed partial class ProgramRun : IAsyncDisposable
{
    /// <summary>What takes longer hangs: seconds elsewhere, but the machine may be busy.</summary>
    private static readonly TimeSpan _atMost = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ProgramRun(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"The program ended before it listened: {Output}"));
        Started = TimeProvider.System.GetTimestamp();
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public long Started { get; }

    public int Pid => _process.Id;

    public string Output => string.Join('\n', _lines);

    /// <summary>The site on a free port of this machine.</summary>
    public static ProgramRun Site(string directory, params (string Name, string Value)[] variables) => Site(directory, TimeSpan.FromMinutes(1), variables);

    /// <summary>The site with another limit for its searches than the minute that keeps a busy machine from cutting them.</summary>
    public static ProgramRun Site(string directory, TimeSpan searchLimit, params (string Name, string Value)[] variables) =>
        new(StartOf("IncidentDb.Web", directory, ["--urls", "http://127.0.0.1:0"], variables, searchLimit));

    /// <summary>The site where its variables say, or by default.</summary>
    public static ProgramRun SiteByVariables(string directory, params (string Name, string Value)[] variables) => new(StartOf("IncidentDb.Web", directory, [], variables));

    public static ProgramRun CommandLine(string directory, params string[] arguments) => CommandLine(directory, [], arguments);

    public static ProgramRun CommandLine(string directory, (string Name, string Value)[] variables, string[] arguments) => new(StartOf("IncidentDb.Cli", directory, arguments, variables));

    /// <summary>Where the site listens, once it does.</summary>
    public Task<Uri> ListeningAsync() => _listening.Task.WaitAsync(_atMost);

    /// <summary>Asks the process to end, as systemd and Docker do.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Pid.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends the process as a power cut would: with SIGKILL, so that nothing of its own runs.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>The exit code, once it has ended by itself.</summary>
    public async Task<int> ExitAsync()
    {
        using var late = new CancellationTokenSource(_atMost);
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"The program still ran after {_atMost.TotalSeconds} s: {Output}", e);
        }

        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartOf(string project, string directory, string[] arguments, (string Name, string Value)[] variables, TimeSpan? searchLimit = null)
    {
        // bin/<configuration>/net10.0, as this test was built.
        var built = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(Clone.Root, "src", project, "bin", built.Parent!.Name, built.Name, project + ".dll");
        // From another folder than the program's own: neither may decide where things lie.
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() };
        if (searchLimit is { } limit)
        {
            // The program's own runtime settings, and the limit among them.
            var settings = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(program, ".runtimeconfig.json")))!;
            settings["runtimeOptions"]!["configProperties"]!["IncidentDb.SearchLimit"] = ((int)limit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            var file = directory + ".runtimeconfig.json";
            File.WriteAllText(file, settings.ToJsonString());
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add("--runtimeconfig");
            start.ArgumentList.Add(file);
        }

        start.ArgumentList.Add(program);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["INCIDENTDB_DATA"] = directory;
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return start;
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _lines.Enqueue(line);
        if (Listening().Match(line) is { Success: true } match)
            _listening.TrySetResult(new Uri(match.Groups["url"].Value));
    }

    [GeneratedRegex(@"Now listening on: (?<url>http://\S+)", RegexOptions.None, 1000)]
    private static partial Regex Listening();
}

/// <summary>A data directory that goes with the test; not made yet, unless it begins with the clone's records.</summary>
internal sealed class PrivateDirectory : IDisposable
{
    public PrivateDirectory(bool imported = false)
    {
        if (imported)
            ImportedLibrary.CopyTo(Path);
    }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"incidentdb-test-{Guid.NewGuid():N}");

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
        File.Delete(Path + ".runtimeconfig.json");
    }
}
