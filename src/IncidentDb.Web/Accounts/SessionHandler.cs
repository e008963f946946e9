using System.Text.Encodings.Web;
using IncidentDb.Accounts;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace IncidentDb.Web.Accounts;

/// <summary>
/// Knows a browser by the key in its cookie. The key means nothing by itself: each request looks up the session and its account, so that ending
/// a session, changing a password or a role and disabling an account work with the next request.
/// </summary>
public sealed class SessionHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnowledgeBase library, SiteSettings settings)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "session";

    /// <summary>The browser keeps a cookie with this prefix to one host, one path and TLS; on a machine's own http address it takes none such.</summary>
    public static string CookieName(HttpContext context, SiteSettings settings) => IsSecure(context, settings) ? "__Host-incidentdb" : "incidentdb";

    public static bool IsSecure(HttpContext context, SiteSettings settings) =>
        context.Request.IsHttps || settings.PublicUrl.StartsWith("https:", StringComparison.Ordinal);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Cookies[CookieName(Context, settings)] is not { Length: > 0 } key)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (library.Sessions.Find(key, TimeProvider.GetUtcNow()) is not var (session, account))
            return Task.FromResult(AuthenticateResult.NoResult());
        var visitor = Visitor.Browser(account, session);
        Context.SetVisitor(visitor);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(visitor.ToPrincipal(SchemeName), SchemeName)));
    }

    /// <summary>A page that needs a name leads to the sign-in and back; what a form held is carried through it (SignInAgain).</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (ErrorPages.WantsJson(Context))
            await ErrorPages.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Sign in first.");
        else if (HttpMethods.IsGet(Request.Method))
            Response.Redirect("/login?return=" + Uri.EscapeDataString(Request.PathBase + Request.Path + Request.QueryString));
        else
            await SignInAgain.ShowAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        library.Audit.Write(AuditEvents.Refused, Context.Visitor().Account?.Id, Context.Connection.RemoteIpAddress, $"{Request.Method} {Request.Path}", TimeProvider.GetUtcNow());
        return ErrorPages.WriteAsync(Context, StatusCodes.Status403Forbidden, "Your account may not do this.");
    }
}

/// <summary>Knows a program by its token; only under <c>/api/</c>, where cookies count for nothing.</summary>
public sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KnowledgeBase library)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "token";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (library.Tokens.Find(header[7..].Trim(), TimeProvider.GetUtcNow()) is not var (token, account))
            return Task.FromResult(AuthenticateResult.Fail("unknown, expired or revoked token"));
        var visitor = Visitor.Program(account, token);
        Context.SetVisitor(visitor);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(visitor.ToPrincipal(SchemeName), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer realm=\"IncidentDb\"";
        return ErrorPages.WriteAsync(Context, StatusCodes.Status401Unauthorized, "Send a token that is valid: “Authorization: Bearer idb_…”. Your account page makes them.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ErrorPages.WriteAsync(Context, StatusCodes.Status403Forbidden, "This token does not have the scope for that, or its owner may not do it.");
}
