using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Components;
using IncidentDb.Web.Http;
using IncidentDb.Web.Submissions;
using Microsoft.OpenApi;

namespace IncidentDb.Web.Api;

/// <summary>Submitting and reviewing for programs: the same desk, tokens instead of cookies.</summary>
internal static class ApiEndpoints
{
    private const string ReadPolicy = "read";

    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton(p => new IdempotencyStore(p.GetRequiredService<KnowledgeBase>().Database));
        services.AddSingleton<Idempotency>();
        services.AddSingleton<ApiLimit>();
        services.AddAuthorizationBuilder().AddPolicy(ReadPolicy, policy => policy.RequireAssertion(c => c.Resource is HttpContext http && http.Visitor().Token is { } token && token.Scopes.Contains(Scopes.Read)));
        services.AddOpenApi("v1", api =>
        {
            api.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            api.AddDocumentTransformer((document, _, _) =>
            {
                document.Info.Title = "IncidentDb";
                document.Info.Description = "Submitting and reviewing records. Reading needs no token: every page has a JSON twin.";
                document.Components ??= new OpenApiComponents();
                document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                {
                    ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token from the account page: idb_…" },
                };
                document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
                return Task.CompletedTask;
            });
        });
    }

    public static void MapApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilter((invocation, next) => invocation.HttpContext.RequestServices.GetRequiredService<ApiLimit>().InvokeAsync(invocation, next));
        api.AddEndpointFilter((invocation, next) => invocation.HttpContext.RequestServices.GetRequiredService<Idempotency>().InvokeAsync(invocation, next));

        api.MapGet("/submissions", Mine).RequireAuthorization(ReadPolicy).Says<SubmissionShape[]>("Your submissions, the last changed first.");
        api.MapPost("/submissions", New).RequireAuthorization(Permissions.Submit).WithBody(BodyLimit.Record).Says<SubmissionShape>("Begins a submission, and sends it when asked to.", StatusCodes.Status201Created);
        api.MapGet("/submissions/{id}", One).RequireAuthorization(ReadPolicy).Says<SubmissionShape>("A submission of yours, or with the scope “review” one that was sent.");
        api.MapPut("/submissions/{id}", Change).RequireAuthorization(Permissions.Submit).WithBody(BodyLimit.Record).Says<SubmissionShape>("Saves new content. If-Match carries the version that you had before you.");
        api.MapPost("/submissions/{id}/send", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Send(id, context.Actor(), IfMatch(context)))).RequireAuthorization(Permissions.Submit).Says<SubmissionShape>("Sends it to the reviewers.");
        api.MapPost("/submissions/{id}/withdraw", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Withdraw(id, context.Actor()))).RequireAuthorization(Permissions.Submit).Says<SubmissionShape>("Takes it out of the queue.");
        api.MapPost("/submissions/{id}/reopen", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Reopen(id, context.Actor()))).RequireAuthorization(Permissions.Submit).Says<SubmissionShape>("Makes a withdrawn or rejected submission a draft again.");
        api.MapGet("/submissions/{id}/comments", Comments).RequireAuthorization(ReadPolicy).Says<CommentShape[]>("The comments on a submission.");
        api.MapPost("/submissions/{id}/comments", (string id, NewComment comment, HttpContext context, SubmissionDesk desk) =>
            Answer(desk.Comment(id, context.Actor(), comment.Field ?? "", comment.Body ?? ""), StatusCodes.Status201Created)).RequireAuthorization(Permissions.Submit).Says<SubmissionShape>("Comments on a field, or on the whole.", StatusCodes.Status201Created);

        api.MapGet("/review", Queue).RequireAuthorization(Permissions.Review).Says<SubmissionShape[]>("What waits, the longest waiting first.");
        api.MapPost("/review/{id}/claim", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Claim(id, context.Actor()))).RequireAuthorization(Permissions.Review).Says<SubmissionShape>("Takes it off the queue.");
        api.MapPost("/review/{id}/release", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Release(id, context.Actor()))).RequireAuthorization(Permissions.Review).Says<SubmissionShape>("Puts it back into the queue.");
        api.MapPost("/review/{id}/request-changes", (string id, Decision decision, HttpContext context, SubmissionDesk desk) =>
            Answer(desk.RequestChanges(id, context.Actor(), decision.Reason ?? "", decision.Version))).RequireAuthorization(Permissions.Review).Says<SubmissionShape>("Gives it back to its author.");
        api.MapPost("/review/{id}/reject", (string id, Decision decision, HttpContext context, SubmissionDesk desk) =>
            Answer(desk.Reject(id, context.Actor(), decision.Reason ?? "", decision.Version))).RequireAuthorization(Permissions.Review).Says<SubmissionShape>("Decides against it, with a public reason.");
        api.MapPost("/review/{id}/accept", (string id, Decision decision, HttpContext context, SubmissionDesk desk) =>
            Answer(desk.Accept(id, context.Actor(), decision.Version, decision.Revision))).RequireAuthorization(Permissions.Review).Says<SubmissionShape>("Accepts and publishes it.");

        api.MapGet("/tokens", (HttpContext context, KnowledgeBase library, TimeProvider time) =>
            new ApiAnswer(StatusCodes.Status200OK, library.Tokens.Of(context.Visitor().Account!.Id, time.GetUtcNow()).Select(t => TokenShape.Of(t)).ToArray())).RequireAuthorization(Permissions.Administer).Says<TokenShape[]>("Your tokens.");
        api.MapPost("/tokens", MakeToken).RequireAuthorization(Permissions.Administer).Says<TokenShape>("Makes a token of yours; its text is shown this once.", StatusCodes.Status201Created);
        api.MapDelete("/tokens/{id}", RevokeToken).RequireAuthorization(Permissions.Administer).Says<object>("Revokes a token of yours.", StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder Says<T>(this RouteHandlerBuilder endpoint, string summary, int status = StatusCodes.Status200OK)
    {
        endpoint.WithSummary(summary).WithTags("submissions").ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests);
        return status == StatusCodes.Status204NoContent ? endpoint.Produces(status) : endpoint.Produces<T>(status);
    }

    private static ApiAnswer Mine(string? status, HttpContext context, SubmissionDesk desk) => new(
        StatusCodes.Status200OK,
        desk.Store.OfAuthor(context.Visitor().Account!.Id).Where(s => status is null || s.Status == status).Select(s => SubmissionShape.Of(s)).ToArray());

    private static ApiAnswer New(NewSubmission submission, HttpContext context, SubmissionDesk desk, KnowledgeBase library)
    {
        var actor = context.Actor();
        if (NounFormat.Named(submission.Noun ?? "incident") is not { Noun: var noun })
            return ApiAnswer.Problem(StatusCodes.Status400BadRequest, $"There is no noun “{submission.Noun}”; it is {string.Join(", ", NounFormat.All.Select(f => f.Name))}.");
        if (Form(submission.Text, submission.Fields, noun, out var wrong) is not { } form)
            return ApiAnswer.Problem(StatusCodes.Status400BadRequest, wrong);
        var slug = submission.Slug?.Trim() ?? "";
        var correction = slug.Length > 0 && library.Records.Find(noun, slug) is { Status: "published" };
        if (!correction && noun != Noun.Incident)
            return ApiAnswer.Problem(StatusCodes.Status404NotFound, $"There is no {RecordPages.One(noun)} “{slug}” to correct; new ones are added by reviewers and by imports.");
        if (!correction && slug.Length > 0)
            form = form.With(RecordForm.Slug, slug);
        var (draft, _) = desk.Begin(actor, form, correction ? slug : null, submission.Why ?? "", noun)!.Value;
        var answer = submission.Send ? desk.Send(draft.Id, actor) : null;
        if (answer is null or { IsDone: true })
        {
            var now = answer?.Submission ?? draft;
            return new ApiAnswer(StatusCodes.Status201Created, SubmissionShape.Of(now, desk.Read(now).Problems), $"/api/v1/submissions/{draft.Id}");
        }

        return ApiAnswer.Problem(StatusOf(answer.Outcome), $"{answer.Sentence} It is kept as a draft.", answer.Problems, SubmissionShape.Of(draft));
    }

    private static ApiAnswer One(string id, HttpContext context, SubmissionDesk desk)
    {
        if (desk.Find(id, context.Actor()) is not { } submission)
            return Missing();
        context.Response.Headers.ETag = $"\"{submission.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return new ApiAnswer(StatusCodes.Status200OK, SubmissionShape.Of(submission, [.. desk.Read(submission).Problems, .. SubmissionStatus.IsWritable(submission.Status) ? desk.AddressProblems(submission) : []], whole: true));
    }

    private static ApiAnswer Change(string id, ChangedSubmission change, HttpContext context, SubmissionDesk desk)
    {
        if (desk.Find(id, context.Actor()) is not { } before)
            return Missing();
        if (IfMatch(context) is not { } version)
            return ApiAnswer.Problem(StatusCodes.Status428PreconditionRequired, "Send If-Match with the version that you had before you, so that nothing is overwritten unseen.");
        if (Form(change.Text, change.Fields, before.Noun, out var wrong) is not { } form)
            return ApiAnswer.Problem(StatusCodes.Status400BadRequest, wrong);
        if (!before.IsCorrection && form[RecordForm.Slug].Length == 0)
            form = form.With(RecordForm.Slug, before.Form[RecordForm.Slug]);
        return Answer(desk.Save(id, context.Actor(), form, change.Why ?? before.Why, version));
    }

    private static ApiAnswer Comments(string id, HttpContext context, SubmissionDesk desk) => desk.Find(id, context.Actor()) is null
        ? Missing()
        : new ApiAnswer(StatusCodes.Status200OK, desk.Store.Comments(id).Select(CommentShape.Of).ToArray());

    private static ApiAnswer Queue(SubmissionDesk desk) => new(StatusCodes.Status200OK, desk.Store.Queue(SubmissionStatus.Waiting).Select(s => SubmissionShape.Of(s)).ToArray());

    private static ApiAnswer MakeToken(NewToken token, HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var name = AccountRules.Tidy(token.Name ?? "");
        if (name.Length is 0 or > TokenStore.MaxName)
            return ApiAnswer.Problem(StatusCodes.Status400BadRequest, $"Give the token a name of at most {TokenStore.MaxName} characters.");
        // A token hands on no more than it has itself.
        var scopes = (token.Scopes ?? []).Intersect(context.Visitor().Token!.Scopes).ToList();
        var account = library.Accounts.Find(context.Visitor().Account!.Id)!;
        if (library.Tokens.Create(account, name, scopes, TimeSpan.FromDays(Math.Clamp(token.Days ?? 90, 1, 366)), time.GetUtcNow()) is not var (made, text))
            return ApiAnswer.Problem(StatusCodes.Status409Conflict, $"You have {TokenStore.MaxPerAccount} tokens already; revoke one first.");
        library.Audit.Write(AuditEvents.TokenCreated, account.Id, context.Connection.RemoteIpAddress, $"{made.Name}: {string.Join(' ', made.Scopes)}", time.GetUtcNow());
        return new ApiAnswer(StatusCodes.Status201Created, TokenShape.Of(made, text), $"/api/v1/tokens/{made.Id.ToString(CultureInfo.InvariantCulture)}") { KeptAs = TokenShape.Of(made) };
    }

    private static ApiAnswer RevokeToken(string id, HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var account = context.Visitor().Account!.Id;
        if (!long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !library.Tokens.Revoke(account, number, time.GetUtcNow()))
            return ApiAnswer.Problem(StatusCodes.Status404NotFound, "You have no such token.");
        library.Audit.Write(AuditEvents.TokenRevoked, account, context.Connection.RemoteIpAddress, id, time.GetUtcNow());
        return new ApiAnswer(StatusCodes.Status204NoContent, null);
    }

    /// <summary>The content of a request as fields; names that the form does not have are named.</summary>
    private static FormFields? Form(string? text, Dictionary<string, string?>? fields, Noun noun, out string wrong)
    {
        wrong = "";
        if (text is { Length: > 0 } && fields is null)
            return text.Length <= SubmissionDesk.MaxForm ? FormFields.Empty.With(FormFields.Text, text) : TooLarge(out wrong);
        if (fields is null || text is { Length: > 0 })
        {
            wrong = "Send the record either as “text” or as “fields”.";
            return null;
        }

        if (fields.Keys.FirstOrDefault(k => !RecordForm.IsField(k, noun)) is { } unknown)
        {
            wrong = $"The form has no field “{unknown}”.";
            return null;
        }

        return fields.Sum(f => (long)(f.Value?.Length ?? 0)) <= SubmissionDesk.MaxForm ? new FormFields(fields.Select(f => KeyValuePair.Create(f.Key, f.Value ?? ""))) : TooLarge(out wrong);
    }

    private static FormFields? TooLarge(out string wrong)
    {
        wrong = $"A record holds at most {SubmissionDesk.MaxForm} characters.";
        return null;
    }

    private static int? IfMatch(HttpContext context) => int.TryParse(context.Request.Headers.IfMatch.ToString().Trim('"', ' '), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static ApiAnswer Answer(DeskAnswer answer, int done = StatusCodes.Status200OK) => answer.IsDone
        ? new ApiAnswer(done, SubmissionShape.Of(answer.Submission!))
        : ApiAnswer.Problem(StatusOf(answer.Outcome), answer.Problems is [var problem, ..] && answer.Sentence.Length == 0 ? problem.Sentence : answer.Sentence, answer.Problems);

    private static int StatusOf(DeskOutcome outcome) => outcome == DeskOutcome.Invalid ? StatusCodes.Status422UnprocessableEntity : SubmissionEndpoints.StatusOf(outcome);

    private static ApiAnswer Missing() => ApiAnswer.Problem(StatusCodes.Status404NotFound, "There is no such submission.");
}
