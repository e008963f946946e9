namespace IncidentDb.Web.Tests.Incidents;

/// <summary>The contract of design.md, "Addresses": other programs rely on every key.</summary>
[Collection(ReadingSite.Name)]
public sealed class IncidentJsonTests(Site site)
{
    [Theory]
    [InlineData("")]
    [InlineData("?q=control+plane")]
    [InlineData("?q=%22retry+storm%22&cause=overload&company=-google&match=cause:all&sort=loss&size=3")]
    [InlineData("?q=nosuchwordatall")]
    [InlineData("?year=2011..2019&loss=1M..&page=2&size=5")]
    public async Task A_search_has_every_key_of_the_contract(string query)
    {
        var json = await site.JsonAsync("/incidents.json" + query);
        json.ShouldBe(Shapes.Search);
    }

    [Fact]
    public async Task Hits_of_a_search_with_all_records_have_every_key_of_the_contract()
    {
        var json = await site.JsonAsync("/incidents.json?size=100&q=the");
        json.ShouldBe(Shapes.Search);
        json.GetProperty("hits").GetArrayLength().ShouldBe(Math.Min(100, json.GetProperty("total").GetInt32()));
    }

    [Fact]
    public async Task Snippets_hold_no_element_but_mark()
    {
        var json = await site.JsonAsync("/incidents.json?size=100&q=network+OR+database+OR+%22%3C%22");
        var snippets = json.GetProperty("hits").EnumerateArray().SelectMany(h => h.GetProperty("snippets").EnumerateArray()).Select(s => s.GetProperty("html").GetString()!).ToList();
        snippets.Count.ShouldBeGreaterThan(50);
        foreach (var html in snippets)
        {
            html.ShouldContain("<mark>");
            html.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal).ShouldNotContain("<");
        }
    }

    [Fact]
    public async Task Every_record_has_every_key_of_the_contract()
    {
        foreach (var incident in site.Library.Incidents.All())
        {
            var json = await site.JsonAsync($"/incidents/{incident.Slug}.json");
            json.ShouldBe(Shapes.Incident, incident.Slug);
        }
    }

    [Fact]
    public async Task Sources_that_a_record_cites_are_among_its_sources()
    {
        var json = await site.JsonAsync("/incidents/facebook-bgp-2021.json");
        var known = json.GetProperty("sources").EnumerateArray().Select(s => s.GetProperty("id").GetString()).ToList();
        var cited = json.GetProperty("timeline").EnumerateArray().Concat(json.GetProperty("causes").EnumerateArray()).Concat(json.GetProperty("patterns").EnumerateArray())
            .SelectMany(e => e.GetProperty("sources").EnumerateArray()).Select(s => s.GetString()).Distinct();
        cited.ShouldBeSubsetOf(known);
        json.GetProperty("sources").EnumerateArray().Select(s => s.GetProperty("n").GetInt32()).ShouldBe(Enumerable.Range(1, known.Count));
    }

    [Theory]
    [InlineData("/companies.json", "name")]
    [InlineData("/causes.json", "name")]
    [InlineData("/patterns.json", "name")]
    [InlineData("/technologies.json", "name")]
    [InlineData("/laws.json", "name")]
    [InlineData("/episodes.json", "title")]
    public async Task A_list_has_its_total_and_every_key_of_the_contract(string path, string name)
    {
        var json = await site.JsonAsync(path);
        json.ShouldBe(Shapes.List(name));
        json.GetProperty("items").GetArrayLength().ShouldBe(json.GetProperty("total").GetInt32());
        json.GetProperty("total").GetInt32().ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("/companies.json", "company")]
    [InlineData("/technologies.json", "technology")]
    [InlineData("/laws.json", "law")]
    public async Task Counts_of_a_list_are_those_of_the_search(string path, string facet)
    {
        var json = await site.JsonAsync(path);
        foreach (var item in json.GetProperty("items").EnumerateArray())
        {
            var slug = item.GetProperty("slug").GetString()!;
            var total = (await site.JsonAsync($"/incidents.json?{facet}={slug}&size=1")).GetProperty("total").GetInt32();
            item.GetProperty("incidents").GetInt32().ShouldBe(total, slug);
        }
    }

    [Fact]
    public async Task A_look_up_finds_the_records_that_cite_an_address_in_whatever_form()
    {
        foreach (var written in new[] { "https://blog.cloudflare.com/october-2021-facebook-outage/", "http://BLOG.cloudflare.com/october-2021-facebook-outage", "https://blog.cloudflare.com/october-2021-facebook-outage/?utm_source=x#top" })
        {
            var json = await site.JsonAsync("/lookup.json?url=" + Uri.EscapeDataString(written));
            json.ShouldBe(Json.Object(("url", Json.Text), ("total", Json.Integer), ("items", Json.ListOf(Json.Object(("slug", Json.Text), ("title", Json.Text), ("url", Json.Url))))), written);
            json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("slug").GetString()).ShouldContain("facebook-bgp-2021", written);
        }
    }

    [Fact]
    public async Task A_look_up_of_an_address_that_nobody_cites_finds_nothing() =>
        (await site.JsonAsync("/lookup.json?url=https://example.org/nowhere")).GetProperty("total").GetInt32().ShouldBe(0);
}
