using IncidentDb.Episodes;
using IncidentDb.PrepSheets;
using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Episodes;

internal static class EpisodeEndpoints
{
    private const int Untold = 100;

    /// <summary>Slugs of the records that episodes name.</summary>
    public static IReadOnlyCollection<string> Told(KnowledgeBase library) => library.Catalogue.Episodes.SelectMany(e => e.Incidents.Select(i => i.Key)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The status that a list of episodes is asked for; null for all of them.</summary>
    public static string? Status(HttpContext context) => context.Request.Query["status"].FirstOrDefault() is { Length: > 0 } status ? status : null;

    public static IEnumerable<Episode> Shown(KnowledgeBase library, string? status) => library.Catalogue.Episodes.Where(e => status is null || e.Status == status);

    public static void MapEpisodes(this WebApplication app)
    {
        app.MapGet("/episodes/map.json", (KnowledgeBase library) => Twins.Json(ListShape.Of([.. CrossReferences.Of(library.Catalogue).Links.Select(l => (object)new
        {
            earlier = l.Earlier.Slug,
            later = l.Later.Slug,
            l.Incidents,
            l.Patterns,
            l.Companies,
            l.Weight,
        })]))).AllowAnonymous();
        app.MapGet("/episodes/untold.json", (KnowledgeBase library, TimeProvider time) =>
        {
            var (stories, total) = library.Episodes.Untold(Told(library), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), Untold);
            return Twins.Json(new
            {
                total,
                items = stories.Select(s => new { s.Incident.Slug, s.Incident.Title, url = $"/incidents/{s.Incident.Slug}", s.Value.Points, reasons = s.Value.Reasons.Select(r => new { r.Reason, r.Points }) }),
            });
        }).AllowAnonymous();
        app.MapGet("/episodes.json", (HttpContext context, KnowledgeBase library) => Twins.Json(ListShape.Of([.. Shown(library, Status(context)).Select(e => (object)new
        {
            e.Slug,
            e.Title,
            url = $"/episodes/{e.Slug}",
            incidents = e.Incidents.Count,
            e.Series,
            e.Number,
            e.Format,
            e.Status,
            airDate = e.AirDate?.At.ToString(),
        })]))).AllowAnonymous();
        app.MapGet("/episodes/{slug}.json", (string slug, KnowledgeBase library) =>
        {
            if (library.Catalogue.Episode(slug) is not { } e)
                return Former.Follow(library.Catalogue.Resolve(Noun.Episode, slug) is { } now ? $"/episodes/{now}.json" : null, $"There is no episode “{slug}”.");
            var needs = EpisodeNeeds.Of(e, [.. library.Episodes.Told(EpisodeRecords.Of(library, e)).Select(t => t.Incident)]);
            return Twins.Json(new
            {
                e.Slug,
                e.Title,
                url = $"/episodes/{e.Slug}",
                e.OneLine,
                e.Series,
                e.Number,
                e.Format,
                e.Status,
                airDate = e.AirDate?.At.ToString(),
                segments = e.Segments.Select(s => new { s.Start, s.Title }),
                incidents = library.Incidents.BySlug(e.Incidents.Select(i => i.Key)).Select(i => new { i.Slug, i.Title, role = e.Incidents.First(x => x.Key == i.Slug).Value, url = $"/incidents/{i.Slug}" }),
                patterns = e.Patterns.Select(p => new { slug = p.Key, name = library.Catalogue.PatternName(p.Key), at = p.Value.Length > 0 ? p.Value : null }),
                companies = e.Companies.Select(c => new { slug = c, name = library.Catalogue.CompanyName(c) }),
                e.Laws,
                e.ContentSources,
                e.LearningObjectives,
                e.Notes,
                needs = needs.Own,
                lacking = needs.Records.Select(r => new { r.Incident.Slug, r.Lacks }),
                prep = RunDown.Lengths.Select(m => new PrepRequest { Episode = e.Slug, Minutes = m }.Url()),
            });
        }).AllowAnonymous();
    }
}
