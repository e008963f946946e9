using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace IncidentDb.Search.Kept;

/// <summary>What an index in a file was built from.</summary>
/// <param name="Build">The program and the machine that built it.</param>
/// <param name="Seq">It knows every change up to this one.</param>
/// <param name="Seen">The last change that can show in it: a record is read as it stands, which may be later than <paramref name="Seq"/>.</param>
/// <param name="Chain">The hash of that change over all before it.</param>
internal sealed record KeptState(string Build, long Seq, long Seen, string Chain)
{
    /// <summary>The build of this library holds its field weights, facets and related words; numbers and their order in memory are the machine's.</summary>
    public static readonly string ThisBuild = $"{typeof(KeptState).Module.ModuleVersionId} {RuntimeInformation.FrameworkDescription} {RuntimeInformation.ProcessArchitecture}";

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Build}\n{Seq}\n{Seen}\n{Chain}");

    /// <exception cref="InvalidDataException">The text is no state.</exception>
    public static KeptState Parse(string text) => text.Split('\n') is [var build, var seq, var seen, var chain]
        && long.TryParse(seq, CultureInfo.InvariantCulture, out var s) && long.TryParse(seen, CultureInfo.InvariantCulture, out var n)
        ? new KeptState(build, s, n, chain)
        : throw new InvalidDataException("it does not say what it was built from");
}

/// <summary>
/// The search index in a file of the data directory, so that the next start need not build it. The file is a copy of what is in the database: it is
/// written behind the searches, and where it is missing, damaged or of something else the index is built as if it had never been there.
/// </summary>
internal sealed class KeptIndex(string directory, Action<string> log) : IDisposable
{
    public const string FileName = "search.snapshot";

    private readonly string _path = Path.Combine(directory, FileName);
    private readonly Lock _gate = new();
    private (SearchSnapshot Snapshot, Func<(long Seq, string Chain)> Seen)? _next;
    private Task _writing = Task.CompletedTask;
    private bool _disposed;

    /// <summary>What is written until it is whole.</summary>
    public static string Unfinished(string path) => path + ".new";

    /// <summary>The index as it was kept; null, with a line in the log, when there is none that can be used.</summary>
    /// <param name="misfit">Why what the file was built from is not what the database holds; null when it is.</param>
    public SearchSnapshot? Read(Func<KeptState, string?> misfit)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            using var file = new ArrayFileReader(_path);
            var state = KeptState.Parse(file.About);
            if ((state.Build != KeptState.ThisBuild ? "another build of the program wrote it" : misfit(state)) is { } reason)
            {
                log($"{FileName} is not used: {reason}.");
                return null;
            }

            file.ReadAll();
            var snapshot = KeptSnapshot.Read(file, state.Seq);
            log(string.Create(CultureInfo.InvariantCulture, $"{FileName} holds {snapshot.LiveCount:#,0} records up to change {state.Seq}; it was read in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s ({file.Length / 1048576.0:0.0} MB)."));
            return snapshot;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e)
        {
            // Whatever a file can do to its reader: the records are in the database.
            log($"{FileName} is not used: {e.Message}.");
            return null;
        }
    }

    /// <summary>Writes an index in the background. Of several that come while one is written only the last is.</summary>
    /// <param name="snapshot">As it was built.</param>
    /// <param name="seen">The last change by now, which is not before the one that the records were read at.</param>
    public void Write(SearchSnapshot snapshot, Func<(long Seq, string Chain)> seen)
    {
        lock (_gate)
        {
            if (_disposed || snapshot.Base.Count == 0)
                return;
            _next = (snapshot, seen);
            if (_writing.IsCompleted)
                _writing = Task.Run(WriteAll);
        }
    }

    private void WriteAll()
    {
        while (true)
        {
            (SearchSnapshot Snapshot, Func<(long, string)> Seen) next;
            lock (_gate)
            {
                if (_next is not { } waiting)
                {
                    _writing = Task.CompletedTask;
                    return;
                }

                next = waiting;
                _next = null;
            }

            try
            {
                var (seen, chain) = next.Seen();
                WriteFile(next.Snapshot, new KeptState(KeptState.ThisBuild, next.Snapshot.Seq, seen, chain));
            }
            catch (Exception e)
            {
                // A full disk, a text that can't be written: the next start builds.
                log($"{FileName} was not written: {e.Message}.");
            }
        }
    }

    private void WriteFile(SearchSnapshot snapshot, KeptState state)
    {
        var unfinished = Unfinished(_path);
        try
        {
            using (var file = new ArrayFileWriter(unfinished))
            {
                KeptSnapshot.Write(file, snapshot);
                file.Finish(state.ToString());
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>Waits for what is being written.</summary>
    public void Dispose()
    {
        Task writing;
        lock (_gate)
        {
            _disposed = true;
            writing = _writing;
        }

        writing.GetAwaiter().GetResult();
    }
}
