using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

public sealed class TimelineTests
{
    private static readonly When _started = WhenText.Parse("2012-08-01T09:30-04:00", null, out _)!;

    private static (IReadOnlyList<TimelineEvent> Events, IReadOnlyList<Problem> Problems) Read(string text, When? started = null)
    {
        var context = Clone.Context();
        return (Timeline.Read(text, 1, started ?? _started, context), context.Problems);
    }

    private static TimelineEvent One(string line)
    {
        var (events, problems) = Read(line);
        problems.ShouldBeEmpty();
        return events.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("- 09:40 · detected · Seen. [^a]", false, false, null, "Seen.", "a")]
    [InlineData("- 09:40 · detected · key · Seen. [^a][^b]", true, false, null, "Seen.", "a,b")]
    [InlineData("- 09:40 · detected · turning-point · Seen. [^?]", false, true, null, "Seen.", "?")]
    [InlineData("- 09:40 · detected · key · turning-point · the exchange · Seen. [^a]", true, true, "the exchange", "Seen.", "a")]
    [InlineData("- 09:40 · detected · the exchange · key · Seen. [^a]", true, false, "the exchange", "Seen.", "a")]
    [InlineData("- 09:40 · detected · turning point · Seen. [^a]", false, true, null, "Seen.", "a")]
    [InlineData("- 09:40 · detected · an engineer · Seen · and said. [^a]", false, false, "an engineer", "Seen · and said.", "a")]
    [InlineData(@"- 09:40 · detected · Seen \· and said. [^a]", false, false, null, "Seen · and said.", "a")]
    [InlineData("- 09:40 · detected · Seen·and said. [^a]", false, false, null, "Seen·and said.", "a")]
    [InlineData("- 09:40 · detected · key", false, false, null, "key", "")]
    [InlineData("-   09:40  ·  detected  ·  Seen.  [^a] ", false, false, null, "Seen.", "a")]
    [InlineData("- 09:40 · detected · Seen. [^a] And heard. [^b]", false, false, null, "Seen. [^a] And heard.", "b")]
    public void A_line_is_time_type_marks_actor_text_and_sources(string line, bool key, bool turning, string? actor, string text, string sources)
    {
        var e = One(line);
        (e.Key, e.TurningPoint, e.ActorRole, e.Text, string.Join(',', e.Sources)).ShouldBe((key, turning, actor, text, sources));
        e.Type.ShouldBe("detected");
        e.At.ToString().ShouldBe("2012-08-01T09:40-04:00");
    }

    [Fact]
    public void What_is_too_long_for_a_role_belongs_to_the_text()
    {
        var role = new string('r', 61);
        var e = One($"- 09:40 · detected · {role} · Seen. [^a]");
        (e.ActorRole, e.Text).ShouldBe((null, $"{role} · Seen."));
    }

    [Fact]
    public void Bare_and_relative_times_follow_the_line_before_and_the_start()
    {
        var (events, problems) = Read(
            """
            - 2012-07-27 · change_deployed · A day. [^a]
            - 2012-08-01T08:01 · alert_missed · A time takes the zone of the start. [^a]
            - 09:30 · impact_start · A bare time stays on the day. [^a]
            - T+00:45 · detected · From the start. [^a]
            - 10:20 · action · After a relative one. [^a]
            - 2012-08-02T01:00[Europe/London] · action · Another zone. [^a]
            - 02:00 · action · Goes on in it. [^a]
            - T+26:10:30 · mitigation · Over a day. [^a]
            - 2012-08-02T09:30~ · resolved · About. [^a]
            """);
        problems.ShouldBeEmpty();
        events.Select(e => e.At.Earliest.ToString("MM-dd HH:mm:ss")).ShouldBe(
            ["07-27 04:00:00", "08-01 12:01:00", "08-01 13:30:00", "08-01 14:15:00", "08-01 14:20:00", "08-02 00:00:00", "08-02 01:00:00", "08-02 15:40:30", "08-02 13:30:00"]);
        events[^1].At.Approximate.ShouldBeTrue();
    }

    [Theory]
    [InlineData("- 09:30/10:15 · action · A. [^a]", "2012-08-01T09:30-04:00/2012-08-01T10:15-04:00")]
    [InlineData("- 2012-08-02/2012-08-04 · action · A. [^a]", "2012-08-02/2012-08-04")]
    [InlineData("- 23:30/2012-08-02T00:15 · action · A. [^a]", "2012-08-01T23:30-04:00/2012-08-02T00:15-04:00")]
    [InlineData("- 2012/2013 · context · A. [^a]", "2012/2013")]
    [InlineData("- 10:00~/11:00? · action · A. [^a]", "2012-08-01T10:00-04:00~/2012-08-01T11:00-04:00?")]
    public void Two_times_are_an_interval(string line, string at) => One(line).At.ToString().ShouldBe(at);

    [Fact]
    public void An_indented_line_continues_the_one_above()
    {
        var (events, problems) = Read("- 09:40 · detected · Seen\n  by somebody. [^a]\n\n- 09:50 · action · Done. [^a]");
        problems.ShouldBeEmpty();
        events.Select(e => e.Text).ShouldBe(["Seen by somebody.", "Done."]);
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_named_and_the_lines_after_it_keep_their_own_numbers()
    {
        var context = Clone.Context();
        var events = Timeline.Read("- 09:40 · detected · Seen. [^a]\n- 9:50 · action · A. [^a]\nnot a line\n- 10:00 · action\n- 10:10 · resolved · Over. [^a]", 20, _started, context);
        context.Problems.Select(p => (p.Rule, p.Line)).ShouldBe([("timeline-line", 22), ("bad-when", 21), ("timeline-line", 23)], ignoreOrder: true);
        events.Count.ShouldBe(2);
        context.Lines["timeline[0]"].ShouldBe(20);
        context.Lines["timeline[1]"].ShouldBe(24);
    }

    [Fact]
    public void An_event_has_an_id_of_its_time_and_type()
    {
        var (events, _) = Read("- 2012 · context · A. [^a]\n- 2012-08-01 · context · B. [^a]\n- 2012-08-01T09:30Z · action · C. [^a]\n- 09:30 · action · D. [^a]\n- 09:30:15 · action_backfired · E. [^a]\n- 09:30 · action · F. [^a]");
        events.Select(e => e.Id).ShouldBe(["t2012-context", "t20120801-context", "t20120801-0930-action", "t20120801-0930-action-2", "t20120801-093015-action-backfired", "t20120801-0930-action-3"]);
    }

    [Fact]
    public void A_type_may_be_an_unknown_word_and_is_named()
    {
        var (events, problems) = Read("- 09:40 · detcted · Seen. [^a]");
        problems.ShouldHaveSingleItem().Sentence.ShouldContain("did you mean “detected”?");
        events.ShouldHaveSingleItem().Type.ShouldBe("detcted");
    }

    [Fact]
    public void A_random_timeline_is_read_back_as_it_was_written()
    {
        var random = Seed.Draw();
        string[] times = ["2012", "2012-07", "2012-07-27", "2012-08-01T08:01", "09:30", "09:30:15", "T+00:45", "T-00:30", "T+30:00~", "09:30/10:15~", "2012-08-02T01:00[Europe/London]", "2012-08-02/2012-08-03", "2012-11-04T01:30-05:00[America/New_York]", "2012-08-01T10:00Z?"];
        string[] texts = ["Seen.", "key", "turning-point", "a · b", @"a \· b", @"\·", "· a", "“x” [^a] y", "a | b", "- a", "T+00:10", "*b*", "a  b", new string('x', 100)];
        string?[] actors = [null, "the exchange", "a · b", "key words"];
        for (var i = 0; i < 3_000; i++)
        {
            var context = Clone.Context();
            var previous = _started.Start;
            var events = new List<TimelineEvent>();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                if (WhenText.Parse(random.Pick(times), new WhenText.Reference { Previous = previous, Started = _started.Start }, out _) is not { } at)
                    continue;
                events.Add(new TimelineEvent { Id = "", At = at, Type = "action", Key = random.Next(2) == 0, TurningPoint = random.Next(2) == 0, ActorRole = random.Pick(actors), Text = random.Pick(texts), Sources = random.Next(3) == 0 ? [] : ["a"] });
                previous = (at.End ?? at.Start) is { Precision: >= WhenPrecision.Day } day ? day : at.Start;
            }

            var written = Timeline.Write(events, _started);
            var again = Timeline.Read(written, 1, _started, context);
            context.Problems.ShouldBeEmpty(written);
            Timeline.Write(again, _started).ShouldBe(written);
            again.Select(e => (e.At.Earliest, e.At.Latest, e.Key, e.TurningPoint, e.Text, string.Join(',', e.Sources)))
                .ShouldBe(events.Select(e => (e.At.Earliest, e.At.Latest, e.Key, e.TurningPoint, e.Text, string.Join(',', e.Sources))), written);
        }
    }
}
