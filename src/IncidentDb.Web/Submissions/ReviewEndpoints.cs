using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Http;
using IncidentDb.Web.Incidents;
using IncidentDb.Web.Changes;
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
        app.MapForm("/incidents/{slug}/withdraw", (string slug, HttpContext context, KnowledgeBase library) => Moderated(slug, "withdraw", context, library)).ForReviewers();
        app.MapForm("/incidents/{slug}/merge", (string slug, HttpContext context, KnowledgeBase library) => Moderated(slug, "merge", context, library)).ForReviewers();
        app.MapForm("/incidents/{slug}/republish", (string slug, HttpContext context, KnowledgeBase library) => Moderated(slug, "republish", context, library)).ForReviewers();
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

    /// <summary>An act on a whole record. Refused, the page comes back with what was typed and each reason at its field.</summary>
    private static IResult Moderated(string slug, string act, HttpContext context, KnowledgeBase library)
    {
        if (library.Records.Find(Noun.Incident, slug) is null)
            return new ErrorResult(StatusCodes.Status404NotFound, $"There is no record “{slug}”.");
        var typed = new Moderation(act, RecordIn(context.Field("into")), FormFields.Clean(context.Field("why")).Trim());
        var problems = new List<Problem>();
        if (act == "merge" && WrongTarget(slug, typed.Into, library) is { } wrong)
            problems.Add(SubmissionRules.MergeTarget.At("", 0, "into", wrong));
        if (typed.Why.Length is 0 or > SubmissionDesk.MaxWhy)
            problems.Add(SubmissionRules.WhyMissing.At("", 0, typed.WhyField, $"Give the reason in at most {SubmissionDesk.MaxWhy} characters: it stands in the public history{(act == "withdraw" ? ", and in place of the record" : "")}."));
        if (problems.Count > 0)
            return Again(StatusCodes.Status400BadRequest);
        var who = context.Actor().Name;
        var done = act switch
        {
            "merge" => library.Merge(slug, typed.Into, who, typed.Why),
            "withdraw" => library.Withdraw(slug, who, typed.Why),
            _ => Republished(),
        };
        if (done)
            return Pages.Done($"/incidents/{(act == "merge" ? typed.Into : slug)}");
        if (problems.Count == 0)
            problems.Add(SubmissionRules.MergeTarget.At("", 0, "", act == "republish" ? "This record is published: there is nothing to bring back." : "This record is not published any more: it was withdrawn or merged meanwhile."));
        return Again(StatusCodes.Status409Conflict);

        bool Republished()
        {
            if (library.Republish(slug, who, typed.Why) is not { } found)
                return false;
            problems.AddRange(found.Where(p => p.IsError).Select(p => p with { Field = "", Sentence = $"By the rules of today it cannot stand: {p.Sentence}" }));
            return problems.Count == 0;
        }

        IResult Again(int status) => Pages.Show<HistoryPage>(status, new { Slug = slug, Problems = (IReadOnlyList<Problem>)problems, Typed = typed });
    }

    /// <summary>The record that was named, by its slug or by its whole address.</summary>
    private static string RecordIn(string text) => text.Trim().TrimEnd('/') is var named && named.LastIndexOf('/') is >= 0 and var cut ? named[(cut + 1)..] : named;

    private static string? WrongTarget(string slug, string into, KnowledgeBase library) => into switch
    {
        "" => "Name the record that it goes into: its slug, such as knight-capital-2012, or its address.",
        _ when into == slug => "A record can’t be merged into itself: write the address of the other one.",
        _ when library.Records.Find(Noun.Incident, into) is { Status: "published" } => null,
        _ when library.Records.Redirect(Noun.Incident, into) is { } now && now != slug => $"The record “{into}” is “{now}” now: write that.",
        _ => $"There is no published record “{into}”.{Perhaps(slug, into, library)}",
    };

    /// <summary>Which records may be meant by words where a slug is wanted.</summary>
    private static string Perhaps(string slug, string into, KnowledgeBase library)
    {
        var meant = into.Length > SuggestEndpoints.MaxLength ? [] : library.SuggestRecords(into, 3, guess: false).Where(s => s.Value != slug).Take(2).Select(s => $"“{s.Value}” ({s.Label})").ToList();
        return meant.Count == 0 ? "" : $" Perhaps {string.Join(" or ", meant)}: write the slug of the one that you mean.";
    }
}

/// <summary>What a reviewer typed into a form about a whole record.</summary>
/// <param name="Act"><c>merge</c>, <c>withdraw</c> or <c>republish</c>.</param>
/// <param name="Into">Of a merge the slug of the other record.</param>
public sealed record Moderation(string Act, string Into, string Why)
{
    /// <summary>The field that its reason is typed into.</summary>
    public string WhyField => Act == "withdraw" ? "withdraw-why" : "why";
}
