using IncidentDb.Catalogues;
using IncidentDb.Export;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Patterns;

internal static class PatternEndpoints
{
    public static void MapPatterns(this WebApplication app)
    {
        app.MapGet("/patterns.json", (KnowledgeBase library) =>
        {
            var counts = library.Incidents.PatternRelationCounts();
            return Twins.Json(ListShape.Of([.. library.Catalogue.Patterns.Select(p => (object)new
            {
                p.Slug,
                p.Name,
                url = $"/patterns/{p.Slug}",
                incidents = counts[p.Slug].Sum(r => r.Incidents),
                p.Category,
                p.Tier,
                p.Status,
                emerged = p.Emerged?.At.ToString(),
                oneLine = Citations.Remove(p.OneLine),
                relations = counts[p.Slug].ToDictionary(r => r.Relation, r => r.Incidents),
            })]));
        }).AllowAnonymous();
        app.MapGet("/patterns/matrix.json", (KnowledgeBase library) =>
        {
            var matrix = MatrixOf(library, fine: true);
            return Twins.Json(new
            {
                causes = matrix.Causes,
                patterns = matrix.Patterns,
                cells = matrix.Causes.SelectMany(c => matrix.Patterns.Where(p => matrix[c, p] > 0).Select(p => new { cause = c, pattern = p, incidents = matrix[c, p], url = $"/incidents?cause={c}&pattern={p}" })),
            });
        }).AllowAnonymous();
        app.MapGet("/patterns/combinations.json", (HttpContext context, KnowledgeBase library) => Twins.Json(ListShape.Of([.. CombinationQuery.Of(context.Request, library.Catalogue).From(library.Catalogue).Select(c => (object)new
        {
            c.Slug,
            c.Label,
            c.Relation,
            c.Patterns,
            with = c.With,
            c.Reason,
            c.Incidents,
        })]))).AllowAnonymous();
        app.MapGet("/patterns/evolution.json", (KnowledgeBase library) => Twins.Json(ListShape.Of([.. library.Catalogue.Eras.Select(e => (object)new
        {
            e.Slug,
            e.Label,
            from = e.From?.At.ToString(),
            to = e.To?.At.ToString(),
            e.Meaning,
            patterns = PatternsOf(e, library.Catalogue).Select(p => new { p.Slug, p.Name, emerged = p.Emerged?.At.ToString() }),
            e.Incidents,
            sources = e.Sources.Select(s => new { s.Id, s.Title, s.Publisher, s.Url, published = s.Published?.At.ToString() }),
        })]))).AllowAnonymous();
        app.MapGet("/patterns/{slug}.json", One).AllowAnonymous();
    }

    private static IResult One(string slug, KnowledgeBase library)
    {
        if (library.Catalogue.Pattern(slug) is not { } p)
            return Former.Follow(library.Catalogue.Resolve(Noun.Pattern, slug) is { } now ? $"/patterns/{now}.json" : null, $"There is no pattern “{slug}”.");
        return Twins.Json(new
        {
            p.Slug,
            p.Name,
            url = $"/patterns/{p.Slug}",
            p.OneLine,
            p.Aliases,
            p.Category,
            p.Tier,
            p.Status,
            emerged = p.Emerged is { } emerged ? IncidentShapes.When(emerged.At, emerged.Sources) : null,
            p.Laws,
            related = p.Related.Select(r => new { pattern = r.Key, relation = r.Value }),
            sections = p.Sections.ToDictionary(s => s.Id, s => s.Markdown),
            ledger = library.Incidents.Ledger(slug).Select(r => new
            {
                r.Incident.Slug,
                r.Incident.Title,
                started = r.Incident.Started?.ToString(),
                r.Relation,
                loss = IncidentShapes.Money(r.Incident.Loss),
                url = $"/incidents/{r.Incident.Slug}#pattern-{slug}",
            }),
            combinations = library.Catalogue.Combinations.Where(c => c.Patterns.Contains(slug)).Select(c => new { c.Slug, c.Label, c.Relation, c.Reason }),
            sources = p.Sources.Select((s, i) => new { s.Id, n = i + 1, s.Url, s.ArchiveUrl, s.Title, s.Publisher, published = s.Published?.At.ToString(), s.Type, s.Read }),
        });
    }

    /// <summary>Causes as named, or lifted to their groups.</summary>
    internal static Matrix MatrixOf(KnowledgeBase library, bool fine)
    {
        var causes = library.Catalogue.Words["causes"];
        return Matrix.Of(library.Incidents.CausePatternPairs().Select(p => fine ? p : p with { Cause = causes?.Find(p.Cause)?.Parent ?? p.Cause }));
    }

    /// <summary>The patterns an era names and those that emerged in its years, oldest first.</summary>
    internal static IReadOnlyList<Pattern> PatternsOf(Era era, Catalogue catalogue) =>
    [
        .. catalogue.Patterns
            .Where(p => era.Patterns.Contains(p.Slug) || (p.Emerged?.At is { } at && at.Earliest >= era.From?.At.Earliest && (era.To is null || at.Earliest <= era.To.At.Latest) && !catalogue.Eras.Any(e => e.Patterns.Contains(p.Slug))))
            .OrderBy(p => p.Emerged?.At.Earliest ?? DateTimeOffset.MaxValue)
            .ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
