using System.Globalization;
using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Accounts;

/// <summary>Which passwords are refused: the short ones and those that are guessed first. No rules about kinds of characters.</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    public static readonly Rule Length = new("password-length", ProblemLevel.Error, "A password has 12 to 128 characters.");
    public static readonly Rule Common = new("password-common", ProblemLevel.Error, "A password is none of those that are guessed first.");

    private static readonly Lazy<HashSet<string>> _common = new(CommonPasswords.Make);

    /// <summary>Passwords in the list.</summary>
    public static int CommonCount => _common.Value.Count;

    /// <summary>What is wrong with a password, or null. <paramref name="names"/> are words that somebody else knows, such as the sign-in name.</summary>
    public static Problem? Check(string password, params IEnumerable<string> names)
    {
        var length = new StringInfo(password).LengthInTextElements;
        if (length < MinLength || password.Length > MaxLength)
            return Length.At("", 0, "password", $"A password has {MinLength} to {MaxLength} characters; a few words in a row are easy to keep in mind.");
        var lower = password.Normalize(NormalizationForm.FormKC).ToLowerInvariant().Trim();
        var plain = Plain(lower);
        if (_common.Value.Contains(lower) || _common.Value.Contains(plain) || plain.Distinct().Count() < 4)
            return Common.At("", 0, "password", "This password is one of those that are tried first. Choose another.");
        foreach (var name in names.Append("incidentdb"))
        {
            // The name with a few signs around it is as easy to guess as the name.
            if (name.Length >= 4 && plain.Contains(Plain(name.ToLowerInvariant()), StringComparison.Ordinal) && password.Length - name.Length < 8)
                return Common.At("", 0, "password", $"This password is little more than “{name}”. Choose another.");
        }

        return null;
    }

    /// <summary>Signs that stand for letters undone where a word would have letters: <c>p4ssw0rd</c> is <c>password</c>.</summary>
    private static string Plain(string lower)
    {
        var plain = new StringBuilder(lower.Length);
        for (var i = 0; i < lower.Length; i++)
        {
            var before = i > 0 && char.IsLetter(lower[i - 1]);
            var after = i + 1 < lower.Length && char.IsLetter(lower[i + 1]);
            plain.Append(before || after ? Letter(lower[i], after) : lower[i]);
        }

        return plain.ToString();
    }

    private static char Letter(char c, bool insideWord) => c switch
    {
        '@' => 'a',
        '$' => 's',
        '0' when insideWord => 'o',
        '1' when insideWord => 'i',
        '3' when insideWord => 'e',
        '4' when insideWord => 'a',
        '5' when insideWord => 's',
        '7' when insideWord => 't',
        _ => c,
    };
}
