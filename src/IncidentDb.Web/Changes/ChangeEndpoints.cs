using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Components;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Changes;

internal static class ChangeEndpoints
{
    /// <summary>Changes that are listed of one contributor.</summary>
    public const int MostOfContributor = 500;

    public static void MapChanges(this WebApplication app)
    {
        app.MapGet("/changes.json", (string? before, KnowledgeBase library) =>
        {
            var from = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
            return Twins.Json(ListShape.Of(library.Changes.Count(), [.. library.Changes.Latest(100, from).Select(Shape)]));
        }).AllowAnonymous();
        app.MapGet("/contributors/{slug}.json", (string slug, KnowledgeBase library) =>
        {
            if (library.Accounts.FindBySlug(slug) is not { DeletedAt: null } account)
                return Twins.NotFound($"There is no contributor “{slug}”.");
            var changes = library.Changes.By(Who.Of(account.Id), MostOfContributor);
            return Twins.Json(new { slug, name = account.CreditName, url = $"/contributors/{slug}", total = changes.Count, items = changes.Select(Shape) });
        }).AllowAnonymous();
        foreach (var noun in NounFormat.All.Select(f => f.Noun))
            app.MapGet(RecordPages.Url(noun, "{slug}/history.json"), (string slug, KnowledgeBase library) => OfRecord(noun, slug, library)).AllowAnonymous();
        app.MapGet("/changes/acts.json", (string? before, SubmissionDesk desk) =>
        {
            var from = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
            return Twins.Json(ListShape.Of(desk.Acts.Count(), [.. desk.Acts.Latest(100, from).Select(a => (object)new { a.Seq, a.At, a.Who, act = a.What, submission = a.SubmissionId, change = a.ChangeSeq, a.Reason })]));
        }).AllowAnonymous();
    }

    private static object Shape(History.Change c) => new
    {
        c.Seq,
        c.At,
        c.Who,
        c.Why,
        c.Act,
        noun = History.ChangeLog.NameOf(c.Noun),
        c.Slug,
        c.BeforeRevision,
        c.AfterRevision,
    };

    private static IResult OfRecord(Noun noun, string slug, KnowledgeBase library)
    {
        var changes = library.Changes.Of(noun, slug);
        return changes.Count == 0
            ? Former.Follow(RecordPages.Now(library, noun, slug) is { } now ? $"{RecordPages.Url(noun, now)}/history.json" : null, $"There is no {RecordPages.One(noun)} “{slug}”.")
            : Twins.Json(new { total = changes.Count, items = changes.Select(c => new { c.Seq, c.At, c.Who, c.Why, c.Act, revision = c.AfterRevision }) });
    }
}
