using IncidentDb.Web.Http;

namespace IncidentDb.Web.Docs;

/// <summary>Twins of the documentation.</summary>
internal static class DocEndpoints
{
    public static void MapDocs(this WebApplication app)
    {
        app.MapGet("/docs.json", () => Twins.Json(ListShape.Of([.. DocPages.Names.Select(n => (object)new { name = n, title = DocPages.Title(DocPages.Text(n)!), url = $"/docs/{n}" })]))).AllowAnonymous();
        app.MapGet("/docs/{name}.json", (string name) => DocPages.Text(name) is { } text
            ? Twins.Json(new { name, title = DocPages.Title(text), url = $"/docs/{name}", text })
            : Twins.NotFound($"There is no page “{name}”.")).AllowAnonymous();
        app.MapGet("/docs/{name}.md", (string name) => DocPages.Text(name) is { } text
            ? Results.Text(text, "text/markdown; charset=utf-8")
            : Twins.NotFound($"There is no page “{name}”.")).AllowAnonymous();
    }
}
