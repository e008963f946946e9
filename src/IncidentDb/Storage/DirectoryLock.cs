using System.Globalization;
using System.Text;

namespace IncidentDb.Storage;

/// <summary>
/// The exclusive hold of one process on a data directory. SQLite alone would let two servers write by turns, and each would show the
/// other's changes never or late.
/// </summary>
public sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the lock or says who has it.</summary>
    /// <param name="directory">The data directory; it exists.</param>
    /// <param name="holder">What this process is, for the sentence that others get: "the site", "incidentdb import".</param>
    /// <exception cref="DirectoryHeldException">Another process holds it.</exception>
    public static DirectoryLock Take(string directory, string holder)
    {
        var path = Path.Combine(directory, "incidentdb.lock");
        try
        {
            // On Unix FileShare.None is an advisory lock (flock) that ends with the process; on Windows others must still be able to read who it is.
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes($"{Environment.ProcessId} {holder}\n"));
            file.Flush();
            return new DirectoryLock(file);
        }
        catch (IOException)
        {
            throw new DirectoryHeldException(Holder(path));
        }
    }

    private static (int Pid, string Who) Holder(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var parts = (reader.ReadLine() ?? "").Split(' ', 2);
            return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? (pid, parts[1]) : (0, "another process");
        }
        catch (IOException)
        {
            return (0, "another process");
        }
    }

    public void Dispose() => _file.Dispose();
}

/// <summary>Another process holds the data directory.</summary>
public sealed class DirectoryHeldException((int Pid, string Who) holder) : Exception(
    holder.Who == "the site"
        ? $"the site (pid {holder.Pid}) holds the database: stop it, or restart it to import"
        : $"{holder.Who}{(holder.Pid > 0 ? $" (pid {holder.Pid})" : "")} holds the database: wait until it is done")
{
    public int Pid { get; } = holder.Pid;
}
