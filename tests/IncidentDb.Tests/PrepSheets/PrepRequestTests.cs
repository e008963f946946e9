using IncidentDb.PrepSheets;

namespace IncidentDb.Tests.PrepSheets;

public sealed class PrepRequestTests
{
    private static (PrepRequest Request, List<string> Notices) Parse(string? episode, params string[] parameters)
    {
        var notices = new List<string>();
        var pairs = parameters.Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(p[0], p[1]));
        return (PrepRequest.Parse(episode, pairs, notices), notices);
    }

    [Fact]
    public void Records_length_and_clock_are_read_from_the_address()
    {
        var (request, notices) = Parse(null, "incident=a", "incident=b", "incident=a", "minutes=150", "clock=Europe/London");
        notices.ShouldBeEmpty();
        request.Incidents.ShouldBe(["a", "b"]);
        request.Minutes.ShouldBe(150);
        request.Clock.Name.ShouldBe("Europe/London");
        request.Url().ShouldBe("/prep?incident=a&incident=b&minutes=150&clock=Europe%2FLondon");
        request.Url(".docx", 5).ShouldBe("/prep.docx?incident=a&incident=b&minutes=5&clock=Europe%2FLondon");
    }

    [Theory]
    [InlineData("minutes=7", "“7” is no length")]
    [InlineData("minutes=abc", "“abc” is no length")]
    [InlineData("clock=Mars/Base", "“Mars/Base” is no time zone")]
    [InlineData("colour=red", "“colour” is no parameter")]
    public void What_cannot_be_used_is_named_and_left_out(string parameter, string notice)
    {
        var (request, notices) = Parse("x", parameter);
        notices.ShouldHaveSingleItem().ShouldContain(notice);
        request.Minutes.ShouldBe(RunDown.DefaultMinutes);
        request.Url().ShouldBe("/episodes/x/prep?minutes=20");
    }

    [Fact]
    public void A_seventh_record_is_named_and_left_out()
    {
        var (request, notices) = Parse(null, [.. "abcdefg".Select(c => $"incident={c}")]);
        request.Incidents.Count.ShouldBe(PrepStore.MostRecords);
        notices.ShouldHaveSingleItem().ShouldContain("left out: g");
    }
}
