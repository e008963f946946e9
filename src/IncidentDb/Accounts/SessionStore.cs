using Dapper;
using IncidentDb.Storage;

namespace IncidentDb.Accounts;

/// <summary>A browser that is signed in. Its owner sees it under "Sessions" and can end it.</summary>
public sealed record Session
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    /// <summary>The browser as it names itself, shortened.</summary>
    public required string Agent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the password was last given, for acts that ask for it again.</summary>
    public required DateTimeOffset SignedInAt { get; init; }

    public required DateTimeOffset SeenAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>SQL over sessions. A request is signed in only while its row is there and fits the account: ending one works at once.</summary>
public sealed class SessionStore(Database database)
{
    public static readonly TimeSpan Idle = TimeSpan.FromHours(2);
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>For contributors who asked to stay signed in.</summary>
    public static readonly TimeSpan LongestKept = TimeSpan.FromDays(14);

    /// <summary>How far <see cref="Session.SeenAt"/> may lag, so that reading does not write with every request.</summary>
    private static readonly TimeSpan _seenLag = TimeSpan.FromMinutes(5);

    private sealed class Row
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required string Agent { get; init; }

        public required string CreatedAt { get; init; }

        public required string SignedInAt { get; init; }

        public required string SeenAt { get; init; }

        public required string ExpiresAt { get; init; }

        public required long IdleMinutes { get; init; }

        public Session ToSession() => new()
        {
            Id = Id,
            AccountId = AccountId,
            Agent = Agent,
            CreatedAt = Database.Time(CreatedAt)!.Value,
            SignedInAt = Database.Time(SignedInAt)!.Value,
            SeenAt = Database.Time(SeenAt)!.Value,
            ExpiresAt = Database.Time(ExpiresAt)!.Value,
        };
    }

    private const string Columns =
        """
        s.id,
        s.account_id as AccountId,
        s.agent,
        s.created_at as CreatedAt,
        s.signed_in_at as SignedInAt,
        s.seen_at as SeenAt,
        s.expires_at as ExpiresAt,
        s.idle_minutes as IdleMinutes
        """;

    /// <summary>Begins a session; the key goes into the browser's cookie and nowhere else.</summary>
    public string Begin(Account account, string agent, bool keep, DateTimeOffset now)
    {
        var key = Secret.New();
        database.Write(c => c.Execute(
            """
            insert into sessions (key_hash, account_id, security_stamp, agent, created_at, signed_in_at, seen_at, expires_at, idle_minutes)
            values (@hash, @Id, @SecurityStamp, @agent, @at, @at, @at, @expires, @idle)
            """,
            new
            {
                hash = Secret.Hash(key),
                account.Id,
                account.SecurityStamp,
                agent = agent.Length <= 200 ? agent : agent[..200],
                at = Database.Timestamp(now),
                expires = Database.Timestamp(now + (keep ? LongestKept : Longest)),
                idle = (long)(keep ? LongestKept : Idle).TotalMinutes,
            }));
        return key;
    }

    /// <summary>The session and its account while both are good; null when it ended, expired, or the account changed beneath it.</summary>
    public (Session Session, Account Account)? Find(string key, DateTimeOffset now)
    {
        var found = database.Read(c =>
        {
            var row = c.QuerySingleOrDefault<Row>(
                $"""
                select {Columns}
                from sessions s
                join accounts a on a.id = s.account_id
                where s.key_hash = @hash
                  and s.expires_at > @now
                  and s.security_stamp = a.security_stamp
                  and a.disabled_at is null
                  and a.deleted_at is null
                """,
                new { hash = Secret.Hash(key), now = Database.Timestamp(now) });
            return row is null ? null : new { Row = row, Account = AccountStore.Find(c, row.AccountId)! };
        });
        if (found is null || Database.Time(found.Row.SeenAt)!.Value.AddMinutes(found.Row.IdleMinutes) <= now)
            return null;
        var session = found.Row.ToSession();
        if (now - session.SeenAt > _seenLag)
            Touch(session.Id, now);
        return (session, found.Account);
    }

    private void Touch(long id, DateTimeOffset now)
    {
        try
        {
            database.Write(c => c.Execute("update sessions set seen_at = @now where id = @id", new { id, now = Database.Timestamp(now) }));
        }
        catch (Exception e) when (e is DatabaseBusyException or DiskFullException)
        {
            // Reading goes on while nothing can be written; the session then ends a little early at worst.
        }
    }

    /// <summary>Those of an account that can still be used, latest first.</summary>
    public IReadOnlyList<Session> Of(long accountId, DateTimeOffset now) => database.Read(c => (IReadOnlyList<Session>)[.. c.Query<Row>(
        $"""
        select {Columns}
        from sessions s
        where s.account_id = @accountId and s.expires_at > @now
        order by s.seen_at desc, s.id desc
        """,
        new { accountId, now = Database.Timestamp(now) }).Where(r => Database.Time(r.SeenAt)!.Value.AddMinutes(r.IdleMinutes) > now).Select(r => r.ToSession())]);

    /// <summary>Notes that the password was given again; <paramref name="stamp"/> renews a session across a change of its own account.</summary>
    public void Refresh(long id, string stamp, DateTimeOffset now) => database.Write(c => c.Execute(
        "update sessions set signed_in_at = @now, seen_at = @now, security_stamp = @stamp where id = @id",
        new { id, stamp, now = Database.Timestamp(now) }));

    /// <summary>Ends one session of an account; false when it has no such session.</summary>
    public bool End(long accountId, long id) => database.Write(c => c.Execute(
        "delete from sessions where id = @id and account_id = @accountId",
        new { id, accountId })) > 0;

    /// <summary>Ends the sessions of an account but one.</summary>
    public int EndOthers(long accountId, long? butId) => database.Write(c => c.Execute(
        "delete from sessions where account_id = @accountId and id is not @butId",
        new { accountId, butId }));

    /// <summary>Forgets sessions that are over.</summary>
    public int Purge(DateTimeOffset now) => database.Write(c => c.Execute("delete from sessions where expires_at <= @now", new { now = Database.Timestamp(now) }));
}
