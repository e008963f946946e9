using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Records;

/// <summary>What prose of every record follows: a figure, a date and a quotation have a source.</summary>
public static partial class CitationRules
{
    public static readonly Rule UnknownSource = new("unknown-source", ProblemLevel.Error, "A citation names a source of the record.");
    public static readonly Rule SentenceUncited = new("sentence-uncited", ProblemLevel.Error, "A sentence with a digit, a month or a quotation cites its source, or is marked [^?].");

    public static readonly IReadOnlyList<Rule> All = [UnknownSource, SentenceUncited];

    /// <summary>True for a sentence with a digit, a month or a quotation mark.</summary>
    public static bool NeedsCitation(string sentence) => sentence.Any(c => char.IsAsciiDigit(c) || c is '"' or '“' or '”' or '„' or '«') || Month().IsMatch(sentence);

    // "May" and "March" are also words: they count as months anywhere but at the beginning of the sentence.
    [GeneratedRegex(@"\b(January|February|April|June|July|August|September|October|November|December)\b|(?<!^)\b(March|May)\b", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Month();
}
