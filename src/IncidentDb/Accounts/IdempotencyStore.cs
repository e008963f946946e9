using Dapper;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Accounts;

/// <summary>An answer that was given to a write, to be given again when the write comes again.</summary>
/// <param name="RequestHash">What was asked.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record KeptAnswer(string RequestHash, int Status, string Body, string? Location);

/// <summary>SQL over answers to writes that carried an Idempotency-Key. They are kept for a day.</summary>
public sealed class IdempotencyStore(Database database)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    public const int MaxKey = 100;

    /// <summary>
    /// Does an act under a key, once. The act and its answer are one transaction: whatever stops the program in between, either both are there
    /// or neither is, and the same request can come again. An act that wrote nothing is not kept and may be tried again.
    /// </summary>
    /// <param name="tokenId">Whose key it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="act">What is done, on this thread alone; its answer, or null for none that could be given again.</param>
    /// <returns>The answer that was kept before, or null when the act was done now.</returns>
    public KeptAnswer? Once(long tokenId, string key, DateTimeOffset now, Func<KeptAnswer?> act)
    {
        KeptAnswer? before = null;
        database.WriteTogether(
            () => (before = Find(tokenId, key, now)) is null ? act() : null,
            (c, answer, wrote) =>
            {
                if (answer is not null && wrote)
                    Keep(c, tokenId, key, answer, now);
            });
        return before;
    }

    private KeptAnswer? Find(long tokenId, string key, DateTimeOffset now)
    {
        var row = database.Read(c => c.QuerySingleOrDefault<(string Hash, long Status, string Body, string? Location)?>(
            "select request_hash, status, body, location from idempotency where token_id = @tokenId and key = @key and at > @since",
            new { tokenId, key, since = Database.Timestamp(now - Kept) }));
        return row is { } r ? new KeptAnswer(r.Hash, (int)r.Status, r.Body, r.Location) : null;
    }

    private static void Keep(SqliteConnection c, long tokenId, string key, KeptAnswer answer, DateTimeOffset now)
    {
        c.Execute("delete from idempotency where at <= @since", new { since = Database.Timestamp(now - Kept) });
        c.Execute(
            """
            insert into idempotency (token_id, key, request_hash, status, body, location, at)
            values (@tokenId, @key, @RequestHash, @Status, @Body, @Location, @at)
            """,
            new { tokenId, key, answer.RequestHash, answer.Status, answer.Body, answer.Location, at = Database.Timestamp(now) });
    }
}
