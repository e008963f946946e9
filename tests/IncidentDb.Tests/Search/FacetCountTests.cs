using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Tests.Search;

public sealed class FacetCountTests
{
    /// <summary>A value's count is the total of the same search with this facet's own choices replaced by that value, whatever is chosen.</summary>
    [Fact]
    public void Every_count_is_the_total_of_the_search_it_announces()
    {
        const int seed = 4711;
        var random = new Random(seed);
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(300, seed), 1);
        for (var n = 0; n < 60; n++)
        {
            var query = RandomQuery(random);
            var results = index.Search(query);
            foreach (var facet in results.Facets)
            {
                foreach (var value in facet.Values)
                {
                    var only = index.Search(query.Only(facet.Facet.Name, value.Value), new SearchOptions { WithFacets = false });
                    only.Total.ShouldBe(value.Count, $"seed {seed}, search {n}: {query.ToUrl()} · {facet.Facet.Name}={value.Value}");
                }
            }
        }
    }

    [Fact]
    public void Filters_hold_for_every_hit_and_nothing_else_is_missing()
    {
        const int seed = 815;
        var random = new Random(seed);
        var records = IndexedRecords.Many(200, seed);
        using var index = new SearchIndex();
        index.Load(records, 1);
        for (var n = 0; n < 80; n++)
        {
            var query = RandomQuery(random) with { Text = "", Size = SearchQuery.MaxSize };
            var expected = records.Where(r => query.Filters.All(f => Holds(r, f.Key, f.Value))).Select(r => r.Id).Order().ToList();
            var results = index.Search(query);
            results.Total.ShouldBe(expected.Count, $"seed {seed}, search {n}: {query.ToUrl()}");
            if (expected.Count <= SearchQuery.MaxSize)
                results.Hits.Select(h => h.Id).Order().ShouldBe(expected);
        }
    }

    [Fact]
    public void The_first_values_are_those_of_the_whole_list()
    {
        var random = Seed.Draw(out var seed);
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(300, random.Next()), 1);
        for (var n = 0; n < 60; n++)
        {
            var query = RandomQuery(random);
            var whole = index.Search(query).Facets;
            var shown = random.Next(0, 60);
            foreach (var (some, all) in index.Search(query, new SearchOptions { ValuesShown = shown }).Facets.Zip(whole))
            {
                some.Available.ShouldBe(all.Available, $"{seed}: {query.ToUrl()} {all.Facet.Name}");
                some.Values.ShouldBe([.. all.Values.Where((v, i) => i < shown || v.Selected || v.Excluded)], $"{seed}: {query.ToUrl()} {all.Facet.Name}, {shown} shown");
            }
        }
    }

    [Fact]
    public void A_search_without_time_says_that_it_was_stopped()
    {
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(50, 3), 1);
        var stopped = index.Search(new SearchQuery { Text = "retry" }, new SearchOptions { Limit = TimeSpan.FromMilliseconds(-1) });
        stopped.Notices.ShouldContain(n => n.StartsWith("The search took too long", StringComparison.Ordinal));
        stopped.IsPartial.ShouldBeTrue();
        index.Stopped.ShouldBe(1);
        var whole = index.Search(new SearchQuery { Text = "retry" });
        whole.Notices.ShouldBeEmpty();
        whole.IsPartial.ShouldBeFalse();
        index.Stopped.ShouldBe(1);
    }

    [Fact]
    public void A_chosen_value_stays_in_sight_at_zero_and_hides_no_sibling()
    {
        using var index = new SearchIndex();
        index.Load(IndexedRecords.Many(50, 3), 1);
        var all = index.Search(new SearchQuery()).Facet("company")!;
        var chosen = index.Search(new SearchQuery().Only("company", "nobody")).Facet("company")!;
        chosen.Values.Single(v => v.Value == "nobody").ShouldSatisfyAllConditions(v => v.Count.ShouldBe(0), v => v.Selected.ShouldBeTrue());
        foreach (var value in all.Values)
            chosen.Values.Single(v => v.Value == value.Value).Count.ShouldBe(value.Count);
    }

    private static bool Holds(IndexedRecord record, string name, FacetFilter filter)
    {
        var facet = FacetList.Find(name)!;
        bool Has(string value) => (record.Values.GetValueOrDefault(name) ?? []).Contains(value)
            || (facet.Kind == FacetKind.Quantity && QuantityRange.Parse(value, facet.Unit) is { } range && range.CanHold(record.Quantities.GetValueOrDefault(name, Bounds.None)));
        return (filter.Include.Count == 0 || (filter.MatchAll ? filter.Include.All(Has) : filter.Include.Any(Has))) && !filter.Exclude.Any(Has);
    }

    internal static SearchQuery RandomQuery(Random random)
    {
        var query = new SearchQuery { Text = random.Next(3) == 0 ? "" : string.Join(' ', Enumerable.Range(0, random.Next(1, 3)).Select(_ => IndexedRecords.Words[random.Next(IndexedRecords.Words.Count)])) };
        var facets = IndexedRecords.Facets.Append("loss").Append("duration").Append("year").ToList();
        for (var n = random.Next(0, 4); n > 0; n--)
        {
            var name = facets[random.Next(facets.Count)];
            string[] values = name switch
            {
                "loss" => ["1M..10M", "..5M", "not_disclosed", "2M.."],
                "duration" => ["10m..1h", "1h..4h", "2h..", "..3h"],
                "year" => ["2010", "2012..2018", "2020.."],
                _ => [.. IndexedRecords.ValuesOf(name)],
            };
            var include = values.Where(_ => random.Next(3) == 0).Take(2).ToList();
            var exclude = values.Except(include).Where(_ => random.Next(5) == 0).Take(1).ToList();
            query = query.With(name, new FacetFilter { Include = include, Exclude = exclude, MatchAll = include.Count > 1 && random.Next(2) == 0 });
        }

        return query;
    }
}
