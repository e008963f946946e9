using IncidentDb.Web.Accounts;

namespace IncidentDb.Web.Http;

/// <summary>Headers that every answer carries; HTML also the Content-Security-Policy.</summary>
internal static class SecurityHeaders
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            var context = (HttpContext)state;
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            // What somebody signed in sees is theirs: no cache on the way keeps it.
            if (context.Visitor().IsKnown)
                headers.CacheControl = "private, no-store";
            if (context.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            // What a 304 says replaces what the browser kept with the page: it has no body, and says nothing of the policy of one.
            if (context.Response.StatusCode == StatusCodes.Status304NotModified)
                return Task.CompletedTask;
            if (context.Response.ContentType?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true)
                headers.ContentSecurityPolicy = Policy;
            else
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            return Task.CompletedTask;
        }, context);
        return next();
    });
}
