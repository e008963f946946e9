using Dapper;
using IncidentDb.Storage;

namespace IncidentDb.Accounts;

/// <summary>What a token may be used for; never more than its owner may do.</summary>
public static class Scopes
{
    public const string Read = "read";
    public const string Submit = "submit";
    public const string Review = "review";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Read, Submit, Review, Admin];

    /// <summary>The permission that a scope hands on; null for reading what belongs to the owner.</summary>
    public static string? Permission(string scope) => scope switch
    {
        Submit => Permissions.Submit,
        Review => Permissions.Review,
        Admin => Permissions.Administer,
        _ => null,
    };

    /// <summary>The scopes that an account of this role can give a token.</summary>
    public static IEnumerable<string> Grantable(string role) => All.Where(s => Permission(s) is not { } p || Permissions.Of(role).Contains(p));
}

/// <summary>A token for programs, without its secret.</summary>
public sealed record ApiToken
{
    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>SQL over API tokens: <c>idb_</c>, 256 random bits, and a checksum that tells a slip of the pen from a wrong token.</summary>
public sealed class TokenStore(Database database)
{
    public const string Prefix = "idb_";
    public const int MaxPerAccount = 20;
    public const int MaxName = 60;
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(90);
    public static readonly TimeSpan LongestLife = TimeSpan.FromDays(366);
    private static readonly TimeSpan _usedLag = TimeSpan.FromMinutes(5);

    private sealed class Row
    {
        public required long Id { get; init; }

        public required long AccountId { get; init; }

        public required string Name { get; init; }

        public required string Scopes { get; init; }

        public required string CreatedAt { get; init; }

        public required string ExpiresAt { get; init; }

        public string? UsedAt { get; init; }

        public string? RevokedAt { get; init; }

        public ApiToken ToToken() => new()
        {
            Id = Id,
            AccountId = AccountId,
            Name = Name,
            Scopes = Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            CreatedAt = Database.Time(CreatedAt)!.Value,
            ExpiresAt = Database.Time(ExpiresAt)!.Value,
            UsedAt = Database.Time(UsedAt),
            RevokedAt = Database.Time(RevokedAt),
        };
    }

    private const string Columns =
        """
        t.id,
        t.account_id as AccountId,
        t.name,
        t.scopes,
        t.created_at as CreatedAt,
        t.expires_at as ExpiresAt,
        t.used_at as UsedAt,
        t.revoked_at as RevokedAt
        """;

    /// <summary>True for a text that can be a token: prefix, length and checksum fit.</summary>
    public static bool IsWellFormed(string token)
    {
        var secret = Prefix.Length + 43;
        return token.Length == secret + 8 && token.StartsWith(Prefix, StringComparison.Ordinal) && token[secret..] == Checksum(token[Prefix.Length..secret]);
    }

    private static string Checksum(string secret) => Secret.Hash(secret)[..8];

    /// <summary>Makes a token; the text is shown once and can't be had again. Null when the account has too many.</summary>
    public (ApiToken Token, string Text)? Create(Account account, string name, IEnumerable<string> scopes, TimeSpan life, DateTimeOffset now)
    {
        var secret = Secret.New();
        var text = Prefix + secret + Checksum(secret);
        var granted = Scopes.All.Where(scopes.Contains).Intersect(Scopes.Grantable(account.Role)).ToList();
        var expires = now + (life > LongestLife ? LongestLife : life);
        var id = database.Write(c => c.ExecuteScalar<long?>(
            """
            insert into tokens (account_id, name, key_hash, scopes, created_at, expires_at)
            select @accountId, @name, @hash, @scopes, @now, @expires
            where (select count(*) from tokens where account_id = @accountId and revoked_at is null and expires_at > @now) < @max
            returning id
            """,
            new { accountId = account.Id, name, hash = Secret.Hash(text), scopes = string.Join(' ', granted), now = Database.Timestamp(now), expires = Database.Timestamp(expires), max = MaxPerAccount }));
        return id is null ? null : (new ApiToken { Id = id.Value, AccountId = account.Id, Name = name, Scopes = granted, CreatedAt = now, ExpiresAt = expires }, text);
    }

    /// <summary>The token and its account while both are good, with the scopes that the account's role still allows.</summary>
    public (ApiToken Token, Account Account)? Find(string text, DateTimeOffset now)
    {
        if (!IsWellFormed(text))
            return null;
        var found = database.Read(c =>
        {
            var row = c.QuerySingleOrDefault<Row>(
                $"""
                select {Columns}
                from tokens t
                join accounts a on a.id = t.account_id
                where t.key_hash = @hash
                  and t.revoked_at is null
                  and t.expires_at > @now
                  and a.disabled_at is null
                  and a.deleted_at is null
                """,
                new { hash = Secret.Hash(text), now = Database.Timestamp(now) });
            return row is null ? null : new { Token = row.ToToken(), Account = AccountStore.Find(c, row.AccountId)! };
        });
        if (found is null)
            return null;
        if (found.Token.UsedAt is not { } used || now - used > _usedLag)
            Touch(found.Token.Id, now);
        return (found.Token with { Scopes = [.. found.Token.Scopes.Intersect(Scopes.Grantable(found.Account.Role))] }, found.Account);
    }

    private void Touch(long id, DateTimeOffset now)
    {
        try
        {
            database.Write(c => c.Execute("update tokens set used_at = @now where id = @id", new { id, now = Database.Timestamp(now) }));
        }
        catch (Exception e) when (e is DatabaseBusyException or DiskFullException)
        {
            // When a token was last used is not worth a refused request.
        }
    }

    /// <summary>The tokens of an account that can still be used, newest first.</summary>
    public IReadOnlyList<ApiToken> Of(long accountId, DateTimeOffset now) => database.Read(c => (IReadOnlyList<ApiToken>)[.. c.Query<Row>(
        $"""
        select {Columns}
        from tokens t
        where t.account_id = @accountId and t.revoked_at is null and t.expires_at > @now
        order by t.id desc
        """,
        new { accountId, now = Database.Timestamp(now) }).Select(r => r.ToToken())]);

    /// <summary>Revokes a token of an account; false when it has no such token.</summary>
    public bool Revoke(long accountId, long id, DateTimeOffset now) => database.Write(c => c.Execute(
        "update tokens set revoked_at = @now where id = @id and account_id = @accountId and revoked_at is null",
        new { id, accountId, now = Database.Timestamp(now) })) > 0;

    public int RevokeAll(long accountId, DateTimeOffset now) => database.Write(c => c.Execute(
        "update tokens set revoked_at = @now where account_id = @accountId and revoked_at is null",
        new { accountId, now = Database.Timestamp(now) }));
}
