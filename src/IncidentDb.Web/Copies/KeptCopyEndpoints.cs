using System.Text;
using IncidentDb.Accounts;
using IncidentDb.PrepSheets;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Http;
using IncidentDb.Web.PrepSheets;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentDb.Web.Copies;

/// <summary>A host's copy kept with the account. To everybody else, administrators too, it is not there.</summary>
internal static class KeptCopyEndpoints
{
    public static void MapKeptCopies(this WebApplication app)
    {
        app.MapForm("/copies", Keep).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write).WithBody(BodyLimit.Record).WithMetadata(new KeepsTyped());
        app.MapForm("/copies/{id}/delete", Delete).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapGet("/copies/{id}.json", File).RequireAuthorization(Permissions.Submit);
    }

    private static IResult Keep(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var (account, form, notices) = (context.Visitor().Account!.Id, context.Request.Form, new List<string>());
        var (copy, problem) = HostCopy.Read(Encoding.UTF8.GetBytes(form["copy"].ToString()));
        if (copy is null)
            return CopyEndpoints.Refused(problem!);
        copy = copy.WithTodaysNames(library);
        if (PrepRequest.Compose(library, copy with { LeftOut = [] }) is not { } whole)
            return CopyEndpoints.Refused("What the copy is of is no longer in the library, so it was not kept as it stands. Go back in your browser to what you typed.");
        // The sheet's own page sends the copy alone, the form sends its fields too.
        if (form.ContainsKey("title"))
            copy = CopyFields.Read(copy, whole, form, notices);
        var kept = KeptFields.Read(form, notices);
        if (form["do"] == "keep-new")
            kept = kept with { Id = "", Version = 0 };
        var composed = PrepRequest.Compose(library, copy, notices)!;
        var named = kept.Name.Length > 0 ? kept.Name : composed.Sheet.Title;
        if (Forms.IsStale(context))
            return Form(StatusCodes.Status400BadRequest, kept, problem: "The form was too old to be taken. Everything you typed is still here: keep it again.");
        // What is kept can be opened again.
        if (HostCopy.Read(copy.Write()).Problem is { } unreadable)
            return Form(StatusCodes.Status400BadRequest, kept, problem: unreadable);
        var answer = library.Copies.Keep(account, kept.IsKept ? kept.Id : null, kept.Version, named, copy, time.GetUtcNow());
        if (answer is { Outcome: KeepOutcome.Done, Copy: { } done })
            return Kept(done);
        if (ErrorPages.WantsJson(context))
            return new ErrorResult(StatusOf(answer.Outcome), CopyWords.Problem(answer.Outcome));
        return answer.Outcome switch
        {
            // Sending it again replaces what was saved elsewhere, knowingly now; the page says how both differ.
            KeepOutcome.Stale when library.Copies.Find(account, kept.Id) is { About: var about, Copy: var theirs } => theirs is null
                ? Form(StatusCodes.Status409Conflict, kept with { Version = about.Version }, problem: "It was saved elsewhere since you opened it, as a file that can’t be read here. Keeping yours again takes its place.")
                : Form(StatusCodes.Status409Conflict, kept with { Version = about.Version }, conflict: CopyConflict.Of(about, theirs, kept.Name, copy, whole)),
            KeepOutcome.Stale or KeepOutcome.Missing => Form(StatusCodes.Status404NotFound, KeptFields.None with { Name = kept.Name }, problem: CopyWords.Problem(KeepOutcome.Missing)),
            _ => Form(StatusOf(answer.Outcome), kept, problem: CopyWords.Problem(answer.Outcome)),
        };

        IResult Kept(KeptCopy there)
        {
            if (ErrorPages.WantsJson(context))
                return Twins.Json(new { there.Id, there.Version, there.Name, changed = there.ChangedAt, url = $"/copies/{there.Id}", notices });
            return notices.Count == 0 ? Pages.Done($"/copies/{there.Id}?kept=1") : Form(StatusCodes.Status200OK, KeptFields.Of(there), done: KeptCopyPage.Done);
        }

        RazorComponentResult<CopyDocument> Form(int status, KeptFields fields, string? problem = null, CopyConflict? conflict = null, string? done = null) => CopyEndpoints.Page(
            new
            {
                Show = "form",
                Copy = copy,
                Copied = PrepRequest.Compose(library, copy with { LeftOut = [] })!,
                Sentences = notices,
                Kept = fields,
                Problem = problem,
                Conflict = conflict,
                Done = done,
            },
            status);
    }

    private static int StatusOf(KeepOutcome outcome) => outcome == KeepOutcome.Missing ? StatusCodes.Status404NotFound : StatusCodes.Status409Conflict;

    private static IResult Delete(string id, HttpContext context, KnowledgeBase library) =>
        library.Copies.Delete(context.Visitor().Account!.Id, id) ? Pages.Done("/copies?done=deleted") : Missing();

    private static IResult File(string id, HttpContext context, KnowledgeBase library) =>
        library.Copies.Find(context.Visitor().Account!.Id, id) is { } found
            ? Results.Bytes(found.File, "application/json; charset=utf-8", CopyWords.FileName(found.About.Request))
            : Missing();

    private static ErrorResult Missing() => new(StatusCodes.Status404NotFound, "There is no such copy among yours.");
}
