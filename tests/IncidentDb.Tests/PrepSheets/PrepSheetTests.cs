using IncidentDb.PrepSheets;

namespace IncidentDb.Tests.PrepSheets;

[Collection(Sheets.Name)]
public sealed class PrepSheetTests(ClonedLibrary cloned)
{
    [Theory]
    [InlineData(5, "cold_open stakes theory story patterns lessons hook")]
    [InlineData(20, "cold_open stakes theory story patterns lessons hook")]
    [InlineData(60, "cold_open stakes theory story patterns lessons hook")]
    [InlineData(150, "cold_open stakes story theory causes patterns lessons hook")]
    public void Each_length_has_its_blocks(int minutes, string blocks) =>
        string.Join(' ', cloned.Compose(minutes, "knight-capital-2012").Blocks.Select(b => b.Id)).ShouldBe(blocks);

    [Fact]
    public void An_hour_keeps_the_times_of_the_format() =>
        cloned.Compose(60, "knight-capital-2012").Blocks.Select(b => b.Start / 60).ShouldBe([0, 2, 5, 10, 40, 50, 55]);

    [Fact]
    public void An_episode_in_its_own_length_keeps_its_own_segments()
    {
        var sheet = new PrepRequest { Episode = "incident-documentaries-01-cascading-failure-chronicles", Minutes = 150 }.Compose(cloned.Library)!;
        sheet.Blocks.Select(b => b.Start / 60).ShouldBe([0, 5, 20, 80, 100, 130, 145]);
        sheet.Records.Where(r => r.IsTold).Select(r => r.Slug).ShouldBe(["aws-s3-2017", "cloudflare-regex-2019", "facebook-bgp-2021", "knight-capital-2012"], ignoreOrder: true);
    }

    [Fact]
    public void What_sources_dispute_stands_on_every_sheet()
    {
        foreach (var minutes in RunDown.Lengths)
        {
            var text = string.Join('\n', cloned.Compose(minutes, "knight-capital-2012").Statements.Select(s => s.Text));
            text.ShouldContain("440 million dollars in Knight's first estimate, over 460 million in the SEC's order");
        }
    }

    [Fact]
    public void What_is_printed_and_what_is_left_out_are_the_whole_record()
    {
        var shortForm = cloned.Compose(5, "knight-capital-2012");
        var longForm = cloned.Compose(150, "knight-capital-2012");
        longForm.Statements.Count().ShouldBeGreaterThan(shortForm.Statements.Count() * 3);
        var left = shortForm.LeftOut.First(l => l.What == "events of the timeline");
        var told = shortForm.Statements.Count(s => s.Origin.Path == "timeline");
        (left.Statements + told).ShouldBe(cloned.Library.Incidents.Find("knight-capital-2012")!.Incident.Timeline.Count);
        left.Seconds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Key_events_are_kept_when_there_is_no_room_for_all()
    {
        var incident = cloned.Library.Incidents.Find("knight-capital-2012")!.Incident;
        var told = cloned.Compose(5, "knight-capital-2012").Statements.Where(s => s.Origin.Path == "timeline").Select(s => s.Origin.Anchor).ToHashSet();
        foreach (var turn in incident.Timeline.Where(e => e.TurningPoint))
            told.ShouldContain(turn.Id);
    }

    [Fact]
    public void Times_stand_in_the_clock_of_the_host()
    {
        var sheet = new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 60, Clock = HostClock.Find("Europe/London")! }.Compose(cloned.Library)!;
        var open = sheet.Statements.First(s => s.Label == "T+0:00");
        open.SubLabel.ShouldBe("14:30 BST");
        open.SpokenLabel.ShouldBe("On the first of August twenty twelve, at fourteen thirty BST:");
    }

    [Fact]
    public void A_name_is_for_the_eye_and_costs_no_time()
    {
        var say = cloned.Compose(60, "netflix-chaos-engineering", "knight-capital-2012").Statements.First(s => s.Origin.Path == "say_as");
        say.Silent.ShouldBeTrue();
        say.Seconds.ShouldBe(0);
        say.Script.ShouldBeEmpty();
    }

    [Fact]
    public void What_a_figure_leaves_open_is_a_sentence_of_its_own_to_the_ear()
    {
        var figure = cloned.Compose(60, "codecov-2021").Statements.Single(s => s.Text.Contains("how many were affected", StringComparison.Ordinal));
        figure.Text.ShouldContain("customers of the company; how many were affected is not known.");
        figure.Spoken.ShouldBe("Zero to twenty-nine thousand, customers of the company. How many were affected is not known.");
    }

    [Fact]
    public void A_formula_with_its_numbers_reads_well()
    {
        var sums = ClonedLibrary.Sets.SelectMany(set => RunDown.Lengths.SelectMany(minutes => ReadAloud.Judge(cloned.Compose(minutes, [.. set])))).Where(s => s.Statement.Worked is not null).ToList();
        sums.Select(s => s.Statement.Worked!.Formula).Distinct().Count().ShouldBeGreaterThan(2);
        sums.Where(s => s.Findings.Count > 0).Select(s => s.Text).ShouldBeEmpty();
    }

    [Fact]
    public void An_episode_without_records_says_which_were_chosen_for_it()
    {
        var claimed = cloned.Library.Records.All(IncidentDb.Records.Noun.Incident).Select(r => cloned.Library.Incidents.Find(r.Slug)!.Incident).SelectMany(i => i.Episodes).Select(e => e.Key).ToHashSet();
        var bare = cloned.Library.Catalogue.Episodes.Where(e => e.Incidents.Count == 0 && e.Patterns.Count > 0 && !claimed.Contains(e.Slug)).ToList();
        var sheets = bare.Select(e => new PrepRequest { Episode = e.Slug }.Compose(cloned.Library)!).ToList();
        sheets.ShouldAllBe(s => s.Remarks.Count == 1);
        var chosen = sheets.First(s => s.Remarks[0].Contains("names no record", StringComparison.Ordinal));
        chosen.Records.ShouldNotBeEmpty();
        chosen.Statements.ShouldContain(s => s.Origin.Noun == IncidentDb.Records.Noun.Pattern);
    }

    [Fact]
    public void Where_a_pattern_worked_stands_only_after_where_it_failed()
    {
        foreach (var request in cloned.Requests().Where(r => r.Minutes == 5))
        {
            foreach (var part in request.Compose(cloned.Library)!.Blocks.SelectMany(b => b.Parts))
                part.Statements[0].Label.ShouldNotBe("Where it worked", $"{request.Url()}: {part.Heading}");
        }
    }

    [Fact]
    public void A_record_that_is_not_there_is_named()
    {
        var notices = new List<string>();
        new PrepRequest { Incidents = ["nothing-of-the-kind"] }.Compose(cloned.Library, notices).ShouldBeNull();
        notices.ShouldHaveSingleItem().ShouldBe("There is no record “nothing-of-the-kind”.");
        new PrepRequest { Incidents = ["knight-capital-2012", "nothing-of-the-kind"] }.Compose(cloned.Library, notices).ShouldNotBeNull();
    }
}
