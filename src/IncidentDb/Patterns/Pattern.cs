using IncidentDb.Records;

namespace IncidentDb.Patterns;

/// <summary>A design pattern: what it solves, how to see that it is violated, and what it costs.</summary>
public sealed record Pattern : RecordPart
{
    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    public string Category { get; init; } = "";

    /// <summary>gold, silver or bronze: how well proven it is.</summary>
    public string Tier { get; init; } = "";

    public string? Status { get; init; }

    /// <summary>The year it was first described or widely used.</summary>
    public CitedWhen? Emerged { get; init; }

    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>Slug of another pattern and the relation to it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Related { get; init; } = [];

    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>The pattern in one line.</summary>
    public string OneLine { get; init; } = "";

    public IReadOnlyList<Section> Sections { get; init; } = [];

    public string? Section(string id) => Sections.FirstOrDefault(s => s.Id == id)?.Markdown;
}

/// <summary>Patterns that work together or against each other, with the reason.</summary>
public sealed record Combination : RecordPart
{
    public string Slug { get; init; } = "";

    public string Label { get; init; } = "";

    /// <summary>together or conflict.</summary>
    public string Relation { get; init; } = "";

    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>What the patterns meet besides each other, e.g. "high latency".</summary>
    public string? With { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Records that show it.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];
}

/// <summary>A stretch of years in which patterns of one kind came up.</summary>
public sealed record Era : RecordPart
{
    public string Slug { get; init; } = "";

    public string Label { get; init; } = "";

    public CitedWhen? From { get; init; }

    public CitedWhen? To { get; init; }

    public string Meaning { get; init; } = "";

    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Records that drove it.</summary>
    public IReadOnlyList<string> Incidents { get; init; } = [];

    /// <summary>Papers, books and talks that drove it.</summary>
    public IReadOnlyList<Source> Sources { get; init; } = [];
}
