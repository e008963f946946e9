using System.Collections.Concurrent;
using IncidentDb.Export;
using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>Honest counts: what stands beside a value is what is behind its link.</summary>
[Collection(ReadingSite.Name)]
public sealed class FacetCountTests(Site site)
{
    private const int Searches = 60;
    private const int OverHttp = 200;

    [Fact]
    public void Every_count_is_the_total_behind_its_link()
    {
        var drawn = new DrawnSearches(site.Library, Seed.Draw(out var seed));
        var wrong = new ConcurrentQueue<string>();
        var (compared, above) = (0, 0);
        Parallel.ForEach(Enumerable.Range(0, Searches).Select(_ => drawn.Next()).ToList(), query =>
        {
            var seen = Printed(query);
            Interlocked.Add(ref compared, seen.Count);
            Interlocked.Add(ref above, seen.Count(s => s.Value.Count > 0));
            foreach (var (facet, value) in seen)
            {
                if (Total(value.OnlyUrl) is var total && total != value.Count)
                    wrong.Enqueue($"{query.ToUrl()}: {facet.Name}={value.Value} says {value.Count}, {value.OnlyUrl} finds {total}");
                if (Wrong(query, facet.Name, value) is { } why)
                    wrong.Enqueue($"{query.ToUrl()}: {facet.Name}={value.Value}: {why}");
            }

            foreach (var (name, filter) in query.Filters)
            {
                foreach (var value in filter.Include.Concat(filter.Exclude).Where(v => !seen.Any(s => s.Facet.Name == name && s.Value.Value == v)))
                    wrong.Enqueue($"{query.ToUrl()}: the chosen {name}={value} is not printed");
            }
        });
        wrong.ShouldBeEmpty(seed);
        // A test that compares nothing would be content too.
        compared.ShouldBeGreaterThan(5_000, seed);
        above.ShouldBeGreaterThan(2_500, seed);
    }

    [Fact]
    public async Task Counts_over_HTTP_are_the_totals_behind_their_links()
    {
        var random = Seed.Draw(out var seed);
        var drawn = new DrawnSearches(site.Library, random);
        var links = new List<(string Url, int Count)>();
        while (links.Count < OverHttp)
        {
            var json = await site.JsonAsync("/incidents.json" + drawn.Next().ToQueryString());
            var values = json.GetProperty("facets").EnumerateArray().SelectMany(f => f.GetProperty("values").EnumerateArray()).ToList();
            links.AddRange(Enumerable.Range(0, 10).Select(_ => random.Pick(values)).Select(v => (v.GetProperty("onlyUrl").GetString()!, v.GetProperty("count").GetInt32())));
        }

        foreach (var (url, count) in links)
            (await site.JsonAsync(url.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("total").GetInt32().ShouldBe(count, $"{url} ({seed})");
    }

    [Fact]
    public async Task The_page_prints_the_counts_of_the_JSON()
    {
        var drawn = new DrawnSearches(site.Library, Seed.Draw(out var seed));
        for (var i = 0; i < 15; i++)
        {
            var query = drawn.Next();
            var json = await site.JsonAsync("/incidents.json" + query.ToQueryString());
            var counts = json.GetProperty("facets").EnumerateArray()
                .SelectMany(f => f.GetProperty("values").EnumerateArray().Select(v => (Key: f.GetProperty("name").GetString() + "=" + v.GetProperty("value").GetString(), Value: v)))
                .ToDictionary(v => v.Key, v => v.Value);
            var page = await site.PageAsync(query.ToUrl());
            var rows = page.QuerySelectorAll(".fv");
            // Where nothing is found and nothing chosen there is nothing to choose from; years are drawn as bars.
            if (counts.Any(c => !c.Key.StartsWith("year=", StringComparison.Ordinal) && c.Value.GetProperty("count").GetInt32() > 0))
                rows.ShouldNotBeEmpty($"{query.ToUrl()} ({seed})");
            foreach (var row in rows)
            {
                var input = row.QuerySelector("input")!;
                var name = $"{input.GetAttribute("name")}={input.GetAttribute("value")}";
                // A facet in JSON ends after fifty values; a page asked for all of one has more.
                if (!counts.TryGetValue(name, out var value))
                    continue;
                row.QuerySelector(".count")!.TextContent.ShouldBe($"{value.GetProperty("count").GetInt32()}", $"{query.ToUrl()} {name} ({seed})");
                input.HasAttribute("checked").ShouldBe(value.GetProperty("selected").GetBoolean(), $"{query.ToUrl()} {name} ({seed})");
                row.ClassList.Contains("fv--out").ShouldBe(value.GetProperty("excluded").GetBoolean(), $"{query.ToUrl()} {name} ({seed})");
            }

            page.QuerySelector(".found__count")!.TextContent.Split(' ')[0].ShouldBe($"{json.GetProperty("total").GetInt32():#,0}");
        }
    }

    private List<(Facet Facet, FacetValueShape Value)> Printed(SearchQuery query)
    {
        var words = site.Library.FacetWords;
        var results = site.Library.Search.Search(query, Unhurried with { ValuesShown = 50, WithSnippets = false });
        return [.. results.Facets.SelectMany(f => IncidentShapes.Facet(f, query, words).Values.Select(v => (f.Facet, v)))];
    }

    /// <summary>A search that was stopped on a busy machine has other counts than one that was not.</summary>
    private SearchOptions Unhurried => site.Library.SearchOptions() with { Limit = TimeSpan.FromMinutes(1) };

    private int Total(string url) => site.Library.Search.Search(Parse(url), Unhurried with { WithFacets = false, WithSnippets = false }).Total;

    private SearchQuery Parse(string url)
    {
        var parameters = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(url[url.IndexOf('?')..]).SelectMany(p => p.Value.Select(v => KeyValuePair.Create(p.Key, v ?? "")));
        var notices = new List<string>();
        var query = SearchQuery.Parse(parameters, site.Library.SearchOptions().Resolve, notices, out var tooDeep);
        notices.ShouldBeEmpty(url);
        tooDeep.ShouldBeFalse(url);
        return query;
    }

    /// <summary>What is wrong with the flags or the toggling address of a value, or null.</summary>
    private string? Wrong(SearchQuery query, string facet, FacetValueShape value)
    {
        var filter = query.Filter(facet);
        if (value.Selected != filter.Include.Contains(value.Value) || value.Excluded != filter.Exclude.Contains(value.Value))
            return "selected or excluded is not what was chosen";
        var toggled = Parse(value.Url);
        var after = toggled.Filter(facet);
        // Choosing chooses; choosing what is chosen or excluded takes that back.
        if (after.Include.Contains(value.Value) == (value.Selected || value.Excluded) || after.Exclude.Contains(value.Value))
            return $"{value.Url} does not toggle it";
        if (!after.Include.Where(v => v != value.Value).SequenceEqual(filter.Include.Where(v => v != value.Value)) || !after.Exclude.SequenceEqual(filter.Exclude.Where(v => v != value.Value)))
            return $"{value.Url} changes other choices of the facet";
        var others = query.Filters.Where(f => f.Key != facet).Select(f => query.With(facet, FacetFilter.None).Filter(f.Key));
        if (!toggled.Filters.Where(f => f.Key != facet).Select(f => f.Value).SequenceEqual(others) || toggled.Text != query.Text || toggled.Size != query.Size || toggled.Page != 1)
            return $"{value.Url} changes more than the facet";
        var only = Parse(value.OnlyUrl).Filter(facet);
        return only.Include.SequenceEqual([value.Value]) && only.Exclude.Count == 0 ? null : $"{value.OnlyUrl} is not this value alone";
    }
}
