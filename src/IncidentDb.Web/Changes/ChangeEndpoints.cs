using System.Globalization;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Changes;

internal static class ChangeEndpoints
{
    public static void MapChanges(this WebApplication app)
    {
        app.MapGet("/changes.json", (string? before, KnowledgeBase library) =>
        {
            var from = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
            return Twins.Json(ListShape.Of([.. library.Changes.Latest(100, from).Select(c => (object)new
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
            })]));
        }).AllowAnonymous();
        app.MapGet("/changes/acts.json", (string? before, IncidentDb.Submissions.SubmissionDesk desk) =>
        {
            var from = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : long.MaxValue;
            return Twins.Json(ListShape.Of([.. desk.Acts.Latest(100, from).Select(a => (object)new { a.Seq, a.At, a.Who, act = a.What, submission = a.SubmissionId, change = a.ChangeSeq, a.Reason })]));
        }).AllowAnonymous();
    }
}
