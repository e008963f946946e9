using IncidentDb.Export;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Compare;

/// <summary>Up to four records side by side.</summary>
internal static class CompareEndpoints
{
    public const int Most = 4;

    public static void MapCompare(this WebApplication app) => app.MapGet("/compare.json", (HttpContext context, KnowledgeBase library) =>
    {
        var found = Chosen(context, library, out var missing);
        return Twins.Json(new { total = found.Count, missing, items = found.Select(d => IncidentShapes.Incident(d.Incident, library.Catalogue)) });
    }).AllowAnonymous();

    /// <summary>What an address names as records, as typed or pasted: each once, without blanks.</summary>
    public static IReadOnlyList<string> Typed(HttpContext context) =>
        [.. context.Request.Query["incident"].OfType<string>().Select(s => Slug.OfAddress(s)).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Take(Most)];

    /// <summary>The records that an address names, each once; former slugs lead to their record.</summary>
    public static IReadOnlyList<IncidentDocument> Chosen(HttpContext context, KnowledgeBase library, out IReadOnlyList<string> missing)
    {
        var found = new List<IncidentDocument>();
        var absent = new List<string>();
        foreach (var slug in Typed(context))
        {
            if ((library.Incidents.Find(slug) ?? (library.Records.Meant(Noun.Incident, slug) is { } now ? library.Incidents.Find(now) : null)) is { } document)
                found.Add(document);
            else
                absent.Add(slug.Length <= 80 ? slug : slug[..80]);
        }

        missing = absent;
        return [.. found.DistinctBy(d => d.Id)];
    }
}
