namespace IncidentDb.Web.Tests.Compare;

/// <summary>Records side by side: what is called shared is, and moments stand in the order of their distance from the start.</summary>
[Collection(ReadingSite.Name)]
public sealed class CompareTests(Site site)
{
    [Fact]
    public async Task Two_records_stand_side_by_side_with_what_they_share()
    {
        var similar = (await site.JsonAsync("/incidents/facebook-bgp-2021.json")).GetProperty("similar")[0].GetProperty("slug").GetString();
        var query = $"?incident=facebook-bgp-2021&incident={similar}&incident=facebook-bgp-2021";
        var page = await site.PageAsync("/compare" + query);
        page.QuerySelectorAll(".table--compare thead a").Select(a => a.GetAttribute("href")).ShouldBe(["/incidents/facebook-bgp-2021", $"/incidents/{similar}"]);
        var shared = page.QuerySelectorAll(".table--compare .cell").Where(c => c.QuerySelector("small") is not null).Select(c => c.QuerySelector("a")!.GetAttribute("href")!).ToList();
        shared.ShouldNotBeEmpty();
        shared.GroupBy(s => s).ShouldAllBe(g => g.Count() == 2);
        var json = await site.JsonAsync("/compare.json" + query);
        json.GetProperty("total").GetInt32().ShouldBe(2);
        foreach (var cause in shared.Where(s => s.StartsWith("/causes/", StringComparison.Ordinal)).Distinct())
            json.GetProperty("items").EnumerateArray().ShouldAllBe(i => i.GetProperty("causes").EnumerateArray().Any(c => "/causes/" + c.GetProperty("slug").GetString() == cause));
        page.QuerySelectorAll(".chronicle li").Length.ShouldBeGreaterThan(3);
        foreach (var link in page.QuerySelectorAll(".chronicle .t"))
        {
            var href = link.GetAttribute("href")!;
            (await site.PageAsync(href)).GetElementById(href[(href.IndexOf('#') + 1)..]).ShouldNotBeNull(href);
        }
    }

    [Fact]
    public async Task A_record_that_is_not_there_is_named_and_the_rest_compared()
    {
        var page = await site.PageAsync("/compare?incident=no-such-record&incident=knight-capital-2012&incident=%3Cscript%3E");
        page.QuerySelectorAll(".notice--error").Select(n => n.TextContent[..(n.TextContent.IndexOf('.', StringComparison.Ordinal) + 1)]).ShouldBe(["There is no record “no-such-record”.", "There is no record “<script>”."]);
        page.QuerySelectorAll("form input[name=incident]").Select(i => i.GetAttribute("value")).ShouldBe(["no-such-record", "knight-capital-2012", "<script>", ""], "nothing typed is lost");
        page.QuerySelectorAll(".table--compare thead a").Length.ShouldBe(1);
        (await site.JsonAsync("/compare.json?incident=no-such-record")).GetProperty("missing")[0].GetString().ShouldBe("no-such-record");
    }

    [Fact]
    public async Task Words_lead_to_the_record_that_is_meant_and_an_address_is_as_good_as_a_slug()
    {
        var page = await site.PageAsync("/compare?incident=knight&incident=https%3A%2F%2Fincidents.example%2Fincidents%2Ffacebook-bgp-2021%2F");
        page.QuerySelectorAll(".table--compare thead a").ShouldHaveSingleItem().GetAttribute("href").ShouldBe("/incidents/facebook-bgp-2021");
        page.QuerySelectorAll(".notice--error a").Select(a => a.GetAttribute("href")).ShouldContain("/compare?incident=knight-capital-2012&incident=facebook-bgp-2021");
        (await site.JsonAsync("/compare.json?incident=https%3A%2F%2Fincidents.example%2Fincidents%2Ffacebook-bgp-2021%3Fq%3Dbgp%26hit%3D2%23timeline&incident=KNIGHT-Capital-2012")).GetProperty("total").GetInt32().ShouldBe(2, "as it stands in the address bar after a search");
        (await site.PageAsync("/compare?incident=qqzzxx")).QuerySelectorAll(".notice--error a").ShouldBeEmpty("no guess is better than a wild one");
    }

    [Fact]
    public async Task Moments_on_one_clock_say_whose_they_are()
    {
        var page = await site.PageAsync("/compare?incident=facebook-bgp-2021&incident=knight-capital-2012");
        page.QuerySelectorAll(".table--compare thead .badge").Select(b => b.TextContent).ShouldBe(["1", "2"]);
        foreach (var moment in page.QuerySelectorAll(".chronicle li"))
        {
            var first = moment.QuerySelector(".t")!.GetAttribute("href")!.StartsWith("/incidents/facebook-bgp-2021#", StringComparison.Ordinal);
            moment.QuerySelector(".badge")!.TextContent.ShouldBe(first ? "1" : "2");
            moment.QuerySelector(".kicker")!.TextContent.ShouldContain(first ? "Facebook, 2021" : "Knight Capital, 2012");
        }
    }

    [Fact]
    public async Task At_most_four_are_compared_and_none_is_a_form()
    {
        var slugs = site.Library.Incidents.All().Take(6).Select(i => "incident=" + i.Slug);
        (await site.PageAsync("/compare?" + string.Join('&', slugs))).QuerySelectorAll(".table--compare thead a").Length.ShouldBe(4);
        var empty = await site.PageAsync("/compare");
        empty.QuerySelector(".table--compare").ShouldBeNull();
        empty.QuerySelectorAll("form input[name=incident]").Length.ShouldBe(4);
        // Something to begin with, and every pair can be compared.
        var pairs = empty.QuerySelectorAll(".related li > a").Select(a => a.GetAttribute("href")!).ToList();
        pairs.ShouldNotBeEmpty();
        foreach (var pair in pairs)
            (await site.PageAsync(pair)).QuerySelectorAll(".table--compare thead a").Length.ShouldBe(2, pair);
    }
}
