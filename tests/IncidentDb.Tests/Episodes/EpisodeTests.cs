using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Tests.PrepSheets;

namespace IncidentDb.Tests.Episodes;

/// <summary>What episodes need, share and leave untold.</summary>
[Collection(Sheets.Name)]
public sealed class EpisodeTests(ClonedLibrary cloned)
{
    private Incident Read(string slug) => cloned.Library.Incidents.Find(slug)!.Incident;

    [Fact]
    public void A_bare_record_lacks_what_a_host_needs_and_a_rich_one_little()
    {
        var bare = Read("knight-capital-2012") with { Sections = [], Timeline = [], Detection = "unknown", Metrics = [], Patterns = [] };
        HostReadiness.Of(bare).Lacks.ShouldBe(
        [
            "a cold open", "a hook", "the stakes", "a cast", "a quote", "talking points", "questions for a guest", "lessons", "its terms in plain words",
            "the aftermath, or that none is known", "a turning point", "how it was detected", "when it ended", "a timeline of five events", "a figure", "a pattern with its reasons",
        ]);
        HostReadiness.Of(Read("knight-capital-2012")).IsReady.ShouldBeTrue();
    }

    [Fact]
    public void Unsourced_sentences_and_unread_sources_are_counted()
    {
        var knight = Read("knight-capital-2012");
        var marked = knight with { Causes = [.. knight.Causes.Select((c, i) => i < 2 ? c with { Text = c.Text + " So they say. [^?]" } : c)], Sources = [.. knight.Sources.Select((s, i) => i == 0 ? s with { Read = "no" } : s)] };
        HostReadiness.Of(marked).Lacks.ShouldBe(["sources for 2 sentences", "a reading of one source that nobody opened"]);
    }

    [Fact]
    public void An_episode_says_what_it_still_needs()
    {
        var episode = new Episode { Slug = "x", Title = "X", Status = "idea" };
        EpisodeNeeds.Of(episode, []).Own.ShouldBe(["a record to tell", "a line that says what it is about", "a format", "segments with their times", "a pattern", "a law", "what a listener can do afterwards", "where its material comes from"]);
        EpisodeNeeds.Of(episode with { Status = "published" }, []).Own.ShouldContain("the day it aired");
        var needs = EpisodeNeeds.Of(episode, [Read("knight-capital-2012") with { Slug = "bare", Sections = [] }, Read("knight-capital-2012")]);
        needs.Own.ShouldNotContain("a record to tell");
        needs.Records.ShouldHaveSingleItem().Incident.Slug.ShouldBe("bare");
    }

    [Fact]
    public void Links_hold_what_both_episodes_have_and_know_which_is_earlier()
    {
        var references = CrossReferences.Of(cloned.Library.Catalogue);
        references.Links.ShouldNotBeEmpty();
        var place = references.Episodes.Select((e, i) => (e.Slug, i)).ToDictionary(x => x.Slug, x => x.i);
        foreach (var link in references.Links)
        {
            place[link.Earlier.Slug].ShouldBeLessThan(place[link.Later.Slug]);
            link.Incidents.ShouldAllBe(i => link.Earlier.Incidents.Any(x => x.Key == i) && link.Later.Incidents.Any(x => x.Key == i));
            link.Patterns.ShouldAllBe(p => link.Earlier.Patterns.Any(x => x.Key == p) && link.Later.Patterns.Any(x => x.Key == p));
            link.Companies.ShouldAllBe(c => link.Earlier.Companies.Contains(c) && link.Later.Companies.Contains(c));
        }

        references.Of("incident-documentaries-01-cascading-failure-chronicles").Select(l => l.Weight).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void What_a_story_is_worth_is_explained_to_the_last_point()
    {
        var value = StoryValue.Of(Read("knight-capital-2012"), new DateOnly(2027, 7, 1));
        value.Points.ShouldBe(value.Reasons.Sum(r => r.Points), 0.01);
        value.Reasons.Select(r => r.Reason).ShouldContain("US$ 460 M lost");
        value.Reasons.Select(r => r.Reason).ShouldContain("2 turning points");
        value.Reasons.ShouldContain(r => r.Reason == "15 years ago on 1 August" && r.Points == 2);
        StoryValue.Of(Read("knight-capital-2012"), new DateOnly(2027, 9, 1)).Reasons.ShouldNotContain(r => r.Reason.Contains("years ago", StringComparison.Ordinal));
        StoryValue.Of(Read("azure-leap-day-2012"), new DateOnly(2027, 2, 1)).Reasons.ShouldContain(r => r.Reason == "15 years ago on 28 February");
    }

    [Fact]
    public void Stories_that_an_episode_tells_are_not_among_the_untold()
    {
        var told = cloned.Library.Catalogue.Episodes.SelectMany(e => e.Incidents.Select(i => i.Key)).ToHashSet();
        var (stories, total) = cloned.Library.Episodes.Untold(told, new DateOnly(2027, 1, 1), 1000);
        stories.Count.ShouldBe((int)total);
        stories.ShouldAllBe(s => !told.Contains(s.Incident.Slug));
        stories.Select(s => s.Value.Points).ShouldBeInOrder(SortDirection.Descending);
        total.ShouldBe(cloned.Library.Incidents.Count() - told.Count(t => cloned.Library.Incidents.Find(t) is not null));
    }
}
