using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>What a rescue leaves out.</summary>
public enum RescueKind
{
    /// <summary>The choices in one facet.</summary>
    Filter,

    /// <summary>The choices in all facets.</summary>
    Filters,

    /// <summary>One part of the query.</summary>
    Part,

    /// <summary>The whole query; the filters stay.</summary>
    Words,
}

/// <summary>A search that finds something where the one that was asked finds nothing.</summary>
/// <param name="Kind">What kind of thing was left out.</param>
/// <param name="Without">What was left out: a facet's name, or a part of the query as it was understood; empty where the kind says it all.</param>
/// <param name="Query">The search without it.</param>
/// <param name="Total">What it finds.</param>
public sealed record Rescue(RescueKind Kind, string Without, SearchQuery Query, int Total)
{
    /// <summary>All of them together take no longer than this share of what the search may take: 20 of 200 ms.</summary>
    internal const double Share = 0.1;

    private const int MaxTried = 10;
    private const int Shown = 4;

    /// <summary>
    /// Searches without one filter or one required part, those that find most first: the first names what costs most. A null total is a search there
    /// was no time for.
    /// </summary>
    internal static IReadOnlyList<Rescue> For(SearchQuery query, QueryNode? root, Func<SearchQuery, int?> total)
    {
        var tried = new List<(RescueKind Kind, string Without, SearchQuery Query)>();
        foreach (var (name, _) in query.Filters)
            tried.Add((RescueKind.Filter, name, query.With(name, FacetFilter.None)));
        if (root is AndNode and)
        {
            foreach (var item in and.Items)
            {
                var rest = and.Items.Where(i => !ReferenceEquals(i, item)).ToList();
                tried.Add((RescueKind.Part, item.ToString(), query with { Text = (rest.Count == 1 ? rest[0] : new AndNode(rest)).ToString(), Page = 1 }));
            }
        }

        if (query.Filters.Count > 1)
            tried.Add((RescueKind.Filters, "", query.WithoutFilters()));
        if (root is not null && query.HasFilters)
            tried.Add((RescueKind.Words, "", query with { Text = "", Page = 1 }));
        return
        [
            .. tried.Take(MaxTried)
                .Select(t => new Rescue(t.Kind, t.Without, t.Query, total(t.Query) ?? 0))
                .Where(r => r.Total > 0)
                .OrderByDescending(r => r.Total)
                .Take(Shown),
        ];
    }
}

/// <summary>A search spelt otherwise that finds far more.</summary>
/// <param name="Query">The search with the other spelling.</param>
/// <param name="Total">What it finds.</param>
public sealed record Correction(SearchQuery Query, int Total);
