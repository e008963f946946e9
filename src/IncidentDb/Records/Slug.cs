using System.Globalization;
using System.Text;

namespace IncidentDb.Records;

/// <summary>The permanent name of a record in addresses and references: <c>[a-z0-9-]{2,80}</c>.</summary>
public static class Slug
{
    public const int MaxLength = 80;

    public static bool IsValid(string text)
    {
        if (text.Length is < 2 or > MaxLength)
            return false;
        foreach (var c in text)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
                return false;
        }

        return text[0] != '-' && text[^1] != '-';
    }

    /// <summary>
    /// The slug that somebody meant who typed a slug or pasted the whole address of a record, as people copy it: of one of its twins or its history, with
    /// the search that led there and the line it led to.
    /// </summary>
    public static string OfAddress(string text, string noun = "incidents")
    {
        var given = text.Trim().TrimEnd('/');
        var address = given.AsSpan(0, given.IndexOfAny(['?', '#']) is var end and >= 0 ? end : given.Length);
        var at = address.LastIndexOf($"/{noun}/", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return given;
        var rest = address[(at + noun.Length + 2)..];
        return rest[..(rest.IndexOfAny('/', '.') is var stop and >= 0 ? stop : rest.Length)].ToString();
    }

    /// <summary>A slug made from a title: diacritics dropped, everything else that is no letter or digit becomes a hyphen.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder();
        // Half a surrogate pair and U+FFFE, which may come in an address, can't be normalised.
        var text = string.Concat(title.EnumerateRunes()).Replace('\ufffe', ' ').Normalize(NormalizationForm.FormKD);
        foreach (var c in text)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '\'' or '’')
                continue;
            var lower = char.ToLowerInvariant(c);
            if (lower is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                slug.Append(lower);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (slug.Length == MaxLength)
                break;
        }

        var made = slug.ToString().Trim('-');
        return made.Length switch { 0 => "record", 1 => "record-" + made, _ => made };
    }
}
