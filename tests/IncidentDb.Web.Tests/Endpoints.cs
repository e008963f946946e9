using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace IncidentDb.Web.Tests;

/// <summary>An address with a method, as the site's own routing has it.</summary>
internal sealed record EndpointOf(string Method, string Path, RouteEndpoint Endpoint)
{
    public bool HasPolicy => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null || Endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || Endpoint.Metadata.GetMetadata<AuthorizationPolicy>() is not null;

    public bool IsOpen => Endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;

    /// <summary>True for one that takes a form of a page.</summary>
    public bool TakesForm => Endpoint.Metadata.Any(m => m.GetType().Name == "FormMetadata");

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The inventory: every address that the running site answers, files apart.</summary>
internal static class Endpoints
{
    public static IReadOnlyList<EndpointOf> Of(Site site) =>
    [
        .. ((EndpointDataSource)site.Services.GetService(typeof(EndpointDataSource))!).Endpoints.OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(m => new EndpointOf(m, "/" + e.RoutePattern.RawText!.TrimStart('/'), e)))
            .Where(e => e.Method is not ("HEAD" or "OPTIONS") && !IsFile(e.Path))
            .DistinctBy(e => (e.Method, e.Path))
            .OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Method, StringComparer.Ordinal),
    ];

    /// <summary>Style sheets, scripts and the icon.</summary>
    private static bool IsFile(string path) => Path.GetExtension(path) is ".css" or ".js" or ".svg" or ".map" or ".gz" or ".br" && !path.Contains('{', StringComparison.Ordinal);
}
