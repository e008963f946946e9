using IncidentDb.Search;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Stats;

/// <summary>The figures of a search as JSON, and a record of it drawn by chance.</summary>
internal static class StatsEndpoints
{
    public static void MapStats(this WebApplication app)
    {
        app.MapGet("/stats.json", (HttpContext context, KnowledgeBase library) =>
        {
            var stats = SearchStats.Of(library, Twins.Parameters(context.Request.Query));
            return Twins.Json(new
            {
                stats.Total,
                stats.Read,
                stats.Notices,
                years = stats.Years.Select(y => new { year = y.Year, count = y.Count, url = stats.Query.Only("year", $"{y.Year}").ToUrl() }),
                stats.Quantities,
                stats.Facets,
            });
        }).AllowAnonymous();
        app.MapGet("/random", Draw).AllowAnonymous();
    }

    /// <summary>Leads to one of the records of a search; to the search itself, which says why, when it has none.</summary>
    private static IResult Draw(HttpContext context, KnowledgeBase library)
    {
        context.Response.Headers.CacheControl = "no-store";
        var options = library.SearchOptions() with { WithFacets = false, WithSnippets = false };
        var query = SearchQuery.Parse(Twins.Parameters(context.Request.Query), options.Resolve, [], out _) with { Page = 1, Size = 1, View = "cards", More = [] };
        var total = library.Search.Search(query, options).Total;
        var hits = total == 0 ? [] : library.Search.Search(query with { Page = Random.Shared.Next(total) + 1 }, options).Hits;
        return Results.Redirect(hits.Count > 0 ? $"/incidents/{hits[0].Slug}" : (query with { Size = SearchQuery.DefaultSize }).ToUrl());
    }
}
