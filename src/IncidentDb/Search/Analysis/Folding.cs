using System.Globalization;
using System.Text;

namespace IncidentDb.Search.Analysis;

/// <summary>Makes texts comparable: compatibility forms, case and diacritics do not matter.</summary>
public static class Folding
{
    /// <summary>The folded text; its length may differ from the original's.</summary>
    public static string Fold(string text)
    {
        if (IsPlainAscii(text))
            return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
                continue;
            var lower = Rune.ToLowerInvariant(rune);
            switch (lower.Value)
            {
                case 'ß':
                    folded.Append("ss");
                    break;
                case 'ø':
                    folded.Append('o');
                    break;
                case 'ł':
                    folded.Append('l');
                    break;
                case 'æ':
                    folded.Append("ae");
                    break;
                case 'œ':
                    folded.Append("oe");
                    break;
                case 'đ' or 'ð':
                    folded.Append('d');
                    break;
                case '‘' or '’' or '‛' or 'ʼ' or '＇':
                    folded.Append('\'');
                    break;
                case '‐' or '‑' or '‒' or '−' or '﹣' or '－':
                    folded.Append('-');
                    break;
                default:
                    folded.Append(lower.ToString());
                    break;
            }
        }

        return folded.ToString();
    }

    private static bool IsPlainAscii(string text)
    {
        foreach (var c in text)
        {
            if (c >= 0x80)
                return false;
        }

        return true;
    }
}
