using System.Net;

namespace IncidentDb.Web.Tests.Http;

/// <summary>reliability.md Q2: pages and sizes are bounded, and numbers are read by us.</summary>
[Collection(ReadingSite.Name)]
public sealed class PagingTests(Site site)
{
    public static TheoryData<string> Edges =>
        ["-1", "0", "1", "100", "101", "999999999", "2147483647", "2147483648", "9223372036854775808", "1e9", "NaN", "", "%00", "1;2", "+5", "0x10", "１", " 3 "];

    [Theory]
    [MemberData(nameof(Edges))]
    public async Task No_number_is_a_fault(string value)
    {
        var escaped = value.StartsWith('%') ? value : Uri.EscapeDataString(value);
        foreach (var parameter in new[] { "page", "size", "year", "loss", "duration", "ttd", "users" })
        {
            foreach (var path in new[] { "/incidents", "/incidents.json", "/incidents.csv", "/incidents.atom" })
            {
                using var response = await site.Client.GetAsync($"{path}?{parameter}={escaped}");
                response.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.BadRequest);
            }
        }

        foreach (var path in new[] { "/changes?before=", "/changes.json?before=" })
        {
            using var response = await site.Client.GetAsync(path + escaped);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path + escaped);
        }
    }

    [Theory]
    [InlineData("?page=101&size=100")]
    [InlineData("?page=501")]
    [InlineData("?page=2147483647&size=100")]
    public async Task Past_ten_thousand_the_export_is_named(string query)
    {
        using var page = await site.Client.GetAsync("/incidents" + query + "&q=dns");
        (await page.ShouldAnswerAsync(HttpStatusCode.BadRequest, query)).ShouldContain("href=\"/incidents.csv?q=dns\"");
        using var json = await site.Client.GetAsync("/incidents.json" + query);
        (await json.ShouldAnswerAsync(HttpStatusCode.BadRequest, query)).ShouldContain("/incidents.ndjson");
    }

    [Theory]
    [InlineData("?page=100&size=100")]
    [InlineData("?page=500")]
    public async Task At_ten_thousand_there_is_still_a_page(string query) =>
        (await site.JsonAsync("/incidents.json" + query)).GetProperty("hits").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("size=0", 20)]
    [InlineData("size=101", 20)]
    [InlineData("size=100", 100)]
    [InlineData("size=1", 1)]
    public async Task A_size_out_of_bounds_is_replaced_and_said(string query, int size)
    {
        var json = await site.JsonAsync("/incidents.json?" + query);
        json.GetProperty("size").GetInt32().ShouldBe(size);
        json.GetProperty("notices").GetArrayLength().ShouldBe(size == 20 ? 1 : 0);
    }

    [Fact]
    public async Task A_part_of_the_changes_says_how_many_there_are()
    {
        var all = site.Library.Changes.Count();
        var latest = await site.JsonAsync("/changes.json");
        latest.GetProperty("total").GetInt64().ShouldBe(all);
        latest.GetProperty("items").GetArrayLength().ShouldBe(100);
        (await site.JsonAsync("/changes.json?before=11")).GetProperty("items").GetArrayLength().ShouldBe(10);
        (await site.JsonAsync("/changes.json?before=11")).GetProperty("total").GetInt64().ShouldBe(all);
        (await site.PageAsync("/changes?before=52")).QuerySelector("a[rel=next]")!.GetAttribute("href").ShouldBe("/changes?before=2");
        var last = await site.PageAsync("/changes?before=51");
        last.QuerySelectorAll("tbody tr").Length.ShouldBe(50);
        last.QuerySelector("a[rel=next]").ShouldBeNull("nothing is earlier than the first");
        (await site.PageAsync("/changes?before=1")).QuerySelector(".empty")!.TextContent.ShouldContain("no change as early as that");
    }

    [Theory]
    [InlineData("relevance")]
    [InlineData("date")]
    [InlineData("-date")]
    [InlineData("loss")]
    [InlineData("duration")]
    [InlineData("added")]
    public async Task Pages_in_any_order_hold_every_record_once(string sort)
    {
        var seen = new List<string>();
        for (var (page, last) = (1, 1); page <= last; page++)
        {
            var json = await site.JsonAsync($"/incidents.json?q=the&sort={sort}&size=7&page={page}");
            json.GetProperty("sort").GetString().ShouldBe(sort);
            seen.AddRange(json.GetProperty("hits").EnumerateArray().Select(h => h.GetProperty("slug").GetString()!));
            last = (json.GetProperty("total").GetInt32() + 6) / 7;
        }

        seen.ShouldBeUnique();
        seen.Count.ShouldBe((await site.JsonAsync("/incidents.json?q=the")).GetProperty("total").GetInt32());
    }
}
