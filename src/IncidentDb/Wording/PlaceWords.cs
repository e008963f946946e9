namespace IncidentDb.Wording;

/// <summary>Places as people write them.</summary>
public static class PlaceWords
{
    /// <summary><c>United States</c>, <c>Middle East</c>; the code of a provider's region (<c>us-east-1</c>, <c>uk-south</c>) stays as it is.</summary>
    public static string Of(string slug)
    {
        var words = slug.Split('-');
        return words.Any(w => w.Length < 3 || w.Any(char.IsAsciiDigit)) ? slug : string.Join(' ', words.Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
    }
}
