using IncidentDb.Markup;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>What lists, cards and tables show of a record. Names of companies, causes and patterns are looked up when it is printed.</summary>
public sealed record IncidentSummary
{
    public required string Slug { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>The record in one line, without citations.</summary>
    public required SafeHtml OneLine { get; init; }

    /// <summary>The canonical text of the time.</summary>
    public When? Started { get; init; }

    public When? Ended { get; init; }

    public required IReadOnlyList<CompanyRole> Companies { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Causes { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Patterns { get; init; }

    public string? Severity { get; init; }

    public Money? Loss { get; init; }

    public string? LossBlank { get; init; }

    public DurationRange? Lasted { get; init; }

    public DurationRange? TimeToDetect { get; init; }

    public required IReadOnlyList<Phase> Phases { get; init; }

    public required IReadOnlyList<string> Episodes { get; init; }

    public required int Events { get; init; }

    public required string Completeness { get; init; }

    public static IncidentSummary Of(Incident incident, Derivation derived) => new()
    {
        Slug = incident.Slug,
        Kind = incident.Kind,
        Title = incident.Title,
        OneLine = MarkdownRenderer.RenderInline(Citations.Remove(incident.OneLine), _ => 0),
        Started = incident.Started?.At,
        Ended = incident.Ended?.At,
        Companies = incident.Companies,
        Causes = [.. incident.Causes.Select(c => KeyValuePair.Create(c.Slug, c.Role))],
        Patterns = [.. incident.Patterns.Select(p => KeyValuePair.Create(p.Slug, p.Relation))],
        Severity = incident.Severity,
        Loss = Money.LossOf(incident),
        LossBlank = Money.BlankOf(incident),
        Lasted = derived.Lasted.Range,
        TimeToDetect = derived.TimeToDetect.Range,
        Phases = derived.Phases,
        Episodes = [.. incident.Episodes.Select(e => e.Key)],
        Events = incident.Timeline.Count,
        Completeness = Incidents.Completeness.Of(incident).Grade,
    };
}
