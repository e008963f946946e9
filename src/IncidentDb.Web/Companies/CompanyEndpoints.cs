using IncidentDb.Export;
using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Companies;

internal static class CompanyEndpoints
{
    public static void MapCompanies(this WebApplication app)
    {
        app.MapGet("/companies.json", (KnowledgeBase library) =>
        {
            var counts = library.Incidents.CountByCompany();
            return Twins.Json(ListShape.Of([.. library.Catalogue.Companies.Select(c => (object)new
            {
                c.Slug,
                c.Name,
                url = $"/companies/{c.Slug}",
                incidents = counts.GetValueOrDefault(c.Slug),
                c.Sector,
                c.Country,
                c.Parent,
                c.Aliases,
                keyPatterns = c.KeyPatterns.Count,
                scaleMetrics = c.ScaleMetrics.Count,
                costInsights = c.CostInsights.Count,
            })]));
        }).AllowAnonymous();
        app.MapGet("/companies/{slug}.json", (string slug, KnowledgeBase library) =>
        {
            if (library.Catalogue.Company(slug) is not { } c)
                return Former.Follow(library.Catalogue.Resolve(Noun.Company, slug) is { } now ? $"/companies/{now}.json" : null, $"There is no company “{slug}”.");
            var incidents = library.Incidents.OfCompany(slug);
            return Twins.Json(new
            {
                c.Slug,
                c.Name,
                url = $"/companies/{c.Slug}",
                c.About,
                c.Sector,
                c.Country,
                c.Parent,
                c.Aliases,
                c.FormerNames,
                c.SayAs,
                keyPatterns = c.KeyPatterns.Select(p => new { p.Pattern, name = library.Catalogue.PatternName(p.Pattern), p.Text, p.Sources }),
                scaleMetrics = c.ScaleMetrics.Select(m => new { m.Text, asOf = m.AsOf?.At.ToString(), m.Sources }),
                costInsights = c.CostInsights.Select(i => new { i.Text, i.Sources }),
                sources = c.Sources.Select((s, i) => new { s.Id, n = i + 1, s.Url, s.ArchiveUrl, s.Title, s.Publisher, published = s.Published?.At.ToString(), s.Type, s.Read }),
                incidents = incidents.Select(i => IncidentShapes.Hit(i, [], library.Catalogue)),
            });
        }).AllowAnonymous();
    }
}
