using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.Tests.PrepSheets.Spoken;

public sealed class SpokenTextTests
{
    [Theory]
    [InlineData("over 460 million US dollars", "over four hundred and sixty million US dollars")]
    [InlineData("US$460 million", "Four hundred and sixty million dollars")]
    [InlineData("a loss of $3.5bn", "a loss of three point five billion dollars")]
    [InlineData("between £20 and £30 million", "between twenty pounds and thirty million pounds")]
    [InlineData("99.99% of requests", "Ninety-nine point nine nine per cent of requests")]
    [InlineData("from 5–10 % to 12%", "from five to ten per cent to twelve per cent")]
    [InlineData("1,234,567 users", "One million two hundred and thirty-four thousand five hundred and sixty-seven users")]
    [InlineData("on 1 August 2012", "on the first of August twenty twelve")]
    [InlineData("on 2–3 May 2016", "on the second to the third of May twenty sixteen")]
    [InlineData("on 2012-08-01 it began", "on the first of August twenty twelve it began")]
    [InlineData("August 2012", "August twenty twelve")]
    [InlineData("in 1905, in 2000, in 2007 and in 2010", "in nineteen oh five, in two thousand, in two thousand and seven and in twenty ten")]
    [InlineData("the 1960s", "the nineteen sixties")]
    [InlineData("at 09:30 and at 15:05", "at nine thirty and at fifteen oh five")]
    [InlineData("at 9:00 a.m. sharp", "at nine a.m. sharp")]
    [InlineData("the 21st release", "the twenty-first release")]
    [InlineData("version 2.4.1 of it", "version two point four point one of it")]
    [InlineData("S3, us-east-1, HTTP/2 and log4j2 stay", "S3, us-east-1, HTTP/2 and log4j2 stay")]
    [InlineData("Boeing 737s and flight 302", "Boeing seven three sevens and flight three zero two")]
    [InlineData("AT&T and R & D", "AT&T and R and D")]
    [InlineData("It ended. 97 came.", "It ended. Ninety-seven came.")]
    [InlineData("No figures here", "No figures here")]
    public void Figures_are_said_in_words(string text, string spoken) => SpokenText.Of(text).Text.ShouldBe(spoken);

    [Theory]
    [InlineData("It lost 460 million dollars in 45 minutes, 99.5% of it before 10:15 on 1 August 2012.")]
    [InlineData("“97 e-mails” came; 4,000,000 orders followed.")]
    public void The_exact_figures_put_back_give_the_text(string text) => SpokenText.Of(text).Restore().ShouldBe(text);

    [Fact]
    public void Figures_worth_showing_stand_with_their_scale_and_unit() =>
        SpokenText.Of("It lost 460 million dollars at 09:30 in 3 steps, and 12.5 billion rows.").Shown.ShouldBe(["460 million dollars", "09:30", "12.5 billion"]);

    [Theory]
    [InlineData("The number ١٢٣ stays, and ٢٠١٢-٠٨-٠١ too")]
    [InlineData("99999999999999999999999999999999999999999 rows")]
    [InlineData("the 99999999999999999999999999999999999999999th")]
    public void What_nobody_says_stays(string text) => SpokenText.Of(text).Text.ShouldBe(text);

    [Fact]
    public void A_long_ordinal_is_said() => SpokenText.Of("the 99999999999th").Text.ShouldStartWith("the ninety-nine billion");

    [Fact]
    public void Any_text_has_a_spoken_form_that_gives_it_back()
    {
        foreach (var text in Hostile.Strings("blns.json").SelectMany(s => new[] { s, $"{s} 7 {s}", $"7{s}8", $"at {s}:30, 1 {s} 2012" }))
            SpokenText.Of(text).Restore().ShouldBe(text);
    }

    [Theory]
    [InlineData("a-")]
    [InlineData("a")]
    [InlineData("_#")]
    [InlineData("1,111")]
    [InlineData("1.")]
    [InlineData("1–")]
    [InlineData("& ")]
    [InlineData("1 - ")]
    [InlineData("1a-1_")]
    [InlineData("the 1 to ")]
    [InlineData("$1 – ")]
    [InlineData("May 1 ")]
    [InlineData("2012-08-01")]
    public void The_longest_text_of_a_copy_is_spoken_in_time(string part)
    {
        var text = "& 1 " + string.Concat(Enumerable.Repeat(part, 4_000 / part.Length)) + "!";
        Fast.Within(2_000, "speaking", () => SpokenText.Of(text)).Restore().ShouldBe(text);
    }
}
