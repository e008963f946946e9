using System.Globalization;
using IncidentDb.Submissions;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Submissions;

/// <summary>Pasting a timeline: read, shown for correction, and only then put into the draft.</summary>
internal static class PasteEndpoints
{
    public static void MapPaste(this WebApplication app)
    {
        app.MapForm("/submissions/{id}/timeline", Propose).ForAuthors().WithBody(BodyLimit.Record);
        app.MapForm("/submissions/{id}/timeline/take", Take).ForAuthors().WithBody(BodyLimit.Record);
    }

    private static IResult Propose(string id, HttpContext context, SubmissionDesk desk, KnowledgeBase library)
    {
        if (desk.Find(id, context.Actor()) is not { Noun: Records.Noun.Incident })
            return SubmissionEndpoints.Missing();
        var (text, day, zone, source) = (FormFields.Clean(context.Field("lines")), context.Field("day").Trim(), context.Field("zone").Trim(), context.Field("source").Trim());
        var date = DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null;
        object Shown(IReadOnlyList<PastedEvent> events, string? sentence) => new { Id = id, Lines = text, Day = day, Zone = zone, Source = source, Events = events, Sentence = sentence };
        if (day.Length > 0 && date is null)
            return Pages.Show<PastePage>(StatusCodes.Status400BadRequest, Shown([], "Write the day as 2021-10-04."));
        if (zone.Length > 0 && zone != "Z" && Records.WhenText.Parse($"2012-08-01T09:30{zone}", null, out _) is null)
            return Pages.Show<PastePage>(StatusCodes.Status400BadRequest, Shown([], "Write the zone as Z, -07:00 or [America/Los_Angeles]."));
        var events = new TimelinePaste(library.Catalogue.Words, date, zone).Read(text);
        return Pages.Show<PastePage>(events.Count > 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, Shown(events, events.Count > 0 ? null : "No line with a time was found."));
    }

    private static IResult Take(string id, HttpContext context, SubmissionDesk desk)
    {
        var actor = context.Actor();
        if (desk.Find(id, actor) is not { Noun: Records.Noun.Incident } submission)
            return SubmissionEndpoints.Missing();
        var form = desk.Normalized(submission);
        // Rows that hold nothing do not stand between the old lines and the new ones.
        var rows = Enumerable.Range(0, form.Rows(RecordForm.Timeline)).Where(i => form.Has($"{RecordForm.Timeline}[{i}]")).ToList();
        var next = rows.Count == 0 ? 0 : rows[^1] + 1;
        var fields = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < TimelinePaste.MaxEvents && next < FormFields.MaxRows && context.Request.Form.ContainsKey($"event[{i}].text"); i++)
        {
            if (context.Field($"event[{i}].take") != "yes")
                continue;
            foreach (var part in new[] { "at", "type", "text", "source" })
                fields.Add(new($"{RecordForm.Timeline}[{next}].{part}", context.Field($"event[{i}].{part}")));
            next++;
        }

        var answer = desk.Save(id, actor, form.With(fields), submission.Why, submission.Version);
        return SubmissionEndpoints.Answer(answer, $"/submissions/{id}/edit#timeline");
    }
}
