using System.Net;
using System.Text;

namespace IncidentDb.Markup;

/// <summary>
/// HTML from words that are never trusted: every text and every attribute value is escaped on its way in, names of elements and attributes come from
/// the code alone, and what is opened is closed.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _html = new();
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element. Attributes without a value are left out.</summary>
    public HtmlText Open(string name, string? cssClass = null, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, cssClass, attributes);
        _open.Push(name);
        return this;
    }

    /// <summary>An element without content and without an end.</summary>
    public HtmlText Void(string name, string? cssClass = null, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, cssClass, attributes);
        return this;
    }

    public HtmlText Text(string? text)
    {
        _html.Append(WebUtility.HtmlEncode(text));
        return this;
    }

    public HtmlText Close(int levels = 1)
    {
        for (var i = 0; i < levels; i++)
            _html.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>An element with a text.</summary>
    public HtmlText Element(string name, string? text, string? cssClass = null, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Begin(name, cssClass, attributes);
        _html.Append(WebUtility.HtmlEncode(text)).Append("</").Append(name).Append('>');
        return this;
    }

    public HtmlText Add(SafeHtml html)
    {
        _html.Append(html.Html);
        return this;
    }

    public SafeHtml ToHtml() => _open.Count == 0 ? new SafeHtml(_html.ToString()) : throw new InvalidOperationException($"<{_open.Peek()}> is not closed");

    private void Begin(string name, string? cssClass, ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _html.Append('<').Append(name);
        if (cssClass is not null)
            _html.Append(" class=\"").Append(cssClass).Append('"');
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
                _html.Append(' ').Append(attribute).Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
        }

        _html.Append('>');
    }
}
