using System.Net;
using System.Text;
using IncidentDb.Markup;

namespace IncidentDb.Search;

/// <summary>Marks the words of a search in what is printed whole, a record's page. For one page and one thread.</summary>
public sealed class WordMarks
{
    private const string Open = "<mark>";
    private readonly Highlighter _highlighter;

    internal WordMarks(Highlighter highlighter) => _highlighter = highlighter;

    /// <summary>How many words have been marked so far.</summary>
    public int Count { get; private set; }

    /// <summary>A text, escaped, with the words marked.</summary>
    public SafeHtml Mark(string text)
    {
        var marked = _highlighter.Mark(text, 0, text.Length) ?? SafeHtml.Escape(text);
        Count += marked.Html.AsSpan().Count(Open);
        return marked;
    }

    /// <summary>Rendered text with the words marked; its elements stay as they are, and numbers of sources are no words of it.</summary>
    public SafeHtml Mark(SafeHtml html)
    {
        const string cite = "<span class=\"cite\">";
        const string endOfCite = "</span>";
        var text = html.Html;
        var result = new StringBuilder(text.Length + 64);
        for (var at = 0; at < text.Length;)
        {
            var end = text[at] == '<' ? EndOfTag(text, at) : text.IndexOf('<', at);
            if (end < 0)
                end = text.Length;
            if (text[at] != '<')
                result.Append(Mark(WebUtility.HtmlDecode(text[at..end])).Html);
            else if (text.AsSpan(at).StartsWith(cite, StringComparison.Ordinal) && text.IndexOf(endOfCite, at, StringComparison.Ordinal) is > 0 and var close)
                result.Append(text, at, (end = close + endOfCite.Length) - at);
            else
                result.Append(text, at, end - at);
            at = end;
        }

        return new SafeHtml(result.ToString());
    }

    /// <summary>The place after a tag; a sign in a quoted value does not end it.</summary>
    private static int EndOfTag(string text, int at)
    {
        var quoted = false;
        for (; at < text.Length; at++)
        {
            if (text[at] == '"')
                quoted = !quoted;
            else if (text[at] == '>' && !quoted)
                return at + 1;
        }

        return -1;
    }
}
