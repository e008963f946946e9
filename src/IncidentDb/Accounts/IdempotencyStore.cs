using Dapper;
using IncidentDb.Storage;

namespace IncidentDb.Accounts;

/// <summary>An answer that was given to a write, to be given again when the write comes again.</summary>
public sealed record KeptAnswer(string RequestHash, int Status, string Body, string? Location);

/// <summary>SQL over answers to writes that carried an Idempotency-Key. They are kept for a day.</summary>
public sealed class IdempotencyStore(Database database)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    public const int MaxKey = 100;

    public KeptAnswer? Find(long tokenId, string key, DateTimeOffset now)
    {
        var row = database.Read(c => c.QuerySingleOrDefault<(string Hash, long Status, string Body, string? Location)?>(
            "select request_hash, status, body, location from idempotency where token_id = @tokenId and key = @key and at > @since",
            new { tokenId, key, since = Database.Timestamp(now - Kept) }));
        return row is { } r ? new KeptAnswer(r.Hash, (int)r.Status, r.Body, r.Location) : null;
    }

    public void Keep(long tokenId, string key, KeptAnswer answer, DateTimeOffset now) => database.Write(c =>
    {
        c.Execute("delete from idempotency where at <= @since", new { since = Database.Timestamp(now - Kept) });
        c.Execute(
            """
            insert into idempotency (token_id, key, request_hash, status, body, location, at)
            values (@tokenId, @key, @RequestHash, @Status, @Body, @Location, @at)
            on conflict (token_id, key) do nothing
            """,
            new { tokenId, key, answer.RequestHash, answer.Status, answer.Body, answer.Location, at = Database.Timestamp(now) });
    });
}
