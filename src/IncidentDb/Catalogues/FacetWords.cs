using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search.Facets;
using IncidentDb.Wording;

namespace IncidentDb.Catalogues;

/// <summary>The names behind facet values: slug to label for printing, name or alias to slug for reading.</summary>
public sealed class FacetWords(Catalogue catalogue)
{
    private const string Categories = "pattern_categories";

    /// <summary>The slug a name stands for, or null. Free words (tags, regions) stand for themselves.</summary>
    public string? Resolve(Facet facet, string word)
    {
        if (Blank.Is(word))
            return word;
        switch (facet.Name)
        {
            case "company":
                return catalogue.Resolve(Noun.Company, word) ?? catalogue.Resolve(Noun.Company, Slug.From(word));
            case "pattern":
                return catalogue.Resolve(Noun.Pattern, word) ?? catalogue.Resolve(Noun.Pattern, Slug.From(word)) ?? catalogue.Words.Resolve(Categories, word) ?? catalogue.Words.Resolve(Categories, Slug.From(word));
            case "episode":
                return catalogue.Resolve(Noun.Episode, word);
            case "has":
                return IncidentIndexing.Haves.Any(h => h.Value == word) ? word : null;
            case "completeness":
                return word is Completeness.Bronze or Completeness.Silver or Completeness.Gold ? word : null;
            case "tag" or "region":
                return Slug.IsValid(word) ? word : Slug.From(word);
            default:
                if (facet.Vocabulary is not { } vocabulary)
                    return null;
                return catalogue.Words.Resolve(vocabulary, word)
                    ?? catalogue.Words[vocabulary]?.Terms.FirstOrDefault(t => string.Equals(t.Label, word, StringComparison.OrdinalIgnoreCase))?.Slug
                    ?? catalogue.Words.Resolve(vocabulary, word.Replace(' ', '-'))
                    ?? catalogue.Words.Resolve(vocabulary, word.Replace(' ', '_'));
        }
    }

    public string Label(Facet facet, string value)
    {
        if (Blank.Is(value))
            return value.Replace('_', ' ');
        return facet.Name switch
        {
            "company" => catalogue.CompanyName(value),
            "pattern" => catalogue.Pattern(value)?.Name ?? catalogue.Words.Label(Categories, value),
            "episode" => catalogue.Episode(value)?.Title ?? value,
            "region" => PlaceWords.Of(value),
            "has" => IncidentIndexing.Haves.FirstOrDefault(h => h.Value == value).Label ?? value,
            "completeness" => value.Length > 0 ? char.ToUpperInvariant(value[0]) + value[1..] : value,
            _ when facet.Kind == FacetKind.Quantity => QuantityText.Range(value, facet.Unit),
            _ when facet.Vocabulary is { } vocabulary => catalogue.Words.Label(vocabulary, value),
            _ => value,
        };
    }

    /// <summary>The value above a value: the cause above a cause, the category of a pattern; null at the top.</summary>
    public string? Above(Facet facet, string value) => facet.Name == "pattern"
        ? catalogue.Pattern(value)?.Category
        : facet.Vocabulary is { } vocabulary ? catalogue.Words.Find(vocabulary, value)?.Parent : null;

    /// <summary>The words of an ordered facet in their order.</summary>
    public IReadOnlyList<string> Ordered(Facet facet) => facet.Name == "completeness"
        ? [Completeness.Gold, Completeness.Silver, Completeness.Bronze]
        : facet.Vocabulary is { } vocabulary ? [.. catalogue.Words.Slugs(vocabulary)] : [];
}

/// <summary>Quantities and ranges in words.</summary>
public static class QuantityText
{
    /// <summary><c>1h..4h</c> → "1 h to 4 h", <c>..10m</c> → "up to 10 min".</summary>
    public static string Range(string text, QuantityUnit unit)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
            return Bound(text, unit);
        var (low, high) = (text[..dots], text[(dots + 2)..]);
        if (unit == QuantityUnit.Year)
            return low.Length == 0 ? $"to {high}" : high.Length == 0 ? $"from {low}" : $"{low}–{high}";
        return low.Length == 0 ? $"up to {Bound(high, unit)}" : high.Length == 0 ? $"{Bound(low, unit)} or more" : $"{Bound(low, unit)} to {Bound(high, unit)}";
    }

    private static string Bound(string text, QuantityUnit unit)
    {
        if (unit == QuantityUnit.Year || text.Length == 0)
            return text;
        if (unit == QuantityUnit.Minutes && char.IsAsciiLetter(text[^1]))
            return text[..^1] + text[^1] switch { 'm' => " min", 's' => " s", 'h' => " h", 'd' => text is "1d" ? " day" : " days", 'w' => text is "1w" ? " week" : " weeks", var c => " " + c };
        var number = text[..^1] + text[^1] switch { 'k' => " thousand", 'M' => " million", 'B' => " billion", var c => c.ToString() };
        return unit == QuantityUnit.UsDollars ? "US$ " + number : number;
    }
}
