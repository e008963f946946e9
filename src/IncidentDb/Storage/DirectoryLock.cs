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
    private readonly string _holderPath;

    private DirectoryLock(FileStream file, string holderPath) => (_file, _holderPath) = (file, holderPath);

    /// <summary>Takes the lock or says who has it.</summary>
    /// <param name="directory">The data directory; it exists.</param>
    /// <param name="holder">What this process is, for the sentence that others get: "the site", "incidentdb import".</param>
    /// <exception cref="DirectoryHeldException">Another process holds it.</exception>
    public static DirectoryLock Take(string directory, string holder)
    {
        var path = Path.Combine(directory, "incidentdb.lock");
        // Who it is stands in a file of its own too: while the lock is held, .NET opens the locked one for nobody, not even for reading.
        var holderPath = Path.Combine(directory, "incidentdb.holder");
        FileStream file;
        try
        {
            // On Unix FileShare.None is an advisory lock (flock) that ends with the process.
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DirectoryHeldException(Holder(holderPath));
        }

        var who = $"{Environment.ProcessId} {holder}\n";
        file.SetLength(0);
        file.Write(Encoding.UTF8.GetBytes(who));
        file.Flush();
        File.WriteAllText(holderPath, who);
        return new DirectoryLock(file, holderPath);
    }

    private static (int Pid, string Who) Holder(string path)
    {
        try
        {
            var parts = File.ReadAllText(path).Trim().Split(' ', 2);
            return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? (pid, parts[1]) : (0, "another process");
        }
        catch (IOException)
        {
            return (0, "another process");
        }
    }

    public void Dispose()
    {
        if (File.Exists(_holderPath))
            File.Delete(_holderPath);
        _file.Dispose();
    }
}

/// <summary>Another process holds the data directory.</summary>
public sealed class DirectoryHeldException((int Pid, string Who) holder) : Exception(
    holder.Who == "the site"
        ? $"the site (pid {holder.Pid}) holds the database: stop it, or restart it to import"
        : $"{holder.Who}{(holder.Pid > 0 ? $" (pid {holder.Pid})" : "")} holds the database: wait until it is done")
{
    public int Pid { get; } = holder.Pid;
}
