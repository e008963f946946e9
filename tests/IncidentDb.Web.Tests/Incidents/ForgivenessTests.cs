namespace IncidentDb.Web.Tests.Incidents;

/// <summary>What the page and its JSON offer when a search finds nothing, or was spelt oddly.</summary>
[Collection(ReadingSite.Name)]
public sealed class ForgivenessTests(Site site)
{
    [Theory]
    [InlineData("?q=%22nosuch+phrase%22+dns", "part", "\"nosuch phrase\"")]
    [InlineData("?q=dns&tag=nosuchtag", "filter", "tag")]
    [InlineData("?q=nosuchword&cause=retry-storm", "words", "")]
    [InlineData("?tag=nosuchtag&region=nosuchregion", "filters", "")]
    public async Task A_search_that_finds_nothing_says_what_costs_most_and_what_is_found_without_it(string query, string kind, string without)
    {
        var json = await site.JsonAsync("/incidents.json" + query);
        json.GetProperty("total").GetInt32().ShouldBe(0);
        var rescues = json.GetProperty("rescues").EnumerateArray().ToList();
        rescues.ShouldContain(r => r.GetProperty("kind").GetString() == kind && r.GetProperty("without").GetString() == without);
        var page = await site.PageAsync("/incidents" + query);
        var ways = page.QuerySelectorAll(".empty li").Select(li => (Url: li.QuerySelector("a")!.GetAttribute("href")!, Text: li.TextContent)).ToList();
        ways.Select(w => w.Url).ShouldBe(rescues.Select(r => r.GetProperty("url").GetString()!));
        foreach (var (url, text) in ways)
        {
            var total = (await site.JsonAsync(url.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("total").GetInt32();
            total.ShouldBeGreaterThan(0);
            text.ShouldEndWith(total == 1 ? ": 1 record" : $": {total:#,0} records");
        }
    }

    [Fact]
    public async Task A_search_that_finds_something_offers_no_way_out() =>
        (await site.JsonAsync("/incidents.json?q=dns")).GetProperty("rescues").GetArrayLength().ShouldBe(0);

    [Fact]
    public async Task Another_spelling_is_offered_with_what_it_finds()
    {
        var words = site.Library.Search.Words("").Where(w => w is { Records: 1, Word.Length: > 5 } && w.Word.All(char.IsAsciiLetter)).Select(w => w.Word);
        var rare = words.First(w => site.Library.Search.Search(new IncidentDb.Search.SearchQuery { Text = w, Size = 1 }, site.Library.SearchOptions()).DidYouMean is not null);
        var meant = (await site.JsonAsync("/incidents.json?q=" + rare)).GetProperty("didYouMean");
        var url = meant.GetProperty("url").GetString()!;
        (await site.JsonAsync(url.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("total").GetInt32().ShouldBe(meant.GetProperty("total").GetInt32());
        var page = await site.PageAsync("/incidents?q=" + rare);
        var link = page.QuerySelectorAll(".notice a").ShouldHaveSingleItem();
        link.GetAttribute("href").ShouldBe(url);
        link.ParentElement!.TextContent.ShouldBe($"Did you mean {meant.GetProperty("q").GetString()}? It finds {meant.GetProperty("total").GetInt32():#,0} records.");
    }
}
