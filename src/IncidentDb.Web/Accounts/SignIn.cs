using System.Threading.RateLimiting;
using IncidentDb.Accounts;
using IncidentDb.Web.Hosting;
using Microsoft.AspNetCore.Identity;

namespace IncidentDb.Web.Accounts;

/// <summary>What came of a try at signing in.</summary>
public enum SignInOutcome
{
    Done,

    /// <summary>Name, password or lock; the answer does not say which.</summary>
    Refused,

    /// <summary>Too many passwords are being checked; nothing was counted.</summary>
    Busy,
}

/// <summary>
/// Checks passwords: a few at a time for the whole site, one at a time for an account, so that five wrong tries are five however many arrive at
/// once. An unknown name costs as much time as a known one.
/// </summary>
public sealed class SignIn(IServiceScopeFactory scopes, SiteSettings settings, TimeProvider time) : IDisposable
{
    public const int MaxTries = 5;
    public static readonly TimeSpan Lock = TimeSpan.FromMinutes(15);
    private const int Queue = 8;

    private readonly ConcurrencyLimiter _hashing = new(new() { PermitLimit = settings.HashesAtOnce, QueueLimit = Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
    private readonly SemaphoreSlim[] _accounts = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];
    private string? _nobodysHash;

    /// <summary>The account when name and password fit.</summary>
    public async Task<(SignInOutcome Outcome, Account? Account)> CheckAsync(string name, string password, CancellationToken cancelled)
    {
        if (password.Length > PasswordRules.MaxLength)
            return (SignInOutcome.Refused, null);
        var normalized = AccountRules.Normalize(name);
        var gate = _accounts[(uint)string.GetHashCode(normalized, StringComparison.Ordinal) % _accounts.Length];
        // First the account's turn, then a core: tries at one name must not hold the places of others.
        await gate.WaitAsync(cancelled);
        try
        {
            using var lease = await _hashing.AcquireAsync(1, cancelled);
            if (!lease.IsAcquired)
                return (SignInOutcome.Busy, null);
            return await Task.Run(() => CheckNowAsync(normalized, password), cancelled);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<(SignInOutcome, Account?)> CheckNowAsync(string normalized, string password)
    {
        await using var scope = scopes.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = await users.FindByNameAsync(normalized);
        if (account is null || !account.IsActive || account.PasswordHash is null || account.LockedUntil > time.GetUtcNow())
        {
            var nobody = new Account();
            _nobodysHash ??= users.PasswordHasher.HashPassword(nobody, Secret.New());
            users.PasswordHasher.VerifyHashedPassword(nobody, _nobodysHash, password);
            return (SignInOutcome.Refused, account);
        }

        if (await users.CheckPasswordAsync(account, password))
        {
            if (account.FailedCount > 0)
                await users.ResetAccessFailedCountAsync(account);
            return (SignInOutcome.Done, account);
        }

        await users.AccessFailedAsync(account);
        return (SignInOutcome.Refused, account);
    }

    /// <summary>Runs something that hashes a new password in the same line as the checks; null when too many wait.</summary>
    public async Task<T?> HashAsync<T>(Func<Task<T>> work, CancellationToken cancelled)
        where T : class
    {
        using var lease = await _hashing.AcquireAsync(1, cancelled);
        return lease.IsAcquired ? await Task.Run(work, cancelled) : null;
    }

    public void Dispose()
    {
        _hashing.Dispose();
        foreach (var gate in _accounts)
            gate.Dispose();
    }
}

/// <summary>The cookie of a browser that is signed in.</summary>
internal static class SessionCookie
{
    public static void Begin(HttpContext context, Account account, bool keep)
    {
        var services = context.RequestServices;
        var (library, settings, time) = (services.GetRequiredService<KnowledgeBase>(), services.GetRequiredService<SiteSettings>(), services.GetRequiredService<TimeProvider>());
        // Fixing a key beforehand gains nothing: each sign-in has a new one, and the one before it ends.
        if (context.Visitor() is { Session: { } old, Account: { } before })
            library.Sessions.End(before.Id, old.Id);
        keep = keep && account.Role == Roles.Contributor;
        var key = library.Sessions.Begin(account, context.Request.Headers.UserAgent.ToString(), keep, time.GetUtcNow());
        context.Response.Cookies.Append(SessionHandler.CookieName(context, settings), key, Options(context, settings, keep ? SessionStore.LongestKept : null));
        library.Audit.Write(AuditEvents.SignedIn, account.Id, context.Connection.RemoteIpAddress, account.Role, time.GetUtcNow());
    }

    public static void End(HttpContext context)
    {
        var settings = context.RequestServices.GetRequiredService<SiteSettings>();
        context.Response.Cookies.Delete(SessionHandler.CookieName(context, settings), Options(context, settings, null));
    }

    private static CookieOptions Options(HttpContext context, SiteSettings settings, TimeSpan? life) => new()
    {
        HttpOnly = true,
        Secure = SessionHandler.IsSecure(context, settings),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = life,
        IsEssential = true,
    };

    /// <summary>False where a password would cross a network in the clear.</summary>
    public static bool IsAllowedHere(HttpContext context, SiteSettings settings) =>
        SessionHandler.IsSecure(context, settings) || context.Connection.RemoteIpAddress is not { } address || System.Net.IPAddress.IsLoopback(address);
}
