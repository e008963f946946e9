using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Spoken;

/// <summary>Dates, clock times and lengths of time as they are said, never finer than they are known.</summary>
public static class SpokenTimes
{
    private static readonly string[] _months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    /// <summary>“the fourth of October twenty twenty-one”, “October twenty twenty-one”, “twenty twenty-one”.</summary>
    public static string Date(WhenPoint point) => point.Precision switch
    {
        WhenPrecision.Year => NumberWords.Year(point.Local.Year),
        WhenPrecision.Month => $"{Month(point.Local.Month)} {NumberWords.Year(point.Local.Year)}",
        _ => Date(point.Local.Day, point.Local.Month, point.Local.Year),
    };

    /// <summary>“the fourth of October”, with the year where there is one.</summary>
    public static string Date(int day, int month, int? year) =>
        $"the {NumberWords.Ordinal(day)} of {Month(month)}{(year is { } y ? " " + NumberWords.Year(y) : "")}";

    public static string Month(int month) => _months[month - 1];

    /// <summary>On the clock of twenty-four hours: “fifteen fifty-one”, “nine oh five”, “thirteen hundred”, “noon”, “midnight”.</summary>
    public static string Clock(int hour, int minute, int? second = null)
    {
        if (second is { } s)
            return $"{Clock(hour, minute)} and {Count(s, "second")}";
        return (hour, minute) switch
        {
            (0, 0) => "midnight",
            (12, 0) => "noon",
            ( < 10, 0) => $"{NumberWords.Cardinal(hour)} o’clock",
            (_, 0) => $"{NumberWords.Cardinal(hour)} hundred",
            (_, < 10) => $"{NumberWords.Cardinal(hour)} oh {NumberWords.Cardinal(minute)}",
            _ => $"{NumberWords.Cardinal(hour)} {NumberWords.Cardinal(minute)}",
        };
    }

    /// <summary>“forty-five minutes”, “at most fifty-four minutes”, “about twenty minutes”, “two to four days”.</summary>
    public static string Length(DurationRange range)
    {
        var about = range.Approximate ? "about " : "";
        var (low, high) = (Length(range.Min), Length(range.Max));
        if (low == high)
            return about + high;
        if (range.Min <= TimeSpan.Zero)
            return "at most " + high;
        var (lowUnit, highUnit) = (low[(low.IndexOf(' ') + 1)..], high[(high.IndexOf(' ') + 1)..]);
        return about + (lowUnit == highUnit && !lowUnit.Contains(' ') ? $"{low[..low.IndexOf(' ')]} to {high}" : $"{low} to {high}");
    }

    /// <summary>The units of <see cref="Wording.DurationWords"/>: at most two, the second only where it says something.</summary>
    public static string Length(TimeSpan length)
    {
        length = length.Duration();
        if (length < TimeSpan.FromMinutes(1))
            return Count((int)length.TotalSeconds, "second");
        if (length < TimeSpan.FromHours(1))
            return Two((int)length.TotalMinutes, "minute", length < TimeSpan.FromMinutes(5) ? length.Seconds : 0, "second");
        if (length < TimeSpan.FromDays(1))
            return Two((int)length.TotalHours, "hour", length.Minutes, "minute");
        if (length < TimeSpan.FromDays(14))
            return Two((int)length.TotalDays, "day", length.Hours, "hour");
        if (length < TimeSpan.FromDays(90))
            return Count((int)Math.Round(length.TotalDays), "day");
        if (length < TimeSpan.FromDays(730))
            return Count((int)Math.Round(length.TotalDays / 30.44), "month");
        return Count((int)Math.Round(length.TotalDays / 365.25), "year");
    }

    private static string Two(int first, string firstUnit, int second, string secondUnit) =>
        second == 0 ? Count(first, firstUnit) : $"{Count(first, firstUnit)} and {Count(second, secondUnit)}";

    private static string Count(int count, string unit) => $"{NumberWords.Cardinal(count)} {unit}{(count == 1 ? "" : "s")}";
}
