using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets.Spoken;

/// <summary>A figure of a text and the words it is said in.</summary>
/// <param name="Exact">As the text has it: <c>US$460 million</c>.</param>
/// <param name="Words">As it is said: “four hundred and sixty million dollars”.</param>
/// <param name="At">Where the words begin in the spoken text.</param>
public sealed record SpokenFigure(string Exact, string Words, int At)
{
    /// <summary>True where the figure is worth showing beside its words: money, shares, decimals, times of day and large numbers.</summary>
    public bool WorthShowing { get; init; }

    /// <summary>The figure with the scale and the unit that follow it in the text: <c>460 million dollars</c>.</summary>
    public string Shown { get; init; } = Exact;
}

/// <summary>
/// A text with its figures in words, to be read aloud. Only figures and a few signs change; names such as S3 and us-east-1 stay. Putting
/// the exact figures back in place of the words gives the text again, and the sheet checker does so.
/// </summary>
public sealed partial record SpokenText
{
    private static readonly SearchValues<char> _toChange = SearchValues.Create("0123456789&");

    /// <summary>Digits in a figure; a decimal holds them.</summary>
    private const int LongestNumber = 28;

    public required string Text { get; init; }

    public required IReadOnlyList<SpokenFigure> Figures { get; init; }

    /// <summary>The figures that are worth showing beside the words.</summary>
    public IReadOnlyList<string> Shown => [.. Figures.Where(f => f.WorthShowing).Select(f => f.Shown)];

    public static SpokenText Of(string text)
    {
        if (text.AsSpan().IndexOfAny(_toChange) < 0)
            return new SpokenText { Text = text, Figures = [] };
        var spoken = new StringBuilder(text.Length + 64);
        var figures = new List<SpokenFigure>();
        var at = 0;
        for (var match = Next(text, 0); match is not null; match = Next(text, match.Index + Math.Max(1, match.Length)))
        {
            if (match.Groups["name"].Success || Words(match) is not { } words)
                continue;
            spoken.Append(text, at, match.Index - at);
            if (BeginsSentence(text, match.Index))
                words = char.ToUpperInvariant(words[0]) + words[1..];
            figures.Add(new SpokenFigure(match.Value, words, spoken.Length) { WorthShowing = IsWorthShowing(match), Shown = match.Value + match.Groups["scaled"].Value });
            spoken.Append(words);
            at = match.Index + match.Length;
        }

        return new SpokenText { Text = spoken.Append(text, at, text.Length - at).ToString(), Figures = figures };
    }

    /// <summary>The next figure. Prose is long and figures are few: the pattern is tried from the word before the next digit on, not from every letter.</summary>
    private static Match? Next(string text, int from)
    {
        if (from >= text.Length || text.AsSpan(from).IndexOfAny(_toChange) is not (>= 0 and var ahead))
            return null;
        var start = from + ahead;
        // “the 4 May”, “September 2011”: one word before the word of the digit can belong to it.
        for (var words = 0; start > from && words < 2; start--)
        {
            if (text[start - 1] == ' ' && ++words == 2)
                break;
        }

        var match = Figure().Match(text, start);
        return match.Success ? match : null;
    }

    /// <summary>The text with the exact figures back in place.</summary>
    public string Restore()
    {
        var text = new StringBuilder(Text.Length);
        var at = 0;
        foreach (var figure in Figures)
        {
            text.Append(Text, at, figure.At - at).Append(figure.Exact);
            at = figure.At + figure.Words.Length;
        }

        return text.Append(Text, at, Text.Length - at).ToString();
    }

    private static string? Words(Match match)
    {
        if (!CanBeSaid(match.ValueSpan))
            return null;
        if (Has("and"))
            return "and";
        if (Has("version"))
            return Version(match.Value);
        if (Has("iso"))
            return IsoDate(match.Value);
        if (Has("time"))
            return Time(match);
        if (Has("date"))
            return Date(match);
        if (Has("sum"))
            return Money(match);
        if (Has("share"))
            return Range(match, "pa", "pb") + " per cent";
        if (Has("decade"))
            return NumberWords.Decade(Value(match, "decade"));
        if (Has("nth"))
            return NumberWords.Ordinal(decimal.Parse(match.Groups["nth"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture));
        if (Has("digits"))
            return NumberWords.Digits(match.Groups["digits"].Value);
        return Number(match);

        bool Has(string group) => match.Groups[group].Success;
    }

    /// <summary>Digits of other scripts, and numbers longer than anybody says, stay as they are: a host may write anything.</summary>
    private static bool CanBeSaid(ReadOnlySpan<char> figure)
    {
        var digits = 0;
        foreach (var c in figure)
        {
            if (char.IsDigit(c) && (!char.IsAsciiDigit(c) || ++digits > LongestNumber))
                return false;
        }

        return true;
    }

    private static string Version(string text)
    {
        var words = new StringBuilder();
        foreach (Match part in VersionPart().Matches(text))
        {
            words.Append(part.Value[0] switch { '.' => " point ", '/' => " slash ", _ => words.Length > 0 ? " " : "" });
            var rest = part.Value.TrimStart('.', '/');
            words.Append(char.IsAsciiDigit(rest[0]) ? NumberWords.Number(rest) : rest);
        }

        return words.ToString();
    }

    private static string? IsoDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? SpokenTimes.Date(day.Day, day.Month, day.Year)
        : null;

    private static string? Time(Match match)
    {
        var (hour, minute) = (Value(match, "h"), Value(match, "mi"));
        if (hour > 24 || minute > 59)
            return null;
        var second = match.Groups["s"].Success ? (int?)Value(match, "s") : null;
        if (!match.Groups["ap"].Success)
            return SpokenTimes.Clock(hour, minute, second);
        var half = char.ToLowerInvariant(match.Groups["ap"].Value[0]) + ".m.";
        return $"{(minute == 0 ? NumberWords.Cardinal(hour) : SpokenTimes.Clock(hour, minute, second))} {half}";
    }

    private static string Date(Match match)
    {
        var month = match.Groups["m"].Success ? match.Groups["m"].Value : match.Groups["m2"].Success ? match.Groups["m2"].Value : match.Groups["m3"].Value;
        var year = match.Groups["y"].Success ? match.Groups["y"] : match.Groups["y2"].Success ? match.Groups["y2"] : match.Groups["y3"];
        var spokenYear = year.Success ? " " + NumberWords.Year(int.Parse(year.Value, CultureInfo.InvariantCulture)) : "";
        if (match.Groups["d1"].Success)
        {
            var join = match.Groups["j"].Value is "–" or "-" ? "to" : match.Groups["j"].Value;
            return $"the {NumberWords.Ordinal(Value(match, "d1"))} {join} the {NumberWords.Ordinal(Value(match, "d"))} of {month}{spokenYear}";
        }

        if (match.Groups["d"].Success)
            return $"{(match.Groups["the"].Success ? match.Groups["the"].Value : "the ")}{NumberWords.Ordinal(Value(match, "d"))} of {month}{spokenYear}";
        return match.Groups["d2"].Success ? $"{month} the {NumberWords.Ordinal(Value(match, "d2"))}{spokenYear}" : month + spokenYear;
    }

    private static string Money(Match match)
    {
        var scale = match.Groups["scale"].Value switch
        {
            "bn" => " billion",
            "m" or "M" => " million",
            "k" or "K" => " thousand",
            "" => "",
            var word => " " + word,
        };
        var currency = match.Groups["sum"].Value switch
        {
            "£" => "GBP",
            "€" => "EUR",
            "¥" => "JPY",
            "A$" => "AUD",
            "C$" => "CAD",
            "NZ$" => "NZD",
            _ => "USD",
        };
        return $"{Range(match, "a", "b")}{scale} {SpokenAmounts.Currency(currency)}";
    }

    private static string Number(Match match)
    {
        var text = match.Groups["n"].Value;
        var to = match.Groups["n2"].Success ? " to " + Plain(match.Groups["n2"].Value) : "";
        var plus = match.Groups["plus"].Success ? " plus" : "";
        return Plain(text) + to + plus;
    }

    private static string Range(Match match, string low, string high) =>
        match.Groups[high].Success ? $"{Plain(match.Groups[low].Value)} to {Plain(match.Groups[high].Value)}" : Plain(match.Groups[low].Value);

    /// <summary>Four digits without a comma between 1600 and 2199 are a year: thousands are written with a comma.</summary>
    private static string Plain(string text) => text.Length == 4 && text.All(char.IsAsciiDigit) && string.CompareOrdinal(text, "1600") >= 0 && string.CompareOrdinal(text, "2200") < 0
        ? NumberWords.Year(int.Parse(text, CultureInfo.InvariantCulture))
        : NumberWords.Number(text.Replace(",", "", StringComparison.Ordinal));

    private static int Value(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static bool IsWorthShowing(Match match) =>
        match.Groups["sum"].Success || match.Groups["share"].Success || match.Groups["time"].Success || match.Groups["version"].Success
        || (match.Groups["n"] is { Success: true, Value: var n } && (n.Contains(',') || n.Contains('.') || ScaleFollows(match)));

    /// <summary>“3.5 billion” and “460 million” are large although their digits are few.</summary>
    private static bool ScaleFollows(Match match) => match.Groups["scaled"].Length > 0;

    private static bool BeginsSentence(string text, int at)
    {
        while (at > 0 && text[at - 1] is '“' or '"' or '‘' or '(')
            at--;
        if (at == 0)
            return true;
        var back = at - 1;
        while (back > 0 && char.IsWhiteSpace(text[back]))
            back--;
        while (back > 0 && text[back] is '”' or '"' or '’' or ')')
            back--;
        return back < at - 1 && text[back] is '.' or '!' or '?' or '…';
    }

    private const string Month = "January|February|March|April|May|June|July|August|September|October|November|December";
    private const string Num = @"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?";

    // The alternatives stand in the order in which they must be tried: names first, then what a longer form would lose to a shorter one.
    // A name has an end: without one a long text of letters, dashes and slashes would take the square of its length.
    [GeneratedRegex(
        @"(?<name>(?<![\p{L}_#])[\p{L}_#][\p{L}_]{0,60}(?:[-_/]\p{L}{1,60}){0,6}[-_/]?\d[\w]*(?:[-_./]\w+)*|\d+(?:\.\d+)*-?\p{L}{2,}\d[\w]*|\d{4}-\d{2}-\d{2}-[\w-]+|\d+(?!(?:st|nd|rd|th|s|am|pm|m|bn|k|K|M)\b)\p{L}+)"
        + @"|(?<and>(?<=\s)&(?=\s))"
        + @"|(?<version>\d+(?:\.\d+){2,}[a-z]?\b(?:/\d+)?)"
        + @"|(?<iso>\d{4}-\d{2}-\d{2})(?!\d)"
        + @"|(?<time>(?<h>\d{1,2}):(?<mi>\d{2})(?::(?<s>\d{2}))?(?!\d)(?:\s?(?<ap>[ap]m\b|[ap]\.m\.))?)"
        + @"|(?<date>(?<the>the )?(?:(?<d1>\d{1,2})\s*(?<j>–|-|to|and|or)\s*)?(?<d>\d{1,2})(?:st|nd|rd|th)?\s+(?<m>" + Month + @")\b(?:,?\s+(?<y>\d{4})\b)?"
        + @"|(?<m2>" + Month + @")\s+(?<d2>\d{1,2})(?:st|nd|rd|th)?\b(?![:.,]\d)(?:,?\s+(?<y2>\d{4})\b)?|(?<m3>" + Month + @")\s+(?<y3>\d{4})\b)"
        + @"|(?<sum>US\$|NZ\$|A\$|C\$|\$|£|€|¥)\s?(?<a>" + Num + @")(?:\s?[–-]\s?(?:US\$|\$|£|€)?(?<b>" + Num + @"))?(?:\s?(?<scale>trillion|billion|million|thousand|bn|m|M|k|K)\b)?"
        + @"|(?<share>(?<pa>" + Num + @")(?:\s?[–-]\s?(?<pb>" + Num + @"))?\s?%)"
        + @"|(?<decade>\d{4})s\b"
        + @"|(?<nth>\d+)(?:st|nd|rd|th)\b"
        + @"|(?<=\b(?:Boeing|Airbus|[Ff]light|Ariane|Office|Microsoft|Dynamics) )(?<digits>\d{3})(?=s?\b)|(?<digits>7\d7)(?=s\b)"
        + @"|(?<n>" + Num + @")(?:\s?–\s?(?<n2>" + Num + @"))?(?<plus>\+)?(?=(?<scaled>\s(?:thousand|million|billion|trillion)\b(?:\s(?:US |Australian |Canadian )?(?:dollars|pounds|euros|yen|rupees)\b)?)?)",
        RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Figure();

    [GeneratedRegex(@"[./]?\d+|[a-z]+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex VersionPart();
}
