using System.Globalization;
using System.Text;
using NodaTime;

namespace IncidentDb.Records;

/// <summary>
/// The text form of a <see cref="When"/>: <c>1628</c>, <c>2011-04</c>, <c>2012-08-01</c>, <c>2012-08-01T09:30-04:00</c>,
/// <c>2012-08-01T09:30[America/New_York]</c>, suffix <c>~</c> (approximate) and <c>?</c> (uncertain), <c>a/b</c> (an interval).
/// In a timeline also <c>09:30</c> (the day and zone of the line before) and <c>T+00:45</c> (relative to <c>started</c>).
/// </summary>
public static class WhenText
{
    public const int FirstYear = 1628;
    public const int LastYear = 2199;

    /// <summary>What a bare or relative time refers to.</summary>
    public sealed record Reference
    {
        /// <summary>The line before, or <c>started</c> for the first line.</summary>
        public WhenPoint? Previous { get; init; }

        public WhenPoint? Started { get; init; }
    }

    /// <summary>The time, or null and a sentence that says what is wrong with the text.</summary>
    public static When? Parse(string text, Reference? reference, out string wrong)
    {
        text = text.Trim();
        var slash = text.IndexOf('/');
        // A zone name has a slash of its own: look for the one outside brackets.
        for (var depth = 0; slash >= 0; slash = text.IndexOf('/', slash + 1))
        {
            depth = text.AsSpan(0, slash).Count('[') - text.AsSpan(0, slash).Count(']');
            if (depth == 0)
                break;
        }

        if (slash < 0)
        {
            // "T" and no letter behind it: "Tuesday" is no time at all.
            if (text is ['T' or 't'] or ['T' or 't', not ((>= 'a' and <= 'z') or (>= 'A' and <= 'Z')), ..])
                return ParseRelative(text, reference, out wrong);
            return ParsePoint(text, reference, out wrong) is { } point ? new When { Start = point } : null;
        }

        var start = ParsePoint(text[..slash], reference, out wrong);
        if (start is null)
            return null;
        var end = ParsePoint(text[(slash + 1)..], new Reference { Previous = start, Started = reference?.Started }, out wrong);
        if (end is null)
            return null;
        if (end.Latest < start.Earliest)
        {
            wrong = $"The interval “{text}” ends before it begins.";
            return null;
        }

        return new When { Start = start, End = end };
    }

    private static When? ParseRelative(string text, Reference? reference, out string wrong)
    {
        wrong = $"“{text}” is no relative time; write T+hh:mm or T-hh:mm, for example T+00:45.";
        if (reference is null)
        {
            wrong = $"“{text}” is relative; relative times belong in the timeline.";
            return null;
        }

        var body = TakeSuffix(text, out var approximate, out var uncertain);
        if (body.Length < 5 || body[1] is not ('+' or '-' or '−'))
            return null;
        var parts = body[2..].Split(':');
        if (parts.Length is < 2 or > 3 || !Digits(parts[0], 1, 5, out var hours) || !Digits(parts[1], 2, 2, out var minutes) || minutes > 59)
            return null;
        var seconds = 0;
        if (parts.Length == 3 && (!Digits(parts[2], 2, 2, out seconds) || seconds > 59))
            return null;
        if (reference.Started is not { HasTime: true } started)
        {
            wrong = $"“{text}” counts from “started”, which has no time of day.";
            return null;
        }

        var offset = new TimeSpan(hours, minutes, seconds);
        if (body[1] != '+')
            offset = -offset;
        wrong = "";
        var utcOffset = OffsetAt(started.Zone, started.Earliest + offset) ?? started.Offset ?? TimeSpan.Zero;
        return new When
        {
            Relative = offset,
            Start = started with
            {
                Local = (started.Earliest + offset).UtcDateTime + utcOffset,
                Offset = utcOffset,
                Precision = parts.Length == 3 ? WhenPrecision.Second : WhenPrecision.Minute,
                Approximate = approximate || started.Approximate,
                Uncertain = uncertain || started.Uncertain,
            },
        };
    }

    private static WhenPoint? ParsePoint(string text, Reference? reference, out string wrong)
    {
        text = text.Trim();
        var body = TakeSuffix(text, out var approximate, out var uncertain);
        wrong = $"“{text}” is no time; write 2012, 2012-08, 2012-08-01, 2012-08-01T09:30-04:00 or 2012-08-01T09:30[America/New_York], with ~ for “about” and ? for “uncertain”.";
        var clock = body.IndexOf('T');
        var date = clock >= 0 ? body[..clock] : body;
        string? time = clock >= 0 ? body[(clock + 1)..] : null;
        if (clock < 0 && body.Contains(':'))
        {
            if (reference is null)
            {
                wrong = $"“{text}” has no date; write 2012-08-01T{body}-04:00.";
                return null;
            }

            if (reference.Previous is not { Precision: >= WhenPrecision.Day } previous)
            {
                wrong = $"“{text}” has no date and the line before names no day.";
                return null;
            }

            time = body;
            date = previous.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var parts = date.Split('-');
        if (parts.Length > 3 || !Digits(parts[0], 4, 4, out var year))
            return null;
        if (year is < FirstYear or > LastYear)
        {
            wrong = $"The year {year} is outside {FirstYear} to {LastYear}.";
            return null;
        }

        int month = 1, day = 1;
        if (parts.Length > 1 && (!Digits(parts[1], 2, 2, out month) || month is < 1 or > 12))
        {
            wrong = $"“{text}”: there is no month {parts[1]}.";
            return null;
        }

        if (parts.Length > 2 && (!Digits(parts[2], 2, 2, out day) || day < 1 || day > DateTime.DaysInMonth(year, month)))
        {
            var last = DateTime.DaysInMonth(year, month);
            wrong = $"“{text}”: {day} {CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(month)} {year} does not exist; the month has {last} days.";
            return null;
        }

        var precision = parts.Length switch { 1 => WhenPrecision.Year, 2 => WhenPrecision.Month, _ => WhenPrecision.Day };
        var point = new WhenPoint { Precision = precision, Local = new DateTime(year, month, day), Approximate = approximate, Uncertain = uncertain };
        if (time is null)
        {
            wrong = "";
            // A day in a timeline is a day where the incident was, so that it sorts with the times around it.
            var zone = precision == WhenPrecision.Day ? reference?.Previous?.Zone ?? reference?.Started?.Zone : null;
            return zone is null ? point : point with { Zone = zone, Offset = OffsetAt(zone, point.Local) };
        }

        if (precision != WhenPrecision.Day)
        {
            wrong = $"“{text}” has a time of day but no day.";
            return null;
        }

        return WithTime(point, time, text, reference, out wrong);
    }

    private static WhenPoint? WithTime(WhenPoint day, string time, string text, Reference? reference, out string wrong)
    {
        string? zone = null;
        var bracket = time.IndexOf('[');
        if (bracket >= 0)
        {
            if (!time.EndsWith(']'))
            {
                wrong = $"“{text}”: the bracket of the zone is never closed.";
                return null;
            }

            zone = time[(bracket + 1)..^1];
            time = time[..bracket];
            if (!IsZone(zone))
            {
                wrong = $"“{text}”: “{zone}” is no time zone; write a name of the IANA list, for example [America/New_York].";
                return null;
            }
        }

        var cut = time.IndexOfAny(['Z', 'z', '+', '-', '−']);
        string? offsetText = cut >= 0 ? time[cut..].Replace('−', '-') : null;
        if (cut >= 0)
            time = time[..cut];
        var parts = time.Split(':');
        if (parts.Length is < 2 or > 3 || !Digits(parts[0], 2, 2, out var hour) || !Digits(parts[1], 2, 2, out var minute) || hour > 23 || minute > 59)
        {
            wrong = $"“{text}”: “{time}” is no time of day; write 09:30 (00:00 to 23:59).";
            return null;
        }

        var second = 0;
        if (parts.Length == 3 && (!Digits(parts[2], 2, 2, out second) || second > 59))
        {
            wrong = $"“{text}”: “{time}” is no time of day; seconds run from 00 to 59.";
            return null;
        }

        var local = day.Local.Add(new TimeSpan(hour, minute, second));
        TimeSpan? offset = null;
        if (offsetText is not null)
        {
            if (offsetText is "Z" or "z")
            {
                offset = TimeSpan.Zero;
                zone ??= "Z";
            }
            else if (FixedOffset(offsetText) is { } fixedOffset)
            {
                offset = fixedOffset;
                zone ??= offsetText;
            }
            else
            {
                wrong = $"“{text}”: “{offsetText}” is no offset from UTC; write -04:00, +05:30 or Z.";
                return null;
            }

            if (OffsetAt(zone, local) is not null && !Applies(zone, local, offset.Value))
            {
                wrong = $"“{text}”: the clocks of {zone} did not stand at {offsetText} from UTC then; leave one of the two out.";
                return null;
            }
        }

        zone ??= reference?.Previous?.Zone ?? reference?.Started?.Zone;
        if (zone is null)
        {
            wrong = $"“{text}” has a time but no zone; add -04:00, Z or [America/New_York], or give only the day.";
            return null;
        }

        offset ??= OffsetAt(zone, local);
        if (offset is null)
        {
            wrong = $"“{text}”: that time was skipped in {zone} when the clocks went forward.";
            return null;
        }

        wrong = "";
        return day with
        {
            Precision = parts.Length == 3 ? WhenPrecision.Second : WhenPrecision.Minute,
            Local = local,
            Zone = zone,
            Offset = offset,
        };
    }

    /// <summary>The offset of a zone at a local time (the earlier one when the clocks went back), or null for no such zone or time.</summary>
    private static TimeSpan? OffsetAt(string? zone, DateTime local)
    {
        if (zone is null)
            return null;
        if (zone == "Z")
            return TimeSpan.Zero;
        if (FixedOffset(zone) is { } fixedOffset)
            return fixedOffset;
        var tz = DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone);
        if (tz is null)
            return null;
        var mapping = tz.MapLocal(LocalDateTime.FromDateTime(local));
        return mapping.Count == 0 ? null : mapping.First().Offset.ToTimeSpan();
    }

    /// <summary>True for an offset that a zone has at a local time: one of two when the clocks went back.</summary>
    private static bool Applies(string zone, DateTime local, TimeSpan offset) =>
        OffsetAt(zone, local) == offset
        || (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)?.MapLocal(LocalDateTime.FromDateTime(local)) is { Count: 2 } twice && twice.Last().Offset.ToTimeSpan() == offset);

    /// <summary><c>-04:00</c> as a length of time, or null.</summary>
    private static TimeSpan? FixedOffset(string text) =>
        text.Length == 6 && text[0] is '+' or '-' && text[3] == ':' && Digits(text[1..3], 2, 2, out var hours) && Digits(text[4..], 2, 2, out var minutes) && hours <= 14 && minutes <= 59
            ? new TimeSpan(hours, minutes, 0) * (text[0] == '-' ? -1 : 1)
            : null;

    /// <summary>The offset of a named zone at an instant; null when the zone is no name.</summary>
    private static TimeSpan? OffsetAt(string? zone, DateTimeOffset instant) =>
        zone is not null && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } tz
            ? tz.GetUtcOffset(Instant.FromDateTimeOffset(instant)).ToTimeSpan()
            : null;

    private static bool IsZone(string zone) => zone == "Z" || FixedOffset(zone) is not null || DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    private static string TakeSuffix(string text, out bool approximate, out bool uncertain)
    {
        approximate = uncertain = false;
        while (text.Length > 0 && text[^1] is '~' or '?' or '%')
        {
            approximate |= text[^1] is '~' or '%';
            uncertain |= text[^1] is '?' or '%';
            text = text[..^1];
        }

        return text;
    }

    private static bool Digits(string text, int min, int max, out int value)
    {
        value = 0;
        if (text.Length < min || text.Length > max)
            return false;
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }

    /// <summary>The canonical text with its date and zone.</summary>
    public static string Write(When when) => when.End is null ? WritePoint(when.Start) : $"{WritePoint(when.Start)}/{WritePoint(when.End)}";

    /// <summary>The canonical text in a timeline: relative as written, a bare time on the day of the line before, else date and time.</summary>
    public static string WriteIn(When when, Reference reference)
    {
        if (when.Relative is { } offset)
        {
            var length = offset.Duration();
            var text = $"T{(offset < TimeSpan.Zero ? '-' : '+')}{(int)length.TotalHours:00}:{length.Minutes:00}";
            if (when.Start.Precision == WhenPrecision.Second)
                text += $":{length.Seconds:00}";
            var started = reference.Started;
            return text + Suffix(when.Start.Approximate && started is not { Approximate: true }, when.Start.Uncertain && started is not { Uncertain: true });
        }

        var first = WritePointIn(when.Start, reference);
        return when.End is null ? first : $"{first}/{WritePointIn(when.End, new Reference { Previous = when.Start, Started = reference.Started })}";
    }

    private static string WritePointIn(WhenPoint point, Reference reference)
    {
        var zone = (reference.Previous ?? reference.Started)?.Zone ?? reference.Started?.Zone;
        if (!point.HasTime)
            return WritePoint(point with { Zone = null });
        var bare = zone == point.Zone && SameOffset(point);
        if (!bare)
            return WritePoint(point);
        var sameDay = reference.Previous is { Precision: >= WhenPrecision.Day } previous && previous.Local.Date == point.Local.Date;
        var date = sameDay ? "" : point.Local.ToString("yyyy-MM-dd'T'", CultureInfo.InvariantCulture);
        return date + Time(point) + Suffix(point.Approximate, point.Uncertain);
    }

    /// <summary>False in the hour that a clock change repeats: the offset must then be written out.</summary>
    private static bool SameOffset(WhenPoint point) => OffsetAt(point.Zone, point.Local) == point.Offset;

    private static string WritePoint(WhenPoint point)
    {
        var text = new StringBuilder(point.Local.ToString(
            point.Precision switch { WhenPrecision.Year => "yyyy", WhenPrecision.Month => "yyyy-MM", _ => "yyyy-MM-dd" },
            CultureInfo.InvariantCulture));
        if (point.HasTime)
        {
            text.Append('T').Append(Time(point));
            if (point.Zone is ['+' or '-', ..] or "Z")
                text.Append(point.Zone);
            else if (point.Zone is not null)
                text.Append(SameOffset(point) ? "" : OffsetText(point.Offset!.Value)).Append('[').Append(point.Zone).Append(']');
        }

        return text.Append(Suffix(point.Approximate, point.Uncertain)).ToString();
    }

    /// <summary>The Extended Date/Time Format text: zone names become offsets, and approximate plus uncertain is <c>%</c>.</summary>
    public static string Edtf(When when) => when.End is null ? EdtfPoint(when.Start) : $"{EdtfPoint(when.Start)}/{EdtfPoint(when.End)}";

    private static string EdtfPoint(WhenPoint point)
    {
        var zone = point.Offset is { } offset && point.HasTime ? OffsetText(offset) : null;
        var text = WritePoint(point with { Zone = zone == "+00:00" ? "Z" : zone, Approximate = false, Uncertain = false });
        return text + (point.Approximate && point.Uncertain ? "%" : Suffix(point.Approximate, point.Uncertain));
    }

    public static string OffsetText(TimeSpan offset) =>
        $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset.Duration().Hours:00}:{offset.Duration().Minutes:00}";

    private static string Time(WhenPoint point) =>
        point.Local.ToString(point.Precision == WhenPrecision.Second ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    private static string Suffix(bool approximate, bool uncertain) => (approximate ? "~" : "") + (uncertain ? "?" : "");
}
