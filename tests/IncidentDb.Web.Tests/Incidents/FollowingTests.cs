using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>reliability.md D7: search follows the database, change by change, to where a fresh start would be.</summary>
[Collection(WritingSite.Name)]
public sealed class FollowingTests(EditedSite site)
{
    private const int Changes = 200;
    private const int Queries = 50;

    private static readonly string[] _words =
        ["zebra", "quagga", "okapi", "retry", "network", "control plane", "certificate", "queue", "unusual", "backlog", "dns", "cache"];

    [Fact]
    public async Task A_saved_record_is_found_by_the_next_search()
    {
        var incident = site.Library.Incidents.Find("github-2018")?.Incident ?? site.Library.Incidents.Find(site.Library.Incidents.All()[3].Slug)!.Incident;
        (await TotalAsync("xylophonist")).ShouldBe(0);
        site.Library.Save(incident.Slug, IncidentWriter.Write(incident with { Title = "A xylophonist trips over a cable" }), "a test", "a word nobody else has").Where(p => p.IsError).ShouldBeEmpty();
        (await TotalAsync("xylophonist")).ShouldBe(1);
        (await site.PageAsync("/incidents?q=xylophonist")).QuerySelector(".card h3 a")!.GetAttribute("href").ShouldBe($"/incidents/{incident.Slug}?q=xylophonist&hit=1");
        (await site.PageAsync($"/incidents/{incident.Slug}")).QuerySelector("h1")!.TextContent.ShouldBe("A xylophonist trips over a cable");

        // And what was said before is gone from it.
        site.Library.Save(incident.Slug, IncidentWriter.Write(incident), "a test", "taken back");
        (await TotalAsync("xylophonist")).ShouldBe(0);
    }

    [Fact]
    public void After_two_hundred_changes_search_equals_a_fresh_start()
    {
        var random = Seed.Draw(out var seed);
        var slugs = site.Library.Incidents.All().Select(i => i.Slug).ToList();
        for (var i = 0; i < Changes; i++)
        {
            var slug = random.Pick(slugs);
            var incident = site.Library.Incidents.Find(slug)!.Incident;
            var problems = site.Library.Save(slug, IncidentWriter.Write(Changed(incident, random)), "a test", $"change {i}");
            problems.Where(p => p.IsError).ShouldBeEmpty($"{slug} ({seed})");
        }

        using var fresh = KnowledgeBase.OpenReadOnly(site.Library.Database.Directory);
        fresh.Search.Seq.ShouldBe(site.Library.Search.Seq);
        fresh.Search.Count.ShouldBe(site.Library.Search.Count);
        var drawn = new DrawnSearches(site.Library, random);
        for (var i = 0; i < Queries; i++)
        {
            var query = drawn.Next() with { Size = 100, Sort = random.Pick(Enum.GetValues<SearchSort>()) };
            if (random.Chance(0.3))
                query = query with { Text = random.Pick(_words) };
            var (followed, rebuilt) = (Told(site.Library, query), Told(fresh, query));
            followed.ShouldBe(rebuilt, $"{query.ToUrl()} ({seed})");
        }
    }

    /// <summary>The record as an editor might leave it: other words, another severity, fewer causes.</summary>
    private static Incident Changed(Incident incident, Random random) => random.Next(5) switch
    {
        0 => incident with { Title = $"{Capital(random.Pick(_words))} and {random.Pick(_words)} in change {random.Next(1_000)}" },
        1 => incident with { Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Pick(_words).Replace(' ', '-')).Distinct()] },
        2 when !incident.IsCaseStudy => incident with { Severity = $"S{random.Next(1, 5)}" },
        3 => incident with { Regions = [.. new[] { "us-east-1", "eu-west-1", "ap-south-1" }.Take(random.Next(4))] },
        _ => incident with { Sections = [.. incident.Sections.Select((s, i) => i == 0 ? s with { Markdown = s.Markdown + $" It was {random.Pick(_words)}." } : s)] },
    };

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Everything of an answer that can be seen, one line each: order, snippets, facets in order.</summary>
    private static string Told(KnowledgeBase library, SearchQuery query)
    {
        var results = library.Search.Search(query, library.SearchOptions() with { Limit = TimeSpan.FromSeconds(30) });
        List<string> lines = [$"{results.Total}", .. results.Notices];
        lines.AddRange(results.Hits.Select(h => $"{h.Slug}: {string.Join(" | ", h.Snippets.Select(s => s.Anchor + " " + s.Html.Html))}"));
        lines.AddRange(results.Facets.Select(f => $"{f.Facet.Name} ({f.Available}): {string.Join(", ", f.Values.Select(v => $"{v.Value} {v.Count}"))}"));
        lines.AddRange(results.Years.Select(y => $"{y.Year}: {y.Count}"));
        return string.Join('\n', lines);
    }

    private async Task<int> TotalAsync(string text) => (await site.JsonAsync("/incidents.json?q=" + text)).GetProperty("total").GetInt32();
}
