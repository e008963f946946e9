using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Storage;

/// <summary>
/// The SQLite file of a data directory: one writer connection that also checkpoints, and a pool of readers. A transaction that fails
/// takes its connection with it, because after a full disk or a failed rollback its state can't be known.
/// </summary>
public sealed partial class Database : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly string _path;
    private readonly DirectoryLock? _lock;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private SqliteConnection? _writer;
    private int _waiting;
    private long _announced;
    private bool _disposed;

    private Database(string directory, DirectoryLock? held)
    {
        Directory = directory;
        _path = Path.Combine(directory, "incidentdb.db");
        _lock = held;
    }

    public string Directory { get; }

    /// <summary>True when this process may write.</summary>
    public bool IsWriter => _lock is not null;

    /// <summary>Counts what became public without a change of a record: acts of review, names of accounts. Kept pages follow it.</summary>
    public long Announced => Interlocked.Read(ref _announced);

    /// <summary>Says that something public is not as it was; called after it is written.</summary>
    public void Announce() => WhenWritten(() => Interlocked.Increment(ref _announced));

    /// <summary>Writes that wait for the writer, for the health page.</summary>
    public int WritersWaiting => Volatile.Read(ref _waiting);

    /// <summary>Opens the database for writing: takes the directory's lock, creates what is missing and migrates.</summary>
    /// <exception cref="DirectoryHeldException">Another process holds the directory.</exception>
    /// <exception cref="DatabaseUnusableException">The file is damaged, newer than this program, or can't be written.</exception>
    public static Database Open(string directory, string holder)
    {
        SqliteNative.Initialize();
        try
        {
            CreatePrivate(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnusableException($"the data directory “{directory}” can't be created: {e.Message}", e);
        }

        DirectoryLock held;
        try
        {
            held = DirectoryLock.Take(directory, holder);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DatabaseUnusableException($"the data directory “{directory}” can't be written: {e.Message}", e);
        }

        var database = new Database(directory, held);
        try
        {
            database.Prepare();
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens the database for reading only; others may write meanwhile.</summary>
    /// <exception cref="DatabaseUnusableException">There is none, or it is of another version.</exception>
    public static Database OpenReadOnly(string directory)
    {
        SqliteNative.Initialize();
        var database = new Database(directory, null);
        if (!File.Exists(database._path))
            throw new DatabaseUnusableException($"there is no database in “{directory}”: run “incidentdb import” or start the site once");
        var version = database.Read(c => c.ExecuteScalar<long>("pragma user_version"));
        if (version != Migrations.Newest)
            throw new DatabaseUnusableException($"the database in “{directory}” has schema {version}, this program needs {Migrations.Newest}: run “incidentdb migrate” or use a newer program");
        return database;
    }

    /// <summary>Creates a directory that only its owner can enter.</summary>
    public static void CreatePrivate(string directory)
    {
        if (System.IO.Directory.Exists(directory))
            return;
        if (OperatingSystem.IsWindows())
            System.IO.Directory.CreateDirectory(directory);
        else
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void Prepare()
    {
        try
        {
            var writer = Writer();
            // Password hashes lie in it; the files beside it (-wal, -shm) take its mode over.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            // A damaged file is refused here and not served; a large one is only sampled, "incidentdb doctor" reads it whole.
            if (new FileInfo(_path).Length < 256L << 20 && writer.ExecuteScalar<string>("pragma quick_check(1)") is var verdict && verdict != "ok")
                throw new DatabaseUnusableException($"the database “{_path}” is damaged ({verdict}); run “incidentdb doctor”, then restore a backup");
            Migrations.Run(writer);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new DatabaseUnusableException($"the database “{_path}” is damaged ({e.Message}); run “incidentdb doctor”, then restore a backup", e);
        }
        catch (SqliteException e)
        {
            throw new DatabaseUnusableException($"the database “{_path}” can't be opened: {e.Message}", e);
        }
    }

    private SqliteConnection Connect(bool forWriting)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = forWriting ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = (int)_patience.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            // Distributions build SQLite with different defaults, so everything that matters is said.
            connection.Execute(
                """
                pragma busy_timeout = 5000;
                pragma foreign_keys = on;
                pragma trusted_schema = off;
                pragma mmap_size = 0;
                pragma temp_store = memory;
                """);
            connection.Execute(forWriting
                ? "pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma journal_size_limit = 67108864;"
                : "pragma query_only = on;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private SqliteConnection Writer() => _writer ??= Connect(forWriting: true);

    /// <summary>Runs <paramref name="read"/> on a reader connection; a consistent view lasts one statement, or one <see cref="Snapshot"/>.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Joined is { } together)
            return read(together.Connection);
        var connection = _readers.TryTake(out var pooled) ? pooled : Connect(forWriting: false);
        try
        {
            var result = read(connection);
            Return(connection);
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Like <see cref="Read{T}"/>, all statements seeing one state of the database.</summary>
    public T Snapshot<T>(Func<SqliteConnection, T> read) => Joined is { } together ? read(together.Connection) : Read(connection =>
    {
        connection.Execute("begin transaction");
        var result = read(connection);
        connection.Execute("commit transaction");
        return result;
    });

    private void Return(SqliteConnection connection)
    {
        if (_disposed || _readers.Count >= Environment.ProcessorCount * 2)
            connection.Dispose();
        else
            _readers.Add(connection);
    }

    /// <summary>
    /// Runs <paramref name="write"/> in one transaction. When it returns, its changes are on disk; when it throws, none of them are.
    /// </summary>
    /// <exception cref="DatabaseBusyException">No turn within five seconds.</exception>
    /// <exception cref="DiskFullException">No room; nothing was written.</exception>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Joined is { } together)
            return together.Write(write);
        if (!IsWriter)
            throw new InvalidOperationException("This database was opened for reading.");
        Interlocked.Increment(ref _waiting);
        bool turn;
        try
        {
            turn = _writing.Wait(_patience);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        if (!turn)
            throw new DatabaseBusyException();
        try
        {
            var connection = Writer();
            connection.Execute("begin immediate");
            var result = write(connection);
            connection.Execute("commit transaction");
            return result;
        }
        catch (Exception e)
        {
            Discard();
            if (e is SqliteException sqlite)
                throw Translate(sqlite);
            throw;
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Write(Action<SqliteConnection> write) => Write(connection =>
    {
        write(connection);
        return 0;
    });

    /// <summary>Closing a connection rolls back what it had begun.</summary>
    private void Discard()
    {
        var writer = _writer;
        _writer = null;
        try
        {
            writer?.Dispose();
        }
        catch (SqliteException)
        {
            // The connection is beyond use; the next write opens another.
        }
    }

    private static Exception Translate(SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED => new DatabaseBusyException(e),
        SQLitePCL.raw.SQLITE_FULL => new DiskFullException(e),
        _ => e,
    };

    /// <summary>Copies the database as it is at one moment into a file that is whole by itself; others may write meanwhile.</summary>
    internal void CopyTo(string path) => Read(connection =>
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        copy.Open();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        connection.BackupDatabase(copy);
        // Without a log beside it: one file to hash and to move.
        copy.Execute("pragma journal_mode = delete");
        return 0;
    });

    /// <summary>Reads the whole file; the verdict of SQLite, "ok" or what is wrong.</summary>
    public string CheckIntegrity() => Read(c => string.Join("; ", c.Query<string>("pragma integrity_check(20)")));

    public long SchemaVersion() => Read(c => c.ExecuteScalar<long>("pragma user_version"));

    public string? Meta(string name) => Read(c => GetMeta(c, name));

    public static string? GetMeta(SqliteConnection connection, string name) =>
        connection.ExecuteScalar<string?>("select value from meta where name = @name", new { name });

    public static void SetMeta(SqliteConnection connection, string name, string value) =>
        connection.Execute(
            """
            insert into meta (name, value)
            values (@name, @value)
            on conflict (name) do update set value = excluded.value
            """,
            new { name, value });

    /// <summary>The time as the database writes it: UTC, whole seconds, ISO 8601.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A time as <see cref="Timestamp"/> wrote it.</summary>
    public static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer?.Dispose();
        _writing.Dispose();
        _lock?.Dispose();
    }
}
