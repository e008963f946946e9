using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.Wording;

namespace IncidentDb.Tests.Wording;

public sealed class AmountWordsTests
{
    /// <summary>A nought more would be a figure that nobody stated.</summary>
    [Theory]
    [InlineData("6538000000", "6570000000", "US$ 6.538–6.57 bn")]
    [InlineData("6500000", "6570000", "US$ 6.5–6.57 M")]
    [InlineData("400000000", "460500000", "US$ 400–460.5 M")]
    [InlineData("38000000", "581000000", "US$ 38–581 M")]
    [InlineData("950500000", "1250000000", "US$ 950.5 M–1.25 bn")]
    [InlineData("1.5", "2.25", "US$ 1.5–2.25")]
    [InlineData("5400000000", "5400000000", "US$ 5.4 bn")]
    [InlineData("5400000000", null, "US$ 5.4 bn or more")]
    public void The_ends_of_a_range_are_as_precise_as_they_are_known(string min, string? max, string words) =>
        AmountWords.Of(new Money { Metric = "direct_cost", Currency = "USD", Text = "", Sources = [], Min = Decimal(min), Max = max is null ? null : Decimal(max) }).ShouldBe(words);

    private static decimal Decimal(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
