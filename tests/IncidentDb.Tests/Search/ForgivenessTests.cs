using IncidentDb.Search;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;
using IncidentDb.Search.Suggestions;

namespace IncidentDb.Tests.Search;

/// <summary>What the search offers when a query is not quite right: another spelling, a search without one part, names while typing, records like one.</summary>
public sealed class ForgivenessTests
{
    [Fact]
    public void A_rare_word_a_letter_from_a_frequent_one_is_asked_about()
    {
        using var index = new SearchIndex();
        index.Load([.. Enumerable.Range(1, 30).Select(i => Record(i, "certificate expired")), Record(31, "certifcate expired")], 1);
        var meant = index.Search(new SearchQuery { Text = "expired Certifcate", Page = 2, Size = 1 }).DidYouMean.ShouldNotBeNull();
        meant.Query.ShouldBe(new SearchQuery { Text = "expired certificate", Size = 1 });
        meant.Total.ShouldBe(30);
        index.Search(new SearchQuery { Text = "expired certificate" }).DidYouMean.ShouldBeNull();
    }

    [Fact]
    public void A_word_that_no_record_holds_is_searched_by_its_meaning_before_its_spelling()
    {
        using var index = new SearchIndex();
        index.Load([Record(1, "production lost power"), Record(2, "pod lost power"), Record(3, "postgres lost power")], 1);
        var meant = index.Search(new SearchQuery { Text = "prod" });
        meant.Hits.Select(h => h.Id).ShouldBe([1]);
        meant.Notices.ShouldBe(["“prod” stands in no record; “production” was searched instead."]);
        var misspelt = index.Search(new SearchQuery { Text = "posgres" });
        misspelt.Hits.Select(h => h.Id).ShouldBe([3]);
        misspelt.Notices.ShouldBe(["“posgres” stands in no record; “postgres” was searched instead."]);
        // A name that the catalogue knows is not misspelt either.
        var options = new SearchOptions { Synonyms = new Synonyms([["Production", "podd"]]) };
        index.Search(new SearchQuery { Text = "podd" }, options).Hits.Select(h => h.Id).ShouldBe([1]);
        index.Search(new SearchQuery { Text = "podd" }).Hits.Select(h => h.Id).ShouldBe([2]);
    }

    [Fact]
    public void Nothing_is_said_to_be_shown_where_filters_leave_nothing()
    {
        using var index = new SearchIndex();
        index.Load([Record(1, "router lost power"), Record(2, "switch lost fans")], 1);
        var question = new SearchQuery { Text = "router fans" };
        index.Search(question).Notices.ShouldContain(n => n.EndsWith("are shown.", StringComparison.Ordinal));
        var none = index.Search(question.Only("company", "nobody"));
        none.Total.ShouldBe(0);
        none.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_word_stands_for_eight_others_at_most_and_never_for_itself()
    {
        foreach (var word in (string[])["ship", "outage", "switch", "delete", "failure", "hack"])
        {
            var related = RelatedWords.Of(word);
            related.Count.ShouldBeInRange(2, RelatedWords.Most, word);
            related.ShouldNotContain(r => r.Length == 1 && EnglishStemmer.Stem(r[0]) == EnglishStemmer.Stem(word), word);
        }

        RelatedWords.Of("wiped").Select(r => r[0]).ShouldContain("delete");
        RelatedWords.Of("zzz").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ran out", "exhausted")]
    [InlineData("running out", "exhausted")]
    [InlineData("kicked out", "removed")]
    [InlineData("rolled back", "revert")]
    public void A_phrase_has_meanings_of_its_own_in_whatever_form(string phrase, string related) =>
        RelatedWords.Of(phrase.Split(' ')).ShouldContain(r => r.Length == 1 && EnglishStemmer.Stem(r[0]) == EnglishStemmer.Stem(related));

    [Fact]
    public void The_meaning_of_a_phrase_comes_before_that_of_its_words()
    {
        RelatedWords.Of("hand").ShouldContain(r => r.SequenceEqual(new[] { "pass" }));
        RelatedWords.Of("by", "hand").ShouldContain(r => r.SequenceEqual(new[] { "manual" }));
        using var index = new SearchIndex();
        index.Load([Record(1, "pass tapes"), Record(2, "manual tapes"), Record(3, "a hand")], 1);
        var options = new SearchOptions { Limit = TimeSpan.FromSeconds(20) };
        IEnumerable<long> WithTapes(string text) => index.Search(new SearchQuery { Text = text }, options).Hits.Select(h => h.Id).Where(id => id != 3);
        WithTapes("restored tapes by hand yesterday").ShouldBe([2, 1]);
        WithTapes("restored tapes hand yesterday").ShouldBe([1, 2]);
    }

    [Fact]
    public void A_search_that_finds_nothing_says_what_it_would_find_without_a_filter_or_a_part()
    {
        using var index = new SearchIndex();
        // Time is no matter here: the share of it that is for rescues is short on a busy machine.
        var options = new SearchOptions { Limit = TimeSpan.FromSeconds(20) };
        index.Load([Record(1, "disk failing"), Record(2, "disk network"), Record(3, "disk network")], 1);
        var query = new SearchQuery { Text = "+disk -network" }.With("company", new FacetFilter { Include = ["nobody"] });
        var results = index.Search(query, options);
        results.Total.ShouldBe(0);
        results.Rescues.ShouldNotBeEmpty();
        foreach (var rescue in results.Rescues)
            index.Search(rescue.Query).Total.ShouldBe(rescue.Total, rescue.Without);
        results.Rescues.Select(r => r.Total).ShouldBeInOrder(SortDirection.Descending);
        results.Rescues.ShouldContain(r => r.Kind == RescueKind.Filter && r.Without == "company");
        results.Rescues.ShouldNotContain(r => r.Kind == RescueKind.Words, "the filter alone finds nothing either");
        index.Search(new SearchQuery { Text = "nosuchword" }.With("kind", new FacetFilter { Include = ["incident"] }), options).Rescues.ShouldContain(r => r.Kind == RescueKind.Words && r.Total == 3);
    }

    [Fact]
    public void Records_that_share_rare_values_and_words_come_first_with_reasons_that_add_up()
    {
        using var index = new SearchIndex();
        var random = new Random(7);
        index.Load([.. Enumerable.Range(1, 400).Select(i => IndexedRecords.Make(i, random))], 1);
        for (var id = 1L; id <= 40; id++)
        {
            var similar = index.Similar(id, 6);
            similar.ShouldNotBeEmpty();
            similar.ShouldNotContain(s => s.Id == id);
            foreach (var record in similar)
            {
                record.Reasons.Sum(r => r.Share).ShouldBe(1, 1e-6);
                record.Reasons.ShouldAllBe(r => r.Share > 0 && r.Values.Count > 0);
            }
        }

        index.Similar(9999, 5).ShouldBeEmpty();
    }

    [Fact]
    public void Similar_records_are_found_once_for_each_state_of_the_library()
    {
        using var index = new SearchIndex();
        var random = new Random(7);
        index.Load([.. Enumerable.Range(1, 60).Select(i => IndexedRecords.Make(i, random))], 1);
        var first = index.Similar(1, 5);
        index.Similar(1, 5).ShouldBeSameAs(first);
        index.Apply([first[0].Id], [], 2);
        var then = index.Similar(1, 5);
        then.ShouldNotBeSameAs(first);
        then.ShouldNotContain(s => s.Id == first[0].Id);
    }

    [Theory]
    [InlineData("meta", "Facebook")]
    [InlineData("kub", "Kubernetes")]
    [InlineData("BREAK", "Circuit breaker")]
    [InlineData("societe", "Société Générale")]
    [InlineData("circuit-br", "Circuit breaker")]
    public void A_name_is_found_by_the_beginning_of_any_of_its_words(string typed, string expected) => _suggester.Find(typed)[0].Label.ShouldBe(expected);

    [Fact]
    public void A_part_of_a_name_finds_it_after_those_that_begin_so()
    {
        _suggester.Find("book").Select(s => s.Label).ShouldBe(["Bookings", "Facebook"]);
        _suggester.Find("").ShouldBeEmpty();
        _suggester.Find(new string('a', 500)).ShouldBeEmpty();
        _suggester.Find("e", 2).Count.ShouldBeLessThanOrEqualTo(2);
    }

    private static readonly Suggester _suggester = new(
    [
        new Suggestion("company", "Facebook", "facebook", 5) { OtherNames = ["Meta Platforms"] },
        new Suggestion("company", "Bookings", "bookings", 1),
        new Suggestion("company", "Société Générale", "societe-generale", 2),
        new Suggestion("pattern", "Circuit breaker", "circuit-breaker", 12),
        new Suggestion("technology", "Kubernetes", "kubernetes", 9) { OtherNames = ["k8s"] },
        new Suggestion("incident", "A break in the line", "a-break", 1),
    ]);

    private static IndexedRecord Record(long id, string text) => IndexedRecords.Make(id, new Random(1)) with { Passages = [new Passage(6, "", "", text)] };
}
