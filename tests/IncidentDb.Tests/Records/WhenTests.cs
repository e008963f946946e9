using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class WhenTests
{
    [Theory]
    [InlineData("1628", "1628-01-01T00:00:00Z", "1628-12-31T23:59:59Z")]
    [InlineData("2011-04", "2011-04-01T00:00:00Z", "2011-04-30T23:59:59Z")]
    [InlineData("2012-02-29", "2012-02-29T00:00:00Z", "2012-02-29T23:59:59Z")]
    [InlineData("2012-08-01T09:30-04:00", "2012-08-01T13:30:00Z", "2012-08-01T13:30:59Z")]
    [InlineData("2012-08-01T09:30:15Z", "2012-08-01T09:30:15Z", "2012-08-01T09:30:15Z")]
    [InlineData("2012-08-01T09:30[America/New_York]", "2012-08-01T13:30:00Z", "2012-08-01T13:30:59Z")]
    [InlineData("2012-01-01T09:30[America/New_York]", "2012-01-01T14:30:00Z", "2012-01-01T14:30:59Z")]
    [InlineData("2012-08~", "2012-08-01T00:00:00Z", "2012-08-31T23:59:59Z")]
    [InlineData("2012-08-01T09:30-04:00/2012-08-01T10:15-04:00", "2012-08-01T13:30:00Z", "2012-08-01T14:15:59Z")]
    [InlineData("2018-04-20/2018-04-22", "2018-04-20T00:00:00Z", "2018-04-22T23:59:59Z")]
    public void A_time_knows_the_instants_it_can_mean_and_prints_as_it_was_written(string text, string earliest, string latest)
    {
        var when = WhenText.Parse(text, null, out var wrong);
        wrong.ShouldBe("");
        when.ShouldNotBeNull();
        when.Earliest.ShouldBe(DateTimeOffset.Parse(earliest));
        when.Latest.ShouldBe(DateTimeOffset.Parse(latest));
        when.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("2012-04-31", "30 days")]
    [InlineData("2012-13-01", "no month 13")]
    [InlineData("2012-08-01T25:00Z", "no time of day")]
    [InlineData("2012-08-01T09:30", "no zone")]
    [InlineData("2012-08-01T09:30[Mars/Olympus]", "no time zone")]
    [InlineData("2012-03-11T02:30[America/New_York]", "skipped")]
    [InlineData("2012-08-01T09:30[]", "no time zone")]
    [InlineData("2012-08-01T09:30[+]", "no time zone")]
    [InlineData("2012-08-01T09:30[-ab:cd]", "no time zone")]
    [InlineData("2012-08-01T09:30[- 4: 0]", "no time zone")]
    [InlineData("2012-08-01T09:30[America/New_York", "never closed")]
    [InlineData("2012-08-01T09:30-07:00[America/New_York]", "did not stand at -07:00")]
    [InlineData("2012-08-01T09:30:61Z", "seconds run")]
    [InlineData("2012-08-00", "does not exist")]
    [InlineData("2012T09:30Z", "no day")]
    [InlineData("2200", "outside 1628")]
    [InlineData("2012-08-01T09:30-25:00", "no offset")]
    [InlineData("2012-08-02/2012-08-01", "ends before it begins")]
    [InlineData("1500", "outside 1628")]
    [InlineData("09:30", "no date")]
    [InlineData("T+00:45", "relative")]
    [InlineData("yesterday", "no time")]
    [InlineData("Tuesday", "no time")]
    [InlineData("", "no time")]
    public void A_time_that_cannot_be_read_says_what_is_wrong(string text, string expected)
    {
        WhenText.Parse(text, null, out var wrong).ShouldBeNull();
        wrong.ShouldContain(expected);
    }

    [Fact]
    public void A_bare_time_stays_on_the_day_and_in_the_zone_of_the_line_before()
    {
        var before = WhenText.Parse("2012-08-01T08:01[America/New_York]", null, out _)!;
        var when = WhenText.Parse("09:30", new WhenText.Reference { Previous = before.Start }, out _)!;
        when.ToString().ShouldBe("2012-08-01T09:30[America/New_York]");
        WhenText.WriteIn(when, new WhenText.Reference { Previous = before.Start }).ShouldBe("09:30");
    }

    [Fact]
    public void A_relative_time_counts_from_the_start_across_a_clock_change()
    {
        var started = WhenText.Parse("2018-10-27T20:00[Europe/Berlin]", null, out _)!;
        var reference = new WhenText.Reference { Started = started.Start };
        var when = WhenText.Parse("T+26:10", reference, out _)!;
        (when.Earliest - started.Earliest).ShouldBe(new TimeSpan(26, 10, 0));
        when.ToString().ShouldBe("2018-10-28T21:10[Europe/Berlin]");
        WhenText.WriteIn(when, reference).ShouldBe("T+26:10");
    }

    [Theory]
    [InlineData("2012-08-01T09:30[America/New_York]", "2012-08-01T09:30-04:00")]
    [InlineData("2012-08-01T09:30+00:00", "2012-08-01T09:30Z")]
    [InlineData("2012~?", "2012%")]
    public void Edtf_has_offsets_and_one_sign_for_approximate_and_uncertain(string text, string edtf) =>
        WhenText.Edtf(WhenText.Parse(text, null, out _)!).ShouldBe(edtf);

    [Theory]
    [InlineData("2012-11-04T01:30[America/New_York]", "2012-11-04T05:30:00Z")]
    [InlineData("2012-11-04T01:30-05:00[America/New_York]", "2012-11-04T06:30:00Z")]
    public void In_the_hour_that_comes_twice_an_offset_tells_which_is_meant(string text, string instant)
    {
        var when = WhenText.Parse(text, null, out var wrong).ShouldNotBeNull(wrong);
        when.Earliest.ShouldBe(DateTimeOffset.Parse(instant));
        when.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("T+00:45", "2012-08-01T14:15:00Z", "T+00:45")]
    [InlineData("T-00:30", "2012-08-01T13:00:00Z", "T-00:30")]
    [InlineData("T−00:30", "2012-08-01T13:00:00Z", "T-00:30")]
    [InlineData("t+1:05", "2012-08-01T14:35:00Z", "T+01:05")]
    [InlineData("T+100:00:30~", "2012-08-05T17:30:30Z", "T+100:00:30~")]
    public void A_relative_time_is_derived_and_written_as_relative(string text, string instant, string written)
    {
        var reference = new WhenText.Reference { Started = WhenText.Parse("2012-08-01T09:30-04:00", null, out _)!.Start };
        var when = WhenText.Parse(text, reference, out var wrong).ShouldNotBeNull(wrong);
        when.Earliest.ShouldBe(DateTimeOffset.Parse(instant));
        WhenText.WriteIn(when, reference).ShouldBe(written);
    }

    [Theory]
    [InlineData("T+00:60", "no relative time")]
    [InlineData("T00:10", "no relative time")]
    [InlineData("T+x:10", "no relative time")]
    [InlineData("T", "no relative time")]
    public void A_relative_time_that_cannot_be_read_says_so(string text, string expected)
    {
        var started = WhenText.Parse("2012-08-01T09:30Z", null, out _)!;
        WhenText.Parse(text, new WhenText.Reference { Started = started.Start }, out var wrong).ShouldBeNull();
        wrong.ShouldContain(expected);
    }

    [Theory]
    [InlineData("2012-08-01")]
    [InlineData("2012")]
    public void A_relative_time_needs_a_start_with_a_time_of_day(string started)
    {
        WhenText.Parse("T+00:10", new WhenText.Reference { Started = WhenText.Parse(started, null, out _)!.Start }, out var wrong).ShouldBeNull();
        wrong.ShouldContain("has no time of day");
    }

    [Fact]
    public void A_bare_time_after_a_year_has_no_day()
    {
        WhenText.Parse("09:30", new WhenText.Reference { Previous = WhenText.Parse("2012", null, out _)!.Start }, out var wrong).ShouldBeNull();
        wrong.ShouldContain("names no day");
    }

    [Fact]
    public void Any_text_is_a_time_that_prints_and_reads_again_or_says_what_is_wrong()
    {
        var random = Seed.Draw();
        string[] parts = ["2012", "-08", "-01", "T", "09", ":30", ":15", "Z", "-04:00", "+05:30", "[America/New_York]", "[", "]", "[]", "[+]", "/", "~", "?", "%", "+", "-", "−", ":", " ", "1628", "Europe/Berlin", "00", "é"];
        var started = WhenText.Parse("2018-10-27T20:00[Europe/Berlin]", null, out _)!.Start;
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => random.Pick(parts)));
            var reference = random.Next(2) == 0 ? null : new WhenText.Reference { Previous = started, Started = started };
            if (WhenText.Parse(text, reference, out var wrong) is not { } when)
            {
                wrong.ShouldNotBeEmpty(text);
                continue;
            }

            wrong.ShouldBeEmpty(text);
            when.Latest.ShouldBeGreaterThanOrEqualTo(when.Earliest, text);
            var written = reference is null ? when.ToString() : WhenText.WriteIn(when, reference);
            WhenText.Parse(written, reference, out wrong).ShouldBe(when, $"{text} → {written}: {wrong}");
        }
    }
}
