using System.Globalization;
using IncidentDb.Incidents;

namespace IncidentDb.Wording;

/// <summary>Lengths of time as people read them.</summary>
public static class DurationWords
{
    /// <summary><c>3 d 14 h</c>, <c>45 min</c>, <c>≤ 54 min</c>, <c>2 to 4 d</c>, <c>about 20 min</c>.</summary>
    public static string Of(DurationRange range)
    {
        if (range.Max <= TimeSpan.Zero)
            return Of(TimeSpan.Zero);
        var about = range.Approximate ? "about " : "";
        if (range.IsExact || Of(range.Min) == Of(range.Max))
            return about + Of(range.Max);
        if (range.Min <= TimeSpan.Zero)
            return "≤ " + Of(range.Max);
        var (low, high) = (Of(range.Min), Of(range.Max));
        // "2 d" and "4 d" share their unit.
        var (lowUnit, highUnit) = (low[(low.IndexOf(' ') + 1)..], high[(high.IndexOf(' ') + 1)..]);
        return about + (lowUnit == highUnit && !lowUnit.Contains(' ') ? $"{low[..low.IndexOf(' ')]} to {high}" : $"{low} to {high}");
    }

    /// <summary>At most two units, the second only where it says something.</summary>
    public static string Of(TimeSpan length)
    {
        length = length.Duration();
        if (length == TimeSpan.Zero)
            return "at once";
        if (length < TimeSpan.FromMinutes(1))
            return Unit((long)length.TotalSeconds, "s");
        if (length < TimeSpan.FromHours(1))
            return Two((long)length.TotalMinutes, "min", length < TimeSpan.FromMinutes(5) ? length.Seconds : 0, "s");
        if (length < TimeSpan.FromDays(1))
            return Two((long)length.TotalHours, "h", length.Minutes, "min");
        if (length < TimeSpan.FromDays(14))
            return Two((long)length.TotalDays, "d", length.Hours, "h");
        if (length < TimeSpan.FromDays(90))
            return Unit((long)Math.Round(length.TotalDays), "d");
        if (length < TimeSpan.FromDays(730))
            return Unit((long)Math.Round(length.TotalDays / 30.44), "months");
        return Unit((long)Math.Round(length.TotalDays / 365.25), "years");
    }

    private static string Two(long first, string firstUnit, long second, string secondUnit) =>
        second == 0 ? Unit(first, firstUnit) : $"{Unit(first, firstUnit)} {Unit(second, secondUnit)}";

    private static string Unit(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");
}
