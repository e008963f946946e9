using IncidentDb.Markup;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>
/// The sentences of a paragraph or list item that share a citation. A citation closes the sentences before it, back to the citation before
/// or the beginning of the paragraph; the rules see to it that a sentence with a figure, a date or a quotation has its own.
/// </summary>
/// <param name="Text">Without markup and citations.</param>
/// <param name="Sources">Source ids; <c>?</c> for the mark "unsourced"; empty where nothing is cited.</param>
/// <param name="Begins">True for the first passage of its paragraph or item.</param>
/// <param name="IsItem">True within a list.</param>
/// <param name="Heading">The <c>###</c> heading above it, or empty.</param>
internal sealed record Passage(string Text, IReadOnlyList<string> Sources, bool Begins, bool IsItem, string Heading)
{
    /// <summary>The passages of a section in order. Tables and code are left out: nobody reads them aloud.</summary>
    public static IReadOnlyList<Passage> Of(string markdown, bool wholeItems = false)
    {
        var passages = new List<Passage>();
        foreach (var part in RecordText.Split(markdown, "### ", 1))
        {
            foreach (var (text, isItem) in Blocks(part.Body))
                Cut(text, isItem, part.Heading, wholeItems && isItem, passages);
        }

        return passages;
    }

    private static void Cut(string text, bool isItem, string heading, bool whole, List<Passage> passages)
    {
        var begins = true;
        var run = new List<string>();
        foreach (var sentence in Citations.Sentences(text, whole))
        {
            run.Add(sentence.Text);
            if (sentence.Sources.Count == 0)
                continue;
            Close(sentence.Sources);
        }

        if (run.Count > 0)
            Close([]);

        void Close(IReadOnlyList<string> sources)
        {
            passages.Add(new Passage(MarkdownRenderer.ToPlainText(string.Join(' ', run)), sources, begins, isItem, heading));
            begins = false;
            run.Clear();
        }
    }

    /// <summary>Paragraphs and list items; an indented or plain line goes on with the one above.</summary>
    private static IEnumerable<(string Text, bool IsItem)> Blocks(string body)
    {
        var rows = new List<string>();
        var (isItem, fenced) = (false, false);
        foreach (var row in body.Split('\n').Append(""))
        {
            var startsItem = row.StartsWith("- ", StringComparison.Ordinal) || row.StartsWith("* ", StringComparison.Ordinal);
            if (row.StartsWith("```", StringComparison.Ordinal) || row.StartsWith("~~~", StringComparison.Ordinal))
                fenced = !fenced;
            var silent = fenced || row.Length == 0 || row[0] is '|' or '#' or '`' or '~';
            if ((startsItem || silent) && rows.Count > 0)
            {
                yield return (string.Join('\n', rows), isItem);
                rows.Clear();
                isItem = false;
            }

            if (silent)
                continue;
            if (startsItem)
                isItem = true;
            // The mark stays: it tells the sentence cutter that this is one item.
            rows.Add(row.TrimStart());
        }
    }
}
