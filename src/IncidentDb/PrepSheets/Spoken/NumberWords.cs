using System.Globalization;

namespace IncidentDb.PrepSheets.Spoken;

/// <summary>Numbers as they are said: “four hundred and sixty million”, “twenty-first”, “nineteen oh five”, “three point five”.</summary>
public static class NumberWords
{
    private static readonly string[] _small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] _tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly (decimal Factor, string Name)[] _scales =
    [
        (1_000_000_000_000_000_000m, "quintillion"), (1_000_000_000_000_000m, "quadrillion"), (1_000_000_000_000m, "trillion"),
        (1_000_000_000m, "billion"), (1_000_000m, "million"), (1_000m, "thousand"),
    ];

    /// <summary>A whole number of any size that a decimal holds.</summary>
    public static string Cardinal(decimal number)
    {
        number = decimal.Truncate(number);
        if (number < 0)
            return "minus " + Cardinal(-number);
        var words = new List<string>();
        foreach (var (factor, name) in _scales)
        {
            if (number < factor)
                continue;
            words.Add($"{Cardinal(decimal.Truncate(number / factor))} {name}");
            number %= factor;
        }

        var rest = (int)number;
        if (rest >= 100)
            words.Add(rest % 100 == 0 ? $"{_small[rest / 100]} hundred" : $"{_small[rest / 100]} hundred and {BelowHundred(rest % 100)}");
        else if (rest > 0 && words.Count > 0)
            words.Add("and " + BelowHundred(rest));
        else if (rest > 0 || words.Count == 0)
            words.Add(BelowHundred(rest));
        return string.Join(' ', words);
    }

    /// <summary>A number with its decimals said one by one: <c>3.50</c> is “three point five zero”.</summary>
    /// <param name="digits">Digits with an optional decimal point, without grouping.</param>
    public static string Number(string digits)
    {
        var point = digits.IndexOf('.');
        if (point < 0)
            return digits.Length > 1 && digits[0] == '0' ? Digits(digits) : Cardinal(Parse(digits));
        return $"{Cardinal(Parse(digits[..point]))} point {Digits(digits[(point + 1)..])}";
    }

    public static string Number(decimal number) => Number(number.ToString("0.#########", CultureInfo.InvariantCulture));

    /// <summary>Digit by digit, as telephone and flight numbers are said.</summary>
    public static string Digits(string digits) => string.Join(' ', digits.Select(d => _small[d - '0']));

    /// <summary>“first”, “twenty-first”, “hundredth”.</summary>
    public static string Ordinal(decimal number)
    {
        var words = Cardinal(number);
        var cut = words.LastIndexOfAny([' ', '-']) + 1;
        return words[..cut] + words[cut..] switch
        {
            "one" => "first",
            "two" => "second",
            "three" => "third",
            "five" => "fifth",
            "eight" => "eighth",
            "nine" => "ninth",
            "twelve" => "twelfth",
            var last when last.EndsWith('y') => last[..^1] + "ieth",
            var last => last + "th",
        };
    }

    /// <summary>“sixteen twenty-eight”, “nineteen hundred”, “nineteen oh five”, “two thousand and one”, “twenty twenty-one”.</summary>
    public static string Year(int year)
    {
        var (century, rest) = (year / 100, year % 100);
        if (year is >= 2000 and < 2010 || century % 10 == 0 && rest < 10)
            return Cardinal(year);
        return rest switch
        {
            0 => $"{BelowHundred(century)} hundred",
            < 10 => $"{BelowHundred(century)} oh {_small[rest]}",
            _ => $"{BelowHundred(century)} {BelowHundred(rest)}",
        };
    }

    /// <summary>“nineteen sixties”.</summary>
    public static string Decade(int year)
    {
        var words = Year(year);
        return words.EndsWith('y') ? words[..^1] + "ies" : words + "s";
    }

    private static string BelowHundred(int number) => number < 20
        ? _small[number]
        : number % 10 == 0 ? _tens[number / 10] : $"{_tens[number / 10]}-{_small[number % 10]}";

    private static decimal Parse(string digits) => decimal.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
