namespace IncidentDb.Web.Tests.Incidents;

/// <summary>A record as one comes to it from a search: its words marked, its neighbours in the results a step away.</summary>
[Collection(ReadingSite.Name)]
public sealed class CameFromTests(Site site)
{
    [Theory]
    [InlineData("?q=control+plane")]
    [InlineData("?q=retry+storm&sort=date")]
    [InlineData("?q=certif*")]
    [InlineData("?q=%22load+balancer%22~3")]
    [InlineData("?q=databse")]
    [InlineData("?q=k8s")]
    public async Task A_snippet_leads_to_the_very_line_and_its_words_are_marked_there(string query)
    {
        var results = await site.PageAsync("/incidents" + query);
        var links = results.QuerySelectorAll(".snippets .where").Where(a => !a.GetAttribute("href")!.EndsWith("#facts", StringComparison.Ordinal)).ToList();
        links.Count.ShouldBeGreaterThan(2);
        foreach (var link in links)
        {
            var href = link.GetAttribute("href")!;
            var page = await site.PageAsync(href);
            var line = page.GetElementById(href[(href.IndexOf('#') + 1)..]).ShouldNotBeNull(href);
            var marked = line.QuerySelectorAll("mark").Select(m => m.TextContent.ToLowerInvariant()).ToHashSet();
            marked.ShouldNotBeEmpty(href);
            foreach (var word in link.ParentElement!.QuerySelectorAll("mark").Select(m => m.TextContent.ToLowerInvariant()))
                marked.ShouldContain(word, href);
        }
    }

    [Fact]
    public async Task Marks_change_no_word_and_no_element_of_the_page()
    {
        var plain = await site.PageAsync("/incidents/facebook-bgp-2021");
        var marked = await site.PageAsync("/incidents/facebook-bgp-2021?q=the+network+OR+dns+OR+1+OR+data+OR+amp");
        var sections = new[] { "#summary", "#timeline .tl", "#causes", "#patterns", "#lessons", "h1", ".standfirst" };
        foreach (var section in sections)
        {
            var (before, after) = (plain.QuerySelector(section)!, marked.QuerySelector(section)!);
            after.TextContent.ShouldBe(before.TextContent, section);
            after.QuerySelectorAll("*").Where(e => e.LocalName != "mark").Select(e => e.LocalName).ShouldBe(before.QuerySelectorAll("*").Select(e => e.LocalName), section);
            after.QuerySelectorAll("mark mark, .cite mark, a[href] mark a").ShouldBeEmpty();
        }

        var words = marked.QuerySelectorAll("mark");
        words.Length.ShouldBeGreaterThan(10);
        words.ShouldNotContain(m => m.TextContent.Equals("the", StringComparison.OrdinalIgnoreCase), "a word of every text tells nothing");
        marked.QuerySelector(".camefrom")!.TextContent.ShouldContain($"{words.Length:#,0} words marked");
        plain.QuerySelectorAll("mark, .camefrom").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("?q=outage&size=5")]
    [InlineData("?cause=overload&sort=loss")]
    [InlineData("?q=dns&view=table&sort=-date")]
    public async Task Next_walks_the_results_in_their_order_and_previous_goes_back(string query)
    {
        var json = await site.JsonAsync("/incidents.json" + query + (query.Contains("size", StringComparison.Ordinal) ? "" : "&size=8"));
        var total = json.GetProperty("total").GetInt32();
        var expected = (await site.JsonAsync("/incidents.json" + query.Replace("&size=5", "", StringComparison.Ordinal) + "&size=8")).GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("slug").GetString()!).ToList();
        var results = await site.PageAsync("/incidents" + query);
        var url = results.QuerySelector(".card h3 a, tbody th a")!.GetAttribute("href")!;
        string? before = null;
        for (var place = 1; place <= expected.Count; place++)
        {
            url.ShouldStartWith($"/incidents/{expected[place - 1]}?");
            var page = await site.PageAsync(url);
            var bar = page.QuerySelector(".camefrom")!;
            bar.TextContent.ShouldContain($"Record {place} of {total:#,0}");
            bar.QuerySelector("a[rel~=prev]")?.GetAttribute("href").ShouldBe(before);
            (bar.QuerySelector("a[rel~=prev]") is null).ShouldBe(place == 1);
            var back = bar.QuerySelector("a")!.GetAttribute("href")!;
            back.ShouldEndWith($"#hit-{place}");
            var there = await site.PageAsync(back);
            there.GetElementById($"hit-{place}").ShouldNotBeNull(back).QuerySelector("a[href*='/incidents/']")!.GetAttribute("href").ShouldBe(url);
            before = url;
            url = bar.QuerySelector("a[rel~=next]")?.GetAttribute("href") ?? "";
        }
    }

    [Fact]
    public async Task The_last_result_has_no_next()
    {
        var total = (await site.JsonAsync("/incidents.json?q=dns")).GetProperty("total").GetInt32();
        var last = (await site.JsonAsync($"/incidents.json?q=dns&size=1&page={total}")).GetProperty("hits")[0].GetProperty("slug").GetString();
        var bar = (await site.PageAsync($"/incidents/{last}?q=dns&hit={total}")).QuerySelector(".camefrom")!;
        bar.QuerySelector("a[rel~=next]").ShouldBeNull();
        bar.QuerySelector("a[rel~=prev]").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("?hit=3")]
    [InlineData("?nosuch=1")]
    [InlineData("?events=key")]
    [InlineData("?q=")]
    public async Task An_address_that_names_no_search_is_the_plain_page(string query) =>
        (await site.PageAsync("/incidents/facebook-bgp-2021" + query)).QuerySelector(".camefrom").ShouldBeNull();

    [Theory]
    [InlineData("?q=dns&hit=abc")]
    [InlineData("?q=dns&hit=-1")]
    [InlineData("?q=dns&hit=99999999999")]
    [InlineData("?q=dns&hit=0")]
    [InlineData("?q=nosuchwordatall&hit=1")]
    [InlineData("?q=((((&cause=nosuch&year=abc&page=99999&size=100&hit=10000")]
    public async Task A_place_that_is_not_there_shows_the_record_with_a_way_back(string query)
    {
        var page = await site.PageAsync("/incidents/facebook-bgp-2021" + query);
        page.QuerySelector("h1").ShouldNotBeNull();
        page.QuerySelector(".camefrom a")!.GetAttribute("href").ShouldStartWith("/incidents");
    }

    [Fact]
    public async Task Key_events_keep_the_search_and_the_record_names_its_own_address()
    {
        var page = await site.PageAsync("/incidents/facebook-bgp-2021?q=dns&hit=1&events=key");
        page.QuerySelector("link[rel=canonical]")!.GetAttribute("href").ShouldBe("/incidents/facebook-bgp-2021");
        page.QuerySelector(".axis-foot .links a")!.GetAttribute("href").ShouldStartWith("/incidents/facebook-bgp-2021?q=dns&hit=");
        page.QuerySelectorAll(".event").ShouldAllBe(e => e.ClassList.Contains("event--key"));
    }
}
