using IncidentDb.Web.Http;

namespace IncidentDb.Web.Timeline;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this WebApplication app)
    {
        app.MapGet("/timeline.json", (KnowledgeBase library) => Twins.Json(ListShape.Of([.. library.Incidents.All().Select(i => (object)new
        {
            i.Slug,
            i.Title,
            i.Kind,
            started = i.Started?.ToString(),
            ended = i.Ended?.ToString(),
            i.Severity,
            companies = i.Companies.Select(c => c.Slug),
            url = $"/incidents/{i.Slug}",
        })]))).AllowAnonymous();
    }
}
