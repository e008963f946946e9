using IncidentDb.Search.Facets;

namespace IncidentDb.Search;

/// <summary>A value of a facet beside the results.</summary>
public sealed record FacetValue
{
    public required string Value { get; init; }

    /// <summary>The total of the same search with this facet's own choices replaced by this value.</summary>
    public required int Count { get; init; }

    public required bool Selected { get; init; }

    public required bool Excluded { get; init; }
}

/// <summary>A facet beside the results: chosen values first in their order, never hidden by the choice of others.</summary>
public sealed record FacetResult
{
    public required Facet Facet { get; init; }

    public required bool MatchAll { get; init; }

    public required IReadOnlyList<FacetValue> Values { get; init; }

    /// <summary>Values with at least one record, shown or not.</summary>
    public required int Available { get; init; }
}

/// <summary>A passage of a hit with the matching words marked.</summary>
public sealed record Snippet
{
    /// <summary>The field's name: title, summary, causes …</summary>
    public required string Field { get; init; }

    /// <summary>What the page heads it with: "Timeline T+0:45".</summary>
    public required string Label { get; init; }

    /// <summary>Escaped text with <c>&lt;mark&gt;</c> as its only element.</summary>
    public required Markup.SafeHtml Html { get; init; }

    /// <summary>Anchor on the record's page; empty for the top.</summary>
    public required string Anchor { get; init; }
}

public sealed record SearchHit
{
    public required long Id { get; init; }

    public required string Slug { get; init; }

    public required float Score { get; init; }

    public required IReadOnlyList<Snippet> Snippets { get; init; }
}

/// <summary>The time of each part of a search.</summary>
/// <param name="Match">Parsing the query and finding the records.</param>
/// <param name="Collect">Filtering, counting and sorting.</param>
/// <param name="Snippets">Cutting out and marking the passages.</param>
/// <param name="Values">Naming and ordering the facet values.</param>
public readonly record struct SearchParts(TimeSpan Match, TimeSpan Collect, TimeSpan Snippets, TimeSpan Values);

/// <summary>One page of results.</summary>
public sealed record SearchResults
{
    public required SearchQuery Query { get; init; }

    public required int Total { get; init; }

    public required IReadOnlyList<SearchHit> Hits { get; init; }

    public required IReadOnlyList<FacetResult> Facets { get; init; }

    /// <summary>Records of each year under the search without its year filter, for the histogram.</summary>
    public required IReadOnlyList<(int Year, int Count)> Years { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>The search with a rare word replaced by a frequent one that is written nearly the same; null when there is none.</summary>
    public Correction? DidYouMean { get; init; }

    /// <summary>When nothing was found: searches that find something.</summary>
    public IReadOnlyList<Rescue> Rescues { get; init; } = [];

    public required TimeSpan Took { get; init; }

    /// <summary>The change up to which the index knows the library.</summary>
    public required long Seq { get; init; }

    /// <summary>True when the time ran out: hits, counts or offers are missing, and the same search may have them the next time.</summary>
    public required bool IsPartial { get; init; }

    /// <summary>Where the time went.</summary>
    public required SearchParts Parts { get; init; }

    public int Pages => (Math.Min(Total, SearchQuery.MaxDepth) + Query.Size - 1) / Query.Size;

    public FacetResult? Facet(string name) => Facets.FirstOrDefault(f => f.Facet.Name == name);
}
