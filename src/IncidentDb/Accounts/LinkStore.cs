using Dapper;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Accounts;

/// <summary>
/// SQL over one-time links: the one that claims a new installation, and those that set a password. There is no account with a password that
/// anybody could know beforehand.
/// </summary>
public sealed class LinkStore(Database database)
{
    public const string SetupFile = "setup-token";
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>
    /// While there is no administrator: a fresh token, which stands in the data directory in a file that only its owner can read. The token
    /// before it ends. Null when there is an administrator.
    /// </summary>
    public string? IssueSetup(DateTimeOffset now)
    {
        var token = Secret.New();
        var issued = database.Write(c =>
        {
            if (AccountStore.AnyAdmin(c) || IsClaimed(c))
                return false;
            c.Execute("update links set used_at = @now where purpose = 'setup' and used_at is null", new { now = Database.Timestamp(now) });
            Insert(c, token, null, "setup", now);
            return true;
        });
        var path = Path.Combine(database.Directory, SetupFile);
        if (!issued)
        {
            File.Delete(path);
            return null;
        }

        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write(token + "\n");
        return token;
    }

    /// <summary>True until somebody has claimed the installation.</summary>
    public bool IsOpenForSetup() => database.Read(c => !AccountStore.AnyAdmin(c) && !IsClaimed(c));

    private static bool IsClaimed(SqliteConnection c) => c.ExecuteScalar<long>("select exists (select 1 from setup)") == 1;

    /// <summary>True for the token that was issued last, while it lasts.</summary>
    public bool IsSetupToken(string token, DateTimeOffset now) => database.Read(c => Matches(c, token, "setup", now)) is not null;

    /// <summary>
    /// Makes the first administrator, or refuses. Two claims at once end with one account: the row in <c>setup</c> can be written once.
    /// </summary>
    public bool ClaimSetup(string token, Account admin, DateTimeOffset now)
    {
        var claimed = database.Write(c =>
        {
            if (AccountStore.AnyAdmin(c) || IsClaimed(c) || Matches(c, token, "setup", now) is not { } hash || !AccountStore.Create(c, admin))
                return false;
            c.Execute("insert into setup (only, account_id, at) values (1, @Id, @at)", new { admin.Id, at = Database.Timestamp(now) });
            c.Execute("update links set used_at = @at where key_hash = @hash", new { hash, at = Database.Timestamp(now) });
            return true;
        });
        if (claimed)
            File.Delete(Path.Combine(database.Directory, SetupFile));
        return claimed;
    }

    /// <summary>The last part of <c>/account/password/…</c>: whoever has it sets the account's password, once. Links before it end.</summary>
    public string IssuePassword(long accountId, DateTimeOffset now)
    {
        var token = Secret.New();
        database.Write(c =>
        {
            c.Execute("update links set used_at = @now where account_id = @accountId and used_at is null", new { accountId, now = Database.Timestamp(now) });
            Insert(c, token, accountId, "password", now);
        });
        return token;
    }

    /// <summary>The account whose password the link sets, while it can be used.</summary>
    public long? PasswordAccount(string token, DateTimeOffset now) => database.Read(c => c.ExecuteScalar<long?>(
        """
        select l.account_id
        from links l
        join accounts a on a.id = l.account_id
        where l.key_hash = @hash
          and l.purpose = 'password'
          and l.used_at is null
          and l.expires_at > @now
          and a.disabled_at is null
          and a.deleted_at is null
        """,
        new { hash = Secret.Hash(token), now = Database.Timestamp(now) }));

    /// <summary>Uses a link up; false when it was used already.</summary>
    public bool Use(string token, DateTimeOffset now) => database.Write(c => c.Execute(
        "update links set used_at = @now where key_hash = @hash and used_at is null",
        new { hash = Secret.Hash(token), now = Database.Timestamp(now) })) == 1;

    private static void Insert(SqliteConnection c, string token, long? accountId, string purpose, DateTimeOffset now) => c.Execute(
        "insert into links (key_hash, account_id, purpose, created_at, expires_at) values (@hash, @accountId, @purpose, @now, @expires)",
        new { hash = Secret.Hash(token), accountId, purpose, now = Database.Timestamp(now), expires = Database.Timestamp(now + Life) });

    private static string? Matches(SqliteConnection c, string token, string purpose, DateTimeOffset now)
    {
        var hash = Secret.Hash(token);
        return c.Query<string>(
            "select key_hash from links where purpose = @purpose and used_at is null and expires_at > @now",
            new { purpose, now = Database.Timestamp(now) }).FirstOrDefault(known => Secret.IsSame(known, hash));
    }
}
