using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using IncidentDb.Wording;

namespace IncidentDb.Markup;

/// <summary>
/// The second fence behind the Markdown renderer: only these elements and attributes leave it. Well-formed output of our own renderer
/// passes by a scan; anything else is parsed as a browser would and cut down.
/// </summary>
internal static partial class HtmlAllowlist
{
    private static readonly HashSet<string> _elements = new(StringComparer.Ordinal)
    {
        "p", "br", "em", "strong", "code", "pre", "a", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "hr",
        "table", "thead", "tbody", "tr", "th", "td",
    };

    private static readonly HashSet<string> _attributes = new(StringComparer.Ordinal) { "href", "rel", "start", "title", "class" };

    public static string Enforce(string html) => IsKnown(html) ? html : Sanitize(html);

    private static bool IsKnown(string html)
    {
        foreach (var tag in Tag().EnumerateMatches(html))
        {
            var text = html.AsSpan(tag.Index, tag.Length);
            if (!KnownTag().IsMatch(text))
                return false;
        }

        return true;
    }

    private static string Sanitize(string html)
    {
        var document = new HtmlParser().ParseDocument("<body>" + html);
        var body = document.Body!;
        foreach (var element in body.QuerySelectorAll("*").Reverse().ToList())
        {
            if (!_elements.Contains(element.LocalName))
            {
                if (element.LocalName is "script" or "style" or "iframe" or "object" or "template" or "noscript" or "svg" or "math")
                    element.Remove();
                else
                    element.Replace([.. element.ChildNodes]);
                continue;
            }

            foreach (var attribute in element.Attributes.ToList())
            {
                if (!_attributes.Contains(attribute.Name) || (attribute.Name == "href" && !AllowedAddress().IsMatch(attribute.Value)))
                    element.RemoveAttribute(attribute.Name);
            }
        }

        return body.InnerHtml;
    }

    [GeneratedRegex("<[^>]*>?", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Tag();

    [GeneratedRegex(
        """^<(?:/(?:p|em|strong|code|pre|a|ul|ol|li|blockquote|h[3-6]|table|thead|tbody|tr|th|td)|(?:p|em|strong|code|pre|ul|ol|li|blockquote|h[3-6]|table|thead|tbody|tr|th|td)|ol start="\d{1,9}"|(?:br|hr) /|code class="language-[\w+-]{1,20}"|a href="(?:https?://|/(?![/\\]))[^"<>]*"(?: title="[^"<>]*")? rel="nofollow ugc noopener")>$""",
        RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex KnownTag();

    [GeneratedRegex(@"^(?:https?://|/(?![/\\]))", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex AllowedAddress();
}
