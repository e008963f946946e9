using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Storage;

/// <summary>What a backup holds, written beside it; whoever restores compares.</summary>
public sealed record BackupManifest
{
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>The version of the program that made it.</summary>
    public required string Version { get; init; }

    public required long Schema { get; init; }

    /// <summary>The last change in it.</summary>
    public required long Seq { get; init; }

    /// <summary>Rows by table, for the tables that its schema has.</summary>
    public required IReadOnlyDictionary<string, long> Counts { get; init; }

    /// <summary>SHA-256 over all records and revisions in their order: the same for the same content, whatever the file looks like.</summary>
    public required string ContentHash { get; init; }

    /// <summary>SHA-256 of the database file.</summary>
    public required string FileHash { get; init; }

    public required long Bytes { get; init; }

    public required bool WithKeys { get; init; }
}

/// <summary>A backup can't be made, verified or restored; the message says why.</summary>
public sealed class BackupException(string message) : Exception(message);

/// <summary>
/// Copies of the database in directories of their own, each with a manifest. They are made while others write, verified before they get their name,
/// and restored into empty directories only.
/// </summary>
public static class Backup
{
    public const string DatabaseFile = "incidentdb.db";
    public const string ManifestFile = "manifest.json";
    private const string Prefix = "backup-";
    private const string Stamp = "yyyyMMdd'T'HHmmss'Z'";

    private static readonly string[] _tables = ["records", "revisions", "changes", "redirects", "incidents", "accounts", "submissions", "submission_texts", "submission_comments", "acts", "host_copies"];
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Makes one under <paramref name="folder"/>.</summary>
    /// <param name="database">The database; others may write meanwhile, the copy is of one moment.</param>
    /// <param name="folder">Where backups lie; created when missing.</param>
    /// <param name="now">When it is made; part of its name.</param>
    /// <param name="withKeys">Also copies the keys of the site's forms. They are secrets.</param>
    /// <returns>Its directory and what it holds.</returns>
    /// <exception cref="BackupException">It can't be made, or what was written is not whole.</exception>
    public static (string Path, BackupManifest Manifest) Make(Database database, string folder, DateTimeOffset now, bool withKeys = false)
    {
        Database.CreatePrivate(folder);
        var name = Prefix + now.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture);
        var (target, making) = (Path.Combine(folder, name), Path.Combine(folder, $".{name}.{Guid.NewGuid():N}"));
        if (Directory.Exists(target))
            throw new BackupException($"there is a backup “{target}” already");
        Database.CreatePrivate(making);
        try
        {
            var file = Path.Combine(making, DatabaseFile);
            database.CopyTo(file);
            var manifest = Describe(file, now) with { WithKeys = withKeys };
            var keys = Path.Combine(database.Directory, "keys");
            if (withKeys && Directory.Exists(keys))
                CopyFolder(keys, Path.Combine(making, "keys"));
            using (var stream = new FileStream(Path.Combine(making, ManifestFile), FileMode.CreateNew))
            {
                JsonSerializer.Serialize(stream, manifest, _json);
                stream.Flush(flushToDisk: true);
            }

            using (var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            Directory.Move(making, target);
            return (target, manifest);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new BackupException($"the backup could not be made: {e.Message}");
        }
        finally
        {
            if (Directory.Exists(making))
                Directory.Delete(making, recursive: true);
        }
    }

    /// <summary>Reads a backup whole and compares it with its manifest.</summary>
    /// <exception cref="BackupException">It is not whole; the message says what differs.</exception>
    public static BackupManifest Verify(string path)
    {
        SqliteNative.Initialize();
        var (file, manifestFile) = (Path.Combine(path, DatabaseFile), Path.Combine(path, ManifestFile));
        if (!File.Exists(file) || !File.Exists(manifestFile))
            throw new BackupException($"“{path}” is no backup: {(File.Exists(file) ? ManifestFile : DatabaseFile)} is missing");
        BackupManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(manifestFile), _json);
        }
        catch (JsonException e)
        {
            throw new BackupException($"the manifest of “{path}” can't be read: {e.Message}");
        }

        if (manifest is null || HashOf(file) != manifest.FileHash)
            throw new BackupException($"the database in “{path}” is not the one its manifest describes: the file was changed or is damaged");
        if (manifest.Schema > Migrations.Newest)
            throw new BackupException($"the backup has schema {manifest.Schema}, this program knows up to {Migrations.Newest}: use a newer program");
        var found = Describe(file, manifest.MadeAt);
        // A manifest of an older program counts fewer tables.
        if (found.Seq != manifest.Seq || found.ContentHash != manifest.ContentHash || manifest.Counts.Any(c => !found.Counts.TryGetValue(c.Key, out var count) || count != c.Value))
            throw new BackupException($"what “{path}” holds differs from its manifest");
        return manifest;
    }

    /// <summary>Verifies a backup and copies it into a data directory that holds no database.</summary>
    /// <exception cref="BackupException">The backup is not whole, is newer than this program, or the directory is not empty.</exception>
    public static BackupManifest Restore(string path, string directory)
    {
        var manifest = Verify(path);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new BackupException($"the directory “{directory}” is not empty; nothing in it was touched. Move what is there away, then restore");
        Database.CreatePrivate(directory);
        var (target, making) = (Path.Combine(directory, DatabaseFile), Path.Combine(directory, DatabaseFile + ".restoring"));
        File.Copy(Path.Combine(path, DatabaseFile), making);
        using (var written = new FileStream(making, FileMode.Open, FileAccess.ReadWrite))
            written.Flush(flushToDisk: true);
        File.Move(making, target);
        var keys = Path.Combine(path, "keys");
        if (Directory.Exists(keys))
            CopyFolder(keys, Path.Combine(directory, "keys"));
        return manifest;
    }

    /// <summary>The backups under a folder, newest first.</summary>
    public static IReadOnlyList<(string Path, DateTimeOffset MadeAt)> List(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(p => (Path: p, Made: DateTimeOffset.TryParseExact(Path.GetFileName(p)[Prefix.Length..], Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made) ? made : (DateTimeOffset?)null))
            .Where(b => b.Made is not null)
            .Select(b => (b.Path, b.Made!.Value))
            .OrderByDescending(b => b.Value),
    ];

    /// <summary>Deletes what is older than the newest of so many days and so many weeks; a folder that holds anything else is left alone.</summary>
    /// <returns>What was deleted.</returns>
    public static IReadOnlyList<string> Prune(string folder, int days, int weeks)
    {
        var all = List(folder);
        var kept = all.GroupBy(b => b.MadeAt.UtcDateTime.Date).Take(days).Select(g => g.First().Path)
            .Concat(all.GroupBy(b => ISOWeek.GetYear(b.MadeAt.UtcDateTime) * 100 + ISOWeek.GetWeekOfYear(b.MadeAt.UtcDateTime)).Take(weeks).Select(g => g.First().Path))
            .ToHashSet(StringComparer.Ordinal);
        var gone = all.Select(b => b.Path).Where(p => !kept.Contains(p) && File.Exists(Path.Combine(p, ManifestFile))).ToList();
        foreach (var path in gone)
            Directory.Delete(path, recursive: true);
        return gone;
    }

    private static BackupManifest Describe(string file, DateTimeOffset madeAt)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        connection.Execute("begin transaction");
        var verdict = string.Join("; ", connection.Query<string>("pragma integrity_check(20)"));
        if (verdict != "ok")
            throw new BackupException($"the copy of the database is damaged: {verdict}");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (noun, slug, revision, status, content) in connection.Query<(string, string, long, string, string)>("select noun, slug, revision, status, content from records order by noun, slug", buffered: false))
            hash.AppendData(Encoding.UTF8.GetBytes($"{noun}\u001f{slug}\u001f{revision}\u001f{status}\u001f{content}\u001e"));
        foreach (var (id, revision, content) in connection.Query<(long, long, string)>("select record_id, revision, content from revisions order by record_id, revision", buffered: false))
            hash.AppendData(Encoding.UTF8.GetBytes($"{id}\u001f{revision}\u001f{content}\u001e"));
        var there = connection.Query<string>("select name from sqlite_master where type = 'table'").ToHashSet(StringComparer.Ordinal);
        var manifest = new BackupManifest
        {
            MadeAt = madeAt,
            Version = typeof(Backup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
            Schema = connection.ExecuteScalar<long>("pragma user_version"),
            Seq = connection.ExecuteScalar<long>("select coalesce(max(seq), 0) from changes"),
            Counts = _tables.Where(there.Contains).ToDictionary(t => t, t => connection.ExecuteScalar<long>($"select count(*) from {t}")),
            ContentHash = Convert.ToHexStringLower(hash.GetHashAndReset()),
            FileHash = HashOf(file),
            Bytes = new FileInfo(file).Length,
            WithKeys = false,
        };
        connection.Execute("commit transaction");
        return manifest;
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static void CopyFolder(string from, string to)
    {
        Database.CreatePrivate(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
