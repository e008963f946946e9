using System.Security.Claims;
using IncidentDb.Accounts;

namespace IncidentDb.Web.Accounts;

/// <summary>Who makes a request: nobody known, a browser that is signed in, or a program with a token.</summary>
public sealed class Visitor
{
    private const string PermissionClaim = "permission";

    public static readonly Visitor Nobody = new();

    public Account? Account { get; private init; }

    /// <summary>The browser's session; null for a program.</summary>
    public Session? Session { get; private init; }

    /// <summary>The program's token; null for a browser.</summary>
    public ApiToken? Token { get; private init; }

    public IReadOnlyList<string> Permissions { get; private init; } = [];

    public bool IsKnown => Account is not null;

    public bool Can(string permission) => Permissions.Contains(permission);

    public static Visitor Browser(Account account, Session session) => new()
    {
        Account = account,
        Session = session,
        Permissions = IncidentDb.Accounts.Permissions.Of(account.Role),
    };

    public static Visitor Program(Account account, ApiToken token) => new()
    {
        Account = account,
        Token = token,
        Permissions = [.. token.Scopes.Select(Scopes.Permission).OfType<string>()],
    };

    /// <summary>The claims that the policies read.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, Account!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        identity.AddClaim(new(ClaimTypes.Name, Account.Name));
        identity.AddClaims(Permissions.Select(p => new Claim(PermissionClaim, p)));
        return new(identity);
    }

    /// <summary>A policy for each permission, under its name. What has no policy is refused.</summary>
    public static void AddPolicies(Microsoft.AspNetCore.Authorization.AuthorizationOptions options)
    {
        foreach (var permission in IncidentDb.Accounts.Permissions.All)
            options.AddPolicy(permission, policy => policy.RequireClaim(PermissionClaim, permission));
        // An address that leads nowhere is answered with 404, or 405; an endpoint that says nothing about who may use it is used by nobody.
        options.FallbackPolicy = new Microsoft.AspNetCore.Authorization.AuthorizationPolicyBuilder().RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint).Build();
    }
}

public static class VisitorOfRequest
{
    private static readonly object _key = new();

    /// <summary>Who makes this request.</summary>
    public static Visitor Visitor(this HttpContext context) => context.Items[_key] as Visitor ?? Accounts.Visitor.Nobody;

    internal static void SetVisitor(this HttpContext context, Visitor visitor) => context.Items[_key] = visitor;
}
