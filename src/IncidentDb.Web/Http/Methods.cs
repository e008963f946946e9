using Microsoft.Net.Http.Headers;

namespace IncidentDb.Web.Http;

/// <summary>Which methods addresses take.</summary>
internal static class Methods
{
    private static readonly string[] _get = [HttpMethods.Get];

    /// <summary>HEAD answers what GET would, without the body (RFC 9110, 9.3.2): Kestrel knows what was asked and sends none.</summary>
    public static void UseHeadAsGet(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
            context.Request.Method = HttpMethods.Get;
        return next(context);
    });

    /// <summary>
    /// Every answer is given whole, as RFC 9110 (14.2) lets a server do: asked for a part of a style sheet, the framework answers 206 and names the part, but
    /// sends all of it.
    /// </summary>
    public static void UseWholeAnswers(this WebApplication app) => app.Use((context, next) =>
    {
        context.Request.Headers.Remove(HeaderNames.Range);
        return next(context);
    });

    /// <summary>Components also take POST by default; a page without a form that posts answers 405 instead of an empty 400.</summary>
    public static void ReadOnly(this RazorComponentsEndpointConventionBuilder pages) => pages.WithMetadata(new HttpMethodMetadata(_get));
}
