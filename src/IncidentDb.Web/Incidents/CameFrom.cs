using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Incidents;

/// <summary>
/// The search that one came from to a record. The record's address carries it: the search's own parameters, and with <c>hit</c> the place in its
/// results, from 1.
/// </summary>
public sealed record CameFrom
{
    public required SearchQuery Query { get; init; }

    /// <summary>The record's place in the results; 0 when it is no longer among them.</summary>
    public required int Place { get; init; }

    public required int Total { get; init; }

    public required IncidentSummary? Previous { get; init; }

    public required IncidentSummary? Next { get; init; }

    /// <summary>Null when the search has no words.</summary>
    public required WordMarks? Marks { get; init; }

    /// <summary>The page of results with the record on it.</summary>
    public string BackUrl => Place > 0 ? $"{(Query with { Page = ((Place - 1) / Query.Size) + 1 }).ToUrl()}#hit-{Place}" : Query.ToUrl();

    public string PreviousUrl => Url(Previous!.Slug, Query, Place - 1);

    public string NextUrl => Url(Next!.Slug, Query, Place + 1);

    /// <summary>The address of a result, of one line of it when there is an anchor. Without words, filters and an order there is nothing to come back to.</summary>
    public static string Url(string slug, SearchQuery query, int place, string anchor = "")
    {
        var search = query with { Page = 1, More = [] };
        var carries = search.Text.Length > 0 || search.HasFilters || search.Sort != SearchSort.Relevance;
        var parameters = carries ? string.Create(CultureInfo.InvariantCulture, $"{search.ToQueryString()}&hit={place}") : "";
        return $"/incidents/{slug}{parameters}{(anchor.Length > 0 ? "#" : "")}{anchor}";
    }

    /// <summary>What the address of a record says about where one comes from; null when it says nothing.</summary>
    public static CameFrom? Of(HttpContext context, KnowledgeBase library, long id)
    {
        if (context.Request.Query.Count == 0)
            return null;
        var options = library.SearchOptions() with { WithFacets = false, WithSnippets = false };
        var query = SearchQuery.Parse(Twins.Parameters(context.Request.Query), options.Resolve, [], out _) with { Page = 1, More = [] };
        var hit = context.Request.Query["hit"].ToString();
        if (query.Text.Length == 0 && !query.HasFilters && query.Sort == SearchSort.Relevance)
            return null;
        _ = int.TryParse(hit, NumberStyles.None, CultureInfo.InvariantCulture, out var place);
        place = place is > 0 and <= SearchQuery.MaxDepth ? place : 1;
        // One more than the place that the address names: the next one. A record that has moved since is looked for among these.
        var results = library.Search.Search(query with { Size = place + 1 }, options);
        var at = Math.Min(place, results.Hits.Count) - 1;
        if (at < 0 || results.Hits[at].Id != id)
            at = results.Hits.Select((h, i) => (h.Id, i)).FirstOrDefault(h => h.Id == id, (0, -1)).Item2;
        var around = library.Incidents.Summaries([.. new[] { at - 1, at + 1 }.Where(i => at >= 0 && i >= 0 && i < results.Hits.Count).Select(i => results.Hits[i].Id)]);
        return new CameFrom
        {
            Query = query,
            Place = at + 1,
            Total = results.Total,
            Previous = at > 0 ? around.FirstOrDefault(s => s.Slug == results.Hits[at - 1].Slug) : null,
            Next = at >= 0 && at + 1 < results.Hits.Count ? around.FirstOrDefault(s => s.Slug == results.Hits[at + 1].Slug) : null,
            Marks = library.Search.Marks(query, options),
        };
    }
}
