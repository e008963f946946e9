using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace IncidentDb.Web.Tests;

/// <summary>What tests ask of the site.</summary>
internal static class SiteRequests
{
    /// <summary>The JSON at an address; the answer must be 200.</summary>
    public static async Task<JsonElement> JsonAsync(this Site site, string path)
    {
        using var response = await site.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        response.Content.Headers.ContentType?.ToString().ShouldBe("application/json; charset=utf-8", path);
        using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync());
        return document.RootElement.Clone();
    }

    /// <summary>The page at an address; the answer must be 200.</summary>
    public static async Task<IDocument> PageAsync(this Site site, string path)
    {
        using var response = await site.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    /// <summary>Fails with the status and the first lines of the answer.</summary>
    public static async Task<string> ShouldAnswerAsync(this HttpResponseMessage response, HttpStatusCode status, string what)
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{what}\n{body[..Math.Min(400, body.Length)]}");
        return body;
    }
}
