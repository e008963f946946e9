using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Wording;

/// <summary>Money and counts as people read them.</summary>
public static class AmountWords
{
    /// <summary><c>US$ 460 M</c>, <c>US$ 400–460 M</c>, <c>£ 48.65 M</c>.</summary>
    public static string Of(Money money) => Of(money.Min, money.Max, Sign(money.Currency) + " ", brief: true);

    /// <summary>A metric's value: money short, counts in words, shares with their sign, blanks in words.</summary>
    public static string Of(Amount amount)
    {
        if (amount.IsBlank)
            return amount.Text.Replace('_', ' ');
        var about = amount.Approximate ? "about " : "";
        return about + amount.Unit switch
        {
            null => Of(amount.Min, amount.Max, "", brief: false),
            "%" => Of(amount.Min, amount.Max, "", brief: false) + " %",
            var currency => Of(amount.Min, amount.Max, Sign(currency) + " ", brief: true),
        };
    }

    private static string Sign(string currency) => currency switch { "USD" => "US$", "GBP" => "£", "EUR" => "€", "JPY" => "¥", _ => currency };

    private static string Of(decimal? min, decimal? max, string sign, bool brief)
    {
        if (min == max && min is { } exact)
            return sign + Number(exact, brief);
        if (max is null)
            return $"{sign}{Number(min ?? 0, brief)} or more";
        if (min is null)
            return $"up to {sign}{Number(max.Value, brief)}";
        var (low, high) = (Number(min.Value, brief), Number(max.Value, brief));
        var space = low.IndexOf(' ');
        return space > 0 && high.EndsWith(low[space..], StringComparison.Ordinal) ? $"{sign}{low[..space]}–{high}" : $"{sign}{low}–{high}";
    }

    /// <summary><c>460 M</c> or <c>460 million</c>; below ten thousand the digits.</summary>
    private static string Number(decimal value, bool brief)
    {
        (decimal Factor, string Short, string Long)[] steps = [(1_000_000_000_000m, "T", "trillion"), (1_000_000_000m, "bn", "billion"), (1_000_000m, "M", "million")];
        foreach (var (factor, s, l) in steps)
        {
            if (value >= factor)
                return string.Create(CultureInfo.InvariantCulture, $"{value / factor:0.###} {(brief ? s : l)}");
        }

        return value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.###", CultureInfo.InvariantCulture);
    }
}
