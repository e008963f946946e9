using System.Globalization;
using IncidentDb.Records;
using NodaTime;

namespace IncidentDb.Wording;

/// <summary>Times as people read them, never finer than they are known.</summary>
public static class WhenWords
{
    /// <summary><c>21 April 2011, 00:47 PDT</c>, <c>about 3 May 2016</c>, <c>20 to 22 April 2018</c>.</summary>
    public static string Full(When when) => Prefix(when) + (when.End is { } end ? Interval(when.Start, end) : Date(when.Start) + (when.Start.HasTime ? $", {Clock(when.Start)} {Zone(when.Start)}" : ""));

    /// <summary>The date alone: <c>21 April 2011</c>, <c>April 2011</c>, <c>2011</c>.</summary>
    public static string Date(When when) => (when.Start.HasTime ? "" : Prefix(when)) + (when.End is { } end && end.Local.Date != when.Start.Local.Date ? Interval(when.Start with { Precision = Coarse(when.Start) }, end with { Precision = Coarse(end) }) : Date(when.Start));

    /// <summary>The day only, for a heading above times.</summary>
    public static string Date(WhenPoint point) => point.Local.ToString(
        point.Precision switch { WhenPrecision.Year => "yyyy", WhenPrecision.Month => "MMMM yyyy", _ => "d MMMM yyyy" },
        CultureInfo.InvariantCulture);

    /// <summary>The time of day: <c>09:30</c>, <c>09:30:15</c>.</summary>
    public static string Clock(WhenPoint point) =>
        point.Local.ToString(point.Precision == WhenPrecision.Second ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a line of a timeline shows: the time where there is one, else the date; with "about" and intervals.</summary>
    public static string InTimeline(When when)
    {
        if (when.End is not { } end)
            return Prefix(when) + (when.Start.HasTime ? Clock(when.Start) : ShortDate(when.Start));
        if (when.Start.HasTime && end.HasTime)
            return $"{Prefix(when)}{Clock(when.Start)}–{(end.Local.Date == when.Start.Local.Date ? "" : ShortDate(end) + ", ")}{Clock(end)}";
        return Prefix(when) + Interval(when.Start, end);
    }

    private static string ShortDate(WhenPoint point) => point.Local.ToString(
        point.Precision switch { WhenPrecision.Year => "yyyy", WhenPrecision.Month => "MMM yyyy", _ => "d MMM yyyy" },
        CultureInfo.InvariantCulture);

    private static string Prefix(When when) => (when.Approximate ? "about " : "") + (when.Uncertain ? "perhaps " : "");

    private static WhenPrecision Coarse(WhenPoint point) => point.HasTime ? WhenPrecision.Day : point.Precision;

    private static string Interval(WhenPoint start, WhenPoint end)
    {
        if (start.HasTime && end.HasTime && start.Local.Date == end.Local.Date)
            return $"{Date(start)}, {Clock(start)} to {Clock(end)} {Zone(end)}";
        if (start.HasTime || end.HasTime)
            return $"{Date(start)}{(start.HasTime ? ", " + Clock(start) : "")} to {Date(end)}{(end.HasTime ? $", {Clock(end)} {Zone(end)}" : "")}";
        if (start.Precision == WhenPrecision.Day && end.Precision == WhenPrecision.Day && start.Local.Year == end.Local.Year)
        {
            return start.Local.Month == end.Local.Month
                ? $"{start.Local.Day} to {Date(end)}"
                : $"{start.Local.ToString("d MMMM", CultureInfo.InvariantCulture)} to {Date(end)}";
        }

        return $"{Date(start)} to {Date(end)}";
    }

    /// <summary><c>UTC</c>, <c>UTC−4</c>, or the zone's abbreviation at that time (<c>EDT</c>).</summary>
    public static string Zone(WhenPoint point)
    {
        if (point.Zone is null or "Z")
            return "UTC";
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(point.Zone) is { } zone && zone.GetZoneInterval(Instant.FromDateTimeOffset(point.Earliest)).Name is { Length: > 1 } name && char.IsLetter(name[0]))
            return name;
        return Offset(point.Offset ?? TimeSpan.Zero);
    }

    public static string Offset(TimeSpan offset) => offset == TimeSpan.Zero
        ? "UTC"
        : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{offset.Duration().Hours}{(offset.Minutes != 0 ? $":{offset.Duration().Minutes:00}" : "")}");

    /// <summary>The value of a <c>datetime</c> attribute.</summary>
    public static string Attribute(WhenPoint point) => point.Precision switch
    {
        WhenPrecision.Year => point.Local.ToString("yyyy", CultureInfo.InvariantCulture),
        WhenPrecision.Month => point.Local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        WhenPrecision.Day => point.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        WhenPrecision.Minute => point.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) + WhenText.OffsetText(point.Offset ?? TimeSpan.Zero),
        _ => point.Local.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + WhenText.OffsetText(point.Offset ?? TimeSpan.Zero),
    };
}
