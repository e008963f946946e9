using AngleSharp.Dom;

namespace IncidentDb.Web.Tests.About;

/// <summary>What a crawler keeps of a page: what is wrong with it, and where it leads.</summary>
internal sealed record CrawledPage(IReadOnlyList<string> Faults, IReadOnlyList<string> Links, IReadOnlySet<string> Ids)
{
    public static CrawledPage Of(IDocument page)
    {
        var ids = page.All.Where(e => e.Id is { Length: > 0 }).Select(e => e.Id!).ToList();
        return new CrawledPage([.. Faulty(page, ids)], [.. page.QuerySelectorAll("a[href], link[href], script[src]").Select(e => e.GetAttribute("href") ?? e.GetAttribute("src")!)], ids.ToHashSet(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Faulty(IDocument page, List<string> ids)
    {
        if (page.QuerySelectorAll("h1").Length != 1)
            yield return $"{page.QuerySelectorAll("h1").Length} headings of the first order";
        if (string.IsNullOrWhiteSpace(page.Title) || !page.Title.Contains("IncidentDb", StringComparison.Ordinal))
            yield return $"the title is “{page.Title}”";
        if (page.DocumentElement.GetAttribute("lang") != "en")
            yield return "no language";
        if (page.QuerySelectorAll("main").Length != 1)
            yield return "not one main part";
        foreach (var notice in page.QuerySelectorAll(".notice"))
            yield return $"our own link asks for what can't be used: {notice.TextContent}";
        foreach (var twice in ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1))
            yield return $"the id “{twice.Key}” stands {twice.Count()} times";
        foreach (var link in page.QuerySelectorAll("a, button").Where(l => Name(l, page).Length == 0))
            yield return $"a link without a name: {link.OuterHtml}";
        foreach (var input in page.QuerySelectorAll("input:not([type=hidden]), select, textarea").Where(i => !IsLabelled(i, page)))
            yield return $"an input without a label: {input.OuterHtml}";
        foreach (var e in page.QuerySelectorAll("[aria-labelledby], [aria-describedby]"))
        {
            foreach (var id in (e.GetAttribute("aria-labelledby") + " " + e.GetAttribute("aria-describedby")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(i => !ids.Contains(i)))
                yield return $"nothing has the id “{id}” that {e.LocalName} points to";
        }

        foreach (var use in page.QuerySelectorAll("use").Select(u => u.GetAttribute("href")!).Distinct().Where(h => !ids.Contains(h[1..])))
            yield return $"there is no sign {use}";
        foreach (var e in page.All)
        {
            if (e.HasAttribute("style") || e.LocalName == "style" || (e.LocalName == "script" && !e.HasAttribute("src")))
                yield return $"inline style or script: {e.OuterHtml[..Math.Min(120, e.OuterHtml.Length)]}";
            foreach (var attribute in e.Attributes.Where(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase)))
                yield return $"a handler: {attribute.Name} of {e.LocalName}";
        }
    }

    private static string Name(IElement e, IDocument page) =>
        e.GetAttribute("aria-label")?.Trim() is { Length: > 0 } label ? label
        : e.GetAttribute("aria-labelledby") is { } by ? page.GetElementById(by)?.TextContent.Trim() ?? ""
        : e.TextContent.Trim();

    private static bool IsLabelled(IElement input, IDocument page) =>
        input.HasAttribute("aria-label") || input.Ancestors<IElement>().Any(a => a.LocalName == "label") || (input.Id is { Length: > 0 } id && page.QuerySelector($"label[for='{id}']") is not null);
}
