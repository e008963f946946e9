namespace IncidentDb.Incidents;

/// <summary>A sum of money with its source: bounds in its own currency and, where a conversion is given, in US dollars.</summary>
public sealed record Money
{
    /// <summary>The metric it comes from, e.g. direct_cost.</summary>
    public required string Metric { get; init; }

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public required string Currency { get; init; }

    public decimal? UsdMin { get; init; }

    public decimal? UsdMax { get; init; }

    /// <summary>The amount as the record writes it.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    private static readonly IReadOnlyList<string> _order = ["direct_cost", "fine", "revenue_loss", "refund"];

    /// <summary>The loss: the metric marked as headline, else the first of direct cost, fine, revenue lost, refund. Never market value.</summary>
    public static Money? LossOf(Incident incident)
    {
        var metric = incident.Metrics.FirstOrDefault(m => m.Headline && !m.Value.IsBlank)
            ?? _order.Select(name => incident.Metrics.FirstOrDefault(m => m.Name == name && !m.Value.IsBlank)).FirstOrDefault(m => m is not null);
        return metric is { Value.Unit: { Length: 3 } currency } ? Of(metric, currency) : null;
    }

    public static Money Of(Metric metric, string currency)
    {
        var usd = currency == "USD" ? metric.Value : metric.Usd?.Value;
        return new Money
        {
            Metric = metric.Name,
            Min = metric.Value.Min,
            Max = metric.Value.Max,
            Currency = currency,
            UsdMin = usd?.Min,
            UsdMax = usd?.Max,
            Text = metric.Value.Text,
            Sources = metric.Sources,
        };
    }

    /// <summary>The blank that stands for the loss where there is no amount: not_disclosed, unknown, not_applicable, or null for "not yet looked at".</summary>
    public static string? BlankOf(Incident incident) =>
        incident.MetricsBlank ?? _order.Select(name => incident.Metrics.FirstOrDefault(m => m.Name == name && m.Value.IsBlank)?.Value.Text).FirstOrDefault(b => b is not null);
}
