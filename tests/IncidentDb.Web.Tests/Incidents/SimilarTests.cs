using IncidentDb.Search;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>Similar incidents, explained: what is said to be shared is shared.</summary>
[Collection(ReadingSite.Name)]
public sealed class SimilarTests(Site site)
{
    private static readonly string[] _facets = ["cause", "pattern", "technology", "trigger", "impact", "detection", "resolution", "company", "tag"];

    [Fact]
    public async Task Every_reason_holds_for_both_records_and_shares_add_up()
    {
        var reasons = 0;
        foreach (var incident in site.Library.Incidents.All().Where((_, i) => i % 9 == 0))
        {
            var json = await site.JsonAsync($"/incidents/{incident.Slug}.json");
            var similar = json.GetProperty("similar").EnumerateArray().ToList();
            similar.Count.ShouldBeInRange(1, 6, incident.Slug);
            var related = json.GetProperty("relations").EnumerateArray().Select(r => r.GetProperty("incident").GetString()).ToList();
            foreach (var other in similar)
            {
                var slug = other.GetProperty("slug").GetString()!;
                slug.ShouldNotBe(incident.Slug);
                related.ShouldNotContain(slug);
                other.GetProperty("reasons").EnumerateArray().Sum(r => r.GetProperty("share").GetDouble()).ShouldBe(1, 0.01, $"{incident.Slug}: {slug}");
                foreach (var reason in other.GetProperty("reasons").EnumerateArray().Where(r => _facets.Contains(r.GetProperty("aspect").GetString())))
                {
                    var facet = reason.GetProperty("aspect").GetString()!;
                    foreach (var value in reason.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("value").GetString()!))
                    {
                        reasons++;
                        var both = site.Library.Search.Search(new SearchQuery { Size = int.MaxValue }.With(facet, new FacetFilter { Include = [value] }), site.Library.SearchOptions() with { WithFacets = false });
                        both.Hits.Select(h => h.Slug).ShouldContain(slug, $"{facet}={value}");
                        both.Hits.Select(h => h.Slug).ShouldContain(incident.Slug, $"{facet}={value}");
                    }
                }
            }
        }

        reasons.ShouldBeGreaterThan(200);
    }

    [Fact]
    public async Task The_page_says_what_its_JSON_says()
    {
        var json = await site.JsonAsync("/incidents/facebook-bgp-2021.json");
        var page = await site.PageAsync("/incidents/facebook-bgp-2021");
        var shown = page.QuerySelectorAll("#similar .related > li").ToList();
        shown.Select(li => li.QuerySelector("a")!.GetAttribute("href")).ShouldBe(json.GetProperty("similar").EnumerateArray().Select(s => s.GetProperty("url").GetString()));
        foreach (var (li, other) in shown.Zip(json.GetProperty("similar").EnumerateArray()))
        {
            var first = other.GetProperty("reasons")[0];
            var said = li.QuerySelector(".reasons li")!.TextContent;
            said.ShouldContain(first.GetProperty("share").GetDouble().ToString("0 %", System.Globalization.CultureInfo.InvariantCulture));
            said.ShouldContain(first.GetProperty("values")[0].GetProperty("label").GetString()!);
        }
    }

    [Fact]
    public async Task Exports_of_many_records_leave_it_out() =>
        (await site.Client.GetStringAsync("/incidents.ndjson?q=dns")).ShouldNotContain("\"similar\":");
}
