using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Components;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Problem = IncidentDb.Records.Problem;

namespace IncidentDb.Web.Submissions;

/// <summary>What the forms of authors do. Who may do it is decided at the desk, for each submission.</summary>
internal static class SubmissionEndpoints
{
    public static void AddSubmissions(this IServiceCollection services) => services.AddSingleton(p =>
        new SubmissionDesk(p.GetRequiredService<KnowledgeBase>(), p.GetRequiredService<SiteSettings>().FourEyes, p.GetRequiredService<TimeProvider>()));

    public static void MapSubmissions(this WebApplication app)
    {
        app.MapForm("/submit", Begin).ForAuthors().WithBody(BodyLimit.Record);
        app.MapForm("/submit/look-alikes", LooksLike).ForAuthors(Limits.Typing);
        foreach (var noun in NounFormat.All.Select(f => f.Noun))
            app.MapForm(RecordPages.Url(noun, "{slug}/edit"), (string slug, HttpContext context, SubmissionDesk desk, KnowledgeBase library) => BeginCorrection(noun, slug, context, desk, library)).ForAuthors();
        app.MapForm("/submissions/{id}/edit", Edit).ForAuthors().WithBody(BodyLimit.Record).WithMetadata(new KeepsTyped());
        app.MapForm("/submissions/{id}/comments", Comment).ForAuthors();
        app.MapForm("/submissions/{id}/comments/resolve", Resolve).ForAuthors();
        app.MapForm("/submissions/{id}/withdraw", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Withdraw(id, context.Actor()), $"/submissions/{id}?done=withdrawn")).ForAuthors();
        app.MapForm("/submissions/{id}/reopen", (string id, HttpContext context, SubmissionDesk desk) => Answer(desk.Reopen(id, context.Actor()), $"/submissions/{id}/edit")).ForAuthors();
        app.MapForm("/submissions/{id}/rebase", Rebase).ForAuthors().WithBody(BodyLimit.Record);
    }

    /// <summary>Open to strangers where the site takes submissions without an account; whose submission it is, the desk knows.</summary>
    public static RouteHandlerBuilder ForAuthors(this RouteHandlerBuilder endpoint, string limit = Limits.Write) => endpoint
        .AllowAnonymous()
        .RequireRateLimiting(limit)
        .AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            return MayWrite(context) ? await next(invocation) : Results.Challenge();
        });

    public static bool MayWrite(HttpContext context) =>
        context.Visitor().Can(Permissions.Submit) || (!context.Visitor().IsKnown && context.RequestServices.GetRequiredService<SiteSettings>().AnonymousSubmissions);

    private static IResult Begin(HttpContext context, SubmissionDesk desk, KnowledgeBase library)
    {
        var (url, title) = (context.Field("url").Trim(), FormFields.Clean(context.Field("title")).Trim());
        IResult Again(string field, string sentence) => Pages.Show<SubmitPage>(StatusCodes.Status400BadRequest, new { Url = url, Title = title, Problems = (IReadOnlyList<Problem>)[SubmissionRules.RowValue.At("", 0, field, sentence)] });
        if (context.Field("do") == "quick" && url.Length == 0)
            return Again("url", "Give the address of a source: a post-mortem, a report, an article.");
        if (url.Length > 0 && !SourceUrl.IsValid(url))
            return Again("url", "That is no address that can be linked; write it whole, with https://.");
        if (url.Length > 0 && context.Field("anyway") != "yes" && SourceUrl.Canonical(url) is { } canonical && library.Incidents.CitingUrl(canonical) is { Count: > 0 } known)
            return Pages.Show<SubmitPage>(StatusCodes.Status409Conflict, new { Url = url, Title = title, Known = library.Incidents.BySlug(known) });
        var fields = new List<KeyValuePair<string, string>> { new("title", title) };
        if (url.Length > 0)
            fields.AddRange([new("sources[0].key", "source"), new("sources[0].url", url)]);
        if (title.Length > 0)
            fields.Add(new(RecordForm.Slug, Slug.From(title)));
        return Begun(context, desk.Begin(context.Actor(), new FormFields(fields)));
    }

    /// <summary>What the page's script shows while somebody types: published records alone, of which everybody can read. Nothing is kept.</summary>
    private static RazorComponentResult<LookalikeHints> LooksLike(HttpContext context, KnowledgeBase library) =>
        new(new { Lookalikes = DuplicateFinder.Find(library, Typed(context, Noun.Incident)) });

    private static IResult BeginCorrection(Noun noun, string slug, HttpContext context, SubmissionDesk desk, KnowledgeBase library)
    {
        // An earlier revision brought back is a correction like any other: it shows what it changes, and a second person looks at it.
        if (int.TryParse(context.Field("revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
        {
            if (library.Records.Find(noun, slug) is not { } record || library.Changes.Revision(record.Id, revision) is not { } text)
                return new ErrorResult(StatusCodes.Status404NotFound, "There is no such revision.");
            return Begun(context, desk.Begin(context.Actor(), desk.FormOf(slug, text, noun), slug, $"Restores revision {revision}", noun));
        }

        var anchor = NounFormat.Of(noun).Form.FirstOrDefault(s => s.Id == context.Field("section"))?.Id;
        return Begun(context, desk.Begin(context.Actor(), null, slug, noun: noun), anchor);
    }

    /// <summary>To the form of a new draft; without an account its key goes along as a cookie.</summary>
    public static IResult Begun(HttpContext context, (Submission Draft, string? Key)? begun, string? anchor = null)
    {
        if (begun is not var (draft, key))
            return new ErrorResult(StatusCodes.Status404NotFound, "There is no such record.");
        if (key is not null)
            Actors.Track(context, draft.Id, key);
        return Pages.Done($"/submissions/{draft.Id}/edit{(anchor is null ? "" : "#" + anchor)}");
    }

    private static IResult Edit(string id, HttpContext context, SubmissionDesk desk)
    {
        var actor = context.Actor();
        if (desk.Find(id, actor) is not { } before)
            return Missing();
        var typed = Typed(context, before.Noun);
        if (!before.IsCorrection && typed[RecordForm.Slug].Trim().Length == 0 && typed["title"].Trim().Length > 0)
            typed = typed.With(RecordForm.Slug, Slug.From(typed["title"]));
        var why = context.Field("why");
        if (typed.All.Sum(f => (long)f.Value.Length) > SubmissionDesk.MaxForm)
            return new ErrorResult(StatusCodes.Status413PayloadTooLarge, $"A record holds at most {SubmissionDesk.MaxForm} characters.");
        if (Forms.IsStale(context))
            return Pages.Show<EditPage>(StatusCodes.Status400BadRequest, new { Id = id, Typed = typed, TypedWhy = why, Stale = true });
        var (verb, argument, row) = Verb(context.Field("do"), before.Noun);
        var anchor = "";
        switch (verb)
        {
            case "add":
                typed = typed.WithRow(argument, Math.Min(Math.Max(typed.Rows(argument), 1), FormFields.MaxRows - 1));
                anchor = $"#row-{argument}-{typed.Rows(argument) - 1}";
                break;
            case "insert":
                typed = typed.WithRow(argument, row);
                anchor = $"#row-{argument}-{row}";
                break;
            case "remove":
                typed = typed.WithoutRow(argument, row);
                anchor = $"#f-{argument}";
                break;
            case "fields" when desk.Read(typed, before).Record is { } record:
                typed = RecordForm.Of(record).With(RecordForm.Slug, before.IsCorrection ? before.Slug : typed[RecordForm.Slug]);
                break;
            case "text" when desk.Read(typed, before).Text is { } text:
                typed = FormFields.Empty.With(FormFields.Text, text);
                anchor = "#f-text";
                break;
        }

        var seen = int.TryParse(context.Field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        var saved = desk.Save(id, actor, typed, why, seen);
        if (!saved.IsDone)
            return NotSaved(context, before, saved, typed, why);
        foreach (var match in Matches(context))
            desk.Judge(id, actor, match);
        if (ErrorPages.WantsJson(context))
            return Saved(desk, saved.Submission!);
        return verb switch
        {
            "send" => Sent(id, desk, actor),
            "check" => Pages.Done($"/submissions/{id}/edit?check=1"),
            // Only what the rules pass can be written as a file: what they object to is shown first.
            "text" when !typed.IsText => Pages.Done($"/submissions/{id}/edit?check=1"),
            "preview" => Pages.Done($"/submissions/{id}/preview"),
            "paste" => Pages.Done($"/submissions/{id}/timeline"),
            "same" => Same(id, argument, desk, actor, saved.Submission!, context),
            _ => Pages.Done($"/submissions/{id}/edit{(verb is "save" ? "?saved=1" : anchor)}"),
        };
    }

    /// <summary>The fields of the record among those of the form that was sent.</summary>
    private static FormFields Typed(HttpContext context, Noun noun) =>
        new(context.Request.Form.Where(f => RecordForm.IsField(f.Key, noun)).SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, FormFields.Clean(v ?? "")))));

    private static IResult NotSaved(HttpContext context, Submission before, DeskAnswer answer, FormFields typed, string why)
    {
        if (ErrorPages.WantsJson(context) || answer.Outcome != DeskOutcome.Stale)
            return new ErrorResult(StatusOf(answer.Outcome), answer.Sentence);
        return Pages.Show<EditPage>(StatusCodes.Status409Conflict, new { before.Id, Typed = typed, TypedWhy = why, Conflict = RecordUnits.Changes(answer.Submission!.Form, typed, before.Noun) });
    }

    /// <summary>What the page's script shows after it saved by itself.</summary>
    private static IResult Saved(SubmissionDesk desk, Submission submission)
    {
        var reading = desk.Read(submission);
        return Twins.Json(new { submission.Version, saved = submission.ChangedAt, errors = reading.Problems.Count(p => p.IsError), lacks = Completion.Lacks(reading) });
    }

    private static IResult Sent(string id, SubmissionDesk desk, Actor actor)
    {
        var answer = desk.Send(id, actor);
        return answer.Outcome switch
        {
            DeskOutcome.Done => Pages.Done($"/submissions/{id}?done=sent"),
            DeskOutcome.Invalid => Pages.Show<EditPage>(StatusCodes.Status400BadRequest, new { Id = id, answer.Problems }),
            DeskOutcome.TooMany => Pages.Show<EditPage>(StatusCodes.Status429TooManyRequests, new { Id = id, Problems = (IReadOnlyList<Problem>)[SubmissionRules.RowValue.At("", 0, "", answer.Sentence)] }),
            _ => Answer(answer, $"/submissions/{id}"),
        };
    }

    /// <summary>"The same incident": the sources go on as a correction of that record; the draft is put away and can be taken up again.</summary>
    private static IResult Same(string id, string slug, SubmissionDesk desk, Actor actor, Submission draft, HttpContext context)
    {
        if (desk.Begin(actor, null, slug, "Adds a source") is not var (correction, key))
            return new ErrorResult(StatusCodes.Status404NotFound, "There is no such record.");
        var sources = RecordUnits.Of(draft.Form).Where(u => u.Name.StartsWith("sources.", StringComparison.Ordinal));
        var there = RecordUnits.Of(correction.Form);
        var taken = there.Select(u => u.Name).ToHashSet(StringComparer.Ordinal);
        var added = sources.Select(u => taken.Contains(u.Name)
            ? new RecordUnit(u.Name + "-2", [.. u.Fields.Select(f => f.Key == ".key" ? KeyValuePair.Create(f.Key, f.Value + "-2") : f)])
            : u);
        desk.Save(correction.Id, actor with { TrackingKey = key ?? actor.TrackingKey }, RecordUnits.ToForm(there.Concat(added)), "Adds a source", correction.Version);
        desk.Judge(id, actor, new SubmissionMatch(slug, "same", ""));
        desk.Withdraw(id, actor);
        return Begun(context, (correction, key), "sources");
    }

    private static IResult Comment(string id, HttpContext context, SubmissionDesk desk)
    {
        var back = context.Field("back") == "review" ? $"/review/{id}" : $"/submissions/{id}";
        return Answer(desk.Comment(id, context.Actor(), context.Field("field"), context.Field("comment")), back + "#comments");
    }

    private static IResult Resolve(string id, HttpContext context, SubmissionDesk desk)
    {
        var back = context.Field("back") == "review" ? $"/review/{id}" : $"/submissions/{id}";
        var comment = long.TryParse(context.Field("comment"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return Answer(desk.ResolveComment(id, context.Actor(), comment), back + "#comments");
    }

    private static IResult Rebase(string id, HttpContext context, SubmissionDesk desk)
    {
        var choices = context.Request.Form.Where(f => f.Key.StartsWith("choice-", StringComparison.Ordinal)).ToDictionary(f => f.Key["choice-".Length..], f => f.Value.ToString(), StringComparer.Ordinal);
        var revision = int.TryParse(context.Field("revision"), NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;
        var answer = desk.Rebase(id, context.Actor(), choices, revision);
        return answer.Outcome is DeskOutcome.Invalid or DeskOutcome.Stale && answer.Submission is not null
            ? Pages.Show<SubmissionPage>(answer.Outcome == DeskOutcome.Stale ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest, new { Id = id, answer.Problems, Sentence = answer.Sentence, Choices = choices })
            : Answer(answer, $"/submissions/{id}?done=rebased");
    }

    /// <summary>On to a page when it was done, else the sentence that says why not.</summary>
    public static IResult Answer(DeskAnswer answer, string done) => answer.IsDone
        ? Pages.Done(done)
        : new ErrorResult(StatusOf(answer.Outcome), answer.Problems is [var problem, ..] ? problem.Sentence : answer.Sentence);

    public static int StatusOf(DeskOutcome outcome) => outcome switch
    {
        DeskOutcome.Done => StatusCodes.Status200OK,
        DeskOutcome.Missing => StatusCodes.Status404NotFound,
        DeskOutcome.Refused => StatusCodes.Status403Forbidden,
        DeskOutcome.Stale => StatusCodes.Status409Conflict,
        DeskOutcome.TooMany => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    public static ErrorResult Missing() => new(StatusCodes.Status404NotFound, "There is no such submission.");

    private static (string Verb, string Argument, int Row) Verb(string text, Noun noun)
    {
        var parts = text.Split(':');
        var row = parts.Length > 2 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, FormFields.MaxRows - 1) : 0;
        // The name goes into field names: only those that the form has.
        var known = parts.Length > 1 && (parts[0] == "same" || RecordForm.IsField($"{parts[1]}[0].key", noun));
        return parts[0] is "add" or "insert" or "remove" or "same" && !known ? ("save", "", 0) : (parts[0], parts.Length > 1 ? parts[1] : "", row);
    }

    private static IEnumerable<SubmissionMatch> Matches(HttpContext context) => context.Request.Form
        .Where(f => f.Key.StartsWith("match.", StringComparison.Ordinal))
        .Select(f => new SubmissionMatch(f.Key["match.".Length..], f.Value.ToString(), context.Field("reason." + f.Key["match.".Length..])));
}
