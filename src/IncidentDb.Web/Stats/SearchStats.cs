using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Web.Stats;

/// <summary>A value or range with its records.</summary>
public sealed record StatRow(string Value, string Label, int Count, string Url);

/// <summary>How a quantity is spread over the records of a search.</summary>
/// <param name="Known">Records in which it is known.</param>
/// <param name="MedianMin">The median lies between this and</param>
/// <param name="MedianMax">this: of a record whose quantity is a range both ends count. Null where none is known. Minutes or US dollars.</param>
/// <param name="Ranges">Steps of a logarithmic scale; a record that can lie in two counts in both.</param>
public sealed record StatQuantity(string Name, string Label, int Known, double? MedianMin, double? MedianMax, IReadOnlyList<StatRow> Ranges);

/// <summary>The most frequent values of a facet.</summary>
public sealed record StatFacet(string Name, string Label, IReadOnlyList<StatRow> Values);

/// <summary>What a search looks like in figures: every count is the total behind its address. The records themselves are read up to a limit.</summary>
public sealed record SearchStats
{
    private const int Shown = 10;

    /// <summary>Medians of more records would take longer to read than anybody waits.</summary>
    private const int MostRead = 2_000;
    private static readonly string[] _quantities = ["duration", "ttd", "loss"];
    private static readonly string[] _facets = ["cause", "pattern", "severity", "detection", "trigger", "resolution", "sector", "company"];

    public required SearchQuery Query { get; init; }

    public required int Total { get; init; }

    /// <summary>Records that the medians are of: all, or the first two thousand of the search.</summary>
    public required int Read { get; init; }

    public required IReadOnlyList<(int Year, int Count)> Years { get; init; }

    public required IReadOnlyList<StatQuantity> Quantities { get; init; }

    public required IReadOnlyList<StatFacet> Facets { get; init; }

    public required IReadOnlyList<string> Notices { get; init; }

    public static SearchStats Of(KnowledgeBase library, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var notices = new List<string>();
        var options = library.SearchOptions();
        var query = SearchQuery.Parse(parameters, options.Resolve, notices, out _) with { Page = 1, Size = MostRead, View = "cards", More = [] };
        var results = library.Search.Search(query, options with { Notices = notices, WithSnippets = false });
        var summaries = library.Summaries(results);
        query = query with { Size = SearchQuery.DefaultSize };
        var words = library.FacetWords;
        StatRow Row(FacetResult facet, FacetValue value) => new(value.Value, words.Label(facet.Facet, value.Value), value.Count, query.Only(facet.Facet.Name, value.Value).ToUrl());
        return new SearchStats
        {
            Query = query,
            Total = results.Total,
            Read = summaries.Count,
            Years = results.Years,
            Notices = results.Notices,
            Quantities = [.. _quantities.Select(name => results.Facet(name)!).Select(f => Quantity(f, summaries, [.. f.Values.Where(v => !Records.Blank.Is(v.Value) || v.Count > 0).Select(v => Row(f, v))]))],
            Facets =
            [
                .. _facets.Select(name => results.Facet(name)!)
                    .Select(f => new StatFacet(f.Facet.Name, f.Facet.Label, [.. f.Values.Where(v => v.Count > 0).OrderByDescending(v => v.Count).ThenBy(v => v.Value, StringComparer.Ordinal).Take(Shown).Select(v => Row(f, v))]))
                    .Where(f => f.Values.Count > 0),
            ],
        };
    }

    private static StatQuantity Quantity(FacetResult facet, IReadOnlyList<IncidentSummary> summaries, IReadOnlyList<StatRow> ranges)
    {
        var known = summaries.Select(s => Bounds(s, facet.Facet.Name)).OfType<(double Min, double Max)>().ToList();
        return new StatQuantity(facet.Facet.Name, facet.Facet.Label, known.Count, Median(known.Select(k => k.Min)), Median(known.Select(k => k.Max)), ranges);
    }

    private static (double Min, double Max)? Bounds(IncidentSummary incident, string quantity) => quantity switch
    {
        "duration" => incident.Lasted is { } lasted ? (lasted.Min.TotalMinutes, lasted.Max.TotalMinutes) : null,
        "ttd" => incident.TimeToDetect is { } ttd ? (ttd.Min.TotalMinutes, ttd.Max.TotalMinutes) : null,
        _ => (incident.Loss?.UsdMin ?? incident.Loss?.UsdMax) is { } min ? ((double)min, (double)(incident.Loss?.UsdMax ?? min)) : null,
    };

    /// <summary>The middle one, or halfway between the two in the middle.</summary>
    public static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
