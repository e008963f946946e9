using System.Net;
using System.Net.Sockets;
using Dapper;
using IncidentDb.Storage;

namespace IncidentDb.Accounts;

/// <summary>One thing that happened to an account.</summary>
public sealed record AuditEvent
{
    public required long Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>A word of <see cref="AuditEvents"/>.</summary>
    public required string Event { get; init; }

    public long? AccountId { get; init; }

    /// <summary>The salted hash of the address it came from: the same for the same address, and of no use elsewhere.</summary>
    public string? Address { get; init; }

    public required string Detail { get; init; }
}

/// <summary>The events that are kept, one word each.</summary>
public static class AuditEvents
{
    public const string SignedIn = "signed_in";
    public const string SignInFailed = "sign_in_failed";
    public const string LockedOut = "locked_out";
    public const string SignedOut = "signed_out";
    public const string SessionEnded = "session_ended";
    public const string AccountCreated = "account_created";
    public const string AccountDeleted = "account_deleted";
    public const string AccountDisabled = "account_disabled";
    public const string AccountEnabled = "account_enabled";
    public const string RoleChanged = "role_changed";
    public const string PasswordChanged = "password_changed";
    public const string PasswordLinkMade = "password_link_made";
    public const string TokenCreated = "token_created";
    public const string TokenRevoked = "token_revoked";
    public const string SetupClaimed = "setup_claimed";
    public const string SetupRefused = "setup_refused";
    public const string Refused = "access_refused";
    public const string Backup = "backup_made";
}

/// <summary>SQL over the audit log. It holds no secret and no address; what an event was about stands in <c>detail</c> on one line.</summary>
public sealed class AuditLog(Database database)
{
    public static readonly TimeSpan AddressesKept = TimeSpan.FromDays(30);
    private const int MaxDetail = 300;

    /// <summary>Tried again after a failure: a database that was busy once must not end all signing in.</summary>
    private readonly Lazy<string> _salt = new(() => ReadSalt(database), LazyThreadSafetyMode.PublicationOnly);

    public void Write(string what, long? accountId, IPAddress? address, string detail, DateTimeOffset now)
    {
        var line = string.Concat(detail.Select(ch => char.IsControl(ch) ? ' ' : ch));
        var from = address is null ? null : HashOf(address);
        database.Write(c => c.Execute(
            "insert into audit (at, event, account_id, address, detail) values (@at, @what, @accountId, @from, @line)",
            new { at = Database.Timestamp(now), what, accountId, from, line = line.Length <= MaxDetail ? line : line[..MaxDetail] }));
    }

    /// <summary>The latest events, newest first; of one account when one is named.</summary>
    public IReadOnlyList<AuditEvent> Latest(int limit, long? accountId = null) => database.Read(c => (IReadOnlyList<AuditEvent>)[.. c
        .Query<(long Id, string At, string Event, long? AccountId, string? Address, string Detail)>(
            """
            select
                id,
                at,
                event,
                account_id,
                address,
                detail
            from audit
            where @accountId is null or account_id = @accountId
            order by id desc
            limit @limit
            """,
            new { limit, accountId })
        .Select(r => new AuditEvent { Id = r.Id, At = Database.Time(r.At)!.Value, Event = r.Event, AccountId = r.AccountId, Address = r.Address, Detail = r.Detail })]);

    /// <summary>Forgets where old events came from.</summary>
    public int Purge(DateTimeOffset now) => database.Write(c => c.Execute(
        "update audit set address = null where address is not null and at < @before",
        new { before = Database.Timestamp(now - AddressesKept) }));

    private string HashOf(IPAddress address)
    {
        // A household has a whole /64 of IPv6.
        var bytes = address.IsIPv4MappedToIPv6 ? address.MapToIPv4().GetAddressBytes() : address.GetAddressBytes();
        var prefix = address.AddressFamily == AddressFamily.InterNetworkV6 && bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes;
        return Secret.Hash(_salt.Value + Convert.ToHexString(prefix))[..16];
    }

    private static string ReadSalt(Database database)
    {
        const string name = "audit_salt";
        if (database.Meta(name) is { } salt)
            return salt;
        var made = Secret.New();
        return database.Write(c =>
        {
            c.Execute("insert into meta (name, value) values (@name, @made) on conflict (name) do nothing", new { name, made });
            return Database.GetMeta(c, name)!;
        });
    }
}
