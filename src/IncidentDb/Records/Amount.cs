using System.Globalization;

namespace IncidentDb.Records;

/// <summary>The three blanks: values that say why a field holds no other value.</summary>
public static class Blank
{
    public const string Unknown = "unknown";
    public const string NotDisclosed = "not_disclosed";
    public const string NotApplicable = "not_applicable";

    public static readonly IReadOnlyList<string> All = [Unknown, NotDisclosed, NotApplicable];

    public static bool Is(string? word) => word is Unknown or NotDisclosed or NotApplicable;
}

/// <summary>
/// A quantity as the format writes it: <c>460M USD</c>, <c>400M..460M USD</c>, <c>13%</c>, <c>8.5M</c>, <c>50000..</c>, <c>~1.2k</c>,
/// or one of the three blanks.
/// </summary>
public sealed record Amount
{
    /// <summary>The canonical text.</summary>
    public required string Text { get; init; }

    /// <summary>The smallest value it can be; null when open below or blank.</summary>
    public decimal? Min { get; init; }

    /// <summary>The largest value it can be; null when open above or blank.</summary>
    public decimal? Max { get; init; }

    public bool Approximate { get; init; }

    /// <summary>An ISO 4217 code, <c>%</c>, or null for a plain number.</summary>
    public string? Unit { get; init; }

    public bool IsBlank => Blank.Is(Text);

    /// <summary>The amount, or null and a sentence that says what is wrong.</summary>
    public static Amount? Parse(string text, out string wrong)
    {
        text = text.Trim();
        wrong = "";
        if (Blank.Is(text))
            return new Amount { Text = text };
        wrong = $"“{text}” is no amount; write 460M USD, 400M..460M USD, 13%, 8.5M, 1000.. or not_disclosed.";
        var body = text;
        string? unit = null;
        if (body.EndsWith('%'))
        {
            unit = "%";
            body = body[..^1].TrimEnd();
        }
        else if (body.LastIndexOf(' ') is var space and > 0)
        {
            unit = body[(space + 1)..];
            body = body[..space].TrimEnd();
            if (unit.Length != 3 || !unit.All(char.IsAsciiLetterUpper))
            {
                wrong = $"“{text}”: “{unit}” is no currency code; write three capitals such as USD, or % without a space.";
                return null;
            }
        }

        var approximate = body.StartsWith('~');
        if (approximate)
            body = body[1..];
        decimal? min, max;
        if (body.IndexOf("..", StringComparison.Ordinal) is var dots and >= 0)
        {
            var (low, high) = (body[..dots], body[(dots + 2)..]);
            if (low.Length == 0 && high.Length == 0)
                return null;
            min = Number(low);
            max = Number(high);
            if ((min is null && low.Length > 0) || (max is null && high.Length > 0))
                return null;
            if (min > max)
            {
                wrong = $"“{text}”: the range begins above its end.";
                return null;
            }
        }
        else
        {
            min = max = Number(body);
            if (min is null)
                return null;
        }

        wrong = "";
        return new Amount
        {
            Text = (approximate ? "~" : "") + body + unit switch { null => "", "%" => "%", _ => " " + unit },
            Min = min,
            Max = max,
            Approximate = approximate,
            Unit = unit,
        };
    }

    /// <summary>A number with an optional k, M, B or T (10³ to 10¹²), or null.</summary>
    public static decimal? Number(string text)
    {
        if (text.Length is 0 or > 24)
            return null;
        var factor = text[^1] switch { 'k' or 'K' => 1_000m, 'm' or 'M' => 1_000_000m, 'b' or 'B' or 'G' => 1_000_000_000m, 'T' => 1_000_000_000_000m, _ => 1m };
        var digits = factor == 1m ? text : text[..^1];
        if (!decimal.TryParse(digits.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return null;
        return value > 1_000_000_000_000_000m ? null : value * factor;
    }

    public override string ToString() => Text;
}
