namespace IncidentDb.Web.Tests.Patterns;

/// <summary>Combinations of patterns: all of them over pages, and those of one pattern or one relation.</summary>
[Collection(ReadingSite.Name)]
public sealed class CombinationTests(Site site)
{
    [Fact]
    public async Task Every_combination_stands_on_one_page()
    {
        var told = new List<string?>();
        for (var path = "/patterns/combinations"; path is not null && told.Count < 10_000;)
        {
            var page = await site.PageAsync(path);
            var here = page.QuerySelectorAll(".combolist > li").Select(li => li.Id).ToList();
            here.Count.ShouldBeInRange(1, 40);
            told.AddRange(here);
            path = page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        told.ShouldBe(site.Library.Catalogue.Combinations.Select(c => c.Slug), ignoreOrder: true);
        told.Distinct().Count().ShouldBe(told.Count);
    }

    [Theory]
    [InlineData("?pattern=circuit-breaker")]
    [InlineData("?pattern=circuit-breaker&relation=conflict")]
    [InlineData("?relation=conflict")]
    public async Task What_is_asked_for_is_what_the_page_its_counts_and_its_twin_have(string query)
    {
        var page = await site.PageAsync("/patterns/combinations" + query);
        var twin = page.QuerySelector("link[rel=alternate][type='application/json']")!.GetAttribute("href")!;
        var json = await site.JsonAsync(twin);
        var total = json.GetProperty("total").GetInt32();
        total.ShouldBe(json.GetProperty("items").GetArrayLength());
        page.QuerySelector("nav[aria-label=Relation] a[aria-current]")!.TextContent.ShouldEndWith($", {total}");
        page.QuerySelectorAll(".combolist > li").Length.ShouldBe(Math.Min(40, total));
        foreach (var item in json.GetProperty("items").EnumerateArray())
        {
            if (query.Contains("circuit-breaker", StringComparison.Ordinal))
                item.GetProperty("patterns").EnumerateArray().Select(p => p.GetString()).ShouldContain("circuit-breaker");
            if (query.Contains("conflict", StringComparison.Ordinal))
                item.GetProperty("relation").GetString().ShouldBe("conflict");
        }

        foreach (var other in page.QuerySelectorAll("nav[aria-label=Relation] a"))
        {
            var there = await site.PageAsync(other.GetAttribute("href")!);
            there.QuerySelector("nav[aria-label=Relation] a[aria-current]")!.TextContent.ShouldBe(other.TextContent);
        }
    }

    [Theory]
    [InlineData("?page=0")]
    [InlineData("?page=99999999999")]
    [InlineData("?page=9999")]
    [InlineData("?page=abc&relation=&pattern=%20")]
    public async Task No_number_leads_nowhere(string query) =>
        (await site.PageAsync("/patterns/combinations" + query)).QuerySelectorAll(".combolist > li").Length.ShouldBeGreaterThan(0);

    [Fact]
    public async Task A_name_that_is_no_pattern_finds_nothing_and_leads_back()
    {
        var page = await site.PageAsync("/patterns/combinations?pattern=%3Cscript%3E&relation=nosuch");
        page.QuerySelector("h1")!.TextContent.ShouldBe("Combinations");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/patterns/combinations");
    }
}
