using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Spoken;

/// <summary>Counts, shares and sums of money as they are said.</summary>
public static class SpokenAmounts
{
    private static readonly (decimal Factor, string Name)[] _scales =
        [(1_000_000_000_000m, "trillion"), (1_000_000_000m, "billion"), (1_000_000m, "million")];

    /// <summary>“four hundred and sixty million dollars”, “three point five billion”, “thirty-three to eighty-seven per cent”; blanks in words.</summary>
    public static string Of(Amount amount) => Of(amount, n => n);

    /// <summary>The same in at most three figures that count, with “about” where something was rounded away.</summary>
    public static string Rounded(Amount amount) => Of(amount, ThreeFigures);

    private static string Of(Amount amount, Func<decimal, decimal> round)
    {
        if (amount.IsBlank)
            return amount.Text.Replace('_', ' ');
        var (min, max) = (Round(amount.Min, round), Round(amount.Max, round));
        var about = amount.Approximate || min != amount.Min || max != amount.Max ? "about " : "";
        var unit = amount.Unit switch { null => "", "%" => " per cent", var currency => " " + Currency(currency) };
        if (min == max && min is { } exact)
            return about + Number(exact) + unit;
        if (max is null)
            return $"{about}{Number(min ?? 0)}{unit} or more";
        if (min is null)
            return $"up to {about}{Number(max.Value)}{unit}";
        var (low, high) = (Number(min.Value), Number(max.Value));
        // “four hundred to four hundred and sixty million”: the scale is said once.
        foreach (var (_, name) in _scales)
        {
            if (low.EndsWith(" " + name, StringComparison.Ordinal) && high.EndsWith(" " + name, StringComparison.Ordinal))
                low = low[..^(name.Length + 1)];
        }

        return $"{about}{low} to {high}{unit}";
    }

    private static decimal? Round(decimal? value, Func<decimal, decimal> round) => value is { } v ? round(v) : null;

    private static decimal ThreeFigures(decimal value)
    {
        if (value == 0)
            return 0;
        var step = 1m;
        while (Math.Abs(value) / step >= 1000)
            step *= 10;
        return Math.Round(value / step, Math.Abs(value) < 10 ? 2 : Math.Abs(value) < 100 ? 1 : 0, MidpointRounding.AwayFromZero) * step;
    }

    /// <summary>Millions and more with their scale and up to three decimals; what has more decimals is said in full.</summary>
    public static string Number(decimal value)
    {
        foreach (var (factor, name) in _scales)
        {
            if (value >= factor && decimal.Round(value / factor, 3) == value / factor)
                return $"{NumberWords.Number(value / factor)} {name}";
        }

        return NumberWords.Number(value);
    }

    /// <summary>The name of a currency in the plural; an unknown code is spelled.</summary>
    public static string Currency(string code) => code switch
    {
        "USD" => "dollars",
        "GBP" => "pounds",
        "EUR" => "euros",
        "JPY" => "yen",
        "AUD" => "Australian dollars",
        "CAD" => "Canadian dollars",
        "NZD" => "New Zealand dollars",
        "CHF" => "Swiss francs",
        "INR" => "rupees",
        "CNY" => "yuan",
        "KRW" => "won",
        "SEK" => "Swedish kronor",
        _ => string.Join(' ', code.ToCharArray()),
    };
}
