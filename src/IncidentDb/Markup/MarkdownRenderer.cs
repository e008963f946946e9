using System.Buffers;
using System.Text.RegularExpressions;
using IncidentDb.Records;
using IncidentDb.Wording;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IncidentDb.Markup;

/// <summary>
/// The one place where untrusted text becomes HTML: CommonMark without raw HTML and images, links to http and https only, citations as
/// links to the numbered sources. The result is checked against an element allowlist; input is capped, because a parser can be slow.
/// </summary>
public static partial class MarkdownRenderer
{
    public const int MaxLength = 65_536;
    private const int MaxMarks = 2_000;

    // Private-use characters carry citations and unsourced sentences through the parser; they are taken out of the input first.
    private const char CiteOpen = '\uE010';
    private const char CiteClose = '\uE011';
    private const char UnsourcedOpen = '\uE012';
    private const char UnsourcedClose = '\uE013';

    private static readonly SearchValues<char> _markup = SearchValues.Create("*_`[]<>#|&\\");
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>The text as HTML blocks. <paramref name="numberOf"/> gives the number of a source id, 0 for one that is unknown.</summary>
    public static SafeHtml Render(string markdown, Func<string, int> numberOf)
    {
        if (markdown.Length == 0)
            return SafeHtml.Empty;
        if (IsTooMuch(markdown))
            return new SafeHtml($"<p>{Escape(markdown.Length <= MaxLength ? markdown : markdown[..MaxLength])}</p>");
        string html;
        try
        {
            var document = Markdown.Parse(MarkCitations(StripPrivate(markdown), numberOf), _pipeline);
            Tame(document);
            html = Markdown.ToHtml(document, _pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig gives up on nesting that is too deep: show the text as it is.
            return new SafeHtml($"<p>{Escape(markdown)}</p>");
        }

        return new SafeHtml(PrintMarks(HtmlAllowlist.Enforce(html.Trim())));
    }

    /// <summary>One line of text without its paragraph: for the record in one line, events and labels.</summary>
    public static SafeHtml RenderInline(string markdown, Func<string, int> numberOf)
    {
        var html = Render(markdown, numberOf).Html;
        return html.StartsWith("<p>", StringComparison.Ordinal) && html.EndsWith("</p>", StringComparison.Ordinal) && html.IndexOf("<p>", 3, StringComparison.Ordinal) < 0
            ? new SafeHtml(html[3..^4])
            : new SafeHtml(html);
    }

    /// <summary>Source numbers as links, as they stand behind a sentence or an event.</summary>
    public static SafeHtml RenderCitations(IEnumerable<string> sources, Func<string, int> numberOf)
    {
        var ids = sources.ToList();
        return new SafeHtml(PrintMarks($"{CiteOpen}{Numbers(ids, numberOf)}{CiteClose}") + (ids.Contains(Citations.Unsourced) ? Flag : ""));
    }

    /// <summary>Rendered text without its citations, for a page that does not list the sources they lead to.</summary>
    public static SafeHtml WithoutCitations(SafeHtml html) => new(PrintedCites().Replace(html.Html, ""));

    /// <summary>The text without markup and citations, for snippets, feeds and search.</summary>
    public static string ToPlainText(string markdown)
    {
        if (markdown.Length == 0)
            return "";
        var text = Citations.Remove(markdown);
        return IsTooMuch(text) || text.AsSpan().IndexOfAny(_markup) < 0 && !text.Contains('\n') ? text : PlainText(text);
    }

    private static string PlainText(string text)
    {
        try
        {
            using var writer = new StringWriter();
            Markdown.ToPlainText(text, writer, _pipeline);
            return Blank().Replace(writer.ToString(), " ").Trim();
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private const string Flag = "<span class=\"flag\">unsourced</span>";

    private static bool IsTooMuch(string text) =>
        text.Length > MaxLength || text.AsSpan().Count('[') > MaxMarks || text.AsSpan().Count('*') > MaxMarks || text.AsSpan().Count('|') > MaxMarks
        || text.AsSpan().Count('>') > MaxMarks || text.AsSpan().Count('_') > MaxMarks || text.AsSpan().Count('`') > MaxMarks;

    private static string StripPrivate(string text) => text.AsSpan().IndexOfAnyInRange(CiteOpen, UnsourcedClose) < 0
        ? text
        : string.Concat(text.Where(c => c is < CiteOpen or > UnsourcedClose));

    private static string Escape(string text) => System.Net.WebUtility.HtmlEncode(text);

    /// <summary>Citations become numbers between marks; a sentence with <c>[^?]</c> is put between the other marks.</summary>
    private static string MarkCitations(string markdown, Func<string, int> numberOf)
    {
        if (!markdown.Contains("[^", StringComparison.Ordinal))
            return markdown;
        if (markdown.Contains("[^?]", StringComparison.Ordinal))
        {
            foreach (var sentence in Citations.Sentences(markdown).Where(s => s.IsUnsourced))
            {
                var at = markdown.IndexOf(sentence.Text, StringComparison.Ordinal);
                if (at >= 0)
                    markdown = markdown[..at] + UnsourcedOpen + sentence.Text + UnsourcedClose + markdown[(at + sentence.Text.Length)..];
            }
        }

        return Runs().Replace(markdown, run => $"{CiteOpen}{Numbers(Citations.Mark().Matches(run.Value).Select(m => m.Groups["id"].Value), numberOf)}{CiteClose}");
    }

    private static string Numbers(IEnumerable<string> ids, Func<string, int> numberOf) =>
        string.Join(',', ids.Where(id => id != Citations.Unsourced).Select(numberOf).Where(n => n > 0).Distinct());

    /// <summary>The marks as markup. The word joiner keeps the number on the line of the word before it.</summary>
    private static string PrintMarks(string html)
    {
        if (html.AsSpan().IndexOfAnyInRange(CiteOpen, UnsourcedClose) < 0)
            return html;
        html = Cites().Replace(html, cite =>
        {
            var numbers = cite.Groups["numbers"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries);
            return numbers.Length == 0
                ? ""
                : "&#8288;<span class=\"cite\">" + string.Concat(numbers.Select(n => $"<a href=\"#source-{n}\" aria-label=\"Source {n}\">[{n}]</a>")) + "</span>";
        });
        return html.Replace(UnsourcedOpen.ToString(), "<span class=\"unsourced\">", StringComparison.Ordinal)
            .Replace(UnsourcedClose.ToString(), $"</span>{Flag}", StringComparison.Ordinal);
    }

    /// <summary>Links that may not be followed become their text, images their description; headings keep below the page's own.</summary>
    private static void Tame(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage || !IsAllowed(link.Url))
                Unwrap(link);
            else
                Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(link).AddProperty("rel", "nofollow ugc noopener");
        }

        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (link.IsEmail || !IsAllowed(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Markdig.Renderers.Html.HtmlAttributesExtensions.GetAttributes(link).AddProperty("rel", "nofollow ugc noopener");
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
            heading.Level = Math.Clamp(heading.Level, 3, 6);
    }

    private static void Unwrap(LinkInline link)
    {
        var after = (Inline)link;
        foreach (var child in link.ToList())
        {
            child.Remove();
            after.InsertAfter(child);
            after = child;
        }

        link.Remove();
    }

    /// <summary>http and https, and paths on this site.</summary>
    private static bool IsAllowed(string? url) =>
        url is not null && (SourceUrl.IsValid(url) || (url.Length > 1 && url[0] == '/' && url[1] is not ('/' or '\\') && !url.Any(c => c < ' ' || c == '\\')));

    [GeneratedRegex(@"(?<!\s)(\s*\[\^[^\[\]\s]{1,60}\])+", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Runs();

    [GeneratedRegex("\uE010(?<numbers>[0-9,]*)\uE011", RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Cites();

    [GeneratedRegex("&#8288;<span class=\"cite\">.*?</span>", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex PrintedCites();

    [GeneratedRegex(@"\s+", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Blank();
}
