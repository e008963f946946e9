using System.Globalization;
using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>Two people change one list: what is apart is merged, what meets is shown, and nothing is lost.</summary>
public sealed class RowMergeTests
{
    private static FormFields Form(params string[] lines) => new([new("title", "A queue fills"), new("started", "2012-08-01T09:00Z"), .. lines.SelectMany((l, i) => Row(i, l))]);

    private static IEnumerable<KeyValuePair<string, string>> Row(int i, string line)
    {
        var parts = line.Split(" · ");
        return [new($"timeline[{i}].at", parts[0]), new($"timeline[{i}].type", parts.Length > 2 ? parts[2] : "note"), new($"timeline[{i}].text", parts[1])];
    }

    private static string[] Lines(FormFields form) => [.. Enumerable.Range(0, form.Rows("timeline")).Select(i => $"{form[$"timeline[{i}].at"]} · {form[$"timeline[{i}].text"]}{(form[$"timeline[{i}].type"] is "note" ? "" : $" · {form[$"timeline[{i}].type"]}")}")];

    private static readonly FormFields _base = Form("2012-08-01T09:00Z · It begins", "09:30 · It fills", "10:00 · It is full", "2012-08-02T08:00Z · It is emptied");

    private static string[] Merged(FormFields theirs, FormFields mine)
    {
        var (form, conflicts) = RecordUnits.Merge(_base, theirs, mine);
        conflicts.ShouldBeEmpty();
        return Lines(form!);
    }

    [Fact]
    public void New_lines_of_both_stand_in_the_order_of_time_and_times_are_written_short() => Merged(
        Form("2012-08-01T09:00Z · It begins", "09:30 · It fills", "09:45 · Theirs", "10:00 · It is full", "23:00 · Theirs late", "2012-08-02T08:00Z · It is emptied", "08:30 · Theirs last"),
        Form("2012-08-01T08:00Z · Mine first", "09:00 · It begins", "09:30 · It fills", "09:50 · Mine", "10:00 · It is full", "2012-08-02T07:00Z · Mine next day", "08:00 · It is emptied"))
        .ShouldBe(
        [
            "2012-08-01T08:00 · Mine first", "09:00 · It begins", "09:30 · It fills", "09:45 · Theirs", "09:50 · Mine", "10:00 · It is full", "23:00 · Theirs late", "2012-08-02T07:00 · Mine next day", "08:00 · It is emptied",
            "08:30 · Theirs last",
        ]);

    [Fact]
    public void A_line_that_one_changed_moved_or_took_out_is_as_that_one_has_it() => Merged(
        Form("2012-08-01T09:00Z · It begins · impact_start", "10:00 · It is full", "2012-08-02T08:00Z · It is emptied"),
        Form("2012-08-01T09:00Z · It begins", "09:30 · It fills", "2012-08-02T08:00Z · It is emptied by hand", "11:00 · It is full"))
        .ShouldBe(["2012-08-01T09:00 · It begins · impact_start", "2012-08-02T08:00 · It is emptied by hand", "11:00 · It is full"]);

    [Fact]
    public void A_line_that_both_changed_is_shown_by_itself_and_the_others_are_merged()
    {
        var theirs = Form("2012-08-01T09:00Z · It begins", "09:30 · It fills slowly", "10:00 · It is full", "2012-08-02T08:00Z · It is emptied");
        var mine = Form("2012-08-01T09:00Z · It begins", "09:30 · It fills fast", "10:00 · It is full", "12:00 · Mine", "2012-08-02T08:00Z · It is emptied");
        var (form, conflicts) = RecordUnits.Merge(_base, theirs, mine);
        form.ShouldBeNull();
        conflicts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => (c.Name, c.Label).ShouldBe(("timeline.2", "Timeline, line 2")),
            c => c.Before.ShouldContain("It fills"),
            c => c.Theirs.ShouldContain("It fills slowly"),
            c => c.Mine.ShouldContain("It fills fast"));
        Lines(RecordUnits.Merge(_base, theirs, mine, new Dictionary<string, string> { ["timeline.2"] = "mine" }).Form!)
            .ShouldBe(["2012-08-01T09:00 · It begins", "09:30 · It fills fast", "10:00 · It is full", "12:00 · Mine", "2012-08-02T08:00 · It is emptied"]);
        Lines(RecordUnits.Merge(_base, theirs, mine, new Dictionary<string, string> { ["timeline.2"] = "theirs" }).Form!)[1].ShouldBe("09:30 · It fills slowly");
    }

    [Fact]
    public void A_line_that_one_took_out_and_the_other_changed_is_a_conflict_and_so_is_one_line_put_in_in_two_ways()
    {
        var conflicts = RecordUnits.Merge(
            _base,
            Form("2012-08-01T09:00Z · It begins", "09:30 · It fills", "10:00 · It is full, they say", "10:30 · Both · detected", "2012-08-02T08:00Z · It is emptied"),
            Form("2012-08-01T09:00Z · It begins", "09:30 · It fills", "10:30 · Both · mitigation", "2012-08-02T08:00Z · It is emptied")).Conflicts;
        conflicts.Select(c => (c.Name, c.Label, c.Mine.Length > 0)).ShouldBe([("timeline.3", "Timeline, line 3", false), ("timeline.new-4", "Timeline, a new line", true)]);
    }

    [Fact]
    public void A_start_that_moved_moves_what_counts_from_it_and_touches_nothing_else()
    {
        var started = Form("T+00:10 · Early", "T+01:00 · Late");
        var (form, conflicts) = RecordUnits.Merge(started, started.With("started", "2012-08-01T10:00Z"), Form("T+00:10 · Early", "T+00:30 · Mine", "T+01:00 · Late"));
        conflicts.ShouldBeEmpty();
        (form!["started"], string.Join(", ", Lines(form))).ShouldBe(("2012-08-01T10:00Z", "T+00:10 · Early, T+00:30 · Mine, T+01:00 · Late"));
    }

    [Fact]
    public void A_merge_of_a_record_with_itself_is_the_record()
    {
        foreach (var file in Clone.Data.Incidents().Where(f => f.Incident!.Timeline.Count > 0))
        {
            var form = RecordForm.Of(file.Incident!);
            var (same, none) = RecordUnits.Merge(form, form, form.With("title", "Another title"));
            none.ShouldBeEmpty(file.Slug);
            RecordUnits.Changes(form, same!).Select(c => c.Name).ShouldBe(["title"], file.Slug);
        }
    }

    [Fact]
    public void Edits_apart_are_both_there_and_edits_that_meet_are_conflicts()
    {
        var random = Seed.Draw(out var seed);
        var records = Clone.Data.Incidents().Where(f => f.Incident!.Timeline.Count >= 4).Select(f => RecordForm.Of(f.Incident!)).ToArray();
        var (tried, met) = (0, 0);
        for (var round = 0; round < 1_500; round++)
        {
            var form = records[random.Next(records.Length)];
            var rows = Rows(form);
            var owner = rows.Select(_ => random.Next(3)).ToArray();
            var what = $"round {round} of {form["slug"]}, {seed}";
            var sides = new List<Dictionary<string, string>>[2];
            var expected = new List<string>();
            var changed = new string?[rows.Count];
            for (var i = 0; i < rows.Count; i++)
                changed[i] = owner[i] == 2 ? Text(rows[i]) : Changed(rows[i], i, owner[i], random) is { } row ? Text(row) : null;
            expected.AddRange(changed.OfType<string>());
            for (var side = 0; side < 2; side++)
            {
                sides[side] = [];
                for (var i = 0; i < rows.Count; i++)
                {
                    if (owner[i] != side)
                        sides[side].Add(rows[i]);
                    else if (changed[i] is { } line)
                        sides[side].Add(Parsed(line));
                }

                for (var n = random.Next(3); n > 0; n--)
                {
                    var at = random.Next(sides[side].Count + 1);
                    var time = at == 0 ? sides[side].Count == 0 ? "2001-01-01T00:00Z" : sides[side][0][".at"] : sides[side][at - 1][".at"];
                    var row = new Dictionary<string, string> { [".at"] = time, [".type"] = "put_in", [".text"] = $"Put in by {side}, {n} {random.Next()}" };
                    sides[side].Insert(at, row);
                    expected.Add(Text(row));
                }
            }

            // Beside the timeline: a cause and a source each.
            var (theirs, mine) = (With(form, sides[0]).With("title", "A title of theirs"), With(form, sides[1]).With("sections.summary", "A summary of mine."));
            if (form.Rows("causes") > 1)
                (theirs, mine) = (theirs.With("causes[0].text", "A cause of theirs."), mine.With("causes[1].text", "A cause of mine."));
            if (form.Rows("sources") > 1)
                (theirs, mine) = (theirs.With("sources[0].title", "A source of theirs"), mine.WithRow("sources", 1).With([new("sources[1].key", "put-in"), new("sources[1].title", "A source of mine")]));
            var (merged, conflicts) = RecordUnits.Merge(form, theirs, mine);
            // A change may turn one line into another's twin; then it is said, not lost.
            if (conflicts.Count > 0)
            {
                met++;
                continue;
            }

            tried++;
            Rows(merged!).Select(Text).Order(StringComparer.Ordinal).ShouldBe(expected.Order(StringComparer.Ordinal), what);
            (merged!["title"], merged["sections.summary"]).ShouldBe(("A title of theirs", "A summary of mine."), what);
            if (form.Rows("causes") > 1)
                (merged["causes[0].text"], merged["causes[1].text"]).ShouldBe(("A cause of theirs.", "A cause of mine."), what);
            if (form.Rows("sources") > 1)
                Enumerable.Range(0, merged.Rows("sources")).Select(i => merged[$"sources[{i}].title"]).ShouldBe(Enumerable.Range(0, form.Rows("sources")).Select(i => i == 0 ? "A source of theirs" : form[$"sources[{i}].title"]).Append("A source of mine"), ignoreOrder: true, what);
            if (IsSorted(rows) && IsSorted(Rows(theirs)) && IsSorted(Rows(mine)))
                IsSorted(Rows(merged)).ShouldBeTrue($"order: {what}");

            // One line more, changed by both in two ways, is the one conflict; either choice is done and loses nothing else.
            var meeting = Array.IndexOf(owner, 2);
            // Of two lines of one minute either may be the one that was changed.
            if (meeting < 0 || rows.Count(r => r[".at"] == rows[meeting][".at"]) > 1)
                continue;
            var text = Text(rows[meeting]);
            var (one, other) = (Rewrite(theirs, rows[meeting], "They say so."), random.Next(2) == 0 ? Rewrite(mine, rows[meeting], "I say so.") : Rewrite(mine, rows[meeting], null));
            var (none, found) = RecordUnits.Merge(form, one, other);
            none.ShouldBeNull(what);
            found.Select(c => c.Name).ShouldBe([$"timeline.{(meeting + 1).ToString(CultureInfo.InvariantCulture)}"], what);
            var settled = Rows(RecordUnits.Merge(form, one, other, new Dictionary<string, string> { [found[0].Name] = "theirs" }).Form!);
            settled.Count(r => r[".text"] == "They say so.").ShouldBe(1, what);
            // Taken out and put in at the same minute is a line changed: whoever chose saw it in the conflict.
            settled.Count.ShouldBe(expected.Count - (found[0].Mine.Contains("Put in by", StringComparison.Ordinal) ? 1 : 0), what);
        }

        tried.ShouldBeGreaterThan(1_200);
        TestContext.Current.TestOutputHelper?.WriteLine($"{tried} merges of edits apart hold both; in {met} a change met another's by chance and was shown; {seed}");
    }

    /// <summary>A line changed in one of the ways a person would, or null for one that is taken out.</summary>
    private static Dictionary<string, string>? Changed(Dictionary<string, string> row, int i, int side, Random random)
    {
        var after = new Dictionary<string, string>(row);
        switch (random.Next(5))
        {
            case 0:
                return null;
            case 1:
                after[".text"] = $"{row[".text"]} So says {side}, {i}.";
                return after;
            case 2:
                after[".type"] = row.GetValueOrDefault(".type") == "other" ? "detected" : "other";
                return after;
            case 3:
                after[".actor"] = $"side {side}";
                return after;
            default:
                return after;
        }
    }

    private static FormFields Rewrite(FormFields form, Dictionary<string, string> row, string? text)
    {
        var rows = Rows(form);
        var at = rows.FindIndex(r => Text(r) == Text(row));
        if (text is null)
            rows.RemoveAt(at);
        else
            rows[at] = new(rows[at]) { [".text"] = text };
        return With(form, rows);
    }

    private static List<Dictionary<string, string>> Rows(FormFields form)
    {
        var whole = TimelineTimes.Whole(form);
        return [.. Enumerable.Range(0, whole.Rows("timeline")).Select(i => whole.All.Where(f => f.Key.StartsWith($"timeline[{i}].", StringComparison.Ordinal) && f.Value.Length > 0).ToDictionary(f => f.Key[f.Key.LastIndexOf('.')..], f => f.Value))];
    }

    private static FormFields With(FormFields form, List<Dictionary<string, string>> rows) => TimelineTimes.Short(new FormFields(
        [.. form.All.Where(f => !f.Key.StartsWith("timeline[", StringComparison.Ordinal)), .. rows.SelectMany((r, i) => r.Select(f => KeyValuePair.Create($"timeline[{i}]{f.Key}", f.Value)))]));

    private static string Text(Dictionary<string, string> row) => string.Join('\t', row.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));

    private static Dictionary<string, string> Parsed(string text) => text.Split('\t').Select(p => p.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);

    private static bool IsSorted(List<Dictionary<string, string>> rows)
    {
        var times = rows.ConvertAll(r => WhenText.Parse(r[".at"], new WhenText.Reference { Started = null }, out _)?.Earliest);
        return times.TrueForAll(t => t is not null) && times.Zip(times.Skip(1)).All(p => p.First <= p.Second);
    }
}
