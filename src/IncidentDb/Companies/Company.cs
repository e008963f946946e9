using IncidentDb.Records;

namespace IncidentDb.Companies;

/// <summary>A company, agency or project that takes part in records.</summary>
public sealed record Company : RecordPart
{
    public string Slug { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>Other names and abbreviations; they resolve in filters and searches.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> FormerNames { get; init; } = [];

    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    public string? Sector { get; init; }

    public string? Country { get; init; }

    public string? Parent { get; init; }

    /// <summary>How a host says the name.</summary>
    public string? SayAs { get; init; }

    /// <summary>One line on what the company does.</summary>
    public string? About { get; init; }

    public IReadOnlyList<KeyPattern> KeyPatterns { get; init; } = [];

    public IReadOnlyList<ScaleMetric> ScaleMetrics { get; init; } = [];

    public IReadOnlyList<CostInsight> CostInsights { get; init; } = [];

    public IReadOnlyList<Source> Sources { get; init; } = [];
}

/// <summary>A pattern the company is known for.</summary>
public sealed record KeyPattern : RecordPart
{
    public string Pattern { get; init; } = "";

    public string Text { get; init; } = "";

    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>How large something was, on a date.</summary>
public sealed record ScaleMetric : RecordPart
{
    public string Text { get; init; } = "";

    public CitedWhen? AsOf { get; init; }

    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>What something cost or saved.</summary>
public sealed record CostInsight : RecordPart
{
    public string Text { get; init; } = "";

    public IReadOnlyList<string> Sources { get; init; } = [];
}
