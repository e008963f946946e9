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

    /// <summary>A slug made from a title: diacritics dropped, everything else that is no letter or digit becomes a hyphen.</summary>
    public static string From(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in Legible(title).Normalize(NormalizationForm.FormKD))
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

        var text = slug.ToString().Trim('-');
        return text.Length >= 2 ? text : "record-" + text;
    }

    /// <summary>Without U+FFFE and halves of pairs, which the normalisation answers with an exception; an address may hold them.</summary>
    private static string Legible(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 && !text.Contains('\uFFFE'))
            return text;
        // Enumerating replaces halves of pairs by U+FFFD.
        return string.Concat(text.EnumerateRunes().Where(r => r.Value != 0xFFFE).Select(r => r.ToString()));
    }
}
