using IncidentDb.Records;
using IncidentDb.Wording;
using NodaTime;

namespace IncidentDb.PrepSheets;

/// <summary>The clock in which times of day are printed: the record's own, or that of the host's zone.</summary>
public sealed class HostClock
{
    public const string OfRecord = "record";

    /// <summary>Zones offered for choosing; any other name of the time zone database works as well.</summary>
    public static readonly IReadOnlyList<string> Offered =
    [
        "UTC", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Sao_Paulo", "Europe/London", "Europe/Berlin",
        "Africa/Johannesburg", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Pacific/Auckland",
    ];

    private readonly DateTimeZone? _zone;

    private HostClock(string name, DateTimeZone? zone) => (Name, _zone) = (name, zone);

    public static readonly HostClock Record = new(OfRecord, null);

    public string Name { get; }

    /// <summary>The clock of a name, or null when there is no such zone.</summary>
    public static HostClock? Find(string? name) => name is null or "" or OfRecord
        ? Record
        : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name == "UTC" ? "Etc/UTC" : name) is { } zone ? new HostClock(name, zone) : null;

    /// <summary>The same instant in this clock; a date without a time of day stays as it is.</summary>
    public WhenPoint In(WhenPoint point)
    {
        if (_zone is null || !point.HasTime)
            return point;
        var there = Instant.FromDateTimeOffset(point.Earliest).InZone(_zone);
        return point with { Local = there.ToDateTimeUnspecified(), Zone = _zone.Id, Offset = there.Offset.ToTimeSpan() };
    }

    /// <summary><c>15:51 UTC</c>, with the day where it is not that of <paramref name="start"/>; null for a time without a time of day.</summary>
    public string? Print(When when, When? start)
    {
        if (!when.Start.HasTime)
            return null;
        var (from, origin) = (In(when.Start), start is null ? null : In(start.Start));
        var day = origin is null || origin.Local.Date != from.Local.Date ? WhenWords.Date(from) + ", " : "";
        var about = (when.Approximate ? "about " : "") + (when.Uncertain ? "perhaps " : "");
        if (when.End is not { } end)
            return $"{about}{day}{WhenWords.Clock(from)} {WhenWords.Zone(from)}";
        var to = In(end);
        var endDay = to.Local.Date == from.Local.Date ? "" : WhenWords.Date(to) + (end.HasTime ? ", " : "");
        return $"{about}{day}{WhenWords.Clock(from)} to {endDay}{(end.HasTime ? WhenWords.Clock(to) : "")} {WhenWords.Zone(from)}";
    }
}
