using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Facets;
using IncidentDb.Wording;

namespace IncidentDb.Export;

/// <summary>Makes the JSON shapes of records and searches.</summary>
public static class IncidentShapes
{
    public static WhenShape When(When when, IReadOnlyList<string> sources) =>
        new(when.ToString(), WhenText.Edtf(when), when.Earliest, when.Latest, when.Approximate, when.Uncertain, when.Start.Zone, sources)
        {
            Relative = when.Relative is null ? null : WhenText.WriteIn(when, new WhenText.Reference()),
        };

    public static MoneyShape? Money(Money? money) => money is null
        ? null
        : new MoneyShape(money.Metric, money.Min, money.Max, money.Currency, money.UsdMin, money.UsdMax, money.Text, money.Sources);

    public static SearchShape Search(SearchResults results, IReadOnlyList<IncidentSummary> summaries, Catalogue catalogue)
    {
        var words = new FacetWords(catalogue);
        var bySlug = summaries.ToDictionary(s => s.Slug);
        return new SearchShape(
            results.Total,
            results.Query.Page,
            results.Query.Size,
            SearchQuery.NameOf(results.Query.Sort),
            Math.Round(results.Took.TotalMilliseconds, 3),
            results.Notices,
            [.. results.Hits.Where(h => bySlug.ContainsKey(h.Slug)).Select(h => Hit(bySlug[h.Slug], h.Snippets, catalogue))],
            [.. results.Facets.Select(f => Facet(f, results.Query, words))])
        {
            DidYouMean = results.DidYouMean is { } meant ? new CorrectionShape(meant.Query.Text, meant.Total, meant.Query.ToUrl()) : null,
            SplitsBest = FacetSplit.Best(results, (facet, value) => words.Above(facet, value) is null)?.Facet.Facet.Name,
            Rescues = [.. results.Rescues.Select(r => new RescueShape(r.Kind.ToString().ToLowerInvariant(), r.Without, r.Total, r.Query.ToUrl()))],
        };
    }

    public static FacetShape Facet(FacetResult facet, SearchQuery query, FacetWords words) => new(
        facet.Facet.Name,
        facet.Facet.Label,
        facet.MatchAll ? "all" : "any",
        facet.Available,
        [.. facet.Values.Select(v => new FacetValueShape(
            v.Value,
            words.Label(facet.Facet, v.Value),
            v.Count,
            v.Selected,
            v.Excluded,
            query.Toggle(facet.Facet.Name, v.Value).ToUrl(),
            query.Only(facet.Facet.Name, v.Value).ToUrl()))]);

    public static HitShape Hit(IncidentSummary summary, IReadOnlyList<Snippet> snippets, Catalogue catalogue)
    {
        var url = $"/incidents/{summary.Slug}";
        return new HitShape
        {
            Slug = summary.Slug,
            Title = summary.Title,
            Kind = summary.Kind,
            OneLine = System.Net.WebUtility.HtmlDecode(summary.OneLine.Html),
            Started = summary.Started?.ToString(),
            Ended = summary.Ended?.ToString(),
            Companies = [.. summary.Companies.Select(c => new NameShape(c.Slug, catalogue.CompanyName(c.Slug)))],
            Causes = [.. summary.Causes.Select(c => new NameShape(c.Key, catalogue.Words.Label("causes", c.Key)))],
            Patterns = [.. summary.Patterns.Select(p => new PatternNameShape(p.Key, catalogue.PatternName(p.Key), p.Value))],
            Severity = summary.Severity,
            Loss = Money(summary.Loss),
            DurationMinutes = summary.Lasted is { } lasted ? new MinutesShape(lasted.Min.TotalMinutes, lasted.Max.TotalMinutes) : null,
            Episodes = [.. EpisodesOf(summary, catalogue).Select(e => new TitleShape(e.Slug, e.Title))],
            Completeness = summary.Completeness,
            Url = url,
            Snippets = [.. snippets.Select(s => new SnippetShape(s.Field, s.Html.Html, s.Anchor.Length > 0 ? $"{url}#{s.Anchor}" : url))],
        };
    }

    /// <summary>The episodes that tell a record, whichever side says so.</summary>
    public static IReadOnlyList<Episodes.Episode> EpisodesOf(IncidentSummary summary, Catalogue catalogue) =>
        [.. catalogue.Episodes.Where(e => summary.Episodes.Contains(e.Slug) || e.Incidents.Any(i => i.Key == summary.Slug))];

    public static IncidentShape Incident(Incident incident, Catalogue catalogue)
    {
        var started = incident.Started?.At;
        var derived = Derivation.Of(incident);
        var roles = incident.Episodes.Concat(catalogue.Episodes.SelectMany(e => e.Incidents.Where(i => i.Key == incident.Slug).Select(i => KeyValuePair.Create(e.Slug, i.Value))));
        return new IncidentShape
        {
            Slug = incident.Slug,
            Kind = incident.Kind,
            Title = incident.Title,
            OneLine = incident.OneLine,
            Sections = incident.Sections.ToDictionary(s => s.Id, s => s.Markdown),
            Started = started is null ? null : When(started, Derivation.StartedSources(incident)) with { SourcesDerived = incident.Started!.Sources.Count == 0 },
            Ended = incident.Ended is { } ended ? When(ended.At, ended.Sources) : null,
            Durations = derived.All.ToDictionary(d => d.Name, d => new DurationShape(d.Range?.Min.TotalMinutes, d.Range?.Max.TotalMinutes, d.Range is null ? null : DurationWords.Of(d.Range), d.Formula)),
            Severity = incident.Severity,
            Confidence = incident.Confidence,
            Impact = incident.Impact,
            Detection = incident.Detection,
            Trigger = incident.Trigger,
            Resolution = incident.Resolution,
            Loss = Money(Incidents.Money.LossOf(incident)),
            Metrics =
            [
                .. incident.Metrics.Select(m => new MetricShape(
                    m.Name, m.Value.Text, m.Value.Min, m.Value.Max, m.Value.Unit, m.Headline, m.Scope, m.AsStated, m.Usd?.Value.Text, m.Usd?.RateDate?.At.ToString(), m.Sources)),
            ],
            MetricsBlank = incident.MetricsBlank,
            Companies = [.. incident.Companies.Select(c => new CompanyRoleShape(c.Slug, catalogue.CompanyName(c.Slug), c.Role))],
            Causes = [.. incident.Causes.Select(c => new CauseShape(c.Slug, catalogue.Words.Label("causes", c.Slug), c.Role, c.Text, [.. Citations.In(c.Text)]))],
            CausesBlank = incident.CausesBlank,
            Patterns =
            [
                .. incident.Patterns.Select(p => new PatternShape(
                    p.Slug, catalogue.PatternName(p.Slug), p.Relation, p.WhatHappened, p.WouldHave, [.. Citations.In(p.WhatHappened + " " + p.WouldHave)])),
            ],
            Timeline =
            [
                .. incident.Timeline.Select(e => new EventShape(
                    e.Id, When(e.At, e.Sources), TPlus.Of(e.At, started), e.Type, e.Text, e.ActorRole, e.Key, e.TurningPoint, e.Sources)),
            ],
            Sources =
            [
                .. incident.Sources.Select((s, i) => new SourceShape(
                    s.Id, i + 1, s.Url, s.ArchiveUrl, s.Title, s.Author, s.Publisher, s.Published is { } p ? When(p.At, []) : null, s.Type, s.Read, s.Language)),
            ],
            Relations = [.. incident.Relations.Select(r => new RelationShape(r.Incident, r.Type, r.Note))],
            Episodes = [.. roles.DistinctBy(r => r.Key).Select(r => new EpisodeRoleShape(r.Key, catalogue.Episode(r.Key)?.Title ?? r.Key, r.Value, incident.Episodes.Any(e => e.Key == r.Key)))],
            Technologies = incident.Technologies,
            Sectors = incident.Sectors,
            Regions = incident.Regions,
            Tags = incident.Tags,
            SameAs = incident.SameAs.ToDictionary(s => s.Key, s => s.Value),
            Contributors = incident.Contributors,
            Language = incident.Language,
            TextOrigin = incident.TextOrigin,
            SourceLicence = incident.SourceLicence,
            FormerSlugs = incident.FormerSlugs,
            Extra = incident.Extra,
            Completeness = Completeness.Of(incident).Grade,
        };
    }
}
