using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

public sealed class DerivationTests
{
    private const string Started = "2012-08-01T09:30Z";

    /// <summary>A record with nothing but times; a line is "time type".</summary>
    private static Incident Record(string? started, string? ended, params string[] lines)
    {
        var context = Clone.Context();
        var at = started is null ? null : WhenText.Parse(started, null, out _)!;
        var text = string.Join('\n', lines.Select(l => l.Split(' ')).Select(l => $"- {l[0]} · {l[1]} · Text. [^a]"));
        var events = Timeline.Read(text, 1, at, context);
        context.Problems.ShouldBeEmpty();
        return new Incident
        {
            Kind = Kinds.Incident,
            Started = at is null ? null : new CitedWhen(at, []),
            Ended = ended is null ? null : new CitedWhen(WhenText.Parse(ended, null, out _)!, []),
            Timeline = events,
        };
    }

    private static string Text(Duration duration) => duration.Range is not { } range
        ? "–"
        : $"{(range.Approximate ? "~" : "")}{range.Min}{(range.IsExact ? "" : $"..{range.Max}")}";

    [Theory]
    [InlineData("2012-08-01T10:15Z", "10:10 resolved", "00:45:00", "ended − started")]
    [InlineData(null, "10:10 resolved|10:20 impact_end", "00:40:00", "first resolved − started")]
    [InlineData(null, "10:10 mitigation|10:20 impact_end", "00:50:00", "first impact end − started")]
    [InlineData(null, "10:10 mitigation", "00:40:00", "first mitigation − started")]
    [InlineData(null, "10:10 resolved|11:10 relapse|11:40 resolved", "00:40:00", "first resolved − started")]
    [InlineData(null, "10:10 action", "–", "insufficient data: an end is not known")]
    [InlineData("2012-08-01", "", "00:00:00..14:30:00", "ended − started")]
    [InlineData("2012-08", "", "00:00:00..30.14:30:00", "ended − started")]
    [InlineData("2012-08-01T10:15Z~", "", "~00:45:00", "ended − started")]
    [InlineData("2012-08-01T10:00Z/2012-08-01T10:30Z", "", "00:30:00..01:00:00", "ended − started")]
    [InlineData("2012-08-01T10:15+02:00", "", "–", "insufficient data: ended lies before the start")]
    public void How_long_it_lasted_follows_from_the_first_end_there_is(string? ended, string lines, string lasted, string formula)
    {
        var derived = Derivation.Of(Record(Started, ended, lines.Split('|', StringSplitOptions.RemoveEmptyEntries)));
        (Text(derived.Lasted), derived.Lasted.Formula).ShouldBe((lasted, formula));
    }

    [Theory]
    [InlineData("2012-08-01", "2012-08-01", "00:00:00..1.00:00:00")]
    [InlineData("2012-08-01", "2012-08-02", "00:00:00..2.00:00:00")]
    [InlineData("2012", "2014", "365.00:00:00..1096.00:00:00")]
    [InlineData("2012-08-01T09:30Z?", "2012-08-01T09:40Z", "~00:10:00")]
    public void Imprecise_times_give_a_range(string started, string ended, string lasted) => Text(Derivation.Of(Record(started, ended)).Lasted).ShouldBe(lasted);

    [Fact]
    public void Without_a_start_nothing_is_known()
    {
        var derived = Derivation.Of(Record(null, "2012-08-01T10:00Z"));
        derived.All.ShouldAllBe(d => d.Range == null && d.Formula.StartsWith("insufficient data"));
        derived.Phases.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("09:34 detected", "00:04:00", "first detected − started")]
    [InlineData("09:32 alert_fired|09:34 detected", "00:04:00", "first detected − started")]
    [InlineData("09:36 action|09:40 declared", "00:00:00..00:06:00", "at most: first action − started")]
    [InlineData("09:20 alert_fired|09:36 escalated", "00:00:00..00:06:00", "at most: first escalated − started")]
    [InlineData("09:36/09:50 action", "–", "insufficient data: a detection is not known")]
    [InlineData("2012-08-02 status_posted", "–", "insufficient data: a detection is not known")]
    [InlineData("09:40 cause_identified", "–", "insufficient data: a detection is not known")]
    public void Time_to_detect_is_the_first_detection_or_bounded_by_the_first_sign(string lines, string expected, string formula)
    {
        var derived = Derivation.Of(Record(Started, null, lines.Split('|')));
        (Text(derived.TimeToDetect), derived.TimeToDetect.Formula).ShouldBe((expected, formula));
    }

    [Fact]
    public void Times_to_mitigate_and_resolve_and_the_latent_period_follow_likewise()
    {
        var derived = Derivation.Of(Record(Started, null, "2012-07-27 latent_fault_introduced", "2012-07-30 change_deployed", "2012-08-01T09:30 impact_start", "10:10 mitigation", "10:15 resolved"));
        Text(derived.TimeToMitigate).ShouldBe("00:40:00");
        Text(derived.TimeToResolve).ShouldBe("00:45:00");
        Text(derived.LatentPeriod).ShouldBe("4.09:30:00..5.09:30:00");
        derived.LatentPeriod.Formula.ShouldBe("started − first latent fault introduced");
        Text(Derivation.Of(Record(Started, "2012-08-01T11:00Z")).TimeToResolve).ShouldBe("01:30:00");
    }

    [Theory]
    [InlineData("2012-08-01T09:30Z", "T+0:00")]
    [InlineData("2012-08-01T10:15Z", "T+0:45")]
    [InlineData("2012-08-01T09:00Z", "T−0:30")]
    [InlineData("2012-08-01T09:30:05Z", "T+0:00:05")]
    [InlineData("2012-08-04T11:40Z", "T+3 d 2:10")]
    [InlineData("2012-08-01T09:30-04:00", "T+4:00")]
    [InlineData("2012-08-01", null)]
    public void The_clock_counts_from_the_start(string at, string? expected) =>
        TPlus.Of(WhenText.Parse(at, null, out _)!, WhenText.Parse(Started, null, out _)).ShouldBe(expected);

    private static string Phases(params string[] lines) =>
        string.Join(' ', Derivation.Of(Record(Started, null, lines)).Phases.Select(p => $"{p.Name}:{p.From.TotalMinutes}..{p.To.TotalMinutes}{(p.Imprecise ? "~" : "")}"));

    [Fact]
    public void The_phases_run_from_the_fault_to_the_end()
    {
        Phases("09:00 change_deployed", "09:30 impact_start", "09:34 detected", "09:50 cause_identified", "10:00 mitigation", "10:15 resolved")
            .ShouldBe("latent:-30..0 undetected:0..4 diagnosing:4..20 mitigating:20..30 recovering:30..45");
        Phases("09:34 detected", "10:00 mitigation", "10:15 resolved").ShouldBe("undetected:0..4 diagnosing:4..30 recovering:30..45");
        Phases("09:34 detected", "10:15 resolved").ShouldBe("undetected:0..4 diagnosing:4..45");
        Phases("09:36 action", "10:15 resolved").ShouldBe("undetected:0..6~ diagnosing:6..45");
        Phases("09:30 detected", "10:15 resolved").ShouldBe("diagnosing:0..45");
        Phases("09:34 detected", "10:00 mitigation", "10:05 cause_identified", "10:15 resolved").ShouldBe("undetected:0..4 diagnosing:4..30 recovering:30..45");
        Phases("09:34 detected").ShouldBe("");
    }

    [Fact]
    public void Phases_follow_on_each_other_without_gap_or_overlap_and_fill_the_whole()
    {
        var random = Seed.Draw();
        string[] types = ["change_deployed", "latent_fault_introduced", "trigger", "alert_fired", "detected", "escalated", "action", "cause_identified", "mitigation", "relapse", "resolved", "impact_end"];
        for (var i = 0; i < 5_000; i++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(-100, 300)).Order()
                .Select(m => $"{DateTimeOffset.Parse(Started).AddMinutes(m):yyyy-MM-dd'T'HH:mm}{(random.Next(5) == 0 ? "~" : "")} {random.Pick(types)}").ToArray();
            var derived = Derivation.Of(Record(Started, random.Next(2) == 0 ? "2012-08-01T13:00Z" : null, lines));
            var phases = derived.Phases;
            foreach (var (one, next) in phases.Zip(phases.Skip(1)))
                next.From.ShouldBe(one.To, string.Join(' ', lines));
            phases.All(p => p.Length > TimeSpan.Zero).ShouldBeTrue(string.Join(' ', lines));
            if (phases.Any(p => p.Name != "latent"))
                phases[^1].To.ShouldBe(derived.Lasted.Range!.Min, string.Join(' ', lines));
            foreach (var duration in derived.All.Where(d => d.Range is not null))
                (duration.Range!.Min <= duration.Range.Max && duration.Range.Min >= TimeSpan.Zero).ShouldBeTrue(duration.ToString());
        }
    }

    [Fact]
    public void The_sources_of_the_start_are_its_own_else_those_of_its_line_else_the_only_one()
    {
        Derivation.StartedSources(Sample.Good(Sample.Record)).ShouldBe(["sec"]);
        Derivation.StartedSources(Sample.Good(Sample.Record.With("started: {at: \"2012-08-01T09:30[America/New_York]\", source: sec}", "started: 2012-08-01T09:30[America/New_York]")
            .With("old code starts to send orders. [^sec]", "old code starts to send orders. [^blog]"))).ShouldBe(["blog"]);
        Derivation.StartedSources(Sample.Good(Sample.Minimal())).ShouldBe(["first"]);
        Derivation.StartedSources(new Incident()).ShouldBeEmpty();
    }
}
