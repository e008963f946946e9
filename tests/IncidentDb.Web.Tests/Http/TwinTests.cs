using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace IncidentDb.Web.Tests.Http;

/// <summary>One address, every format: types, names of downloads, and contents that agree with the page.</summary>
[Collection(ReadingSite.Name)]
public sealed class TwinTests(Site site)
{
    /// <summary>Extension, content type, and whether it is a download.</summary>
    private static readonly (string Extension, string Type, bool IsDownload)[] _ofSearches =
    [
        (".json", "application/json; charset=utf-8", false),
        (".csv", "text/csv; charset=utf-8", true),
        (".ndjson", "application/x-ndjson; charset=utf-8", true),
        (".md", "text/markdown; charset=utf-8", true),
        (".bib", "application/x-bibtex; charset=utf-8", true),
        (".ris", "application/x-research-info-systems; charset=utf-8", true),
        (".atom", "application/atom+xml; charset=utf-8", false),
    ];

    private static readonly (string Extension, string Type)[] _ofRecords =
    [
        (".json", "application/json; charset=utf-8"),
        (".md", "text/markdown; charset=utf-8"),
        (".bib", "application/x-bibtex; charset=utf-8"),
        (".ris", "application/x-research-info-systems; charset=utf-8"),
    ];

    [Theory]
    [InlineData("")]
    [InlineData("?q=retry+storm")]
    [InlineData("?cause=overload&sort=loss")]
    [InlineData("?q=nosuchwordatall")]
    public async Task A_search_has_seven_twins(string query)
    {
        foreach (var (extension, type, download) in _ofSearches)
        {
            using var response = await site.Client.GetAsync($"/incidents{extension}{query}");
            await response.ShouldAnswerAsync(HttpStatusCode.OK, extension);
            response.Content.Headers.ContentType?.ToString().ShouldBe(type);
            var disposition = response.Content.Headers.ContentDisposition;
            (disposition?.DispositionType == "attachment").ShouldBe(download, extension);
            if (download)
                disposition!.FileName.ShouldBe($"incidents{extension}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=dns&page=2&size=5")]
    [InlineData("?company=google&sort=date")]
    public async Task Exports_hold_the_whole_result_in_its_order(string query)
    {
        var json = await site.JsonAsync("/incidents.json" + query);
        var total = json.GetProperty("total").GetInt32();
        total.ShouldBeGreaterThan(5);
        var ndjson = (await TextAsync("/incidents.ndjson" + query)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var slugs = ndjson.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("slug").GetString()!).ToList();
        slugs.Count.ShouldBe(total);
        slugs.ShouldBeUnique();
        var (page, size) = (json.GetProperty("page").GetInt32(), json.GetProperty("size").GetInt32());
        json.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("slug").GetString()).ShouldBe(slugs.Skip((page - 1) * size).Take(size));

        var csv = Csv.Parse(await TextAsync("/incidents.csv" + query));
        csv[0][0].ShouldBe("slug");
        csv.ShouldAllBe(row => row.Count == csv[0].Count);
        csv.Skip(1).Select(r => r[0]).ShouldBe(slugs);
        Lines(await TextAsync("/incidents.md" + query), "- [").Select(l => l.Split("/incidents/")[1].Split(')')[0]).ShouldBe(slugs);
        Lines(await TextAsync("/incidents.bib" + query), "@").Count.ShouldBe(total);
        Lines(await TextAsync("/incidents.ris" + query), "TY  - ").Count.ShouldBe(total);
    }

    [Fact]
    public async Task A_feed_is_valid_and_names_itself()
    {
        var feed = XDocument.Parse(await TextAsync("/incidents.atom?q=dns"));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        feed.Root!.Name.ShouldBe(atom + "feed");
        feed.Root.Elements(atom + "link").Single(l => (string?)l.Attribute("rel") == "self").Attribute("href")!.Value.ShouldEndWith("/incidents.atom?q=dns");
        var entries = feed.Root.Elements(atom + "entry").ToList();
        entries.Count.ShouldBeGreaterThan(5);
        foreach (var entry in entries)
        {
            foreach (var name in new[] { "title", "id", "updated", "summary" })
                entry.Element(atom + name)!.Value.ShouldNotBeEmpty();
            DateTimeOffset.TryParse(entry.Element(atom + "updated")!.Value, out _).ShouldBeTrue();
        }

        entries.Select(e => e.Element(atom + "id")!.Value).ShouldBeUnique();
    }

    [Theory]
    [InlineData("incident")]
    [InlineData("near_miss")]
    [InlineData("case_study")]
    public async Task Records_of_a_kind_have_four_twins(string kind)
    {
        var slugs = site.Library.Incidents.All().Where(i => i.Kind == kind).Take(10).Select(i => i.Slug).ToList();
        slugs.ShouldNotBeEmpty();
        foreach (var slug in slugs)
        {
            foreach (var (extension, type) in _ofRecords)
            {
                using var response = await site.Client.GetAsync($"/incidents/{slug}{extension}");
                var body = await response.ShouldAnswerAsync(HttpStatusCode.OK, slug + extension);
                response.Content.Headers.ContentType?.ToString().ShouldBe(type);
                if (extension != ".md")
                    body.ShouldContain(slug, customMessage: slug + extension);
            }

            // The Markdown twin is the record's file.
            (await TextAsync($"/incidents/{slug}.md")).ShouldBe(await File.ReadAllTextAsync(Path.Combine(Clone.Root, "data", "incidents", slug + ".md")));
        }
    }

    [Fact]
    public async Task Every_reading_address_has_a_JSON_twin()
    {
        var paths = new List<string> { "/about", "/timeline", "/changes", "/patterns/matrix", "/patterns/combinations", "/patterns/evolution", "/about/data", "/docs", "/docs/data-format" };
        paths.AddRange(site.Library.Catalogue.Companies.Take(10).Select(c => $"/companies/{c.Slug}"));
        paths.AddRange(site.Library.Catalogue.Patterns.Take(10).Select(p => $"/patterns/{p.Slug}"));
        paths.AddRange(site.Library.Catalogue.Episodes.Take(10).Select(e => $"/episodes/{e.Slug}"));
        foreach (var noun in new[] { "causes", "technologies", "laws" })
            paths.AddRange(site.Library.Catalogue.Words.Slugs(noun).Take(10).Select(s => $"/{noun}/{s}"));
        paths.Add($"/incidents/{site.Library.Incidents.All()[0].Slug}/history");
        foreach (var path in paths)
            (await site.JsonAsync(path + ".json")).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Theory]
    [InlineData("/incidents/facebook-bgp-2021.csv")]
    [InlineData("/incidents/facebook-bgp-2021.atom")]
    [InlineData("/companies/google.bib")]
    [InlineData("/patterns/failover.md")]
    [InlineData("/episodes/no-such-episode.docx")]
    [InlineData("/technologies/dns.csv")]
    [InlineData("/contributors/nobody.json")]
    [InlineData("/contributors/nobody.csv")]
    public async Task A_twin_that_is_not_there_is_no_page(string path)
    {
        using var response = await site.Client.GetAsync(path);
        await response.ShouldAnswerAsync(HttpStatusCode.NotFound, path);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task The_list_of_episodes_is_narrowed_in_both_its_forms()
    {
        var all = await site.JsonAsync("/episodes.json");
        var statuses = all.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("status").GetString()!).ToList();
        statuses.Distinct().Count().ShouldBeGreaterThan(1);
        foreach (var status in statuses.Distinct().Append("no-such-status"))
        {
            var some = await site.JsonAsync($"/episodes.json?status={status}");
            some.GetProperty("total").GetInt32().ShouldBe(statuses.Count(s => s == status));
            var page = await site.PageAsync($"/episodes?status={status}");
            page.QuerySelectorAll("table.episodes tbody tr").Length.ShouldBe(some.GetProperty("total").GetInt32());
            page.QuerySelector("link[rel=alternate]")!.GetAttribute("href").ShouldBe($"/episodes.json?status={status}");
        }
    }

    [Fact]
    public async Task A_part_that_is_asked_for_is_the_part_or_the_whole()
    {
        foreach (var path in new[] { "/site.css", "/incidents", "/incidents.csv" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Range = new(0, 10) } };
            using var response = await site.Client.SendAsync(request);
            var body = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode == HttpStatusCode.PartialContent)
                body.Length.ShouldBe(11, path);
            else
                response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    [Fact]
    public async Task A_page_names_its_twins_and_they_are_there()
    {
        foreach (var path in new[] { "/incidents?q=dns", "/incidents/facebook-bgp-2021", "/companies/google", "/patterns/failover", "/causes/dns", "/laws/emergent-chaos", "/episodes", "/timeline", "/changes", "/technologies/dns", "/about", "/episodes?status=script" })
        {
            var page = await site.PageAsync(path);
            var twins = page.QuerySelectorAll("link[rel=alternate]");
            twins.ShouldNotBeEmpty(path);
            foreach (var twin in twins)
            {
                using var response = await site.Client.GetAsync(twin.GetAttribute("href"));
                await response.ShouldAnswerAsync(HttpStatusCode.OK, twin.GetAttribute("href")!);
                response.Content.Headers.ContentType!.MediaType.ShouldBe(twin.GetAttribute("type"));
            }
        }
    }

    [Fact]
    public async Task A_style_sheet_arrives_whole_however_it_is_packed()
    {
        var page = await site.PageAsync("/");
        var href = page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!;
        var plain = await TextAsync(href);
        plain.ShouldContain("@layer");
        foreach (var packing in new[] { "gzip", "br", "gzip, deflate, br, zstd" })
        {
            using var client = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = site.Client.BaseAddress };
            client.DefaultRequestHeaders.Add("Accept-Encoding", packing);
            (await client.GetStringAsync(href)).ShouldBe(plain, packing);
        }
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await site.Client.GetAsync(path);
        return await response.ShouldAnswerAsync(HttpStatusCode.OK, path);
    }

    private static List<string> Lines(string text, string start) => [.. text.Split('\n').Where(l => l.StartsWith(start, StringComparison.Ordinal))];
}
