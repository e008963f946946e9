using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.Tests.PrepSheets.Spoken;

public sealed class NumberWordsTests
{
    [Theory]
    [InlineData(0, "zero")]
    [InlineData(13, "thirteen")]
    [InlineData(100, "one hundred")]
    [InlineData(460, "four hundred and sixty")]
    [InlineData(1001, "one thousand and one")]
    [InlineData(89_000, "eighty-nine thousand")]
    [InlineData(1_000_000_000_000, "one trillion")]
    [InlineData(-4, "minus four")]
    public void A_count_is_said(long number, string words) => NumberWords.Cardinal(number).ShouldBe(words);

    [Fact]
    public void Every_count_to_a_million_reads_back_as_itself()
    {
        for (var n = 0; n <= 1_000_000; n += n < 10_000 ? 1 : 997)
            SpokenWords.Number(NumberWords.Cardinal(n)).ShouldBe(n, NumberWords.Cardinal(n));
    }

    [Theory]
    [InlineData("3.50", "three point five zero")]
    [InlineData("007", "zero zero seven")]
    public void Decimals_and_leading_zeros_are_said_digit_by_digit(string digits, string words) => NumberWords.Number(digits).ShouldBe(words);

    [Theory]
    [InlineData(1, "first")]
    [InlineData(12, "twelfth")]
    [InlineData(20, "twentieth")]
    [InlineData(31, "thirty-first")]
    [InlineData(100, "one hundredth")]
    public void Places_are_said(int number, string words) => NumberWords.Ordinal(number).ShouldBe(words);

    [Theory]
    [InlineData(1628, "sixteen twenty-eight")]
    [InlineData(1900, "nineteen hundred")]
    [InlineData(1905, "nineteen oh five")]
    [InlineData(2000, "two thousand")]
    [InlineData(2009, "two thousand and nine")]
    [InlineData(2021, "twenty twenty-one")]
    public void Years_are_said(int year, string words) => NumberWords.Year(year).ShouldBe(words);
}
