using IncidentDb.Export;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Incidents;

/// <summary>The twins of searches and records, and the look-up by address.</summary>
internal static class IncidentEndpoints
{
    /// <summary>Values printed of each facet in JSON unless <c>more=</c> asks for all.</summary>
    private const int ValuesInJson = 50;
    private const int FeedEntries = 50;

    /// <summary>Longer than for a page: a list that lacks records without saying so would be worse than a slow one.</summary>
    private static readonly TimeSpan WholeLimit = SearchBudget.Default * 5;

    public static void MapIncidents(this WebApplication app)
    {
        app.MapGet("/incidents.json", (HttpContext context, KnowledgeBase library) => Search(context, library, (results, summaries, _) =>
            Twins.Json(IncidentShapes.Search(results, summaries, library.Catalogue)))).AllowAnonymous();
        app.MapGet("/incidents.csv", (HttpContext context, KnowledgeBase library) => Whole(context, library, (all, query, baseUrl) =>
            Twins.Text("text/csv; charset=utf-8", "incidents.csv", w => SearchExports.Csv(w, all, library.Catalogue, baseUrl)))).AllowAnonymous();
        app.MapGet("/incidents.ndjson", (HttpContext context, KnowledgeBase library) => Whole(context, library, (all, query, baseUrl) =>
            Twins.Ndjson("incidents.ndjson", all.Select(s => library.Incidents.Find(s.Slug)).OfType<IncidentDocument>().Select(d => IncidentShapes.Incident(d.Incident, library.Catalogue))))).AllowAnonymous();
        app.MapGet("/incidents.md", (HttpContext context, KnowledgeBase library) => Whole(context, library, (all, query, baseUrl) =>
            Twins.Text("text/markdown; charset=utf-8", "incidents.md", w => SearchExports.Markdown(w, HeadingOf(query), all, library.Catalogue, baseUrl)))).AllowAnonymous();
        app.MapGet("/incidents.bib", (HttpContext context, KnowledgeBase library) => Whole(context, library, (all, query, baseUrl) =>
            Twins.Text("application/x-bibtex; charset=utf-8", "incidents.bib", w => Write(w, all, s => Citation.BibTeX(s, library.Catalogue, baseUrl, library.CreditsOf(s.Slug)))))).AllowAnonymous();
        app.MapGet("/incidents.ris", (HttpContext context, KnowledgeBase library) => Whole(context, library, (all, query, baseUrl) =>
            Twins.Text("application/x-research-info-systems; charset=utf-8", "incidents.ris", w => Write(w, all, s => Citation.Ris(s, library.Catalogue, baseUrl, library.CreditsOf(s.Slug)))))).AllowAnonymous();
        app.MapGet("/incidents.atom", (HttpContext context, KnowledgeBase library) => Search(context, library, (results, summaries, baseUrl) =>
            Feed(context, library, results, summaries, baseUrl), feed: true)).AllowAnonymous();

        app.MapGet("/incidents/{slug}.json", (string slug, HttpContext context, KnowledgeBase library) => Record(slug, ".json", library, d =>
            Twins.Json(IncidentShapes.Incident(d.Incident, library.Catalogue) with { Similar = SimilarShapes.Of(library, d.Id, [.. d.Incident.Relations.Select(r => r.Incident)]) }))).AllowAnonymous();
        app.MapGet("/incidents/{slug}.md", (string slug, HttpContext context, KnowledgeBase library) => Record(slug, ".md", library, d =>
            Results.Text(IncidentWriter.Write(d.Incident), "text/markdown; charset=utf-8"))).AllowAnonymous();
        app.MapGet("/incidents/{slug}.bib", (string slug, HttpContext context, KnowledgeBase library) => Record(slug, ".bib", library, d =>
            Results.Text(Citation.BibTeX(SummaryOf(d), library.Catalogue, Twins.BaseUrl(context), library.CreditsOf(d.Incident)), "application/x-bibtex; charset=utf-8"))).AllowAnonymous();
        app.MapGet("/incidents/{slug}.ris", (string slug, HttpContext context, KnowledgeBase library) => Record(slug, ".ris", library, d =>
            Results.Text(Citation.Ris(SummaryOf(d), library.Catalogue, Twins.BaseUrl(context), library.CreditsOf(d.Incident)), "application/x-research-info-systems; charset=utf-8"))).AllowAnonymous();
        app.MapGet("/lookup.json", Lookup).AllowAnonymous();
    }

    private static IncidentSummary SummaryOf(IncidentDocument document) => IncidentSummary.Of(document.Incident, Derivation.Of(document.Incident));

    /// <summary>One page of a search.</summary>
    private static IResult Search(HttpContext context, KnowledgeBase library, Func<SearchResults, IReadOnlyList<IncidentSummary>, string, IResult> answer, bool feed = false)
    {
        var notices = new List<string>();
        var options = library.SearchOptions();
        var query = SearchQuery.Parse(Twins.Parameters(context.Request.Query), options.Resolve, notices, out var tooDeep);
        if (tooDeep)
            return Twins.BadRequest($"Results are paged up to place {SearchQuery.MaxDepth}; for the whole result take /incidents.ndjson or /incidents.csv with the same parameters.");
        if (feed)
            query = query with { Sort = SearchSort.Added, Page = 1, Size = FeedEntries };
        var results = library.Search.Search(query, options with { Notices = notices, WithFacets = !feed, WithSnippets = !feed, ValuesShown = ValuesInJson });
        PageTimes.Searched(results);
        var summaries = library.Summaries(results);
        return answer(results, summaries, Twins.BaseUrl(context));
    }

    /// <summary>Every record of a search, read while it is sent.</summary>
    private static IResult Whole(HttpContext context, KnowledgeBase library, Func<IEnumerable<IncidentSummary>, SearchQuery, string, IResult> answer)
    {
        var options = library.SearchOptions();
        var query = SearchQuery.Parse(Twins.Parameters(context.Request.Query), options.Resolve, [], out _) with { Page = 1 };
        var results = library.Search.Search(query with { Size = int.MaxValue }, options with { WithFacets = false, WithSnippets = false, Limit = WholeLimit });
        if (results.IsPartial)
        {
            context.Response.Headers.RetryAfter = "5";
            return new Http.Problem(StatusCodes.Status503ServiceUnavailable, "The search took too long for a whole result, and a part of it is not given as the whole. Try again in a few seconds, with rarer words or fewer wildcards.");
        }

        var summaries = results.Hits.Chunk(200).SelectMany(page => library.Incidents.Summaries([.. page.Select(h => h.Id)]));
        return answer(summaries, query, Twins.BaseUrl(context));
    }

    private static string HeadingOf(SearchQuery query) => query.Text.Length > 0 ? $"Incidents: {query.Text}" : "Incidents and case studies";

    private static void Write(TextWriter writer, IEnumerable<IncidentSummary> summaries, Func<IncidentSummary, string> entry)
    {
        foreach (var summary in summaries)
            writer.Write(entry(summary));
    }

    private static IResult Feed(HttpContext context, KnowledgeBase library, SearchResults results, IReadOnlyList<IncidentSummary> summaries, string baseUrl)
    {
        var title = results.Query.Text.Length > 0 || results.Query.HasFilters ? $"IncidentDb: {results.Query.ToQueryString().TrimStart('?')}" : "IncidentDb: latest records";
        var stream = new MemoryStream();
        var changed = results.Hits.ToDictionary(h => h.Slug, h => library.Incidents.ChangedAt(h.Id));
        SearchExports.Atom(
            stream,
            title,
            baseUrl + context.Request.Path + context.Request.QueryString,
            baseUrl + (results.Query with { Sort = SearchSort.Relevance, Size = SearchQuery.DefaultSize }).ToUrl(),
            summaries.Select(s => (s, changed[s.Slug])),
            library.Catalogue,
            baseUrl);
        return Results.Bytes(stream.ToArray(), "application/atom+xml; charset=utf-8");
    }

    /// <summary>A record under its slug; a former slug leads on, anything else is absent.</summary>
    private static IResult Record(string slug, string extension, KnowledgeBase library, Func<IncidentDocument, IResult> answer)
    {
        if (library.Incidents.Find(slug) is { } document)
            return answer(document);
        if (library.Records.Find(Noun.Incident, slug) is { Status: "withdrawn" })
            return new Http.Problem(StatusCodes.Status410Gone, $"The record “{slug}” was withdrawn: {library.Changes.Of(Noun.Incident, slug).First(c => c.Act == "withdrawn").Why}");
        return library.Records.Meant(Noun.Incident, slug) is { } now
            ? Results.Redirect($"/incidents/{now}{extension}", permanent: true)
            : Twins.NotFound($"There is no record “{slug}”.");
    }

    /// <summary>Which records cite an address, whatever form it is written in.</summary>
    private static IResult Lookup(string? url, KnowledgeBase library)
    {
        if (string.IsNullOrWhiteSpace(url))
            return Twins.BadRequest("Name the address: /lookup.json?url=https://…");
        if (SourceUrl.Canonical(url) is not { } canonical)
            return Twins.BadRequest("That is no address that can be linked; write it whole, with https://.");
        var slugs = library.Incidents.CitingUrl(canonical);
        return Twins.Json(new
        {
            url = canonical,
            total = slugs.Count,
            items = library.Incidents.BySlug(slugs).Select(s => new { s.Slug, s.Title, started = s.Started?.ToString(), url = $"/incidents/{s.Slug}" }),
        });
    }
}
