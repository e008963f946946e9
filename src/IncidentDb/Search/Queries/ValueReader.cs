using IncidentDb.Records;
using IncidentDb.Search.Facets;

namespace IncidentDb.Search.Queries;

/// <summary>What stands after <c>field:</c>, as it was typed.</summary>
/// <param name="Written">All of it.</param>
/// <param name="Low">The lower bound of a bracketed range; null when there are no brackets.</param>
/// <param name="High">The upper bound.</param>
/// <param name="OpenLow">True for <c>{</c>.</param>
/// <param name="OpenHigh">True for <c>}</c>.</param>
internal readonly record struct WrittenValue(string Written, string? Low = null, string? High = null, bool OpenLow = false, bool OpenHigh = false);

/// <summary>Reads ranges, dates and the shapes of timelines.</summary>
internal static class ValueReader
{
    private static readonly (string Sign, bool Below, bool Open)[] _comparisons = [(">=", false, false), (">", false, true), ("<=", true, false), ("<", true, true)];

    /// <summary>A range of a quantity, or null when it can't be read.</summary>
    public static RangeNode? Quantity(Facet facet, WrittenValue value) => Range(value, facet.Unit) is { } range
        ? new RangeNode { Facet = facet, Range = range.Range, Low = range.Low, High = range.High }
        : null;

    private static (QuantityRange Range, string Low, string High)? Range(WrittenValue value, QuantityUnit unit)
    {
        var (written, low, high, openLow, openHigh) = value;
        if (low is null)
        {
            foreach (var (sign, below, open) in _comparisons)
            {
                if (!written.StartsWith(sign, StringComparison.Ordinal))
                    continue;
                var bound = written[sign.Length..];
                if (QuantityRange.Number(bound, unit) is not { } number)
                    return null;
                return below
                    ? (new QuantityRange(double.NegativeInfinity, number, OpenMax: open), "*", bound)
                    : (new QuantityRange(number, double.PositiveInfinity, OpenMin: open), bound, "*");
            }

            var dots = written.IndexOf("..", StringComparison.Ordinal);
            (low, high) = dots >= 0 ? (written[..dots], written[(dots + 2)..]) : (written, written);
        }

        low = low.Length == 0 ? "*" : low;
        high = high!.Length == 0 ? "*" : high;
        var min = low == "*" ? double.NegativeInfinity : QuantityRange.Number(low, unit);
        var max = high == "*" ? double.PositiveInfinity : QuantityRange.Number(high, unit);
        if (min is null || max is null || min > max)
            return null;
        return (new QuantityRange(min.Value, max.Value, openLow, openHigh), low, high);
    }

    /// <summary>A span of dates, or null when it can't be read.</summary>
    public static StartedNode? Started(WrittenValue value)
    {
        var (written, low, high, _, _) = value;
        if (low is null)
        {
            if (written.StartsWith('>'))
                (low, high) = (written.TrimStart('>', '='), "*");
            else if (written.StartsWith('<'))
                (low, high) = ("*", written.TrimStart('<', '='));
            else if (written.IndexOf("..", StringComparison.Ordinal) is var dots and >= 0)
                (low, high) = (written[..dots], written[(dots + 2)..]);
            else
                (low, high) = (written, written);
        }

        low = low.Length == 0 ? "*" : low;
        high = high!.Length == 0 ? "*" : high;
        var from = low == "*" ? null : WhenText.Parse(low, null, out _);
        var to = high == "*" ? null : WhenText.Parse(high, null, out _);
        if ((from is null && low != "*") || (to is null && high != "*"))
            return null;
        var span = new Bounds(
            from is null ? double.NegativeInfinity : from.Earliest.ToUnixTimeSeconds(),
            to is null ? double.PositiveInfinity : to.Latest.ToUnixTimeSeconds());
        return span.Min > span.Max ? null : new StartedNode { Span = span, Low = low, High = high };
    }

    /// <summary><c>public_report&lt;detected</c>: which of two moments came first; null when it can't be read.</summary>
    public static OrderNode? Order(string written, Func<string, string?> type)
    {
        var sign = written.AsSpan().IndexOfAny('<', '>');
        if (sign <= 0 || type(written[..sign]) is not { } left || type(written[(sign + 1)..]) is not { } right)
            return null;
        return written[sign] == '<' ? new OrderNode(left, right) : new OrderNode(right, left);
    }

    /// <summary><c>impact_start..status_posted&gt;1h</c>: how long it took from one moment to another; null when it can't be read.</summary>
    public static GapNode? Gap(string written, Func<string, string?> type)
    {
        var dots = written.IndexOf("..", StringComparison.Ordinal);
        var sign = dots < 0 ? -1 : written.AsSpan(dots).IndexOfAny('<', '>');
        if (sign < 0 || type(written[..dots]) is not { } from || type(written[(dots + 2)..(dots + sign)]) is not { } to)
            return null;
        // The second moment came after the first, or at the same time.
        return Range(new WrittenValue(written[(dots + sign)..]), QuantityUnit.Minutes) is { Range: var range }
            ? new GapNode(from, to, range with { Min = Math.Max(0, range.Min) }, written[(dots + sign)..])
            : null;
    }

    /// <summary>What a field expects, for the sentence that says what could not be used.</summary>
    public static string Example(QuantityUnit unit) => unit switch
    {
        QuantityUnit.Year => "a year or a range such as 2017..2019",
        QuantityUnit.Minutes => "a length such as >1h or [2h TO 1d]",
        QuantityUnit.UsDollars => "an amount such as >=100M",
        _ => "a number such as >1M",
    };
}
