using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Http;
using Problem = IncidentDb.Records.Problem;

namespace IncidentDb.Web.Submissions;

/// <summary>What the forms of reviewers do.</summary>
internal static class ReviewEndpoints
{
    public static void MapReview(this WebApplication app)
    {
        app.MapForm("/review/{id}/claim", (string id, HttpContext context, SubmissionDesk desk) => SubmissionEndpoints.Answer(desk.Claim(id, context.Actor()), $"/review/{id}")).ForReviewers();
        app.MapForm("/review/{id}/release", (string id, HttpContext context, SubmissionDesk desk) => SubmissionEndpoints.Answer(desk.Release(id, context.Actor()), "/review")).ForReviewers();
        app.MapForm("/review/{id}/changes", (string id, HttpContext context, SubmissionDesk desk) => Decided(id, desk.RequestChanges(id, context.Actor(), context.Field("note"), Seen(context)), "changes", context)).ForReviewers();
        app.MapForm("/review/{id}/reject", (string id, HttpContext context, SubmissionDesk desk) => Decided(id, desk.Reject(id, context.Actor(), context.Field("reason"), Seen(context)), "rejected", context)).ForReviewers();
        app.MapForm("/review/{id}/accept", (string id, HttpContext context, SubmissionDesk desk) => Decided(id, desk.Accept(id, context.Actor(), Seen(context), Number(context, "revision")), "accepted", context)).ForReviewers();
        app.MapForm("/review/{id}/company", AddCompany).ForReviewers();
        app.MapForm("/incidents/{slug}/withdraw", (string slug, HttpContext context, KnowledgeBase library) => Removed(slug, context, why => library.Withdraw(slug, context.Actor().Name, why), $"/incidents/{slug}")).ForReviewers();
        app.MapForm("/incidents/{slug}/merge", (string slug, HttpContext context, KnowledgeBase library) =>
            Removed(slug, context, why => library.Merge(slug, context.Field("into").Trim(), context.Actor().Name, why), $"/incidents/{context.Field("into").Trim()}")).ForReviewers();
        app.MapForm("/incidents/{slug}/republish", Republish).ForReviewers();
    }

    private static void ForReviewers(this RouteHandlerBuilder endpoint) => endpoint.RequireAuthorization(Permissions.Review).RequireRateLimiting(Limits.Write);

    private static int? Seen(HttpContext context) => Number(context, "version");

    private static int? Number(HttpContext context, string field) => int.TryParse(context.Field(field), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IResult Decided(string id, DeskAnswer answer, string done, HttpContext context) => answer.Outcome switch
    {
        DeskOutcome.Done => Pages.Done($"/review?done={done}&id={id}"),
        DeskOutcome.Invalid or DeskOutcome.Stale or DeskOutcome.Refused when answer.Submission is not null => Pages.Show<ReviewSubmissionPage>(
            SubmissionEndpoints.StatusOf(answer.Outcome),
            new { Id = id, answer.Problems, answer.Sentence, Note = context.Field("note"), Reason = context.Field("reason") }),
        _ => SubmissionEndpoints.Missing(),
    };

    private static IResult AddCompany(string id, HttpContext context, SubmissionDesk desk, KnowledgeBase library)
    {
        if (desk.Find(id, context.Actor()) is not { SentAt: not null })
            return SubmissionEndpoints.Missing();
        string? Typed(string field) => FormFields.Clean(context.Field(field)).Trim() is { Length: > 0 and <= 200 } text ? text : null;
        var company = new IncidentDb.Companies.Company { Slug = Typed("slug") ?? "", Name = Typed("name") ?? "", Sector = Typed("sector"), Country = Typed("country"), About = Typed("about") };
        var problem = company.Name.Length == 0 ? SubmissionRules.RowValue.At("", 0, "name", "Give the company its name.") : library.AddCompany(company, context.Actor().Name, $"Named by submission {id}").FirstOrDefault(p => p.IsError);
        return problem is null
            ? Pages.Done($"/review/{id}")
            : Pages.Show<ReviewSubmissionPage>(StatusCodes.Status400BadRequest, new { Id = id, Problems = (IReadOnlyList<Problem>)[problem] });
    }

    private static IResult Removed(string slug, HttpContext context, Func<string, bool> remove, string done)
    {
        var why = FormFields.Clean(context.Field("why")).Trim();
        if (why.Length is 0 or > SubmissionDesk.MaxWhy)
            return new ErrorResult(StatusCodes.Status400BadRequest, $"Give the reason in at most {SubmissionDesk.MaxWhy} characters: it stands in the public history, and in place of the record.");
        return remove(why) ? Pages.Done(done) : new ErrorResult(StatusCodes.Status404NotFound, $"“{slug}”, or the record that it goes into, is not published, or both are the same.");
    }

    private static IResult Republish(string slug, HttpContext context, KnowledgeBase library)
    {
        var why = FormFields.Clean(context.Field("why")).Trim();
        if (why.Length is 0 or > SubmissionDesk.MaxWhy)
            return new ErrorResult(StatusCodes.Status400BadRequest, "Give the reason: it stands in the public history.");
        return library.Republish(slug, context.Actor().Name, why) switch
        {
            null => new ErrorResult(StatusCodes.Status404NotFound, "There is no record that was withdrawn or merged under that name."),
            var problems when problems.FirstOrDefault(p => p.IsError) is Problem error => new ErrorResult(StatusCodes.Status409Conflict, $"By the rules of today it cannot stand: {error.Sentence}"),
            _ => Pages.Done($"/incidents/{slug}"),
        };
    }
}
