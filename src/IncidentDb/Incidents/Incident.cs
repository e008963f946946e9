using System.Text.Json.Serialization;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>A record: a production incident, a near miss or a case study, as its file holds it. Derived values are not in it.</summary>
public sealed record Incident : RecordPart
{
    /// <summary>The file's name, the address and the permanent reference.</summary>
    public string Slug { get; init; } = "";

    public string Title { get; init; } = "";

    /// <summary>incident, near_miss or case_study.</summary>
    public string Kind { get; init; } = "";

    public IReadOnlyList<CompanyRole> Companies { get; init; } = [];

    public CitedWhen? Started { get; init; }

    public CitedWhen? Ended { get; init; }

    public string? Confidence { get; init; }

    public string? Severity { get; init; }

    public IReadOnlyList<string> Impact { get; init; } = [];

    public string? Detection { get; init; }

    public string? Trigger { get; init; }

    public IReadOnlyList<IncidentCause> Causes { get; init; } = [];

    /// <summary>Why there are no causes, when that is known.</summary>
    public string? CausesBlank { get; init; }

    public IReadOnlyList<IncidentPattern> Patterns { get; init; } = [];

    public IReadOnlyList<string> Resolution { get; init; } = [];

    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    /// <summary>Why there are no metrics, when that is known.</summary>
    public string? MetricsBlank { get; init; }

    public IReadOnlyList<string> Technologies { get; init; } = [];

    /// <summary>Empty: the sectors of the companies apply.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    public IReadOnlyList<string> Regions { get; init; } = [];

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<Relation> Relations { get; init; } = [];

    /// <summary>The same incident elsewhere: <c>wikipedia: https://…</c>, <c>cve: CVE-2021-44228</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> SameAs { get; init; } = [];

    /// <summary>Episode slug and role (cold_open, main, example).</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Episodes { get; init; } = [];

    public IReadOnlyList<string> Contributors { get; init; } = [];

    public string? Language { get; init; }

    public string? TextOrigin { get; init; }

    public string? SourceLicence { get; init; }

    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    public IReadOnlyList<Source> Sources { get; init; } = [];

    /// <summary>The record in one line: the paragraph before the first heading, Markdown with citations.</summary>
    public string OneLine { get; init; } = "";

    /// <summary>The prose sections in canonical order; the timeline, the causes and the patterns are not among them.</summary>
    public IReadOnlyList<Section> Sections { get; init; } = [];

    public IReadOnlyList<TimelineEvent> Timeline { get; init; } = [];

    [JsonIgnore]
    public bool IsCaseStudy => Kind == Kinds.CaseStudy;

    /// <summary>The Markdown of a section by its id (<c>summary</c>, <c>what_went_well</c>), or null.</summary>
    public string? Section(string id) => Sections.FirstOrDefault(s => s.Id == id)?.Markdown;

    public Source? Source(string id) => Sources.FirstOrDefault(s => s.Id == id);

    /// <summary>The position of a source in the list of sources, from 1; 0 for none.</summary>
    public int SourceNumber(string id)
    {
        for (var i = 0; i < Sources.Count; i++)
        {
            if (Sources[i].Id == id)
                return i + 1;
        }

        return 0;
    }
}

/// <summary>The kinds of record that code must tell apart; their labels are in the vocabulary.</summary>
public static class Kinds
{
    public const string Incident = "incident";
    public const string NearMiss = "near_miss";
    public const string CaseStudy = "case_study";
}

/// <summary>The company roles that code must tell apart.</summary>
public static class CompanyRoles
{
    public const string Operator = "operator";
}

/// <summary>A company's part in the incident.</summary>
public sealed record CompanyRole(string Slug, string Role);

/// <summary>A cause with what it did here. <see cref="Text"/> is Markdown with citations; empty when the record has only the word.</summary>
public sealed record IncidentCause
{
    public required string Slug { get; init; }

    public required string Role { get; init; }

    public string Text { get; init; } = "";
}

/// <summary>A pattern's part: violated, absent, misapplied, worked or introduced_after.</summary>
public sealed record IncidentPattern
{
    public required string Slug { get; init; }

    public required string Relation { get; init; }

    /// <summary>What happened here; Markdown with citations.</summary>
    public string WhatHappened { get; init; } = "";

    /// <summary>What the pattern would have changed.</summary>
    public string WouldHave { get; init; } = "";
}

/// <summary>The pattern relations that code must tell apart.</summary>
public static class PatternRelations
{
    public const string Violated = "violated";
    public const string Absent = "absent";
    public const string Misapplied = "misapplied";
    public const string Worked = "worked";
    public const string IntroducedAfter = "introduced_after";

    /// <summary>In the order of the ledger.</summary>
    public static readonly IReadOnlyList<string> All = [Violated, Absent, Misapplied, Worked, IntroducedAfter];

    /// <summary>True for the three that say something was wrong and must say what would have been better.</summary>
    public static bool IsFailure(string relation) => relation is Violated or Absent or Misapplied;
}

/// <summary>A measured effect with its source.</summary>
public sealed record Metric : RecordPart
{
    /// <summary>A word of the vocabulary <c>metrics</c>, e.g. users_affected or direct_cost.</summary>
    public string Name { get; init; } = "";

    public Amount Value { get; init; } = new() { Text = Blank.Unknown };

    /// <summary>The money metric that stands for the loss.</summary>
    public bool Headline { get; init; }

    /// <summary>What the figure covers, e.g. "volumes in the affected zone".</summary>
    public string? Scope { get; init; }

    /// <summary>The figure in the source's own words.</summary>
    public string? AsStated { get; init; }

    /// <summary>The value in US dollars, for another currency.</summary>
    public UsdValue? Usd { get; init; }

    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>A conversion to US dollars and the day of its rate.</summary>
public sealed record UsdValue : RecordPart
{
    public Amount Value { get; init; } = new() { Text = Blank.Unknown };

    public CitedWhen? RateDate { get; init; }
}

/// <summary>A link to another record.</summary>
public sealed record Relation : RecordPart
{
    public string Incident { get; init; } = "";

    /// <summary>A word of the vocabulary <c>relation_types</c>.</summary>
    public string Type { get; init; } = "";

    public string? Note { get; init; }
}

/// <summary>One line of the timeline.</summary>
public sealed record TimelineEvent
{
    /// <summary>Made from time and type, so that it stays when lines are added around it.</summary>
    public required string Id { get; init; }

    public required When At { get; init; }

    /// <summary>A word of the vocabulary <c>event_types</c>.</summary>
    public required string Type { get; init; }

    public bool Key { get; init; }

    public bool TurningPoint { get; init; }

    /// <summary>Who acted, as a role and never a person's name unless the source names a public officer.</summary>
    public string? ActorRole { get; init; }

    /// <summary>Markdown of one line, without its citations.</summary>
    public required string Text { get; init; }

    /// <summary>Source ids; <c>?</c> marks the line as unsourced.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>The event types whose first occurrence gives a key time.</summary>
public static class EventTypes
{
    public const string LatentFault = "latent_fault_introduced";
    public const string ChangeDeployed = "change_deployed";
    public const string Trigger = "trigger";
    public const string ImpactStart = "impact_start";
    public const string AlertFired = "alert_fired";
    public const string Detected = "detected";
    public const string Escalated = "escalated";
    public const string Declared = "declared";
    public const string Action = "action";
    public const string StatusPosted = "status_posted";
    public const string CauseIdentified = "cause_identified";
    public const string Mitigation = "mitigation";
    public const string PartialRecovery = "partial_recovery";
    public const string Relapse = "relapse";
    public const string Resolved = "resolved";
    public const string ImpactEnd = "impact_end";
}
