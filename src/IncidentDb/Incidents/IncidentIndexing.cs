using System.Globalization;
using IncidentDb.Catalogues;
using IncidentDb.Markup;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Incidents;

/// <summary>What search knows of a record: its passages of text with their weights, its facet values, its quantities.</summary>
public static class IncidentIndexing
{
    private static readonly int _title = TextFields.IndexOf("title");
    private static readonly int _names = TextFields.IndexOf("names");
    private static readonly int _summary = TextFields.IndexOf("summary");
    private static readonly int _causes = TextFields.IndexOf("causes");
    private static readonly int _patterns = TextFields.IndexOf("patterns");
    private static readonly int _timeline = TextFields.IndexOf("timeline");
    private static readonly int _text = TextFields.IndexOf("text");
    private static readonly int _sources = TextFields.IndexOf("sources");

    /// <summary>The values of the facet <c>has</c>, with the question each answers.</summary>
    public static readonly IReadOnlyList<(string Value, string Label, Func<Incident, Derivation, bool> Holds)> Haves =
    [
        ("timeline", "A timeline of five events or more", (i, _) => i.Timeline.Count >= 5),
        ("minute_timeline", "Ten events known to the minute", (i, _) => i.Timeline.Count(e => e.At.Start.HasTime) >= 10),
        ("duration", "A known duration", (_, d) => d.Lasted.Range is not null),
        ("detection_time", "A known time to detect", (_, d) => d.TimeToDetect.Range is not null),
        ("loss", "A known loss", (i, _) => Money.LossOf(i) is not null),
        ("users", "A known number of people", (i, _) => Users(i).IsKnown),
        ("relapse", "A relapse", (i, _) => i.Timeline.Any(e => e.Type == EventTypes.Relapse)),
        ("backfire", "An action that backfired", (i, _) => i.Timeline.Any(e => e.Type == "action_backfired")),
        ("lessons", "Lessons", (i, _) => i.Section("lessons") is not null),
        ("cold_open", "A cold open", (i, _) => i.Section("cold_open") is not null),
        ("quotes", "Quotes", (i, _) => i.Section("quotes") is not null),
        ("disputes", "Disputed facts", (i, _) => i.Section("disputes") is not null),
        ("archived_source", "An archived source", (i, _) => i.Sources.Any(s => s.ArchiveUrl is not null)),
    ];

    /// <summary>The record as search sees it. What is taken of the catalogue here is also named in <see cref="CatalogueDifference"/>, or search would not follow its changes.</summary>
    public static IndexedRecord Of(long id, Incident incident, Catalogue catalogue)
    {
        var derived = Derivation.Of(incident);
        var started = incident.Started?.At;
        return new IndexedRecord
        {
            Id = id,
            Slug = incident.Slug,
            Passages = Passages(incident, catalogue, started),
            Values = Values(incident, derived, catalogue),
            Quantities = Quantities(incident, derived, started),
            Started = started is null ? double.NaN : started.Earliest.ToUnixTimeSeconds(),
            StartedBounds = started is null ? Bounds.None : new Bounds(started.Earliest.ToUnixTimeSeconds(), started.Latest.ToUnixTimeSeconds()),
            Moments = [.. Moments(incident)],
            Added = id,
        };
    }

    private static IEnumerable<Moment> Moments(Incident incident)
    {
        foreach (var e in incident.Timeline.DistinctBy(e => e.Type))
        {
            var (first, last) = Derivation.Bounds(e.At);
            yield return new Moment(e.Type, first.ToUnixTimeSeconds(), last.ToUnixTimeSeconds());
        }
    }

    private static List<Passage> Passages(Incident incident, Catalogue catalogue, When? started)
    {
        var words = catalogue.Words;
        var passages = new List<Passage>();
        void Add(int field, string anchor, string label, string text)
        {
            if (text.Length > 0)
                passages.Add(new Passage(field, anchor, label, text));
        }

        Add(_title, Highlighter.OneLineAnchor, "", incident.Title);
        foreach (var company in incident.Companies.Select(c => catalogue.Company(c.Slug)).OfType<Companies.Company>())
            Add(_names, "facts", "Company", string.Join(" · ", company.Aliases.Concat(company.FormerNames).Prepend(company.Name)));
        foreach (var technology in incident.Technologies.Select(t => words.Find("technologies", t)).OfType<Vocabularies.Term>())
            Add(_names, "facts", "Technology", string.Join(" · ", technology.Aliases.Prepend(technology.Label)));
        Add(_names, "facts", "Tags", string.Join(" · ", incident.Tags.Concat(incident.Regions)));
        if (started is not null)
            Add(_names, "facts", "When", DateWords(started.Start));
        // As addresses, other catalogues and reports name it: log4shell-2021, CVE-2021-44228.
        Add(_text, "facts", "Named", string.Join(" · ", incident.SameAs.Select(s => s.Value).Where(v => !v.Contains("://", StringComparison.Ordinal)).Concat(incident.FormerSlugs).Prepend(incident.Slug)));
        Add(_text, "facts", "Facts", string.Join(" · ", FactWords(incident, catalogue)));
        Add(_summary, Highlighter.OneLineAnchor, "", MarkdownRenderer.ToPlainText(incident.OneLine));
        foreach (var section in incident.Sections)
        {
            var heading = SectionHeadings.ById(section.Id);
            // The host's craft is about the record, not of it; it must not outweigh what happened.
            if (heading is { Craft: true })
                continue;
            Add(section.Id == SectionHeadings.Summary ? _summary : _text, section.Id, section.Heading, MarkdownRenderer.ToPlainText(section.Markdown));
        }

        foreach (var e in incident.Timeline)
        {
            var clock = TPlus.Of(e.At, started) is { } tPlus ? $"Timeline {tPlus}" : "Timeline";
            Add(_timeline, e.Id, clock, MarkdownRenderer.ToPlainText(e.Text));
        }

        foreach (var cause in incident.Causes)
        {
            var term = words.Find("causes", cause.Slug);
            Add(_causes, $"cause-{cause.Slug}", "Cause", $"{term?.Label ?? cause.Slug}: {MarkdownRenderer.ToPlainText(cause.Text)}");
        }

        foreach (var (i, source) in incident.Sources.Index())
            Add(_sources, $"source-{i + 1}", "Source", source.Title);

        foreach (var pattern in incident.Patterns)
        {
            var text = $"{MarkdownRenderer.ToPlainText(pattern.WhatHappened)} {MarkdownRenderer.ToPlainText(pattern.WouldHave)}".Trim();
            Add(_patterns, $"pattern-{pattern.Slug}", "Pattern", $"{catalogue.PatternName(pattern.Slug)}: {text}");
        }

        return passages;
    }

    /// <summary>The date as people type it: <c>4 October 2021 · 2021-10-04</c>.</summary>
    private static string DateWords(WhenPoint point) => point.Precision switch
    {
        WhenPrecision.Year => point.Local.ToString("yyyy", CultureInfo.InvariantCulture),
        WhenPrecision.Month => point.Local.ToString("MMMM yyyy · yyyy-MM", CultureInfo.InvariantCulture),
        _ => point.Local.ToString("d MMMM yyyy · yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>What the record's facets say, in words.</summary>
    private static IEnumerable<string> FactWords(Incident incident, Catalogue catalogue)
    {
        var words = catalogue.Words;
        IEnumerable<(string Vocabulary, string? Word)> facts =
        [
            ("kinds", incident.Kind), ("severity", incident.Severity), ("detection", incident.Detection), ("trigger", incident.Trigger),
            .. incident.Impact.Select(i => ("impact", (string?)i)), .. incident.Resolution.Select(r => ("resolution", (string?)r)), .. Sectors(incident, catalogue).Select(s => ("sectors", (string?)s)),
        ];
        return facts.Where(f => f.Word is not null && !Blank.Is(f.Word)).Select(f => words.Label(f.Vocabulary, f.Word!));
    }

    /// <summary>The sectors of a record: its own, or those of the companies that took part.</summary>
    internal static IReadOnlyList<string> Sectors(Incident incident, Catalogue catalogue) => incident.Sectors.Count > 0
        ? incident.Sectors
        : [.. incident.Companies.Where(c => c.Role is not ("regulator" or "discoverer")).Select(c => catalogue.Company(c.Slug)?.Sector).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, IReadOnlyList<string>> Values(Incident incident, Derivation derived, Catalogue catalogue)
    {
        var causes = catalogue.Words["causes"];
        var episodes = incident.Episodes.Select(e => e.Key)
            .Concat(catalogue.Episodes.Where(e => e.Incidents.Any(i => i.Key == incident.Slug)).Select(e => e.Slug))
            .Distinct(StringComparer.Ordinal);
        var laws = incident.Patterns.Where(p => PatternRelations.IsFailure(p.Relation))
            .SelectMany(p => catalogue.Pattern(p.Slug)?.Laws ?? [])
            .Distinct(StringComparer.Ordinal);
        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["kind"] = One(incident.Kind),
            ["company"] = [.. incident.Companies.Select(c => c.Slug).Distinct(StringComparer.Ordinal)],
            ["cause"] = incident.CausesBlank is { } blank
                ? [blank]
                : [.. incident.Causes.SelectMany(c => (causes?.WithAncestors(c.Slug) ?? []).DefaultIfEmpty(c.Slug)).Distinct(StringComparer.Ordinal)],
            // A category stands above its patterns as a cause above its kinds.
            ["pattern"] = [.. incident.Patterns.SelectMany(p => new[] { p.Slug, catalogue.Pattern(p.Slug)?.Category }).OfType<string>().Where(p => p.Length > 0).Distinct(StringComparer.Ordinal)],
            ["sector"] = Sectors(incident, catalogue),
            ["severity"] = One(incident.Severity),
            ["impact"] = incident.Impact,
            ["technology"] = incident.Technologies,
            ["detection"] = One(incident.Detection),
            ["trigger"] = One(incident.Trigger),
            ["resolution"] = incident.Resolution,
            ["region"] = incident.Regions,
            ["tag"] = incident.Tags,
            ["source_type"] = [.. incident.Sources.Select(s => s.Type).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)],
            ["completeness"] = [Completeness.Of(incident).Grade],
            ["episode"] = [.. episodes],
            ["law"] = [.. laws],
            [FacetList.Event.Name] = [.. incident.Timeline.Select(e => e.Type).Distinct(StringComparer.Ordinal)],
            ["has"] = [.. Haves.Where(h => h.Holds(incident, derived)).Select(h => h.Value)],
        };
        if (Money.LossOf(incident) is null && Money.BlankOf(incident) is { } lossBlank)
            values["loss"] = [lossBlank];
        return values;
    }

    private static IReadOnlyList<string> One(string? value) => string.IsNullOrEmpty(value) ? [] : [value];

    private static Dictionary<string, Bounds> Quantities(Incident incident, Derivation derived, When? started)
    {
        var quantities = new Dictionary<string, Bounds>(StringComparer.Ordinal);
        if (started is not null)
            quantities["year"] = new Bounds(started.Start.Local.Year, (started.End ?? started.Start).Local.Year);
        if (Money.LossOf(incident) is { } loss && (loss.UsdMin ?? loss.UsdMax) is not null)
            quantities["loss"] = new Bounds((double?)loss.UsdMin ?? double.NaN, (double?)loss.UsdMax ?? double.NaN);
        if (derived.Lasted.Range is { } lasted)
            quantities["duration"] = new Bounds(lasted.Min.TotalMinutes, lasted.Max.TotalMinutes);
        if (derived.TimeToDetect.Range is { } ttd)
            quantities["ttd"] = new Bounds(ttd.Min.TotalMinutes, ttd.Max.TotalMinutes);
        if (Users(incident) is { IsKnown: true } users)
            quantities["users"] = users;
        return quantities;
    }

    /// <summary>People affected, else accounts.</summary>
    private static Bounds Users(Incident incident)
    {
        var metric = incident.Metrics.FirstOrDefault(m => m.Name == "users_affected" && !m.Value.IsBlank)
            ?? incident.Metrics.FirstOrDefault(m => m.Name == "accounts_affected" && !m.Value.IsBlank);
        return metric is null ? Bounds.None : new Bounds((double?)metric.Value.Min ?? double.NaN, (double?)metric.Value.Max ?? double.NaN);
    }
}

/// <summary>The clock that counts from the start.</summary>
public static class TPlus
{
    /// <summary><c>T+0:45</c>, <c>T−0:30</c>, <c>T+3 d 2:10</c>; null where either time has no time of day.</summary>
    public static string? Of(When at, When? started)
    {
        if (started is not { Start.HasTime: true } || !at.Start.HasTime)
            return null;
        return Of(at.Start.Earliest - started.Start.Earliest);
    }

    public static string Of(TimeSpan offset)
    {
        var length = offset.Duration();
        var sign = offset < TimeSpan.Zero ? '−' : '+';
        var clock = string.Create(CultureInfo.InvariantCulture, $"{length.Hours}:{length.Minutes:00}{(length.Seconds > 0 ? $":{length.Seconds:00}" : "")}");
        return length.Days > 0 ? string.Create(CultureInfo.InvariantCulture, $"T{sign}{length.Days} d {clock}") : $"T{sign}{clock}";
    }
}
