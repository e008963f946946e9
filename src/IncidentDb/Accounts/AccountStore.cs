using System.Globalization;
using Dapper;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Accounts;

/// <summary>SQL over accounts.</summary>
public sealed class AccountStore(Database database)
{
    private sealed class Row
    {
        public required long Id { get; init; }

        public required string Name { get; init; }

        public required string NormalizedName { get; init; }

        public string? PasswordHash { get; init; }

        public required string SecurityStamp { get; init; }

        public required string ConcurrencyStamp { get; init; }

        public required string Role { get; init; }

        public required string CreditName { get; init; }

        public required string Slug { get; init; }

        public required long FailedCount { get; init; }

        public string? LockedUntil { get; init; }

        public required string CreatedAt { get; init; }

        public string? DisabledAt { get; init; }

        public string? DeletedAt { get; init; }

        public Account ToAccount() => new()
        {
            Id = Id,
            Name = Name,
            NormalizedName = NormalizedName,
            PasswordHash = PasswordHash,
            SecurityStamp = SecurityStamp,
            ConcurrencyStamp = ConcurrencyStamp,
            Role = Role,
            CreditName = CreditName,
            Slug = Slug,
            FailedCount = (int)FailedCount,
            LockedUntil = Database.Time(LockedUntil),
            CreatedAt = Database.Time(CreatedAt)!.Value,
            DisabledAt = Database.Time(DisabledAt),
            DeletedAt = Database.Time(DeletedAt),
        };
    }

    private const string Columns =
        """
        id,
        name,
        normalized_name as NormalizedName,
        password_hash as PasswordHash,
        security_stamp as SecurityStamp,
        concurrency_stamp as ConcurrencyStamp,
        role,
        credit_name as CreditName,
        slug,
        failed_count as FailedCount,
        locked_until as LockedUntil,
        created_at as CreatedAt,
        disabled_at as DisabledAt,
        deleted_at as DeletedAt
        """;

    public Account? Find(long id) => database.Read(c => Find(c, id));

    /// <summary>By sign-in name; deleted accounts have none.</summary>
    public Account? FindByName(string normalizedName) => database.Read(c => c.QuerySingleOrDefault<Row>(
        $"select {Columns} from accounts where normalized_name = @normalizedName and deleted_at is null",
        new { normalizedName })?.ToAccount());

    public Account? FindBySlug(string slug) => database.Read(c => c.QuerySingleOrDefault<Row>(
        $"select {Columns} from accounts where slug = @slug",
        new { slug })?.ToAccount());

    /// <summary>All accounts that were not deleted, by name.</summary>
    public IReadOnlyList<Account> All() => database.Read(c => (IReadOnlyList<Account>)[.. c.Query<Row>(
        $"select {Columns} from accounts where deleted_at is null order by normalized_name").Select(r => r.ToAccount())]);

    public bool AnyAdmin() => database.Read(AnyAdmin);

    internal static bool AnyAdmin(SqliteConnection c) =>
        c.ExecuteScalar<long>("select exists (select 1 from accounts where role = 'admin' and disabled_at is null and deleted_at is null)") == 1;

    internal static Account? Find(SqliteConnection c, long id) =>
        c.QuerySingleOrDefault<Row>($"select {Columns} from accounts where id = @id", new { id })?.ToAccount();

    /// <summary>How each account is shown, by number.</summary>
    public IReadOnlyDictionary<long, (string Name, string? Slug)> Credits(IEnumerable<long> ids) => database.Read(c => c
        .Query<(long Id, string Name, string Slug, string? Deleted)>(
            "select id, credit_name, slug, deleted_at from accounts where id in @ids",
            new { ids = ids.Distinct().ToList() })
        .ToDictionary(r => r.Id, r => (r.Name, r.Deleted is null ? r.Slug : null)));

    /// <summary>Writes a new account and gives it its number and slug; false when the name is taken.</summary>
    public bool Create(Account account) => database.Write(c => Create(c, account));

    internal static bool Create(SqliteConnection c, Account account)
    {
        account.Slug = FreeSlug(c, account.CreditName);
        account.ConcurrencyStamp = Guid.NewGuid().ToString("N");
        var id = c.ExecuteScalar<long?>(
            """
            insert into accounts (
                name, normalized_name, password_hash, security_stamp, concurrency_stamp, role, credit_name, slug, failed_count, locked_until, created_at)
            values (
                @Name, @NormalizedName, @PasswordHash, @SecurityStamp, @ConcurrencyStamp, @Role, @CreditName, @Slug, @FailedCount, null, @createdAt)
            on conflict (normalized_name) do nothing
            returning id
            """,
            new
            {
                account.Name,
                account.NormalizedName,
                account.PasswordHash,
                account.SecurityStamp,
                account.ConcurrencyStamp,
                account.Role,
                account.CreditName,
                account.Slug,
                account.FailedCount,
                createdAt = Database.Timestamp(account.CreatedAt),
            });
        account.Id = id ?? 0;
        return id is not null;
    }

    /// <summary>Saves what may change; false when somebody else saved since it was read, or the new name is taken.</summary>
    public bool Update(Account account) => database.Write(c =>
    {
        var next = Guid.NewGuid().ToString("N");
        var saved = c.Execute(
            """
            update or ignore accounts
            set name = @Name,
                normalized_name = @NormalizedName,
                password_hash = @PasswordHash,
                security_stamp = @SecurityStamp,
                concurrency_stamp = @next,
                role = @Role,
                credit_name = @CreditName,
                failed_count = @FailedCount,
                locked_until = @lockedUntil,
                disabled_at = @disabledAt
            where id = @Id and concurrency_stamp = @ConcurrencyStamp and deleted_at is null
            """,
            new
            {
                account.Id,
                account.Name,
                account.NormalizedName,
                account.PasswordHash,
                account.SecurityStamp,
                account.ConcurrencyStamp,
                account.Role,
                account.CreditName,
                account.FailedCount,
                lockedUntil = account.LockedUntil is { } until ? Database.Timestamp(until) : null,
                disabledAt = account.DisabledAt is { } disabled ? Database.Timestamp(disabled) : null,
                next,
            });
        if (saved == 1)
            account.ConcurrencyStamp = next;
        return saved == 1;
    });

    /// <summary>
    /// Deletes an account: name, password, sessions, tokens, copies of prep sheets and drafts that were never sent go; what was published stays credited to a
    /// pseudonym, because the history must still say that one person made these changes.
    /// </summary>
    /// <returns>The pseudonym.</returns>
    public string Delete(long id, DateTimeOffset at) => database.Write(c =>
    {
        var pseudonym = $"Former contributor {id.ToString(CultureInfo.InvariantCulture)}";
        c.Execute(
            """
            delete from sessions where account_id = @id;
            update tokens set revoked_at = coalesce(revoked_at, @at) where account_id = @id;
            update links set used_at = coalesce(used_at, @at) where account_id = @id;
            delete from submission_comments where submission_id in (select id from submissions where author_id = @id and sent_at is null);
            delete from submission_matches where submission_id in (select id from submissions where author_id = @id and sent_at is null);
            delete from submissions where author_id = @id and sent_at is null;
            delete from host_copies where account_id = @id;
            update accounts
            set name = @gone,
                normalized_name = @gone,
                password_hash = null,
                security_stamp = @stamp,
                concurrency_stamp = @stamp,
                role = 'contributor',
                credit_name = @pseudonym,
                slug = @gone,
                locked_until = null,
                deleted_at = @at
            where id = @id
            """,
            new { id, at = Database.Timestamp(at), gone = $"former-{id.ToString(CultureInfo.InvariantCulture)}", pseudonym, stamp = Secret.New() });
        return pseudonym;
    });

    private static string FreeSlug(SqliteConnection c, string creditName)
    {
        var wanted = Slug.From(creditName);
        // A name without a Latin letter or digit has no address of its own.
        if (!Slug.IsValid(wanted) || wanted == Slug.From(""))
            wanted = "contributor";
        // "former-7" is what a deleted account is called.
        if (wanted.StartsWith("former-", StringComparison.Ordinal))
            wanted = "c-" + wanted;
        wanted = wanted[..Math.Min(wanted.Length, 60)].TrimEnd('-');
        for (var (slug, n) = (wanted, 2); ; slug = $"{wanted}-{n++}")
        {
            if (c.ExecuteScalar<long>("select exists (select 1 from accounts where slug = @slug)", new { slug }) == 0)
                return slug;
        }
    }
}
