namespace IncidentDb.Search;

/// <summary>A stretch of text that is searched as one: a section, a line of the timeline, the text of a cause.</summary>
/// <param name="Field">Index into <see cref="TextFields.All"/>.</param>
/// <param name="Anchor">Where it stands on the record's page, e.g. <c>t20120801-0930-impact-start</c>; empty for the top.</param>
/// <param name="Label">What a snippet is headed with, e.g. "Timeline T+0:45"; empty for the field's own label.</param>
/// <param name="Text">Plain text.</param>
public sealed record Passage(int Field, string Anchor, string Label, string Text);

/// <summary>The two bounds of a quantity; NaN where it is not known.</summary>
public readonly record struct Bounds(double Min, double Max)
{
    public static readonly Bounds None = new(double.NaN, double.NaN);

    public bool IsKnown => !double.IsNaN(Min) || !double.IsNaN(Max);
}

/// <summary>The first event of a kind in a record's timeline.</summary>
/// <param name="Type">Its kind, a value of the facet <c>event</c>.</param>
/// <param name="Earliest">The first second it can mean, Unix time.</param>
/// <param name="Latest">The last.</param>
public readonly record struct Moment(string Type, double Earliest, double Latest);

/// <summary>What the search engine knows of a record. It knows nothing of where records are kept.</summary>
public sealed record IndexedRecord
{
    /// <summary>The permanent number of the record.</summary>
    public required long Id { get; init; }

    public required string Slug { get; init; }

    public required IReadOnlyList<Passage> Passages { get; init; }

    /// <summary>Facet name → values. Words above a value in its hierarchy are among them.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Values { get; init; }

    /// <summary>Quantity name (year, loss, duration, ttd, users) → bounds; loss in US dollars, times in minutes.</summary>
    public required IReadOnlyDictionary<string, Bounds> Quantities { get; init; }

    /// <summary>Start of the incident, Unix seconds; NaN where it is not known.</summary>
    public required double Started { get; init; }

    /// <summary>First and last second the start can mean.</summary>
    public required Bounds StartedBounds { get; init; }

    /// <summary>In the order of the timeline, one of each kind.</summary>
    public IReadOnlyList<Moment> Moments { get; init; } = [];

    /// <summary>Sequence in which records were added, for sorting.</summary>
    public required long Added { get; init; }
}
