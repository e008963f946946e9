using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

public sealed class CompletenessTests
{
    private static string Lacking(string text) => string.Join('|', Completeness.Of(Sample.Good(text)).Checks.Where(c => !c.Met).Select(c => c.What));

    private static string Grade(string text) => Completeness.Of(Sample.Good(text)).Grade;

    [Fact]
    public void A_record_with_everything_is_gold()
    {
        Lacking(Sample.Record).ShouldBe("");
        Grade(Sample.Record).ShouldBe("gold");
    }

    [Fact]
    public void A_record_that_can_be_published_is_bronze() => Grade(Sample.Minimal()).ShouldBe("bronze");

    [Theory]
    [InlineData("## Cold open\n", "## Sidelights\n", "a cold open")]
    [InlineData("## Hook\nHow does one server of eight lose 460 million dollars?\n", "", "a hook")]
    [InlineData("- The alarm was an e-mail.\n", "", "three talking points")]
    [InlineData("- What would you turn off first?\n", "", "two questions")]
    [InlineData("## Aftermath\nThe broker was bought by another within a year. [^blog]\n", "", "the aftermath, or that none is known")]
    [InlineData("publisher: A blog", "publisher: sec", "sources of two publishers")]
    public void A_record_that_lacks_one_thing_of_gold_is_silver(string old, string replacement, string what)
    {
        var text = Sample.Record.With(old, replacement);
        Lacking(text).ShouldBe(what);
        Grade(text).ShouldBe("silver");
    }

    [Fact]
    public void A_record_of_gold_says_when_it_was_detected_and_when_it_ended()
    {
        Lacking(Sample.Record.With("· detected ·", "· hypothesis ·").With("· alert_fired ·", "· alert_missed ·")).ShouldBe("when it was detected");
        Lacking(Sample.Record.With("ended: {at: \"2012-08-01T10:15[America/New_York]\", source: sec}\n", "").With("· mitigation ·", "· action ·").With("· resolved ·", "· action ·")).ShouldBe("when it ended");
    }

    [Fact]
    public void Silver_needs_a_sourced_timeline_of_five_events()
    {
        string[] gone = ["- 2012-07-27", "- 2012-08-01T08:01", "- 09:40/09:50~"];
        var four = string.Join('\n', Sample.Record.Split('\n').Where(row => !gone.Any(g => row.StartsWith(g, StringComparison.Ordinal))))
            .With("- 09:30 ·", "- 2012-08-01T09:30 ·")
            .With("The link to the market is cut. [^sec]", "The link to the market is cut. [^?]");
        Lacking(four).ShouldBe("a sourced timeline of five events or more");
        Grade(four).ShouldBe("bronze");
    }

    [Fact]
    public void Silver_needs_a_pattern_with_reasons_and_a_metric_or_its_blank()
    {
        var bare = Sample.CaseStudy.With("### kill-switch\nWhat happened: One switch stops the program itself. [^blog]\n", "### kill-switch\n");
        Lacking(bare).ShouldContain("a pattern with its reasons");
        Lacking(bare).ShouldContain("a metric, or the word that it is not disclosed");
        Lacking(bare.With("patterns:", "metrics: not_disclosed\npatterns:")).ShouldNotContain("a metric");
    }

    [Fact]
    public void A_case_study_was_neither_detected_nor_ended() =>
        Completeness.Of(Sample.Good(Sample.CaseStudy)).Checks.Select(c => c.What).ShouldNotContain("when it ended");
}
