using IncidentDb.Incidents;
using IncidentDb.Search;

namespace IncidentDb.Tests.Search;

public sealed class SearchIndexTests
{
    /// <summary>After any series of changes the index answers as one that was built from the outcome.</summary>
    [Fact]
    public void Changes_leave_the_same_index_as_a_fresh_build()
    {
        const int seed = 99;
        var random = new Random(seed);
        var records = IndexedRecords.Many(120, seed).ToDictionary(r => r.Id);
        using var changed = new SearchIndex();
        changed.Load([.. records.Values], 1);
        var nextId = 121L;
        for (var step = 0; step < 1000; step++)
        {
            var ids = records.Keys.ToList();
            switch (random.Next(3))
            {
                case 0:
                    var added = IndexedRecords.Make(nextId++, random);
                    records[added.Id] = added;
                    changed.Apply([], [added], step + 2);
                    break;
                case 1 when ids.Count > 60:
                    var gone = ids[random.Next(ids.Count)];
                    records.Remove(gone);
                    changed.Apply([gone], [], step + 2);
                    break;
                default:
                    var again = IndexedRecords.Make(ids[random.Next(ids.Count)], random);
                    records[again.Id] = again;
                    changed.Apply([], [again], step + 2);
                    break;
            }
        }

        using var fresh = new SearchIndex();
        fresh.Load([.. records.Values.OrderBy(r => r.Id)], 1001);
        changed.Count.ShouldBe(fresh.Count);
        for (var n = 0; n < 100; n++)
        {
            var query = FacetCountTests.RandomQuery(random) with { Size = SearchQuery.MaxSize, Sort = (SearchSort)random.Next(6) };
            var (a, b) = (changed.Search(query), fresh.Search(query));
            a.Total.ShouldBe(b.Total, query.ToUrl());
            Ranked(a).ShouldBe(Ranked(b), $"seed {seed}: {query.ToUrl()}");
            foreach (var (x, y) in a.Facets.Zip(b.Facets))
                x.Values.Select(v => (v.Value, v.Count)).Where(v => v.Count > 0).ShouldBe(y.Values.Select(v => (v.Value, v.Count)).Where(v => v.Count > 0), ignoreOrder: true);
        }
    }

    /// <summary>Scores are sums of floats whose order may differ by the last digit; ids of equal rank may then swap.</summary>
    [Fact]
    public void A_record_is_found_by_the_titles_of_its_sources_and_the_snippet_leads_there()
    {
        var incident = Clone.Data.Incidents().Select(f => f.Incident).OfType<Incident>().First(i => i.Slug == "faa-notam-2023");
        using var index = new SearchIndex();
        index.Load([IncidentIndexing.Of(1, incident, Clone.Data.Catalogue)], 1);
        foreach (var (i, source) in incident.Sources.Index())
        {
            var hit = index.Search(new SearchQuery { Text = $"sources:\"{source.Title}\"" }).Hits.ShouldHaveSingleItem(source.Title);
            hit.Snippets.ShouldContain(s => s.Anchor == $"source-{i + 1}" && s.Field == "sources");
        }

        index.Search(new SearchQuery { Text = $"title:\"{incident.Sources[0].Title}\"" }).Total.ShouldBe(0);
    }

    private static IEnumerable<string> Ranked(SearchResults results) => results.Hits.Select(h => $"{Math.Round(h.Score, 2):0.00}").Append(string.Join(',', results.Hits.Select(h => h.Id).Order()));

    [Fact]
    public void Pages_follow_each_other_without_gap_or_overlap()
    {
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(150, 5), 1);
        foreach (var sort in Enum.GetValues<SearchSort>())
        {
            var whole = index.Search(new SearchQuery { Text = "disk", Sort = sort, Size = 100 }).Hits.Select(h => h.Id).ToList();
            var paged = Enumerable.Range(1, 20).SelectMany(p => index.Search(new SearchQuery { Text = "disk", Sort = sort, Size = 7, Page = p }).Hits).Select(h => h.Id).Take(whole.Count).ToList();
            paged.ShouldBe(whole);
        }
    }

    [Fact]
    public void Sorting_by_a_quantity_puts_the_unknown_last()
    {
        using var index = new SearchIndex();
        var records = IndexedRecords.Many(60, 6);
        index.Load(records, 1);
        var losses = index.Search(new SearchQuery { Sort = SearchSort.Loss, Size = 100 }).Hits
            .Select(h => records.Single(r => r.Id == h.Id).Quantities.TryGetValue("loss", out var loss) ? loss.Min : double.NegativeInfinity)
            .ToList();
        losses.ShouldBe(losses.OrderDescending().ToList());
    }

    [Theory]
    [InlineData("event:relapse", "2")]
    [InlineData("-event:relapse", "1,3,4")]
    [InlineData("order:public_report<detected", "1,3")]
    [InlineData("order:detected<public_report", "2")]
    [InlineData("gap:detected..public_report>10m", "2,4")]
    [InlineData("gap:public_report..detected<=5m", "1,4")]
    [InlineData("gap:public_report..detected>5m", "3,4")]
    [InlineData("order:detected<relapse disk", "2")]
    public void A_timeline_is_found_by_its_shape(string text, string ids)
    {
        IndexedRecord With(long id, params Moment[] moments) => IndexedRecords.Make(id, new Random(1)) with
        {
            Moments = moments,
            Values = new Dictionary<string, IReadOnlyList<string>> { ["event"] = [.. moments.Select(m => m.Type)] },
            Passages = [new Passage(6, "", "", "disk")],
        };
        using var index = new SearchIndex();
        index.Load([With(1, new("public_report", 0, 0), new("detected", 300, 300)), With(2, new("detected", 0, 0), new("relapse", 60, 60), new("public_report", 660, 660))], 1);
        // The fourth is known to the day only: nothing says which came first, and the time between can be anything up to a day.
        index.Apply([], [With(3, new("public_report", 0, 0), new("detected", 7200, 7200)), With(4, new("detected", 0, 86_400), new("public_report", 0, 86_400))], 2);
        string.Join(',', index.Search(new SearchQuery { Text = text }).Hits.Select(h => h.Id).Order()).ShouldBe(ids);
    }

    [Fact]
    public void Snippets_are_escaped_and_mark_the_words()
    {
        var record = IndexedRecords.Make(1, new Random(1)) with { Passages = [new Passage(6, "background", "Background", "A <script>alert(1)</script> & the disk & more")] };
        using var index = new SearchIndex();
        index.Load([record], 1);
        var snippet = index.Search(new SearchQuery { Text = "disks" }).Hits.ShouldHaveSingleItem().Snippets.ShouldHaveSingleItem();
        snippet.Html.Html.ShouldBe("A &lt;script&gt;alert(1)&lt;/script&gt; &amp; the <mark>disk</mark> &amp; more");
        snippet.Anchor.ShouldBe("background");
    }

    [Fact]
    public void Two_thousand_hostile_queries_run_without_a_fault()
    {
        const int seed = 13;
        var random = new Random(seed);
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(500, seed), 1);
        string[] pieces = ["disk", "OR", "(", ")", "-", "\"disk failed\"~9", "di*", "fa*", "netwrk~2", "title:", "cause:dns", "loss:>1", "*:*", "NOT", "\"", "us-east-1", "fail-over", "[", "~", "^9", "'", ";", "--", "\u0001"];
        for (var n = 0; n < 2000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => pieces[random.Next(pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
            var results = index.Search(new SearchQuery { Text = text });
            results.Total.ShouldBeInRange(0, 500, $"seed {seed}: {text}");
            results.Hits.ShouldAllBe(h => float.IsFinite(h.Score));
        }
    }
}
