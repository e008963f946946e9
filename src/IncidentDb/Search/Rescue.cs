using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>A search that finds something where the one that was asked finds nothing.</summary>
/// <param name="Without">What was left out: a filter's label or a part of the query as it was understood.</param>
/// <param name="Query">The search without it.</param>
/// <param name="Total">What it finds.</param>
public sealed record Rescue(string Without, SearchQuery Query, int Total)
{
    private const int MaxTried = 10;
    private const int Shown = 3;

    /// <summary>Searches without one filter or one required part, those that find most first.</summary>
    internal static IReadOnlyList<Rescue> For(SearchQuery query, QueryNode? root, Func<SearchQuery, int> total)
    {
        var tried = new List<(string Without, SearchQuery Query)>();
        foreach (var (name, _) in query.Filters)
            tried.Add((FacetList.Find(name)?.Label ?? name, query.With(name, FacetFilter.None)));
        if (root is AndNode and)
        {
            foreach (var item in and.Items)
            {
                var rest = and.Items.Where(i => !ReferenceEquals(i, item)).ToList();
                tried.Add((item.ToString(), query with { Text = (rest.Count == 1 ? rest[0] : new AndNode(rest)).ToString(), Page = 1 }));
            }
        }

        if (query.Filters.Count > 1)
            tried.Add(("all filters", query.WithoutFilters()));
        return [.. tried.Take(MaxTried).Select(t => new Rescue(t.Without, t.Query, total(t.Query))).Where(r => r.Total > 0).OrderByDescending(r => r.Total).Take(Shown)];
    }
}
