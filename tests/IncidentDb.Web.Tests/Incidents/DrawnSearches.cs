using IncidentDb.Search;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>Searches as people and crawlers make them, drawn by chance from words and from the values that the library has.</summary>
internal sealed class DrawnSearches(KnowledgeBase library, Random random)
{
    private static readonly string[] _texts =
    [
        "dns", "retry storm", "\"control plane\"", "certif*", "kubernets~", "network -bgp", "database OR cache", "(deploy OR rollout) AND config", "company:google", "duration:[2h TO *]",
        "started:[2017 TO 2019]", "loss:>1M", "title:outage", "\"load balancer\"~3", "+power -battery", "the", "a* -google", "severity:S2 queue",
    ];

    private static readonly (string Facet, string[] Ranges)[] _ranges =
    [
        ("year", ["2011..2019", "2016", "..2014", "2020.."]),
        ("duration", ["2h..1d", "..45m", "90m..", "1w.."]),
        ("ttd", ["..5m", "10m..2h"]),
        ("loss", ["1M..", "..250M", "1000000..100000000"]),
        ("users", ["1M..", "..1000"]),
    ];

    private readonly IReadOnlyList<FacetResult> _facets = library.Search.Search(new SearchQuery { Size = 1 }, library.SearchOptions()).Facets;

    public SearchQuery Next()
    {
        var query = new SearchQuery { Text = random.Chance(0.6) ? random.Pick(_texts) : "", Size = 5 };
        for (var facets = random.Next(3); facets > 0; facets--)
        {
            var facet = random.Pick(_facets);
            var include = Values(facet, random.Next(3));
            query = query.With(facet.Facet.Name, new FacetFilter { Include = include, MatchAll = include.Count > 1 && facet.Facet.Multiple && random.Chance(0.5) });
        }

        if (random.Chance(0.4))
        {
            var facet = random.Pick(_facets);
            var filter = query.Filter(facet.Facet.Name);
            query = query.With(facet.Facet.Name, filter with { Exclude = [.. Values(facet, 1 + random.Next(2)).Where(v => !filter.Include.Contains(v))] });
        }

        if (random.Chance(0.4))
        {
            var (name, ranges) = random.Pick(_ranges);
            query = query.With(name, query.Filter(name) with { Include = [random.Pick(ranges)], MatchAll = false });
        }

        return query;
    }

    private List<string> Values(FacetResult facet, int count) =>
        facet.Values.Count == 0 ? [] : [.. Enumerable.Range(0, count).Select(_ => random.Pick(facet.Values).Value).Distinct()];
}
