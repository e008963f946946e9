using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

public sealed class MoneyTests
{
    private static Metric Metric(string name, string value, bool headline = false, string? usd = null) => new()
    {
        Name = name,
        Value = Amount.Parse(value, out _)!,
        Headline = headline,
        Usd = usd is null ? null : new UsdValue { Value = Amount.Parse(usd, out _)! },
        Sources = ["a"],
    };

    private static Incident With(params Metric[] metrics) => new() { Metrics = metrics };

    [Fact]
    public void The_loss_is_the_headline_before_all_others() =>
        Money.LossOf(With(Metric("direct_cost", "1M USD"), Metric("refund", "5M USD", headline: true)))!.Text.ShouldBe("5M USD");

    [Theory]
    [InlineData("refund revenue_loss fine direct_cost", "direct_cost")]
    [InlineData("refund revenue_loss fine", "fine")]
    [InlineData("refund revenue_loss", "revenue_loss")]
    [InlineData("market_value_change refund", "refund")]
    [InlineData("market_value_change users_affected", null)]
    [InlineData("", null)]
    public void Without_a_headline_it_is_the_first_of_direct_cost_fine_revenue_and_refund(string names, string? loss) =>
        Money.LossOf(With([.. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => Metric(n, n == "users_affected" ? "5" : "1M USD"))]))?.Metric.ShouldBe(loss);

    [Fact]
    public void A_blank_is_passed_over_and_stands_for_the_loss_where_there_is_no_other()
    {
        var known = With(Metric("direct_cost", "not_disclosed"), Metric("fine", "2M USD"));
        Money.LossOf(known)!.Metric.ShouldBe("fine");
        var blank = With(Metric("direct_cost", "not_disclosed"), Metric("users_affected", "5"));
        (Money.LossOf(blank), Money.BlankOf(blank)).ShouldBe((null, "not_disclosed"));
        Money.BlankOf(new Incident { MetricsBlank = "unknown" }).ShouldBe("unknown");
        Money.BlankOf(With()).ShouldBeNull();
    }

    [Fact]
    public void Another_currency_has_dollars_only_where_they_are_given()
    {
        var given = Money.LossOf(With(Metric("fine", "10M..12M EUR", usd: "12.3M USD")))!;
        (given.Min, given.Max, given.Currency, given.UsdMin, given.UsdMax).ShouldBe((10_000_000m, 12_000_000m, "EUR", 12_300_000m, 12_300_000m));
        var missing = Money.LossOf(With(Metric("fine", "10M EUR")))!;
        (missing.UsdMin, missing.UsdMax).ShouldBe(((decimal?)null, null));
    }

    [Fact]
    public void An_open_range_stays_open()
    {
        var loss = Money.LossOf(With(Metric("direct_cost", "50M.. USD")))!;
        (loss.UsdMin, loss.UsdMax).ShouldBe(((decimal?)50_000_000m, null));
    }
}
