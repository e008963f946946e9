using AngleSharp.Dom;
using IncidentDb.Search.Facets;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>What the facets print beside counts: levels, blanks, ranges, and the one that divides best.</summary>
[Collection(ReadingSite.Name)]
public sealed class FacetPanelTests(Site site)
{
    private static List<(string Value, bool Child)> Rows(IDocument page, string facet) =>
        [.. page.QuerySelectorAll($"[data-facet={facet}] .fv").Select(r => (r.QuerySelector("input")!.GetAttribute("value")!, r.ClassList.Contains("fv--child")))];

    [Theory]
    [InlineData("cause")]
    [InlineData("pattern")]
    public async Task Values_stand_under_what_is_above_them(string name)
    {
        var page = await site.PageAsync($"/incidents?q=outage&more={name}");
        var facet = FacetList.Find(name)!;
        var words = site.Library.FacetWords;
        var above = "";
        var children = 0;
        foreach (var (value, child) in Rows(page, name))
        {
            if (!child)
            {
                above = value;
                continue;
            }

            children++;
            words.Above(facet, value).ShouldBe(above, value);
        }

        children.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task A_category_finds_what_any_of_its_patterns_finds()
    {
        foreach (var category in site.Library.Catalogue.Words["pattern_categories"]!.Terms.Select(t => t.Slug))
        {
            var patterns = site.Library.Catalogue.Patterns.Where(p => p.Category == category).Select(p => "pattern=" + p.Slug).ToList();
            if (patterns.Count is 0 or > 40)
                continue;
            (await TotalAsync($"?pattern={category}")).ShouldBe(await TotalAsync("?" + string.Join('&', patterns)), category);
        }

        (await site.PageAsync("/incidents?pattern=resilience")).QuerySelector(".chip .value")!.TextContent.ShouldBe("Resilience");
    }

    [Theory]
    [InlineData("detection", "unknown")]
    [InlineData("detection", "not_disclosed")]
    [InlineData("loss", "not_disclosed")]
    [InlineData("loss", "not_applicable")]
    [InlineData("trigger", "not_disclosed")]
    public async Task A_blank_is_counted_and_comes_last(string facet, string blank)
    {
        var page = await site.PageAsync("/incidents");
        var rows = Rows(page, facet).Select(r => r.Value).ToList();
        rows.ShouldContain(blank);
        rows.SkipWhile(r => !Records.Blank.Is(r)).ShouldAllBe(r => Records.Blank.Is(r));
        var count = page.QuerySelectorAll($"[data-facet={facet}] .fv").First(r => r.QuerySelector("input")!.GetAttribute("value") == blank).QuerySelector(".count")!.TextContent;
        (await TotalAsync($"?{facet}={blank}")).ShouldBe(int.Parse(count));
    }

    [Fact]
    public async Task The_facet_that_divides_best_is_named_with_counts_that_hold()
    {
        var json = await site.JsonAsync("/incidents.json?q=outage");
        var page = await site.PageAsync("/incidents?q=outage");
        var links = page.QuerySelectorAll(".split a").ToList();
        links.Count.ShouldBeGreaterThan(1);
        var facet = FacetList.Find(json.GetProperty("splitsBest").GetString()!)!;
        page.QuerySelector(".split b")!.TextContent.ShouldBe(facet.Label);
        foreach (var link in links)
        {
            var url = link.GetAttribute("href")!;
            url.ShouldContain($"{facet.Name}=");
            (await TotalAsync(url[url.IndexOf('?')..])).ShouldBe(int.Parse(link.QuerySelector(".count")!.TextContent), url);
        }

        // Once something is chosen in it, another one is named.
        var next = links[0].GetAttribute("href")!;
        (await site.JsonAsync("/incidents.json" + next[next.IndexOf('?')..])).GetProperty("splitsBest").GetString().ShouldNotBe(facet.Name);
        (await site.JsonAsync("/incidents.json?q=nosuchwordatall")).GetProperty("splitsBest").GetString().ShouldBeNull();
    }

    [Theory]
    [InlineData("?loss.from=1M&loss.to=", "/incidents?loss=1M..")]
    [InlineData("?duration.from=&duration.to=2h&q=dns", "/incidents?q=dns&duration=..2h")]
    [InlineData("?year=2016&year.from=2011&year.to=2011&ttd.from=", "/incidents?year=2011")]
    [InlineData("?users.from=10k&users.to=1M&users=1M..10M", "/incidents?users=10k..1M")]
    [InlineData("?q=dns&year.from=&year.to=", "/incidents?q=dns")]
    public async Task The_two_ends_of_a_range_lead_to_its_one_address(string query, string address)
    {
        using var response = await site.Client.GetAsync("/incidents" + query);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe(address);
        (await TotalAsync(query)).ShouldBe(await TotalAsync(address[address.IndexOf('?')..]), "the twin reads both");
    }

    [Theory]
    [InlineData("?loss.from=much", "loss=much..")]
    [InlineData("?year.from=2019&year.to=2011", "year=2019..2011")]
    [InlineData("?cause.from=dns", "cause.from")]
    public async Task Ends_that_can_not_be_used_are_named(string query, string named)
    {
        var page = await site.PageAsync("/incidents" + query);
        page.QuerySelector(".notice")!.TextContent.ShouldContain(named);
    }

    private async Task<int> TotalAsync(string query) => (await site.JsonAsync("/incidents.json" + query)).GetProperty("total").GetInt32();
}
