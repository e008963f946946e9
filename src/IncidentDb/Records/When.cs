using System.Text.Json.Serialization;

namespace IncidentDb.Records;

/// <summary>How fine a point in time is known.</summary>
public enum WhenPrecision
{
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// <summary>One end of a <see cref="When"/>: a calendar time at the precision its source gives it, and the instants it can mean.</summary>
public sealed record WhenPoint
{
    public required WhenPrecision Precision { get; init; }

    /// <summary>The local calendar time; parts finer than the precision are zero or one.</summary>
    public required DateTime Local { get; init; }

    /// <summary>The zone as written: <c>Z</c>, <c>-04:00</c> or <c>America/New_York</c>; null for a date without a zone.</summary>
    public string? Zone { get; init; }

    /// <summary>Offset from UTC that applies at this time; null for a date without a zone.</summary>
    public TimeSpan? Offset { get; init; }

    public bool Approximate { get; init; }

    public bool Uncertain { get; init; }

    /// <summary>The first instant (UTC) the point can mean.</summary>
    [JsonIgnore]
    public DateTimeOffset Earliest => new(Local - (Offset ?? TimeSpan.Zero), TimeSpan.Zero);

    /// <summary>The last whole second (UTC) the point can mean.</summary>
    [JsonIgnore]
    public DateTimeOffset Latest => Earliest + (Precision switch
    {
        WhenPrecision.Year => Local.AddYears(1) - Local,
        WhenPrecision.Month => Local.AddMonths(1) - Local,
        WhenPrecision.Day => TimeSpan.FromDays(1),
        WhenPrecision.Minute => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromSeconds(1),
    }) - TimeSpan.FromSeconds(1);

    [JsonIgnore]
    public bool HasTime => Precision >= WhenPrecision.Minute;
}

/// <summary>
/// A time as the record format writes it: a date or time of any precision, approximate or uncertain, or an interval of two.
/// Sorting uses <see cref="Earliest"/>, filtering the overlap of earliest to latest.
/// </summary>
public sealed record When
{
    public required WhenPoint Start { get; init; }

    /// <summary>The end of an interval <c>a/b</c>: the thing happened between the two. Null for a single point.</summary>
    public WhenPoint? End { get; init; }

    /// <summary>Offset from the record's <c>started</c> when it was written as <c>T+hh:mm</c>; the points are then derived from it.</summary>
    public TimeSpan? Relative { get; init; }

    [JsonIgnore]
    public DateTimeOffset Earliest => Start.Earliest;

    [JsonIgnore]
    public DateTimeOffset Latest => (End ?? Start).Latest;

    [JsonIgnore]
    public bool Approximate => Start.Approximate || End is { Approximate: true };

    [JsonIgnore]
    public bool Uncertain => Start.Uncertain || End is { Uncertain: true };

    [JsonIgnore]
    public string? Zone => Start.Zone ?? End?.Zone;

    /// <summary>True for a point known to the minute or second: differences between two such are exact.</summary>
    [JsonIgnore]
    public bool IsExact => End is null && Start.HasTime && !Start.Approximate && !Start.Uncertain;

    /// <summary>The canonical text, as it stands in files.</summary>
    public override string ToString() => WhenText.Write(this);
}
