using System.Globalization;
using IncidentDb.Search.Facets;

namespace IncidentDb.Search.Queries;

/// <summary>A query's text and the place that has been read to: names, numbers, values and runs are taken from there.</summary>
internal sealed class QueryText(string text)
{
    public string Text { get; } = text;

    public int At { get; set; }

    public bool AtEnd => At >= Text.Length;

    public char Now => Text[At];

    public ReadOnlySpan<char> Rest => Text.AsSpan(At);

    /// <summary>A raw stretch of text up to a blank or a character that ends words.</summary>
    public string Raw()
    {
        var start = At;
        while (!AtEnd && !char.IsWhiteSpace(Now) && Now is not ('(' or ')' or '"' or '“' or '”' or '^' or '~' or '[' or ']' or '{' or '}'))
            At++;
        if (At == start)
            At++;
        return Text[start..At];
    }

    /// <summary>A known field's name at this place, with the colon taken; null otherwise.</summary>
    public string? Field()
    {
        var i = At;
        while (i < Text.Length && (char.IsAsciiLetter(Text[i]) || Text[i] == '_'))
            i++;
        if (i == At || i >= Text.Length || Text[i] != ':' || i + 1 >= Text.Length || char.IsWhiteSpace(Text[i + 1]))
            return null;
        var name = Text[At..i].ToLowerInvariant();
        name = name switch { "tech" => "technology", "name" => "names", "date" => "started", "lasted" => "duration", "body" => "text", _ => name };
        if (TextFields.IndexOf(name) < 0 && FacetList.Find(name) is null && name is not ("started" or "order" or "gap"))
            return null;
        At = i + 1;
        return name;
    }

    /// <summary>The value after a field's colon: a bracketed range, a quoted text or a run without blanks.</summary>
    public WrittenValue Value()
    {
        var start = At;
        if (Now is '[' or '{')
        {
            var openLow = Now == '{';
            var end = Rest.IndexOfAny(']', '}');
            if (end < 0)
            {
                At = Text.Length;
                return new WrittenValue(Text[start..]);
            }

            var openHigh = Text[At + end] == '}';
            var body = Text.Substring(At + 1, end - 1);
            At += end + 1;
            var to = body.IndexOf(" TO ", StringComparison.OrdinalIgnoreCase);
            return to < 0
                ? new WrittenValue(Text[start..At])
                : new WrittenValue(Text[start..At], body[..to].Trim(), body[(to + 4)..].Trim(), openLow, openHigh);
        }

        if (Now is '"' or '“' or '”')
        {
            start = ++At;
            while (!AtEnd && Now is not ('"' or '“' or '”'))
                At++;
            var quoted = Text[start..At];
            At = Math.Min(At + 1, Text.Length);
            return new WrittenValue(quoted);
        }

        while (!AtEnd && !char.IsWhiteSpace(Now) && Now is not ('(' or ')'))
            At++;
        if (At == start)
            At++;
        return new WrittenValue(Text[start..At]);
    }

    /// <summary>The weight after <c>^</c>, bounded; 1 where there is none.</summary>
    public float Boost()
    {
        if (AtEnd || Now != '^')
            return 1f;
        var start = ++At;
        while (!AtEnd && (char.IsAsciiDigit(Now) || Now == '.'))
            At++;
        return float.TryParse(Text.AsSpan(start, At - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var boost)
            ? MathF.Round(Math.Clamp(boost, 0.1f, 10f), 3)
            : 1f;
    }

    /// <summary>A number here, its decimals passed over.</summary>
    public int? Number()
    {
        var start = At;
        while (!AtEnd && char.IsAsciiDigit(Now) && At - start < 4)
            At++;
        while (!AtEnd && (char.IsAsciiDigit(Now) || Now == '.'))
            At++;
        return int.TryParse(Text.AsSpan(start, Math.Min(4, At - start)), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public void SkipBlank()
    {
        while (!AtEnd && char.IsWhiteSpace(Now))
            At++;
    }

    /// <summary>True when an operator stands here, and not the beginning of a longer word.</summary>
    public bool IsAt(string word) =>
        Rest.StartsWith(word) && (At + word.Length == Text.Length || char.IsWhiteSpace(Text[At + word.Length]) || Text[At + word.Length] is '(' or ')' or '"');

    /// <summary>Takes an operator after blanks when it is there.</summary>
    public bool Take(string word)
    {
        SkipBlank();
        if (AtEnd || !IsAt(word))
            return false;
        At += word.Length;
        return true;
    }
}
