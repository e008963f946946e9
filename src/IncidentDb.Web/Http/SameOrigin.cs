namespace IncidentDb.Web.Http;

/// <summary>
/// The first fence against forged requests, before any token is looked at: what changes something comes from a page of this site. Browsers say
/// where a request comes from; who says nothing is refused, except under <c>/api/</c>, where no cookie counts.
/// </summary>
internal static class SameOrigin
{
    public static void UseSameOrigin(this WebApplication app) => app.Use((context, next) =>
        IsSafe(context) ? next(context) : ErrorPages.WriteAsync(context, StatusCodes.Status403Forbidden, "This request came from another site. Nothing was done."));

    private static bool IsSafe(HttpContext context)
    {
        var request = context.Request;
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method) || HttpMethods.IsTrace(request.Method))
            return true;
        // Where no route takes the request nothing is changed; the answer says which methods there are.
        if (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.GetEndpoint() is not RouteEndpoint)
            return true;
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
            return site is "same-origin" or "none";
        return Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
