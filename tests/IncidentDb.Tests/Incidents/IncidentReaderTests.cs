using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

public sealed class IncidentReaderTests
{
    [Fact]
    public void Headings_may_stand_in_any_order_and_are_written_in_one()
    {
        var hook = "## Hook\nHow does one server of eight lose 460 million dollars?\n\n";
        var moved = Sample.Record.With(hook, "").With("## Summary\n", hook + "## Summary\n");
        moved.ShouldNotBe(Sample.Record);
        IncidentWriter.Write(Sample.Good(moved)).ShouldBe(Sample.Record);
    }

    [Fact]
    public void Line_ends_blanks_comments_and_the_order_of_keys_change_nothing()
    {
        var loose = Sample.Record
            .With("kind: incident\n", "")
            .With("title: ", "# a comment\nkind:   incident\ntitle: ")
            .With("\n\n## Hook", "\n\n\n\n## Hook  ")
            .ReplaceLineEndings("\r\n");
        var file = Clone.Data.ReadIncident("sample-record", "x.md", System.Text.Encoding.UTF8.GetBytes("\ufeff" + loose));
        file.Problems.ShouldBeEmpty();
        file.Canonical.ShouldBe(Sample.Record);
    }

    [Fact]
    public void Unknown_keys_and_headings_are_kept()
    {
        var text = Sample.Record
            .With("severity: S1\n", "severity: S1\nnote_to_self: [a, {b: \"c: d\"}]\n")
            .With("metric: fine\n", "metric: fine\n    colour: red\n")
            .With("publisher: A blog\n", "publisher: A blog\n    shelf: 3\n")
            .With("## Hook", "## My own heading\nMine.\n\n## Hook");
        var incident = Sample.Good(text);
        var written = IncidentWriter.Write(incident);
        foreach (var kept in new[] { "note_to_self:", "colour: red", "shelf: 3", "## My own heading\nMine.\n" })
            written.ShouldContain(kept);
        Sample.Good(written).Whole().ShouldBe(incident.Whole());
        IncidentWriter.Write(Sample.Good(written)).ShouldBe(written);
    }

    [Fact]
    public void Aliases_are_written_as_the_words_they_mean()
    {
        var incident = Sample.Good(Sample.Minimal().With("causes: unknown", "causes: {no staged rollout: root}").With("[undisclosed]", "[Undisclosed company]".ToLowerInvariant().Replace(' ', '-')));
        incident.Causes.ShouldHaveSingleItem().Slug.ShouldBe("no-canary");
        incident.Companies.ShouldHaveSingleItem().Slug.ShouldBe("undisclosed");
    }

    [Fact]
    public void One_report_names_all_that_is_wrong()
    {
        var (_, problems) = Sample.Read(Sample.Record.With("severity: S1", "severity: S9").With("[financial_loss]", "[financial_los]").With("- 10:10 ·", "- 10:99 ·").With("lose 460", "lose 470"));
        problems.Where(p => p.IsError).Select(p => p.Rule).ShouldBe(["unknown-word", "unknown-word", "bad-when", "craft-figure"]);
    }

    [Fact]
    public void Text_of_a_pattern_without_a_label_is_what_happened()
    {
        PatternText.Read("It broke.\nWould have: It would not.").ShouldBe(("It broke.", "It would not."));
        PatternText.Read("would HAVE: B\n\nmore\nWhat happened: A").ShouldBe(("A", "B\n\nmore"));
        PatternText.Read("").ShouldBe(("", ""));
    }

    [Fact]
    public void A_company_without_a_role_is_the_operator()
    {
        Sample.Good(Sample.Minimal()).Companies.ShouldHaveSingleItem().Role.ShouldBe("operator");
        var roles = Sample.Good(Sample.Minimal().With("companies: [undisclosed]", "companies: {undisclosed: operator, google: upstream_provider}"));
        roles.Companies.Select(c => c.Role).ShouldBe(["operator", "upstream_provider"]);
        IncidentWriter.Write(roles).ShouldContain("companies: {undisclosed: operator, google: upstream_provider}\n");
    }

    [Fact]
    public void A_script_in_fenced_code_holds_no_heading() =>
        Sample.Read(Sample.Record.With("## Aftermath\n", "## Aftermath\n```bash\n# a comment\n## another\n```\n")).Problems.ShouldBeEmpty();
}
