using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Records;

/// <summary>A sentence of prose with the citations behind it.</summary>
/// <param name="Text">The sentence without its citations.</param>
/// <param name="Sources">Source ids in order; <c>?</c> for the mark "unsourced".</param>
/// <param name="Line">0-based line within the text it was cut from.</param>
public sealed record Sentence(string Text, IReadOnlyList<string> Sources, int Line)
{
    public bool IsUnsourced => Sources.Contains(Citations.Unsourced);

    public bool IsCited => Sources.Any(s => s != Citations.Unsourced);
}

/// <summary>The citation grammar: <c>[^id]</c> after a sentence, <c>[^?]</c> marks it as unsourced.</summary>
public static partial class Citations
{
    public const string Unsourced = "?";

    /// <summary>All ids cited in a text, in order of first use, without <c>?</c>.</summary>
    public static IEnumerable<string> In(string text) =>
        Mark().Matches(text).Select(m => m.Groups["id"].Value).Where(id => id != Unsourced).Distinct(StringComparer.Ordinal);

    public static string Remove(string text) => text.Contains("[^", StringComparison.Ordinal) ? SpacedMark().Replace(text, "") : text;

    /// <summary>The text without the citations at its end, and those citations.</summary>
    public static (string Text, IReadOnlyList<string> Sources) TakeTrailing(string text)
    {
        // From the end: a pattern sought from the beginning begins anew at every blank, which takes minutes on a long row of them.
        var sources = new List<string>();
        var rest = text.AsSpan().TrimEnd();
        while (rest.EndsWith("]") && rest.LastIndexOf("[^") is var open and >= 0 && Mark().IsMatch(rest[open..]) && rest[open..].IndexOf(']') == rest.Length - open - 1)
        {
            sources.Insert(0, rest[(open + 2)..^1].ToString());
            rest = rest[..open].TrimEnd();
        }

        return sources.Count > 0 ? (rest.ToString(), [.. sources.Distinct(StringComparer.Ordinal)]) : (text, []);
    }

    /// <summary>Citations as they stand in a file: <c> [^a][^b]</c>, or nothing.</summary>
    public static string Write(IReadOnlyList<string> sources) =>
        sources.Count == 0 ? "" : " " + string.Concat(sources.Select(s => $"[^{s}]"));

    /// <summary>
    /// The sentences of a Markdown text with their citations. A list item, a table row, a heading and a paragraph end a sentence;
    /// citations belong to the sentence before them. With <paramref name="wholeItems"/> a list item is one sentence, as in a list of quotes.
    /// </summary>
    public static IReadOnlyList<Sentence> Sentences(string markdown, bool wholeItems = false)
    {
        var sentences = new List<Sentence>();
        var rows = markdown.Split('\n');
        var block = new List<string>();
        var blockLine = 0;
        for (var i = 0; i <= rows.Length; i++)
        {
            var row = i < rows.Length ? rows[i] : "";
            var starts = row.Length == 0 || i == rows.Length || BlockStart().IsMatch(row);
            if (starts && block.Count > 0)
            {
                Cut(block, blockLine, wholeItems, sentences);
                block.Clear();
            }

            if (row.Length == 0 || i == rows.Length)
                continue;
            if (block.Count == 0)
                blockLine = i;
            block.Add(BlockStart().Replace(row, "").Trim());
        }

        return sentences;
    }

    /// <summary>The sentences of a plain text in one line, without markup and citations.</summary>
    public static IEnumerable<string> Cut(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = SentenceEnd(text, at);
            var sentence = text.AsSpan(at, end - at).Trim();
            at = end;
            if (sentence.Length > 0)
                yield return sentence.ToString();
        }
    }

    private static void Cut(List<string> rows, int firstLine, bool whole, List<Sentence> sentences)
    {
        var text = string.Join('\n', rows);
        var at = 0;
        while (at < text.Length)
        {
            var end = whole ? text.Length : SentenceEnd(text, at);
            var marks = LeadingMarks().Match(text, end);
            var next = marks.Success && marks.Index == end ? end + marks.Length : end;
            var body = text[at..end];
            // Citations inside the sentence count for it too.
            var sources = Mark().Matches(text[at..next]).Select(m => m.Groups["id"].Value).Distinct(StringComparer.Ordinal).ToList();
            var plain = Remove(body).Replace('\n', ' ').Trim();
            var skipped = text.AsSpan(at, end - at).IndexOfAnyExcept(' ', '\n');
            if (plain.Length > 0)
                sentences.Add(new Sentence(plain, sources, firstLine + text.AsSpan(0, at + Math.Max(0, skipped)).Count('\n')));
            at = next;
        }
    }

    /// <summary>The index just after the sentence that begins at <paramref name="start"/>.</summary>
    private static int SentenceEnd(string text, int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] is not ('.' or '!' or '?' or '…'))
                continue;
            if (text[i] == '?' && i >= 2 && text[i - 1] == '^' && text[i - 2] == '[')
                continue;
            // The stop that counts is the last of a row, before what closes quotation and emphasis.
            var (stop, end) = (i, i + 1);
            for (; end < text.Length && text[end] is '.' or '!' or '?' or '"' or '”' or '’' or '\'' or ')' or ']' or '*' or '_'; end++)
            {
                if (text[end] is '.' or '!' or '?')
                    stop = end;
            }

            if (end >= text.Length)
                return text.Length;
            if (text[end] == '[' && end + 1 < text.Length && text[end + 1] == '^')
                return end;
            i = end - 1;
            if (!char.IsWhiteSpace(text[end]))
                continue;
            var next = end;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            // "She presses B. [^a] It says": what is cited is whole, abbreviation or not.
            if (next + 1 < text.Length && text[next] == '[' && text[next + 1] == '^')
                return end;
            if (text[stop] == '.' && IsAbbreviation(text, stop))
                continue;
            // "approx. 12" and "No. 3 of" go on; a capital, a digit after a citation, a quote or a bracket begins anew.
            if (next < text.Length && char.IsLower(text[next]))
                continue;
            return end;
        }

        return text.Length;
    }

    private static bool IsAbbreviation(string text, int dot)
    {
        var start = dot;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
            start--;
        var word = text[start..dot];
        if (word.Length == 1 && char.IsUpper(word[0]) && !(start >= 2 && char.IsDigit(text[start - 2])))
            return word[0] != 'I';
        return word.Length > 0 && Abbreviation().IsMatch(word);
    }

    [GeneratedRegex(@"\[\^(?<id>[^\[\]\s]{1,60})\]", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    public static partial Regex Mark();

    [GeneratedRegex(@"[ ]?\[\^[^\[\]\s]{1,60}\]", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex SpacedMark();

    [GeneratedRegex(@"\G(\s*\[\^[^\[\]\s]{1,60}\])+", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex LeadingMarks();

    [GeneratedRegex(@"^\s*([-*+]\s+|\d{1,9}[.)]\s+|>\s?|#{1,6}\s+|\|)", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^(?:e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|E\.U|vs|etc|approx|ca|cf|al|No|nos|Inc|Ltd|Corp|Co|Mr|Mrs|Ms|Dr|St|Jr|Sr|Prof|Gen|Sen|Rep|Fig|Sec|Art|Vol|pp|ed|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)$", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Abbreviation();
}
