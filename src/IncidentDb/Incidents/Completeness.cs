using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>How complete a record is, and what the next grade still lacks.</summary>
/// <param name="Grade">bronze, silver or gold.</param>
/// <param name="Checks">Every condition of silver and gold with whether it is met.</param>
public sealed record Completeness(string Grade, IReadOnlyList<CompletenessCheck> Checks)
{
    public const string Bronze = "bronze";
    public const string Silver = "silver";
    public const string Gold = "gold";

    public static Completeness Of(Incident incident)
    {
        var sourced = incident.Timeline.Count(e => e.Sources.Any(s => s != Citations.Unsourced));
        var checks = new List<CompletenessCheck>
        {
            new(Silver, "a sourced timeline of five events or more", sourced >= 5),
            new(Silver, "a pattern with its reasons", incident.Patterns.Any(HasReasons)),
            new(Silver, "a metric, or the word that it is not disclosed", incident.Metrics.Count > 0 || incident.MetricsBlank is not null),
            new(Gold, "a cold open", incident.Section("cold_open") is not null),
            new(Gold, "a hook", incident.Section("hook") is not null),
            new(Gold, "three talking points", Items(incident.Section("talking_points")) >= 3),
            new(Gold, "two questions", Items(incident.Section("questions")) >= 2),
            new(Gold, "the aftermath, or that none is known", incident.Section("aftermath") is not null),
            new(Gold, "sources of two publishers", incident.Sources.Select(s => s.Publisher).Distinct(StringComparer.OrdinalIgnoreCase).Count() >= 2),
        };
        if (!incident.IsCaseStudy)
        {
            checks.Add(new(Gold, "when it was detected", Derivation.Of(incident).TimeToDetect.Range is not null));
            checks.Add(new(Gold, "when it ended", Derivation.Of(incident).Lasted.Range is not null));
        }

        var silver = checks.Where(c => c.Grade == Silver).All(c => c.Met);
        var gold = silver && checks.All(c => c.Met);
        return new Completeness(gold ? Gold : silver ? Silver : Bronze, checks);
    }

    private static bool HasReasons(IncidentPattern pattern) =>
        pattern.WhatHappened.Length > 0 && (pattern.WouldHave.Length > 0 || !PatternRelations.IsFailure(pattern.Relation));

    private static int Items(string? markdown) => markdown?.Split('\n').Count(row => row.StartsWith("- ", StringComparison.Ordinal)) ?? 0;
}

/// <param name="Grade">The grade that needs it.</param>
/// <param name="What">What it is, as it reads after "still lacks".</param>
public sealed record CompletenessCheck(string Grade, string What, bool Met);
