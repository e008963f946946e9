using System.Reflection;
using System.Text.RegularExpressions;
using IncidentDb.Wording;
using Markdig;

namespace IncidentDb.Web.Docs;

/// <summary>The pages of <c>docs/</c> that users of the site need, built into the program so that they are those of this version.</summary>
public static partial class DocPages
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub).DisableHtml().Build();
    private static readonly Assembly _assembly = typeof(DocPages).Assembly;
    private const string Prefix = "docs.";

    /// <summary>Names without extension, alphabetical.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. _assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^3]).Order(StringComparer.Ordinal)];

    /// <summary>The Markdown of a page, or null.</summary>
    public static string? Text(string name)
    {
        using var stream = Names.Contains(name) ? _assembly.GetManifestResourceStream(Prefix + name + ".md") : null;
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    public static string Title(string text) => text.Split('\n').FirstOrDefault(l => l.StartsWith("# ", StringComparison.Ordinal))?[2..] ?? "";

    /// <summary>The first sentence below the title, as plain text.</summary>
    public static string Lead(string text)
    {
        var paragraph = text.Split("\n\n").Skip(1).FirstOrDefault(p => p.Trim().Length > 0 && p[0] is not ('#' or '<' or '-' or '|')) ?? "";
        var plain = Markdown.ToPlainText(paragraph, _pipeline).ReplaceLineEndings(" ").Trim();
        var end = plain.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? plain : plain[..(end + 1)];
    }

    /// <summary>Our own text as HTML; links between the files become links between the pages, links to records links to their pages.</summary>
    public static string Html(string text)
    {
        var body = Comment().Replace(text[(text.IndexOf('\n') + 1)..], "");
        var html = Local().Replace(Markdown.ToHtml(body, _pipeline), m => $"href=\"/docs/{m.Groups["name"].Value}{m.Groups["anchor"].Value}\"");
        html = Record().Replace(html, "href=\"/${noun}/${slug}\"");
        // Wide things scroll in a box of their own, which the keyboard must reach.
        var tables = 0;
        html = Table().Replace(html, m => $"<div class=\"scroll-x\" role=\"region\" aria-label=\"Table {++tables}\" tabindex=\"0\">{m.Value}</div>");
        return html.Replace("<pre>", "<pre tabindex=\"0\">", StringComparison.Ordinal);
    }

    [GeneratedRegex("href=\"(?<name>[a-z-]+)\\.md(?<anchor>#[^\"]*)?\"", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Local();

    [GeneratedRegex("href=\"\\.\\./data/(?<noun>incidents|patterns|companies|episodes)/(?<slug>[a-z0-9-]+)\\.(?:md|yaml)\"", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Record();

    [GeneratedRegex("<table>.*?</table>", RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Table();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Comment();
}
