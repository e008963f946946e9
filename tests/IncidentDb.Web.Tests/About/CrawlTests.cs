using System.Collections.Concurrent;
using System.Net;
using AngleSharp.Html.Parser;

namespace IncidentDb.Web.Tests.About;

/// <summary>The whole site as a crawler sees it: every address of the site map, and every link that stands on those pages.</summary>
[Collection(ReadingSite.Name)]
public sealed class CrawlTests(Site site)
{
    private const int MostSearches = 500;

    private readonly ConcurrentDictionary<string, CrawledPage> _pages = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = new();

    [Fact]
    public async Task Every_page_is_well_made_and_every_link_leads_somewhere()
    {
        var random = Seed.Draw(out var seed);
        var map = (await site.Client.GetStringAsync("/sitemap.txt")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(u => new Uri(u)).ToList();
        map.ShouldAllBe(u => u.Query.Length == 0);
        map.Count.ShouldBeGreaterThan(600);
        map.ShouldBeUnique();
        await VisitAsync(map.Select(u => u.PathAndQuery));
        _wrong.ShouldBeEmpty(seed);

        var links = LinksOf(_pages);
        var plain = links.Where(l => !l.Contains('?')).ToList();
        var searches = links.Where(l => l.Contains('?')).OrderBy(l => l, StringComparer.Ordinal).ToArray();
        random.Shuffle(searches);
        plain.Count.ShouldBeGreaterThan(map.Count);
        await VisitAsync(plain.Concat(searches.Take(MostSearches)));
        CheckFragments();
        _wrong.ShouldBeEmpty($"{seed}\n{string.Join('\n', _wrong.Take(100))}");
    }

    [Fact]
    public async Task Robots_are_kept_out_of_searches_and_led_to_the_site_map()
    {
        var robots = await site.Client.GetStringAsync("/robots.txt");
        robots.ShouldContain("Disallow: /incidents?");
        robots.ShouldContain("Sitemap: http");
        var page = await site.PageAsync("/incidents?q=dns&cause=overload");
        page.QuerySelector("meta[name=robots]")!.GetAttribute("content").ShouldBe("noindex");
        page.QuerySelectorAll(".facets a, .chips a.chip, a.bar").ShouldAllBe(a => a.GetAttribute("rel") == "nofollow" || a.TextContent == "Clear all");
    }

    private Task VisitAsync(IEnumerable<string> paths) => Parallel.ForEachAsync(
        paths.Where(p => !_pages.ContainsKey(p)).Distinct(StringComparer.Ordinal),
        new ParallelOptions { MaxDegreeOfParallelism = 4 },
        async (path, _) => await VisitAsync(path));

    private async Task VisitAsync(string path)
    {
        using var response = await site.Client.GetAsync(path);
        if (response.StatusCode == HttpStatusCode.MovedPermanently && response.Headers.Location is { } there)
        {
            using var moved = await site.Client.GetAsync(there);
            if (moved.StatusCode != HttpStatusCode.OK)
                _wrong.Enqueue($"{path}: leads to {there}, which answers {(int)moved.StatusCode}");
            return;
        }

        if (response.StatusCode != HttpStatusCode.OK)
            _wrong.Enqueue($"{path}: {(int)response.StatusCode}");
        if (response.Content.Headers.ContentType?.MediaType != "text/html")
            return;
        var page = CrawledPage.Of(new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync()));
        _pages[path] = page;
        foreach (var fault in page.Faults.Take(5))
            _wrong.Enqueue($"{path}: {fault}");
    }

    /// <summary>Addresses on the site that pages link to, without what stands after #.</summary>
    private HashSet<string> LinksOf(IEnumerable<KeyValuePair<string, CrawledPage>> pages)
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, page) in pages)
        {
            foreach (var link in page.Links)
            {
                if (Resolve(path, link) is { } uri)
                    links.Add(uri.PathAndQuery);
            }
        }

        return links;
    }

    /// <summary>The address on the site that a link means; null for other sites, which must be https or http.</summary>
    private Uri? Resolve(string path, string link)
    {
        if (!Uri.TryCreate(new Uri(site.Client.BaseAddress!, path), link, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            _wrong.Enqueue($"{path}: the link “{link}” is no address");
            return null;
        }

        return uri.Authority == site.Client.BaseAddress!.Authority ? uri : null;
    }

    private void CheckFragments()
    {
        foreach (var (path, page) in _pages)
        {
            foreach (var link in page.Links.Where(l => l.Contains('#')))
            {
                if (Resolve(path, link) is { Fragment.Length: > 1 } uri && _pages.TryGetValue(uri.PathAndQuery, out var there) && !there.Ids.Contains(Uri.UnescapeDataString(uri.Fragment[1..])))
                    _wrong.Enqueue($"{path}: {link} points to nothing");
            }
        }
    }
}
