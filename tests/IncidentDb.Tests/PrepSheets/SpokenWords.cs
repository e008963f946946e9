using System.Globalization;
using System.Text.RegularExpressions;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>Number words back into numbers, written apart from the code that makes them.</summary>
internal static partial class SpokenWords
{
    private static readonly Dictionary<string, decimal> _values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10,
        ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19,
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    private static readonly Dictionary<string, decimal> _scales = new(StringComparer.OrdinalIgnoreCase)
    {
        ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000, ["trillion"] = 1_000_000_000_000, ["quadrillion"] = 1_000_000_000_000_000, ["quintillion"] = 1_000_000_000_000_000_000,
    };

    /// <summary>True for a count or a decimal that is not said as a year or digit by digit.</summary>
    public static bool IsPlainNumber(string exact) => Plain().IsMatch(exact);

    public static decimal Number(string words)
    {
        var last = words[(words.LastIndexOf(' ') + 1)..];
        if (words.Contains(" point ", StringComparison.OrdinalIgnoreCase) && _scales.TryGetValue(last, out var times))
            return Number(words[..^(last.Length + 1)]) * times;
        var halves = words.Split(" point ");
        decimal total = 0, part = 0;
        foreach (var word in halves[0].Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries).Where(w => w != "and"))
        {
            if (word.Equals("hundred", StringComparison.OrdinalIgnoreCase))
                part *= 100;
            else if (_scales.TryGetValue(word, out var scale))
                (total, part) = (total + (part * scale), 0);
            else
                part += _values[word];
        }

        var digits = halves.Length > 1 ? "0." + string.Concat(halves[1].Split(' ').Select(w => _values[w].ToString(CultureInfo.InvariantCulture))) : "0";
        return total + part + decimal.Parse(digits, CultureInfo.InvariantCulture);
    }

    /// <summary>The numbers among other words: “about four hundred to four hundred and sixty million dollars”.</summary>
    public static IEnumerable<decimal> NumbersIn(string text)
    {
        var run = new List<string>();
        var found = new List<string>();
        foreach (var word in text.ToLowerInvariant().Replace(",", " ,", StringComparison.Ordinal).Split(' ').Append("."))
        {
            var isNumber = word.Split('-').All(w => _values.ContainsKey(w)) || _scales.ContainsKey(word) || word is "hundred";
            if (isNumber || (run.Count > 0 && word is "and" or "point"))
            {
                run.Add(word);
                continue;
            }

            if (run.Count > 0)
                found.Add(string.Join(' ', run).Trim());
            run.Clear();
        }

        // “ten to twelve million”: the scale is that of both.
        for (var i = 0; i < found.Count; i++)
        {
            var scale = i + 1 < found.Count && text.Contains(found[i] + " to " + found[i + 1], StringComparison.OrdinalIgnoreCase) ? _scales.Keys.FirstOrDefault(s => found[i + 1].EndsWith(s, StringComparison.Ordinal) && !_scales.Keys.Any(found[i].EndsWith)) : null;
            yield return Number(scale is null ? found[i] : $"{found[i]} {scale}");
        }
    }

    public static decimal Ordinal(string word)
    {
        var last = word[(word.LastIndexOf('-') + 1)..];
        var cardinal = last switch
        {
            "first" => "one", "second" => "two", "third" => "three", "fifth" => "five", "eighth" => "eight", "ninth" => "nine", "twelfth" => "twelve",
            _ when last.EndsWith("ieth", StringComparison.Ordinal) => last[..^4] + "y",
            _ => last[..^2],
        };
        return Number(word[..^last.Length] + cardinal);
    }

    [GeneratedRegex(@"^(?:[1-9]\d{0,2}|[1-9]\d{0,2}(?:,\d{3})+|0)(?:\.\d+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Plain();
}
