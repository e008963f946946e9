using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Episodes;

internal static class EpisodeEndpoints
{
    public static void MapEpisodes(this WebApplication app)
    {
        app.MapGet("/episodes.json", (KnowledgeBase library) => Twins.Json(ListShape.Of([.. library.Catalogue.Episodes.Select(e => (object)new
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
            });
        }).AllowAnonymous();
    }
}
