using System.Globalization;
using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Accounts;

/// <summary>What names an account may have. The sentences are those that the form prints.</summary>
public static class AccountRules
{
    public const int MaxName = 40;
    public const int MaxCreditName = 80;

    public static readonly Rule NameShape = new("account-name", ProblemLevel.Error, "A sign-in name is 2 to 40 letters, digits, dots, hyphens and underscores.");
    public static readonly Rule CreditShape = new("credit-name", ProblemLevel.Error, "A name for credit is 2 to 80 visible characters.");
    public static readonly Rule NameTaken = new("name-taken", ProblemLevel.Error, "A sign-in name belongs to one account.");

    /// <summary>What is wrong with a sign-in name, or null.</summary>
    public static Problem? CheckName(string name) =>
        name.Length is >= 2 and <= MaxName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') && char.IsAsciiLetterOrDigit(name[0])
            ? null
            : NameShape.At("", 0, "name", $"A sign-in name has 2 to {MaxName} letters from a to z, digits, dots, hyphens and underscores, and begins with a letter or digit.");

    /// <summary>What is wrong with a name for credit, or null. Marks that turn the direction of writing could dress one name up as another.</summary>
    public static Problem? CheckCreditName(string name)
    {
        var visible = name.EnumerateRunes().All(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));
        return visible && new StringInfo(name).LengthInTextElements is >= 2 and <= MaxCreditName && name.Length <= 4 * MaxCreditName && name.Any(char.IsLetterOrDigit)
            ? null
            : CreditShape.At("", 0, "credit_name", $"The name for credit has 2 to {MaxCreditName} visible characters.");
    }

    /// <summary>A name as it is kept: one line, composed characters, single blanks.</summary>
    public static string Tidy(string name) => string.Join(' ', Submissions.FormFields.Clean(name).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static string Normalize(string name) => name.Trim().ToUpperInvariant();
}
