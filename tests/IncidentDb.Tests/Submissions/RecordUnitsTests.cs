using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

public sealed class RecordUnitsTests
{
    private static readonly FormFields _started = new(
    [
        new("title", "A queue fills"), new("sections.summary", "It filled."), new("causes[0].key", "overload"), new("causes[0].value", "root"), new("causes[0].text", "Too much."),
        new("causes[1].key", "quota"), new("causes[1].value", "contributing"), new("timeline[0].at", "2012-08-01"), new("timeline[0].text", "It began."), new("timeline[1].at", "10:00"), new("timeline[1].text", "It ended."),
    ]);

    [Fact]
    public void A_form_taken_apart_and_put_together_is_the_same_form()
    {
        foreach (var file in Clone.Data.Incidents())
        {
            var form = RecordForm.Of(file.Incident!);
            var back = RecordUnits.ToForm(RecordUnits.Of(form));
            back.All.OrderBy(f => f.Key, StringComparer.Ordinal).ShouldBe(form.All.OrderBy(f => f.Key, StringComparer.Ordinal), file.Slug);
            RecordUnits.Changes(form, back).ShouldBeEmpty(file.Slug);
        }
    }

    [Fact]
    public void A_row_that_moves_is_no_change_and_one_that_goes_is_one()
    {
        var moved = _started.WithRow("causes", 0).With([new("causes[0].key", "no-rollback"), new("causes[0].value", "amplifier")]);
        RecordUnits.Changes(_started, moved).Select(c => (c.Name, c.Label)).ShouldBe([("causes.no-rollback", "Cause no-rollback")]);
        RecordUnits.Changes(_started, _started.WithoutRow("causes", 0)).Select(c => (c.Name, c.After)).ShouldBe([("causes.overload", "")]);
    }

    [Fact]
    public void What_two_people_changed_in_different_places_is_merged_by_itself()
    {
        var theirs = _started.With("title", "A queue overflows").WithoutRow("causes", 1);
        var mine = _started.With("sections.summary", "It filled up.").With("causes[0].text", "Far too much.");
        var (form, conflicts) = RecordUnits.Merge(_started, theirs, mine);
        conflicts.ShouldBeEmpty();
        (form!["title"], form["sections.summary"], form["causes[0].text"], form.Rows("causes")).ShouldBe(("A queue overflows", "It filled up.", "Far too much.", 1));
    }

    [Fact]
    public void What_two_people_changed_in_one_place_waits_for_a_choice_and_nothing_is_overwritten()
    {
        var theirs = _started.With("title", "A queue overflows").With("timeline[1].text", "It stopped.");
        var mine = _started.With("title", "The queue fills").With("timeline[1].text", "It was over.").With("sections.summary", "Mine.");
        var (form, conflicts) = RecordUnits.Merge(_started, theirs, mine);
        form.ShouldBeNull();
        conflicts.Select(c => (c.Name, c.Theirs, c.Mine)).ShouldContain(("title", "A queue overflows", "The queue fills"));
        conflicts.Count.ShouldBe(2);
        RecordUnits.Merge(_started, theirs, mine, new Dictionary<string, string> { ["title"] = "mine" }).Form.ShouldBeNull();
        var settled = RecordUnits.Merge(_started, theirs, mine, new Dictionary<string, string> { ["title"] = "mine", ["timeline.2"] = "theirs" }).Form!;
        (settled["title"], settled["timeline[1].text"], settled["sections.summary"]).ShouldBe(("The queue fills", "It stopped.", "Mine."));
    }

    [Fact]
    public void Both_making_the_same_change_is_no_conflict() =>
        RecordUnits.Merge(_started, _started.With("title", "Same"), _started.With("title", "Same")).ShouldSatisfyAllConditions(m => m.Conflicts.ShouldBeEmpty(), m => m.Form!["title"].ShouldBe("Same"));

    [Fact]
    public void Every_field_and_heading_stands_in_one_section_of_the_form()
    {
        var placed = FormSections.Incident.SelectMany(s => s.Fields).ToList();
        placed.ShouldBeUnique();
        var declared = IncidentDb.Incidents.IncidentFields.All.Select(f => f.Key)
            .Concat(IncidentDb.Incidents.SectionHeadings.All.Select(h => h.Id).Where(id => id is not ("timeline" or "causes" or "patterns")).Select(id => $"sections.{id}"))
            .Concat([RecordForm.Slug, RecordForm.OneLine, RecordForm.Timeline, RecordForm.Other, RecordForm.Extra]);
        placed.ShouldBe(declared, ignoreOrder: true);
    }
}
