using IncidentDb.Export;
using IncidentDb.Quality;
using IncidentDb.Search;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.About;

/// <summary>Twins of the words with pages, robots.txt and the site map.</summary>
internal static class AboutEndpoints
{
    public static void MapAbout(this WebApplication app)
    {
        foreach (var vocabulary in new[] { "technologies", "laws" })
        {
            app.MapGet($"/{vocabulary}.json", (KnowledgeBase library) =>
            {
                var counts = vocabulary == "technologies" ? library.Incidents.CountByTechnology() : LawCounts(library);
                return Twins.Json(ListShape.Of([.. (library.Catalogue.Words[vocabulary]?.Terms ?? []).Select(t => (object)new
                {
                    t.Slug,
                    name = t.Label,
                    url = $"/{vocabulary}/{t.Slug}",
                    incidents = counts.GetValueOrDefault(t.Slug),
                    t.Meaning,
                    t.Aliases,
                })]));
            }).AllowAnonymous();
            app.MapGet($"/{vocabulary}/{{slug}}.json", (string slug, KnowledgeBase library) =>
            {
                var words = library.Catalogue.Words[vocabulary];
                return words?.Terms.FirstOrDefault(t => t.Slug == slug) is { } term
                    ? Twins.Json(new { term.Slug, name = term.Label, url = $"/{vocabulary}/{slug}", term.Meaning, term.Aliases, term.Text, incidentsUrl = $"/incidents?{(vocabulary == "laws" ? "law" : "technology")}={slug}" })
                    : Former.Follow(words?.Find(slug) is { } now ? $"/{vocabulary}/{now.Slug}.json" : null, $"There is no “{slug}” here.");
            }).AllowAnonymous();
        }

        app.MapGet("/about.json", (KnowledgeBase library) => Twins.Json(new
        {
            name = "IncidentDb",
            oneLine = "A knowledge base of production incidents and engineering case studies: what broke, why, and which design pattern would have held.",
            url = "/about",
            records = library.Search.Count,
            licence = new { name = "CC BY 4.0", url = "https://creativecommons.org/licenses/by/4.0/" },
            dataUrl = "/about/data",
            changesUrl = "/changes",
            docsUrl = "/docs",
        })).AllowAnonymous();
        app.MapGet("/about/data.json", (KnowledgeBase library) =>
        {
            var results = library.Search.Search(new SearchQuery { Size = 1 }, library.SearchOptions() with { WithSnippets = false });
            return Twins.Json(new
            {
                records = results.Total,
                companies = library.Catalogue.Companies.Count,
                patterns = library.Catalogue.Patterns.Count,
                episodes = library.Catalogue.Episodes.Count,
                facets = results.Facets.Select(f => IncidentShapes.Facet(f, new SearchQuery(), library.FacetWords)),
                coverage = CoverageShape.Of(library.Coverage()),
                audit = Audit.Draws,
            });
        }).AllowAnonymous();
        app.MapGet("/about/data-audit.csv", () => Audit.Csv is { } csv ? Results.Text(csv, "text/csv; charset=utf-8") : Twins.NotFound("No audit came with this program.")).AllowAnonymous();
        app.MapGet("/robots.txt", (HttpContext context) => Results.Text(
            // Every combination of filters is an address: crawlers get the records, not the searches.
            $"User-agent: *\nDisallow: /incidents?\nDisallow: /incidents.\nDisallow: /random\nDisallow: /prep\nDisallow: /review\nDisallow: /account\nDisallow: /copies\nSitemap: {Twins.BaseUrl(context)}/sitemap.txt\n")).AllowAnonymous();
        app.MapGet("/sitemap.txt", (HttpContext context, KnowledgeBase library) =>
        {
            var baseUrl = Twins.BaseUrl(context);
            return Twins.Text("text/plain; charset=utf-8", "sitemap.txt", writer =>
            {
                foreach (var path in Paths(library))
                    writer.Write(baseUrl + path + "\n");
            });
        }).AllowAnonymous();
    }

    private static readonly string[] _vocabularies = ["causes", "technologies", "laws"];

    /// <summary>Every address without a query.</summary>
    private static IEnumerable<string> Paths(KnowledgeBase library)
    {
        string[] fixedPaths =
        [
            "/", "/incidents", "/companies", "/causes", "/patterns", "/patterns/matrix", "/patterns/combinations", "/patterns/evolution", "/technologies", "/laws", "/timeline",
            "/episodes", "/changes", "/about", "/about/data", "/docs",
        ];
        return fixedPaths
            .Concat(library.Incidents.All().SelectMany(i => new[] { $"/incidents/{i.Slug}", $"/incidents/{i.Slug}/history" }))
            .Concat(library.Catalogue.Companies.Select(c => $"/companies/{c.Slug}"))
            .Concat(library.Catalogue.Patterns.Select(p => $"/patterns/{p.Slug}"))
            .Concat(library.Catalogue.Episodes.Select(e => $"/episodes/{e.Slug}"))
            .Concat(_vocabularies.SelectMany(v => (library.Catalogue.Words[v]?.Terms ?? []).Select(t => $"/{v}/{t.Slug}")))
            .Concat(Docs.DocPages.Names.Select(n => $"/docs/{n}"));
    }

    private static Dictionary<string, long> LawCounts(KnowledgeBase library) =>
        (library.Search.Search(new SearchQuery { Size = 1 }, library.SearchOptions() with { WithSnippets = false }).Facet("law")?.Values ?? [])
        .ToDictionary(v => v.Value, v => (long)v.Count);
}
