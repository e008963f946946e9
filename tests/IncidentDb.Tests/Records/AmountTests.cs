using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class AmountTests
{
    [Theory]
    [InlineData("460M USD", "460000000", "460000000", "USD", false)]
    [InlineData("400M..460M USD", "400000000", "460000000", "USD", false)]
    [InlineData("13%", "13", "13", "%", false)]
    [InlineData("0.03%", "0.03", "0.03", "%", false)]
    [InlineData("8.5M", "8500000", "8500000", null, false)]
    [InlineData("50000..", "50000", null, null, false)]
    [InlineData("..1.2B EUR", null, "1200000000", "EUR", false)]
    [InlineData("~1.2k", "1200", "1200", null, true)]
    [InlineData("0", "0", "0", null, false)]
    [InlineData("1_000_000", "1000000", "1000000", null, false)]
    [InlineData("2T JPY", "2000000000000", "2000000000000", "JPY", false)]
    public void An_amount_knows_its_bounds_and_prints_as_it_was_written(string text, string? min, string? max, string? unit, bool approximate)
    {
        var amount = Amount.Parse(text, out var wrong).ShouldNotBeNull(wrong);
        wrong.ShouldBe("");
        amount.Min?.ToString("0.##").ShouldBe(min);
        amount.Max?.ToString("0.##").ShouldBe(max);
        (amount.Unit, amount.Approximate, amount.Text, amount.IsBlank).ShouldBe((unit, approximate, text, false));
    }

    [Theory]
    [InlineData(" 13 % ", "13%")]
    [InlineData("460M   USD", "460M USD")]
    public void Blanks_are_tidied(string text, string written) => Amount.Parse(text, out _)!.Text.ShouldBe(written);

    [Theory]
    [InlineData("unknown")]
    [InlineData("not_disclosed")]
    [InlineData("not_applicable")]
    public void A_blank_is_an_amount_without_bounds(string blank)
    {
        var amount = Amount.Parse(blank, out _)!;
        (amount.IsBlank, amount.Min, amount.Max, amount.Unit).ShouldBe((true, (decimal?)null, null, null));
    }

    [Theory]
    [InlineData("a lot")]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("k")]
    [InlineData("..")]
    [InlineData("-5")]
    [InlineData("1e6")]
    [InlineData("1,000")]
    [InlineData("1..x")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999999T")]
    [InlineData("5 USD")]
    public void What_is_no_amount_says_so(string text)
    {
        if (text == "5 USD")
            Amount.Parse(text, out _).ShouldNotBeNull();
        else
            Amount.Parse(text, out var wrong).ShouldBeNull(wrong);
    }

    [Theory]
    [InlineData("460M..400M USD", "begins above its end")]
    [InlineData("460M usd", "no currency code")]
    [InlineData("460 million", "no currency code")]
    [InlineData("$460M", "is no amount")]
    public void The_sentence_says_what_is_wrong(string text, string expected)
    {
        Amount.Parse(text, out var wrong).ShouldBeNull();
        wrong.ShouldContain(expected);
    }

    [Fact]
    public void Any_text_is_an_amount_that_reads_again_or_a_sentence()
    {
        var random = Seed.Draw();
        string[] parts = ["1", "0", "9", ".", "..", "k", "M", "B", "T", "%", " ", "USD", "EUR", "~", "_", ",", "-", "é", "unknown", "+"];
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 9)).Select(_ => random.Pick(parts)));
            if (Amount.Parse(text, out var wrong) is not { } amount)
                wrong.ShouldNotBeEmpty(text);
            else
                Amount.Parse(amount.Text, out wrong).ShouldBe(amount, $"{text}: {wrong}");
        }
    }
}
