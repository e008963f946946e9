using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Storage;

public sealed partial class Database
{
    /// <summary>The transaction that the writes of one thread are part of; only that thread reads and sets what belongs to it.</summary>
    private volatile Together? _together;

    private Together? Joined => _together is { } together && together.Thread == Environment.CurrentManagedThreadId ? together : null;

    /// <summary>
    /// Runs <paramref name="act"/>, which writes by itself and perhaps several times, and <paramref name="end"/> in one transaction: all of it is on
    /// disk when this returns, or nothing is. Within it this thread reads what it has written; nobody else does.
    /// </summary>
    /// <param name="act">What is done, on this thread alone.</param>
    /// <param name="end">The last write, with whether the act has changed anything.</param>
    public T WriteTogether<T>(Func<T> act, Action<SqliteConnection, T, bool> end)
    {
        if (Joined is not null)
            throw new InvalidOperationException("What is written together is part of nothing else.");
        Together? done = null;
        var result = Write(connection =>
        {
            var together = new Together(connection);
            _together = together;
            try
            {
                var before = connection.ExecuteScalar<long>("select total_changes()");
                var answer = act();
                // A write that failed has left a part of itself behind, whoever caught its exception.
                if (together.Failed is { } e)
                    throw new InvalidOperationException("A part of what is written together failed.", e);
                end(connection, answer, connection.ExecuteScalar<long>("select total_changes()") != before);
                done = together;
                return answer;
            }
            finally
            {
                _together = null;
            }
        });
        foreach (var then in done!.Then)
            then();
        return result;
    }

    /// <summary>Runs what depends on a write once it is on disk: now, or at the end of what is written together.</summary>
    public void WhenWritten(Action then)
    {
        if (Joined is { } together)
            together.Then.Add(then);
        else
            then();
    }

    private sealed class Together(SqliteConnection connection)
    {
        public int Thread { get; } = Environment.CurrentManagedThreadId;

        public SqliteConnection Connection => connection;

        public List<Action> Then { get; } = [];

        public Exception? Failed { get; private set; }

        public T Write<T>(Func<SqliteConnection, T> write)
        {
            try
            {
                return write(connection);
            }
            catch (Exception e)
            {
                Failed = e;
                throw;
            }
        }
    }
}
