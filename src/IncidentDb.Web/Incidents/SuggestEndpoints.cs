using IncidentDb.Search;
using IncidentDb.Search.Suggestions;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Incidents;

/// <summary>What may be meant by what was typed so far; the list under every search box and, with <c>of=records</c>, under every field that takes a record.</summary>
internal static class SuggestEndpoints
{
    public const int MaxLength = 100;

    public static void MapSuggestions(this WebApplication app) => app.MapGet("/suggest.json", (HttpContext context, KnowledgeBase library) =>
    {
        // Bound as text and cut, not refused: whoever types on gets no suggestions and no error.
        var text = context.Request.Query["q"].ToString();
        var found = text.Length > MaxLength ? [] : context.Request.Query["of"] == "records" ? library.SuggestRecords(text) : library.Suggest(text);
        return Twins.Json(new { q = text.Length <= MaxLength ? text : text[..MaxLength], total = found.Count, items = found.Select(Shape) });
    }).AllowAnonymous();

    private static object Shape(Suggestion suggestion) => new { type = suggestion.Kind, suggestion.Label, suggestion.Value, incidents = suggestion.Records, url = UrlOf(suggestion) };

    /// <summary>A title leads to its record, everything else to the search that its count comes from.</summary>
    private static string UrlOf(Suggestion suggestion) => suggestion.Kind switch
    {
        "incident" => $"/incidents/{suggestion.Value}",
        "word" => new SearchQuery { Text = suggestion.Value }.ToUrl(),
        var facet => new SearchQuery().Only(facet, suggestion.Value).ToUrl(),
    };
}
