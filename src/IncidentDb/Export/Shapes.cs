using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace IncidentDb.Export;

/// <summary>A time in JSON. <c>text</c> is the canonical text of the record format.</summary>
public sealed record WhenShape(string Text, string Edtf, DateTimeOffset Earliest, DateTimeOffset Latest, bool Approximate, bool Uncertain, string? Zone, IReadOnlyList<string> Sources)
{
    /// <summary>The offset from the start, where the record writes the time as one: <c>T+00:45</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Relative { get; init; }

    /// <summary>True where the record gives the time no sources of its own and they follow from its timeline.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool SourcesDerived { get; init; }
}

public sealed record MoneyShape(string Metric, decimal? Min, decimal? Max, string Currency, decimal? UsdMin, decimal? UsdMax, string Text, IReadOnlyList<string> Sources);

/// <summary>A length of time in minutes.</summary>
public sealed record MinutesShape(double Min, double Max);

public sealed record DurationShape(double? Min, double? Max, string? Text, string Formula);

public sealed record NameShape(string Slug, string Name);

public sealed record TitleShape(string Slug, string Title);

public sealed record PatternNameShape(string Slug, string Name, string Relation);

public sealed record SnippetShape(string Field, string Html, string Url);

/// <summary>A result of a search.</summary>
public sealed record HitShape
{
    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string Kind { get; init; }

    public required string OneLine { get; init; }

    public required string? Started { get; init; }

    public required string? Ended { get; init; }

    public required IReadOnlyList<NameShape> Companies { get; init; }

    public required IReadOnlyList<NameShape> Causes { get; init; }

    public required IReadOnlyList<PatternNameShape> Patterns { get; init; }

    public required string? Severity { get; init; }

    public required MoneyShape? Loss { get; init; }

    public required MinutesShape? DurationMinutes { get; init; }

    public required IReadOnlyList<TitleShape> Episodes { get; init; }

    public required string Completeness { get; init; }

    public required string Url { get; init; }

    public required IReadOnlyList<SnippetShape> Snippets { get; init; }
}

public sealed record FacetValueShape(string Value, string Label, int Count, bool Selected, bool Excluded, string Url, string OnlyUrl);

public sealed record FacetShape(string Name, string Label, string Match, int Available, IReadOnlyList<FacetValueShape> Values);

/// <summary>The search with another spelling.</summary>
public sealed record CorrectionShape(string Q, int Total, string Url);

/// <summary>A search without a part: <c>kind</c> is filter, filters, part or words.</summary>
public sealed record RescueShape(string Kind, string Without, int Total, string Url);

/// <summary>A page of a search.</summary>
public sealed record SearchShape(
    int Total, int Page, int Size, string Sort, double TookMs, IReadOnlyList<string> Notices, IReadOnlyList<HitShape> Hits, IReadOnlyList<FacetShape> Facets)
{
    /// <summary>A spelling that finds far more, or null.</summary>
    public required CorrectionShape? DidYouMean { get; init; }

    /// <summary>The name of the facet that would narrow the result best, or null.</summary>
    public required string? SplitsBest { get; init; }

    /// <summary>When nothing was found: what to leave out, and what that finds.</summary>
    public required IReadOnlyList<RescueShape> Rescues { get; init; }
}

public sealed record CompanyRoleShape(string Slug, string Name, string Role);

public sealed record CauseShape(string Slug, string Name, string Role, string Text, IReadOnlyList<string> Sources);

public sealed record PatternShape(string Slug, string Name, string Relation, string WhatHappened, string WouldHave, IReadOnlyList<string> Sources);

public sealed record EventShape(string Id, WhenShape At, string? TPlus, string Type, string Text, string? ActorRole, bool Key, bool TurningPoint, IReadOnlyList<string> Sources);

public sealed record SourceShape(string Id, int N, string? Url, string? ArchiveUrl, string Title, string? Author, string Publisher, WhenShape? Published, string Type, string Read, string? Language);

public sealed record MetricShape(string Metric, string Value, decimal? Min, decimal? Max, string? Unit, bool Headline, string? Scope, string? AsStated, string? Usd, string? UsdRateDate, IReadOnlyList<string> Sources);

public sealed record RelationShape(string Incident, string Type, string? Note);

/// <summary>A facet's value, a shared word, or the name of a quantity.</summary>
public sealed record ValueShape(string Value, string Label);

/// <param name="Aspect">A facet's name, or wording or time.</param>
/// <param name="Share">Its part of the likeness; all parts together are 1.</param>
public sealed record LikenessShape(string Aspect, string Label, double Share, IReadOnlyList<ValueShape> Values);

/// <summary>A record like another, and why.</summary>
public sealed record SimilarShape(string Slug, string Title, string? Started, string Url, double Score, IReadOnlyList<LikenessShape> Reasons);

/// <param name="InRecord">True when the record itself names the episode; else the episode names the record.</param>
public sealed record EpisodeRoleShape(string Slug, string Title, string Role, bool InRecord);

/// <summary>A record, whole: reading it back gives the same record.</summary>
public sealed record IncidentShape
{
    public required string Slug { get; init; }

    public required string Kind { get; init; }

    public required string Title { get; init; }

    public required string OneLine { get; init; }

    /// <summary>Section id → Markdown.</summary>
    public required IReadOnlyDictionary<string, string> Sections { get; init; }

    public required WhenShape? Started { get; init; }

    public required WhenShape? Ended { get; init; }

    public required IReadOnlyDictionary<string, DurationShape> Durations { get; init; }

    public required string? Severity { get; init; }

    public required string? Confidence { get; init; }

    public required IReadOnlyList<string> Impact { get; init; }

    public required string? Detection { get; init; }

    public required string? Trigger { get; init; }

    public required IReadOnlyList<string> Resolution { get; init; }

    public required MoneyShape? Loss { get; init; }

    public required IReadOnlyList<MetricShape> Metrics { get; init; }

    public required string? MetricsBlank { get; init; }

    public required IReadOnlyList<CompanyRoleShape> Companies { get; init; }

    public required IReadOnlyList<CauseShape> Causes { get; init; }

    public required string? CausesBlank { get; init; }

    public required IReadOnlyList<PatternShape> Patterns { get; init; }

    public required IReadOnlyList<EventShape> Timeline { get; init; }

    public required IReadOnlyList<SourceShape> Sources { get; init; }

    public required IReadOnlyList<RelationShape> Relations { get; init; }

    public required IReadOnlyList<EpisodeRoleShape> Episodes { get; init; }

    public required IReadOnlyList<string> Technologies { get; init; }

    public required IReadOnlyList<string> Sectors { get; init; }

    public required IReadOnlyList<string> Regions { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyDictionary<string, string> SameAs { get; init; }

    public required IReadOnlyList<string> Contributors { get; init; }

    public required string? Language { get; init; }

    public required string? TextOrigin { get; init; }

    public required string? SourceLicence { get; init; }

    public required IReadOnlyList<string> FormerSlugs { get; init; }

    /// <summary>Keys the format does not know, as YAML.</summary>
    public required string? Extra { get; init; }

    /// <summary>The records most like this one; left out where records are exported one by one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SimilarShape>? Similar { get; init; }

    public required string Completeness { get; init; }
}

/// <summary>How the site and the command line write JSON: camelCase, readable letters, nothing that a browser could take for markup.</summary>
public static class JsonText
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static readonly JsonSerializerOptions Indented = new(Options) { WriteIndented = true };
}
