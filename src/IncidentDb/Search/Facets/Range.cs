using System.Globalization;
using IncidentDb.Records;

namespace IncidentDb.Search.Facets;

/// <summary>A range of a quantity: <c>2017..2019</c>, <c>1M..</c>, <c>..30m</c>, <c>2h..1d</c>; both ends belong to it.</summary>
/// <param name="Min">−∞ when open below.</param>
/// <param name="Max">+∞ when open above.</param>
public readonly record struct QuantityRange(double Min, double Max, bool OpenMin = false, bool OpenMax = false)
{
    /// <summary>True when the quantity can lie in the range.</summary>
    public bool CanHold(Bounds bounds)
    {
        if (!bounds.IsKnown)
            return false;
        var min = double.IsNaN(bounds.Min) ? double.NegativeInfinity : bounds.Min;
        var max = double.IsNaN(bounds.Max) ? double.PositiveInfinity : bounds.Max;
        return (OpenMin ? max > Min : max >= Min) && (OpenMax ? min < Max : min <= Max);
    }

    /// <summary>The range a text means for a unit, or null. A single value is the range of itself; a year is a whole year.</summary>
    public static QuantityRange? Parse(string text, QuantityUnit unit)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return Number(text, unit) is { } only ? new QuantityRange(only, only) : null;
        var (low, high) = (text[..dots].Trim(), text[(dots + 2)..].Trim());
        if (low is "" or "*" && high is "" or "*")
            return new QuantityRange(double.NegativeInfinity, double.PositiveInfinity);
        var min = low is "" or "*" ? double.NegativeInfinity : Number(low, unit);
        var max = high is "" or "*" ? double.PositiveInfinity : Number(high, unit);
        return min is null || max is null || min > max ? null : new QuantityRange(min.Value, max.Value);
    }

    /// <summary>One value in the unit's own measure (years, US dollars, minutes, a count), or null.</summary>
    public static double? Number(string text, QuantityUnit unit)
    {
        text = text.Trim();
        switch (unit)
        {
            case QuantityUnit.Year:
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 0 and <= 9999 ? year : null;
            case QuantityUnit.Minutes:
                return Minutes(text);
            default:
                if (text.StartsWith("US$", StringComparison.OrdinalIgnoreCase))
                    text = text[3..].TrimStart();
                else if (text.StartsWith('$'))
                    text = text[1..];
                if (text.EndsWith("USD", StringComparison.OrdinalIgnoreCase))
                    text = text[..^3].TrimEnd();
                return (double?)Amount.Number(text.Replace(",", "", StringComparison.Ordinal));
        }
    }

    /// <summary><c>90s</c>, <c>15m</c>, <c>2h</c>, <c>1d</c>, <c>1w</c>, <c>1y</c>, joined as in <c>1h30m</c>; a bare number is minutes.</summary>
    private static double? Minutes(string text)
    {
        if (text.Length is 0 or > 24)
            return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var bare))
            return bare;
        var (total, start) = (0.0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]) || text[i] == '.')
                continue;
            var unit = text[i];
            var length = 1;
            if (text.AsSpan(i).StartsWith("min", StringComparison.OrdinalIgnoreCase))
                (unit, length) = ('m', 3);
            else if (text.AsSpan(i).StartsWith("mo", StringComparison.OrdinalIgnoreCase))
                (unit, length) = ('M', 2);
            double? factor = unit switch { 's' => 1 / 60.0, 'm' => 1, 'h' => 60, 'd' => 1440, 'w' => 10_080, 'M' => 43_830, 'y' => 525_960, _ => null };
            if (factor is null || !double.TryParse(text.AsSpan(start, i - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
                return null;
            total += value * factor.Value;
            i += length - 1;
            start = i + 1;
        }

        return start == text.Length ? total : null;
    }
}
