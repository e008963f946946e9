using System.Text.Json;

namespace IncidentDb.Incidents;

/// <summary>What the database keeps of a record besides its text, computed before the writer's turn so that the turn is short.</summary>
internal sealed record IncidentProjection
{
    public required Incident Incident { get; init; }

    public required string Document { get; init; }

    public required string Summary { get; init; }

    public required string Html { get; init; }

    public required string Completeness { get; init; }

    public required double? LossUsdMin { get; init; }

    /// <summary>How many spans of its course are known.</summary>
    public required int Phases { get; init; }

    public static IncidentProjection Of(Incident incident)
    {
        var summary = IncidentSummary.Of(incident, Derivation.Of(incident));
        return new IncidentProjection
        {
            Incident = incident,
            Document = JsonSerializer.Serialize(incident, IncidentJson.Default.Incident),
            Summary = JsonSerializer.Serialize(summary, IncidentJson.Default.IncidentSummary),
            Html = JsonSerializer.Serialize(IncidentHtml.Of(incident), IncidentJson.Default.IncidentHtml),
            Completeness = summary.Completeness,
            LossUsdMin = (double?)summary.Loss?.UsdMin,
            Phases = summary.Phases.Count,
        };
    }
}
