namespace IncidentDb.Search.Facets;

/// <summary>What a facet's values are.</summary>
public enum FacetKind
{
    /// <summary>Words; a record has none, one or several.</summary>
    Words,

    /// <summary>A quantity with bounds; values are ranges.</summary>
    Quantity,
}

/// <summary>The unit of a quantity, which decides how it is written.</summary>
public enum QuantityUnit
{
    Year,
    UsDollars,
    Minutes,
    Count,
}

/// <summary>A way to narrow a search, declared once: the parameter's name, the label, the vocabulary its words come from.</summary>
public sealed record Facet
{
    /// <summary>The parameter in addresses and the field in queries.</summary>
    public required string Name { get; init; }

    public required string Label { get; init; }

    public FacetKind Kind { get; init; }

    public QuantityUnit Unit { get; init; }

    /// <summary>The vocabulary of its words; null where words come from elsewhere (companies, patterns, episodes, free slugs).</summary>
    public string? Vocabulary { get; init; }

    /// <summary>True when a record can have several values, so that "all of these" makes sense.</summary>
    public bool Multiple { get; init; }

    /// <summary>True when values are listed in the vocabulary's order rather than by count.</summary>
    public bool InOrder { get; init; }

    /// <summary>Values shown before "more".</summary>
    public int Shown { get; init; } = 8;

    /// <summary>For quantities: the ranges offered, as text.</summary>
    public IReadOnlyList<string> Ranges { get; init; } = [];
}

/// <summary>All facets in the order of the page.</summary>
public static class FacetList
{
    public static readonly Facet Year = new()
    {
        Name = "year",
        Label = "Year",
        Kind = FacetKind.Quantity,
        Unit = QuantityUnit.Year,
    };

    /// <summary>The kinds of event in a timeline.</summary>
    public static readonly Facet Event = new() { Name = "event", Label = "Moments", Vocabulary = "event_types", Multiple = true };

    public static readonly IReadOnlyList<Facet> All =
    [
        new() { Name = "kind", Label = "Kind", Vocabulary = "kinds", InOrder = true },
        new() { Name = "cause", Label = "Cause", Vocabulary = "causes", Multiple = true, Shown = 10 },
        new() { Name = "pattern", Label = "Pattern", Multiple = true, Shown = 12 },
        new() { Name = "company", Label = "Company", Multiple = true },
        Year,
        new() { Name = "severity", Label = "Severity", Vocabulary = "severity", InOrder = true },
        new() { Name = "sector", Label = "Sector", Vocabulary = "sectors", Multiple = true },
        new() { Name = "impact", Label = "Impact", Vocabulary = "impact", Multiple = true },
        new() { Name = "detection", Label = "First noticed by", Vocabulary = "detection" },
        new() { Name = "trigger", Label = "Trigger", Vocabulary = "trigger" },
        new() { Name = "resolution", Label = "Resolution", Vocabulary = "resolution", Multiple = true },
        new() { Name = "technology", Label = "Technology", Vocabulary = "technologies", Multiple = true },
        new()
        {
            Name = "duration", Label = "Lasted", Kind = FacetKind.Quantity, Unit = QuantityUnit.Minutes,
            Ranges = ["..10m", "10m..1h", "1h..4h", "4h..1d", "1d..1w", "1w.."],
        },
        new()
        {
            Name = "ttd", Label = "Noticed after", Kind = FacetKind.Quantity, Unit = QuantityUnit.Minutes,
            Ranges = ["..1m", "1m..5m", "5m..30m", "30m..4h", "4h..1d", "1d.."],
        },
        new()
        {
            Name = "loss", Label = "Loss, US$", Kind = FacetKind.Quantity, Unit = QuantityUnit.UsDollars,
            Ranges = ["..1M", "1M..10M", "10M..100M", "100M..1B", "1B.."],
        },
        new()
        {
            Name = "users", Label = "People affected", Kind = FacetKind.Quantity, Unit = QuantityUnit.Count,
            Ranges = ["..10k", "10k..100k", "100k..1M", "1M..10M", "10M..100M", "100M.."],
        },
        new() { Name = "region", Label = "Region", Multiple = true },
        new() { Name = "tag", Label = "Tag", Multiple = true },
        new() { Name = "law", Label = "Law", Vocabulary = "laws", Multiple = true },
        new() { Name = "episode", Label = "Episode", Multiple = true },
        new() { Name = "source_type", Label = "Kind of source", Vocabulary = "source_types", Multiple = true },
        new() { Name = "completeness", Label = "Completeness", InOrder = true },
        new() { Name = "has", Label = "Has", Multiple = true },
        Event,
    ];

    private static readonly Dictionary<string, Facet> _byName = All.ToDictionary(f => f.Name, StringComparer.Ordinal);

    public static Facet? Find(string name) => _byName.GetValueOrDefault(name);

    public static int IndexOf(Facet facet)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (ReferenceEquals(All[i], facet))
                return i;
        }

        return -1;
    }
}
