using System.Text.RegularExpressions;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets;

/// <summary>One sentence of a script and what makes it hard to read out.</summary>
/// <param name="Findings">Empty for a sentence that reads well.</param>
public sealed record JudgedSentence(string Block, PrepStatement Statement, string Text, int Words, IReadOnlyList<string> Findings);

/// <summary>
/// Judges a script sentence by sentence: one idea, at most 25 words, nothing that can't be spoken, numbers in words. Whether a sentence holds one idea is
/// judged by its joints: a semicolon, a bracket or a second colon is where a listener gets lost.
/// </summary>
public static partial class ReadAloud
{
    public const int MostWords = 25;

    public static IReadOnlyList<JudgedSentence> Judge(PrepSheet sheet) =>
    [
        .. sheet.Blocks.SelectMany(b => b.Parts.SelectMany(p => p.Statements).Where(s => !s.Silent).SelectMany(s => Citations.Cut(s.Script).Select(text => Judge(b.Id, s, text)))),
    ];

    private static JudgedSentence Judge(string block, PrepStatement statement, string text)
    {
        // The label before a sentence is a breath of its own: “Eleven minutes in: …”.
        var label = statement.SpokenLabel is { } said && text.StartsWith(said, StringComparison.Ordinal) ? said.Length : 0;
        var body = text[label..].Trim();
        var findings = new List<string>();
        var words = Pace.Words(body);
        if (words > MostWords)
            findings.Add($"{words} words");
        if (body.Contains(';', StringComparison.Ordinal) || body.Contains('(', StringComparison.Ordinal) || body.Count(c => c == ':') > 1)
            findings.Add("more than one idea");
        if (Unspeakable().Match(body) is { Success: true } sign)
            findings.Add($"“{sign.Value}” can’t be spoken");
        if (Figure().Match(body) is { Success: true } figure)
            findings.Add($"“{figure.Value}” is not in words");
        return new JudgedSentence(block, statement, text, words, findings);
    }

    [GeneratedRegex(@"https?:|[\[\]{}<>|\\=‹›^~@#$€£¥%*_→≤≥]", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Unspeakable();

    /// <summary>Digits that are not part of a name such as S3, us-east-1 or HTTP/2.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d\-/._])\d[\d.,:]*(?![\p{L}\d\-])", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Figure();
}
