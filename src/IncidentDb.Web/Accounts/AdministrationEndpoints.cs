using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Identity;

namespace IncidentDb.Web.Accounts;

/// <summary>What administrators do with accounts. Each act asks for the password when it was last given more than ten minutes ago.</summary>
internal static class AdministrationEndpoints
{
    private static readonly TimeSpan _fresh = TimeSpan.FromMinutes(10);

    public static void MapAdministration(this WebApplication app)
    {
        app.MapForm("/accounts/new", NewAsync).ForAdministrators();
        app.MapForm("/accounts/role", RoleAsync).ForAdministrators();
        app.MapForm("/accounts/disable", (HttpContext context, KnowledgeBase library, TimeProvider time, UserManager<Account> users) => EnableAsync(false, context, library, time, users)).ForAdministrators();
        app.MapForm("/accounts/enable", (HttpContext context, KnowledgeBase library, TimeProvider time, UserManager<Account> users) => EnableAsync(true, context, library, time, users)).ForAdministrators();
        app.MapForm("/accounts/link", Link).ForAdministrators();
    }

    private static void ForAdministrators(this RouteHandlerBuilder endpoint) => endpoint
        .RequireAuthorization(Permissions.Administer)
        .RequireRateLimiting(Limits.Write)
        .AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
            return context.Visitor().Session is { } session && now - session.SignedInAt <= _fresh ? await next(invocation) : Pages.Done("/login?again=1&return=/accounts");
        });

    private static async Task<IResult> NewAsync(HttpContext context, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        var (name, credit, role) = (context.Field("name").Trim(), AccountRules.Tidy(context.Field("credit_name")), context.Field("role"));
        var account = new Account { Name = name, CreditName = credit, Role = Roles.All.Contains(role) ? role : Roles.Contributor };
        var result = await users.CreateAsync(account);
        if (!result.Succeeded)
            return Pages.Show<AccountsPage>(StatusCodes.Status400BadRequest, new { Name = name, CreditName = credit, Problems = AccountEndpoints.Problems(result) });
        Note(context, library, time, AuditEvents.AccountCreated, account, $"by an administrator, {account.Role}");
        return Pages.Show<AccountsPage>(StatusCodes.Status200OK, new { Link = LinkFor(context, library, time, account) });
    }

    private static async Task<IResult> RoleAsync(HttpContext context, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        var role = context.Field("role");
        if (Other(context, library) is not { } account || !Roles.All.Contains(role))
            return NoSuch();
        var before = account.Role;
        account.Role = role;
        await users.UpdateSecurityStampAsync(account);
        library.Sessions.EndOthers(account.Id, null);
        Note(context, library, time, AuditEvents.RoleChanged, account, $"{before} to {role}");
        return Pages.Done("/accounts?done=role");
    }

    private static async Task<IResult> EnableAsync(bool enable, HttpContext context, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        if (Other(context, library) is not { } account)
            return NoSuch();
        account.DisabledAt = enable ? null : time.GetUtcNow();
        await users.UpdateSecurityStampAsync(account);
        library.Sessions.EndOthers(account.Id, null);
        Note(context, library, time, enable ? AuditEvents.AccountEnabled : AuditEvents.AccountDisabled, account, account.Role);
        return Pages.Done($"/accounts?done={(enable ? "enable" : "disable")}");
    }

    private static IResult Link(HttpContext context, KnowledgeBase library, TimeProvider time) => Other(context, library) is { IsActive: true } account
        ? Pages.Show<AccountsPage>(StatusCodes.Status200OK, new { Link = LinkFor(context, library, time, account) })
        : NoSuch();

    private static string LinkFor(HttpContext context, KnowledgeBase library, TimeProvider time, Account account)
    {
        Note(context, library, time, AuditEvents.PasswordLinkMade, account, account.Name);
        return $"{Twins.BaseUrl(context)}/account/password/{library.Links.IssuePassword(account.Id, time.GetUtcNow())}";
    }

    /// <summary>The account the form names; nobody administers themselves.</summary>
    private static Account? Other(HttpContext context, KnowledgeBase library) =>
        long.TryParse(context.Field("account"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != context.Visitor().Account!.Id && library.Accounts.Find(id) is { DeletedAt: null } account
            ? account
            : null;

    private static void Note(HttpContext context, KnowledgeBase library, TimeProvider time, string what, Account about, string detail) =>
        library.Audit.Write(what, about.Id, context.Connection.RemoteIpAddress, $"{detail} (done by account {context.Visitor().Account!.Id.ToString(CultureInfo.InvariantCulture)})", time.GetUtcNow());

    private static ErrorResult NoSuch() => new(StatusCodes.Status404NotFound, "There is no such account, or it is your own.");
}
