using IncidentDb.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDb.Web.Http;

/// <summary>A page as the answer to a form: the same component as its address shows, with what was typed and what is wrong with it.</summary>
internal static class Pages
{
    public static IResult Show<TPage>(int status, object? parameters = null)
        where TPage : IComponent =>
        new RazorComponentResult<PageFrame>(new { Page = typeof(TPage), Parameters = Dictionary(parameters) }) { StatusCode = status };

    private static Dictionary<string, object?> Dictionary(object? parameters) =>
        parameters?.GetType().GetProperties().ToDictionary(p => p.Name, p => p.GetValue(parameters)) ?? [];

    /// <summary>After a write: a page of its own, so that loading again writes nothing twice.</summary>
    public static IResult Done(string url) => Results.Redirect(url, permanent: false, preserveMethod: false);

    /// <summary>A path on this site, or the fallback: an address that somebody else put into a link must not lead away.</summary>
    public static string Local(string? url, string fallback) =>
        url is { Length: > 0 and < 2000 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => char.IsControl(c) || c == '\\') ? url : fallback;
}
