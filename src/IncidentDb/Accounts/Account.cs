namespace IncidentDb.Accounts;

/// <summary>
/// Somebody who contributes. Identity's managers write into the object and then save it, so its properties can be set; saving compares
/// <see cref="ConcurrencyStamp"/>, so that of two savers one is told.
/// </summary>
public sealed record Account
{
    public long Id { get; set; }

    /// <summary>The name to sign in with.</summary>
    public string Name { get; set; } = "";

    public string NormalizedName { get; set; } = "";

    /// <summary>Null for an account whose owner has not set a password yet.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that must end sessions and tokens: password, role, being disabled.</summary>
    public string SecurityStamp { get; set; } = "";

    public string ConcurrencyStamp { get; set; } = "";

    /// <summary>A word of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = Roles.Contributor;

    /// <summary>As printed beside contributions.</summary>
    public string CreditName { get; set; } = "";

    /// <summary>The last part of <c>/contributors/{slug}</c>.</summary>
    public string Slug { get; set; } = "";

    public int FailedCount { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? DisabledAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    public bool IsActive => DisabledAt is null && DeletedAt is null;
}

/// <summary>The roles, each holding the permissions of the one before.</summary>
public static class Roles
{
    public const string Contributor = "contributor";
    public const string Reviewer = "reviewer";
    public const string Admin = "admin";

    public static readonly IReadOnlyList<string> All = [Contributor, Reviewer, Admin];
}

/// <summary>What somebody may do. Pages and endpoints ask for these and never for a role.</summary>
public static class Permissions
{
    /// <summary>Write, send and withdraw submissions of one's own.</summary>
    public const string Submit = "submit";

    /// <summary>See what waits, decide on it, restore, merge and withdraw records.</summary>
    public const string Review = "review";

    /// <summary>Manage accounts and read the audit log.</summary>
    public const string Administer = "administer";

    public static readonly IReadOnlyList<string> All = [Submit, Review, Administer];

    public static IReadOnlyList<string> Of(string role) => role switch
    {
        Roles.Admin => All,
        Roles.Reviewer => [Submit, Review],
        Roles.Contributor => [Submit],
        _ => [],
    };
}

/// <summary>
/// How the change log and the acts name somebody. The logs are append-only, so they hold the account's number; its name is looked up when
/// it is shown and goes when the account is deleted.
/// </summary>
public static class Who
{
    public const string Anonymous = "anonymous";
    private const string Prefix = "account:";

    public static string Of(long? accountId) => accountId is { } id ? Prefix + id.ToString(System.Globalization.CultureInfo.InvariantCulture) : Anonymous;

    public static long? AccountId(string who) =>
        who.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(who.AsSpan(Prefix.Length), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id : null;
}
