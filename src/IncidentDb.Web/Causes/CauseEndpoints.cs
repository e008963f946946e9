using IncidentDb.Web.Http;

namespace IncidentDb.Web.Causes;

internal static class CauseEndpoints
{
    public static void MapCauses(this WebApplication app)
    {
        app.MapGet("/causes.json", (KnowledgeBase library) =>
        {
            var counts = library.Incidents.CountByCause();
            return Twins.Json(ListShape.Of([.. (library.Catalogue.Words["causes"]?.Terms ?? []).Select(t => (object)new
            {
                t.Slug,
                name = t.Label,
                url = $"/causes/{t.Slug}",
                incidents = counts.GetValueOrDefault(t.Slug),
                t.Parent,
                t.Meaning,
                t.Aliases,
            })]));
        }).AllowAnonymous();
        app.MapGet("/causes/{slug}.json", (string slug, KnowledgeBase library) =>
        {
            var causes = library.Catalogue.Words["causes"];
            if (causes?.Terms.FirstOrDefault(t => t.Slug == slug) is not { } term)
                return Former.Follow(causes?.Find(slug) is { } now ? $"/causes/{now.Slug}.json" : null, $"There is no cause “{slug}”.");
            var rows = library.Incidents.CauseRows(causes.WithDescendants(slug));
            return Twins.Json(new
            {
                term.Slug,
                name = term.Label,
                url = $"/causes/{term.Slug}",
                term.Meaning,
                term.Parent,
                term.Aliases,
                children = causes.Children[slug].Select(c => new { c.Slug, name = c.Label, c.Meaning }),
                incidents = rows.Select(r => new { r.Incident.Slug, r.Incident.Title, started = r.Incident.Started?.ToString(), r.Cause, r.Role, url = $"/incidents/{r.Incident.Slug}" }),
            });
        }).AllowAnonymous();
    }
}
