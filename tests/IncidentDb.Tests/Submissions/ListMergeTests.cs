using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

/// <summary>Two people change one list of words: what either did is there, in the order of the one who changed it; only what contradicts itself is asked about.</summary>
public sealed class ListMergeTests
{
    private static readonly string[] _lists = ["tags", "regions", "technologies", "sectors"];

    private static FormFields Form(string field, string value) => new([new("title", "A queue fills"), new(field, value)]);

    private static string Merged(string before, string theirs, string mine, string field = "tags", Noun noun = Noun.Incident)
    {
        var (form, conflicts) = RecordUnits.Merge(Form(field, before), Form(field, theirs), Form(field, mine), noun: noun);
        conflicts.ShouldBeEmpty();
        return form![field];
    }

    [Theory]
    [InlineData("a, b", "a, b, c", "a, b, d", "a, b, c, d")]
    [InlineData("a, b", "a", "a, b, d", "a, d")]
    [InlineData("a, b, c", "b, c", "a, b", "b")]
    [InlineData("a, b", "a, b, c", "c, a, b", "a, b, c")]
    [InlineData("", "c", "d", "c, d")]
    [InlineData("a", "", "a, b", "b")]
    [InlineData("a, b", "", "", "")]
    [InlineData("a, b, c", "a, x, c", "a, b, c, y", "a, x, c, y")]
    [InlineData("a, b, c", "a, x, c", "a, c", "a, x, c")]
    [InlineData("a, b", "x, a, b", "a, y, b", "x, a, y, b")]
    // Both replaced it with the same, and one with more.
    [InlineData("a, b, c", "a, x, c", "a, x, y, c", "a, x, y, c")]
    [InlineData("a, b", "a, a, b, c", "b; a d", "b, c, a, d")]
    public void What_either_put_in_is_there_and_what_either_took_out_is_not(string before, string theirs, string mine, string merged)
    {
        foreach (var field in _lists)
            Merged(before, theirs, mine, field).ShouldBe(merged, field);
    }

    [Theory]
    [InlineData("a, b, c", "a, b, c, d", "c, b, a", "c, d, b, a")]
    [InlineData("a, b, c", "c, b, a", "a, b, c, d", "c, d, b, a")]
    [InlineData("a, b, c", "b, c", "c, b, a", "c, b")]
    [InlineData("a, b, c", "c, a, b", "c, a, b, d", "c, a, b, d")]
    [InlineData("a, b, c", "b, a, c", "b, a", "b, a")]
    public void An_order_that_one_changed_is_the_order(string before, string theirs, string mine, string merged) => Merged(before, theirs, mine).ShouldBe(merged);

    [Fact]
    public void An_order_that_both_changed_differently_is_asked_about_and_nothing_else()
    {
        var (before, theirs, mine) = (Form("tags", "a, b, c"), Form("tags", "b, a, c, x"), Form("tags", "c, a, b, y"));
        var (form, conflicts) = RecordUnits.Merge(before, theirs, mine);
        form.ShouldBeNull();
        conflicts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => (c.Name, c.Label).ShouldBe(("tags.order", "Tags, order")),
            c => (c.Before, c.Theirs, c.Mine).ShouldBe(("a, b, c", "b, a, c, x", "c, a, b, y")));
        string Chosen(string choice) => RecordUnits.Merge(before, theirs, mine, new Dictionary<string, string> { ["tags.order"] = choice }).Form!["tags"];
        Chosen("mine").ShouldBe("c, x, a, b, y");
        Chosen("theirs").ShouldBe("b, y, a, c, x");
    }

    [Fact]
    public void An_item_that_both_replaced_with_something_else_is_asked_about_and_the_rest_is_merged()
    {
        var (before, theirs, mine) = (Form("regions", "europe, asia"), Form("regions", "eu-west-1, asia, brazil"), Form("regions", "eu-west-2, asia, global"));
        var (form, conflicts) = RecordUnits.Merge(before, theirs, mine);
        form.ShouldBeNull();
        conflicts.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => (c.Name, c.Label).ShouldBe(("regions.1", "Regions, item 1")),
            c => (c.Before, c.Theirs, c.Mine).ShouldBe(("europe", "eu-west-1", "eu-west-2")));
        string Chosen(string choice) => RecordUnits.Merge(before, theirs, mine, new Dictionary<string, string> { ["regions.1"] = choice }).Form!["regions"];
        Chosen("mine").ShouldBe("eu-west-2, asia, brazil, global");
        Chosen("theirs").ShouldBe("eu-west-1, asia, brazil, global");
    }

    [Fact]
    public void That_nobody_knows_them_and_one_of_them_is_a_conflict_of_the_field()
    {
        var (before, theirs, mine) = (Form("resolution", "rollback"), Form("resolution", "rollback, isolation"), Form("resolution", "unknown"));
        var (form, conflicts) = RecordUnits.Merge(before, theirs, mine);
        form.ShouldBeNull();
        conflicts.Select(c => (c.Name, c.Theirs, c.Mine)).ShouldBe([("resolution", "rollback, isolation", "unknown")]);
        RecordUnits.Merge(before, theirs, mine, new Dictionary<string, string> { ["resolution"] = "mine" }).Form!["resolution"].ShouldBe("unknown");
        Merged("unknown", "unknown", "rollback", "resolution").ShouldBe("rollback");
    }

    [Fact]
    public void Names_stand_one_a_line_and_keep_their_commas() =>
        Merged("Acme, Inc.\nAcme", "Acme, Inc.\nAcme\nThe Works", "Acme\nAcme Works, Ltd", "aliases", Noun.Company).ShouldBe("Acme\nThe Works\nAcme Works, Ltd");

    [Fact]
    public void Rows_that_one_put_into_another_order_stay_in_it_with_what_the_other_changed()
    {
        FormFields Segments(params string[] rows) => new([new("title", "The flag"), .. rows.SelectMany((r, i) => r.Split(' ') is var parts
            ? new[] { KeyValuePair.Create($"segments[{i}].start", parts[0]), KeyValuePair.Create($"segments[{i}].title", parts[1]) } : [])]);
        string Rows(FormFields form) => string.Join(", ", Enumerable.Range(0, form.Rows("segments")).Select(i => $"{form[$"segments[{i}].start"]} {form[$"segments[{i}].title"]}"));
        var before = Segments("1 Open", "2 Middle", "3 End");
        var (mine, theirs) = (Segments("3 End", "1 Open", "2 Middle"), Segments("1 Open", "2 Heart", "3 End", "4 Coda"));
        Rows(RecordUnits.Merge(before, theirs, mine, noun: Noun.Episode).Form!).ShouldBe("3 End, 4 Coda, 1 Open, 2 Heart");
        Rows(RecordUnits.Merge(before, mine, theirs, noun: Noun.Episode).Form!).ShouldBe("3 End, 4 Coda, 1 Open, 2 Heart");

        var other = Segments("2 Middle", "1 Open", "3 End");
        RecordUnits.Merge(before, other, mine, noun: Noun.Episode).Conflicts.Select(c => (c.Name, c.Label)).ShouldBe([("segments.order", "Segments, order")]);
        Rows(RecordUnits.Merge(before, other, mine, new Dictionary<string, string> { ["segments.order"] = "mine" }, Noun.Episode).Form!).ShouldBe("3 End, 1 Open, 2 Middle");
        Rows(RecordUnits.Merge(before, other, mine, new Dictionary<string, string> { ["segments.order"] = "theirs" }, Noun.Episode).Form!).ShouldBe("2 Middle, 1 Open, 3 End");
    }

    [Fact]
    public void A_row_that_both_changed_is_asked_about_with_the_right_sides_when_my_order_leads()
    {
        FormFields Of(params (string Metric, string Value)[] rows) => new(rows.SelectMany((r, i) => new[] { KeyValuePair.Create($"metrics[{i}].metric", r.Metric), KeyValuePair.Create($"metrics[{i}].value", r.Value) }));
        var (before, theirs, mine) = (Of(("fine", "1"), ("direct_cost", "2")), Of(("fine", "10"), ("direct_cost", "2")), Of(("direct_cost", "2"), ("fine", "11")));
        var conflict = RecordUnits.Merge(before, theirs, mine).Conflicts.ShouldHaveSingleItem();
        (conflict.Theirs.Contains("10", StringComparison.Ordinal), conflict.Mine.Contains("11", StringComparison.Ordinal)).ShouldBe((true, true));
        foreach (var (choice, value) in new[] { ("theirs", "10"), ("mine", "11") })
        {
            var form = RecordUnits.Merge(before, theirs, mine, new Dictionary<string, string> { [conflict.Name] = choice }).Form!;
            (form["metrics[0].metric"], form["metrics[1].value"]).ShouldBe(("direct_cost", value));
        }
    }

    [Fact]
    public void Rows_with_keys_stay_in_the_order_that_one_gave_them()
    {
        FormFields Records(params string[] slugs) => new([new("title", "The flag"), .. slugs.SelectMany((s, i) => new[] { KeyValuePair.Create($"incidents[{i}].key", s), KeyValuePair.Create($"incidents[{i}].value", "main") })]);
        string Rows(FormFields form) => string.Join(' ', Enumerable.Range(0, form.Rows("incidents")).Select(i => form[$"incidents[{i}].key"]));
        var (before, moved, grown) = (Records("a", "b", "c"), Records("c", "a", "b"), Records("a", "b", "c", "d").With("title", "The other flag"));
        Rows(RecordUnits.Merge(before, grown, moved, noun: Noun.Episode).Form!).ShouldBe("c a b d");
        Rows(RecordUnits.Merge(before, moved, grown, noun: Noun.Episode).Form!).ShouldBe("c a b d");
    }

    /// <summary>Each item belongs to one side, which alone may take it out; each side puts in its own, and one of the two may change the order.</summary>
    [Fact]
    public void Whatever_two_people_do_apart_is_all_there()
    {
        var random = Seed.Draw(out var seed);
        for (var round = 0; round < 3_000; round++)
        {
            var before = Enumerable.Range(0, random.Next(7)).Select(i => $"old-{i}").ToList();
            var owner = before.ToDictionary(i => i, _ => random.Next(2));
            var expected = before.ToHashSet();
            var sides = new List<string>[2];
            var mover = random.Next(3);
            for (var side = 0; side < 2; side++)
            {
                sides[side] = [.. before];
                foreach (var item in before.Where(i => owner[i] == side && random.Chance(0.3)))
                {
                    sides[side].Remove(item);
                    expected.Remove(item);
                }

                if (mover == side)
                    sides[side] = [.. sides[side].OrderBy(_ => random.Next())];
                for (var n = random.Next(3); n > 0; n--)
                {
                    var added = random.Chance(0.2) ? "same" : $"new-{side}-{n}";
                    if (sides[side].Contains(added))
                        continue;
                    sides[side].Insert(random.Next(sides[side].Count + 1), added);
                    expected.Add(added);
                }
            }

            var what = $"round {round}, {seed}: {string.Join(' ', before)} | {string.Join(' ', sides[0])} | {string.Join(' ', sides[1])}";
            string Of(List<string> items) => string.Join(", ", items);
            var merged = Merged(Of(before), Of(sides[0]), Of(sides[1])).Split(", ", StringSplitOptions.RemoveEmptyEntries);
            merged.ShouldBe(expected, ignoreOrder: true, what);
            merged.ShouldBeUnique(what);
            // What was there before is in the order of who changed it.
            var order = (mover < 2 ? sides[mover] : before).Where(i => before.Contains(i) && merged.Contains(i));
            merged.Where(before.Contains).ShouldBe(order, what);
            Merged(Of(before), Of(sides[1]), Of(sides[0])).Split(", ", StringSplitOptions.RemoveEmptyEntries).ShouldBe(expected, ignoreOrder: true, what);
        }
    }
}
