using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

public sealed class TimelinePasteTests
{
    private static IReadOnlyList<PastedEvent> Read(string text, string? day = "2021-10-04", string zone = "-07:00") =>
        new TimelinePaste(Clone.Data.Catalogue.Words, day is null ? null : DateOnly.Parse(day), zone).Read(text);

    private static string Printed(string text, string? day = "2021-10-04", string zone = "-07:00") => string.Join('\n', Read(text, day, zone).Select(e => $"{e.At} {e.Type} {e.Text}{(e.Remark.Length > 0 ? " !" : "")}"));

    [Theory]
    [InlineData("9:16 PM PDT – API errors rise", "2021-10-04T21:16-07:00 impact_start API errors rise")]
    [InlineData("12:05 AM UTC - Deploy of build 7 begins", "2021-10-04T00:05Z change_deployed Deploy of build 7 begins")]
    [InlineData("* 16:44 (UTC): pager alert for DNS", "2021-10-04T16:44Z alert_fired pager alert for DNS")]
    [InlineData("[2021-10-05 01:02:03 +0200] Rollback of the change", "2021-10-05T01:02+02:00 action Rollback of the change")]
    [InlineData("Oct 5, 2021 at 3:00 p.m. EDT | Incident declared", "2021-10-05T15:00-04:00 declared Incident declared")]
    [InlineData("5 October 2021, 09:30 CEST Root cause is found", "2021-10-05T09:30+02:00 cause_identified Root cause is found")]
    [InlineData("T+00:45 traffic is shifted away", "T+00:45 mitigation traffic is shifted away")]
    [InlineData("2021-10-04T15:39Z The command is run", "2021-10-04T15:39Z action The command is run")]
    public void A_line_that_begins_with_a_time_is_an_event(string line, string expected) => Printed(line).ShouldBe(expected);

    [Fact]
    public void Days_roll_over_at_midnight_and_a_time_that_falls_back_a_little_is_pointed_out() =>
        Printed("22:50 deploy\n23:58 errors rise\n00:10 page sent\n00:05 noticed by support\n09:00 resolved").ShouldBe(
            """
            2021-10-04T22:50-07:00 change_deployed deploy
            2021-10-04T23:58-07:00 impact_start errors rise
            2021-10-05T00:10-07:00 alert_fired page sent !
            2021-10-05T00:05-07:00 detected noticed by support !
            2021-10-05T09:00-07:00 resolved resolved
            """);

    [Fact]
    public void The_export_of_a_chat_joins_what_one_said() =>
        Printed("Jane Doe  9:16 PM\nWe see elevated errors\non the API\n\nsam.k  9:20 PM\nreverting the config").ShouldBe(
            "2021-10-04T21:16-07:00 impact_start We see elevated errors on the API\n2021-10-04T21:20-07:00 action reverting the config");

    [Fact]
    public void A_table_gives_a_row_an_event() =>
        Printed("| Time (UTC) | Event |\n| --- | --- |\n| 2021-10-04 15:39 | Config push |\n| 15:40 | Sites unreachable; errors rise [^fb] |", null, "Z").ShouldBe(
            "2021-10-04T15:39Z action Config push\n2021-10-04T15:40Z impact_start Sites unreachable; errors rise");

    [Fact]
    public void The_updates_of_a_status_page_are_turned_round() =>
        Printed("Resolved - This incident has been resolved.\nOct 4, 22:53 UTC\n\nMonitoring - A fix is in place.\nOct 4, 22:05 UTC\n\nInvestigating - We are looking into errors.\nOct 4, 16:44 UTC").ShouldBe(
            """
            2021-10-04T16:44Z status_posted Investigating - We are looking into errors.
            2021-10-04T22:05Z status_posted Monitoring - A fix is in place.
            2021-10-04T22:53Z status_posted Resolved - This incident has been resolved.
            """);

    [Fact]
    public void Lines_of_the_record_file_are_taken_as_they_stand_with_their_sources()
    {
        var e = Read("- 2012-08-01T08:01 · alert_missed · E-mails name the fault before the open. [^sec]\n- 09:30 · impact_start · key · The market opens. [^sec]");
        e.Select(x => (x.At, x.Type, x.Text)).ShouldBe([("2012-08-01T08:01", "alert_missed", "E-mails name the fault before the open."), ("09:30", "impact_start", "The market opens.")]);
        e.ShouldAllBe(x => x.Sources.Contains("sec"));
    }

    [Fact]
    public void What_is_not_known_is_said()
    {
        Read("9:16 PM errors", null, "").Single().Remark.ShouldContain("No day");
        Read("9:16 PM errors", "2021-10-04", "").Single().Remark.ShouldContain("No zone");
        Read("nothing with a clock").Single().ShouldSatisfyAllConditions(e => e.At.ShouldBe(""), e => e.Remark.ShouldContain("No time"));
        Read("25:99 PM what").ShouldAllBe(e => e.At.Length == 0);
    }

    [Fact]
    public void Every_time_it_proposes_is_one_that_the_format_reads_and_every_type_a_word()
    {
        foreach (var e in Read("9:16 PM PDT – errors\n01:00 – x\nT-00:30 y\nOct 6 – nothing\n14:00 UTC: z\n3 Nov 2021 04:05 IST w"))
        {
            WhenText.Parse(e.At, new WhenText.Reference { Started = WhenText.Parse("2021-10-04T21:16-07:00", null, out _)!.Start }, out var wrong).ShouldNotBeNull($"{e.At}: {wrong}");
            Clone.Data.Catalogue.Words.Find("event_types", e.Type).ShouldNotBeNull(e.Type);
        }
    }

    [Fact]
    public void Naughty_lines_are_read_in_time()
    {
        foreach (var line in Hostile.Strings("blns.json"))
            Should.NotThrow(() => Read(line));
        Fast.Within(3_000, "a long paste", () => Read(string.Concat(Enumerable.Repeat("9:16 PM PDT – " + new string('a', 400) + "\n", 400))).Count).ShouldBe(TimelinePaste.MaxEvents);
    }
}
