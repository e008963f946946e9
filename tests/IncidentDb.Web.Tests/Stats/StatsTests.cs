using System.Net;
using IncidentDb.Web.Stats;

namespace IncidentDb.Web.Tests.Stats;

/// <summary>Figures over any search: counts that hold, medians with the number that they are of, and a record by chance.</summary>
[Collection(ReadingSite.Name)]
public sealed class StatsTests(Site site)
{
    [Theory]
    [InlineData("")]
    [InlineData("?q=outage")]
    [InlineData("?cause=capacity&year=2011..2019")]
    public async Task Every_bar_is_the_total_behind_it(string query)
    {
        var json = await site.JsonAsync("/stats.json" + query);
        json.GetProperty("total").GetInt32().ShouldBe(await TotalAsync("/incidents" + query));
        var rows = json.GetProperty("facets").EnumerateArray().SelectMany(f => f.GetProperty("values").EnumerateArray())
            .Concat(json.GetProperty("quantities").EnumerateArray().SelectMany(q => q.GetProperty("ranges").EnumerateArray()))
            .Concat(json.GetProperty("years").EnumerateArray()).ToList();
        rows.Count.ShouldBeGreaterThan(40);
        foreach (var row in rows)
            (await TotalAsync(row.GetProperty("url").GetString()!)).ShouldBe(row.GetProperty("count").GetInt32(), row.GetProperty("url").GetString());

        var page = await site.PageAsync("/stats" + query);
        var printed = page.QuerySelectorAll(".tallybars a").Select(a => a.GetAttribute("href")!).ToHashSet();
        foreach (var row in json.GetProperty("facets").EnumerateArray().SelectMany(f => f.GetProperty("values").EnumerateArray()))
            printed.ShouldContain(row.GetProperty("url").GetString()!);
    }

    [Fact]
    public async Task A_median_is_of_the_records_that_have_the_quantity()
    {
        var quantity = (await site.JsonAsync("/stats.json")).GetProperty("quantities").EnumerateArray().First(q => q.GetProperty("name").GetString() == "duration");
        var known = site.Library.Incidents.All().Where(i => i.Lasted is not null).ToList();
        quantity.GetProperty("known").GetInt32().ShouldBe(known.Count);
        quantity.GetProperty("medianMin").GetDouble().ShouldBe(SearchStats.Median(known.Select(i => i.Lasted!.Min.TotalMinutes))!.Value, 1e-6);
        quantity.GetProperty("medianMax").GetDouble().ShouldBeGreaterThanOrEqualTo(quantity.GetProperty("medianMin").GetDouble());
        var page = await site.PageAsync("/stats");
        page.QuerySelector("section[aria-labelledby=h-duration]")!.TextContent.ShouldContain($"known for {known.Count:#,0} of ");
    }

    [Theory]
    [InlineData(new double[] { }, null)]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1, 5 }, 5.0)]
    [InlineData(new[] { 4.0, 1, 10, 2 }, 3.0)]
    public void The_median_is_the_middle(double[] values, double? expected) => SearchStats.Median(values).ShouldBe(expected);

    [Fact]
    public async Task Nothing_found_has_no_figures_and_a_way_on()
    {
        var page = await site.PageAsync("/stats?q=nosuchwordatall");
        page.QuerySelector(".empty a")!.GetAttribute("href").ShouldBe("/incidents?q=nosuchwordatall");
    }

    [Fact]
    public async Task A_record_by_chance_is_one_of_the_search_and_not_always_the_same()
    {
        var all = site.Library.Search.Search(new IncidentDb.Search.SearchQuery { Text = "outage", Size = int.MaxValue }, site.Library.SearchOptions()).Hits.Select(h => $"/incidents/{h.Slug}").ToHashSet();
        var drawn = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            using var response = await site.Client.GetAsync("/random?q=outage");
            response.StatusCode.ShouldBe(HttpStatusCode.Found);
            response.Headers.CacheControl!.NoStore.ShouldBeTrue();
            drawn.Add(response.Headers.Location!.OriginalString);
        }

        drawn.ShouldBeSubsetOf(all);
        drawn.Count.ShouldBeGreaterThan(5);
        using var none = await site.Client.GetAsync("/random?q=nosuchwordatall");
        none.Headers.Location!.OriginalString.ShouldBe("/incidents?q=nosuchwordatall");
    }

    private async Task<int> TotalAsync(string url) => (await site.JsonAsync(url.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("total").GetInt32();
}
