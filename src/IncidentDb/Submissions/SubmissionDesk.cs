using System.Security.Cryptography;
using IncidentDb.Accounts;
using IncidentDb.Catalogues;
using IncidentDb.History;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Submissions;

/// <summary>
/// Where submissions are written, sent and decided: the one set of rules for the pages, the API and the command line. Each act reads and writes in
/// one transaction of the single writer, so that of fifty who act at once one acts and the others are told.
/// </summary>
/// <param name="library">The library that accepted records go into.</param>
/// <param name="fourEyes">True: nobody decides on what they wrote.</param>
/// <param name="time">The clock of the acts.</param>
public sealed partial class SubmissionDesk(KnowledgeBase library, bool fourEyes, TimeProvider time)
{
    /// <summary>Until so many records of an account were accepted, the limits for newcomers hold.</summary>
    public const int TrustedAfter = 3;
    public const int MaxWaiting = 5;
    public const int MaxSentADay = 10;
    public const int MaxLinks = 3;
    public const int MaxWhy = 500;
    public const int MaxComment = 10_000;

    /// <summary>What a form may hold altogether, in characters.</summary>
    public const int MaxForm = 2 << 20;

    private const string NotThere = "There is no such submission.";
    private const string ChangedSince = "Somebody saved this since you loaded it. Nothing was overwritten: look at what changed, then try again.";

    /// <summary>The fields whose values are names of the record.</summary>
    private static readonly string[] _nameFields = ["name", "aliases", "former_names", "former_slugs"];

    public SubmissionStore Store { get; } = new(library.Database);

    public ActLog Acts { get; } = new(library.Database);

    public bool FourEyes => fourEyes;

    /// <summary>A submission that the actor may see, or null.</summary>
    public Submission? Find(string id, Actor actor) => Store.Find(id) is { } submission && actor.CanSee(submission) ? submission : null;

    /// <summary>Begins a draft: a new record, or with <paramref name="slug"/> a correction of one.</summary>
    /// <param name="actor">The author.</param>
    /// <param name="form">What is known already; of a correction null for the record as it stands.</param>
    /// <param name="slug">The record to correct.</param>
    /// <param name="why">What the author says of it.</param>
    /// <param name="noun">What the record to correct is; new ones are incidents.</param>
    /// <returns>The draft, and for an actor without an account the key of its tracking link; null when there is no such record.</returns>
    public (Submission Draft, string? Key)? Begin(Actor actor, FormFields? form, string? slug = null, string why = "", Noun noun = Noun.Incident)
    {
        if (slug is null)
            noun = Noun.Incident;
        var record = slug is null ? null : library.Records.Find(noun, slug);
        if (slug is not null && record is not { Status: "published" })
            return null;
        var fields = form ?? (record is null ? FormFields.Empty : FormOf(record.Slug, record.Content, noun));
        var key = actor.AccountId is null ? Secret.New() : null;
        var draft = new Submission
        {
            Id = NewId(),
            AuthorId = actor.AccountId,
            TrackingHash = key is null ? null : Secret.Hash(key),
            Noun = noun,
            RecordId = record?.Id,
            RecordSlug = record?.Slug,
            BaseRevision = (int?)record?.Revision,
            Status = SubmissionStatus.Draft,
            Title = TitleOf(fields, noun),
            Form = Bounded(fields, noun),
            Why = Shortened(why),
            Version = 1,
            CreatedAt = time.GetUtcNow(),
            ChangedAt = time.GetUtcNow(),
        };
        library.Database.Write(c => SubmissionStore.Insert(c, draft));
        return (draft, key);
    }

    /// <summary>What the rules say of a submission as it stands.</summary>
    public FormReading Read(Submission submission) => FormReading.Of(submission.Form, submission.Slug, library.Context(), submission.Noun);

    /// <summary>What the rules say of a form; for the form of a new record also what they say of its address.</summary>
    public FormReading Read(FormFields form, Submission submission) => Read(submission with { Form = form });

    /// <summary>The errors that keep a submission from being sent, beyond those of its text.</summary>
    public IReadOnlyList<Problem> AddressProblems(Submission submission)
    {
        if (submission.IsCorrection)
            return NameProblems(submission);
        var slug = submission.Slug;
        if (slug.Length == 0)
            return [SubmissionRules.SlugMissing.At("", 0, RecordForm.Slug, "The record needs an address: a few words such as company-what-2026.")];
        if (!Slug.IsValid(slug))
            return [SyntaxRules.BadSlug.At("", 0, RecordForm.Slug, $"An address has lower-case letters, digits and hyphens, for example “{Slug.From(slug)}”.")];
        return library.Records.Find(Noun.Incident, slug) is not null || library.Records.Redirect(Noun.Incident, slug) is not null
            ? [SubmissionRules.SlugTaken.At("", 0, RecordForm.Slug, $"There is a record “{slug}” already. Correct that one, or choose another address.")]
            : [];
    }

    /// <summary>Names that the correction gives to its record while they stand for another one already.</summary>
    private List<Problem> NameProblems(Submission submission) =>
        submission.Noun == Noun.Incident || Read(submission).Record is not { } record || library.Records.Find(submission.Noun, submission.Slug) is not { } there
            ? []
            : NameProblems(submission, record, there, library.Catalogue);

    /// <param name="submission">The correction.</param>
    /// <param name="record">The record that it makes.</param>
    /// <param name="there">The record as it stands.</param>
    /// <param name="catalogue">Who has which name.</param>
    private List<Problem> NameProblems(Submission submission, RecordPart record, StoredRecord there, Catalogue catalogue)
    {
        var format = NounFormat.Of(submission.Noun);
        var (now, had) = (format.PartsOf(record), format.Read(there.Slug, there.Content, library.Context()).Record is { } before ? format.PartsOf(before).Names : []);
        return
        [
            .. now.Names.Except(had, StringComparer.Ordinal)
                .Select(name => (name, Other: catalogue.Resolve(submission.Noun, name)))
                .Where(n => n.Other is not null && n.Other != submission.Slug)
                .Select(n => SubmissionRules.NameTaken.At("", 0, FieldOf(n.name), $"“{n.name}” stands for the {format.Name} “{n.Other}” already.")),
        ];

        string FieldOf(string name) => submission.Form.IsText ? FormFields.Text : _nameFields.FirstOrDefault(f => submission.Form[f].Split(['\n', ','], StringSplitOptions.TrimEntries).Append(submission.Form[f].Trim()).Contains(name)) ?? format.TitleKey;
    }

    /// <summary>Saves what was typed, whatever the rules say of it.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="actor">Its author.</param>
    /// <param name="form">The fields as typed.</param>
    /// <param name="why">What the author says of it.</param>
    /// <param name="seen">The version that the author had before them; null to save over any.</param>
    public DeskAnswer Save(string id, Actor actor, FormFields form, string why, int? seen) => Act(id, actor, (c, submission) =>
    {
        if (!actor.IsAuthorOf(submission) || !SubmissionStatus.IsWritable(submission.Status))
            return Refuse(submission, "Only its author writes in it, and only before it is sent or when changes were asked for.");
        var fields = Bounded(submission.IsCorrection ? new FormFields(form.All.Where(f => f.Key != RecordForm.Slug)) : form, submission.Noun);
        if (seen is { } version && version != submission.Version)
            return new(DeskOutcome.Stale, ChangedSince, submission, []);
        // Saving what is there already is no new version: a form that saves itself would else outrun the tab beside it.
        if (fields.All.SequenceEqual(submission.Form.All) && Shortened(why) == submission.Why)
            return Done(submission);
        return Update(c, submission with { Form = fields, Title = TitleOf(fields, submission.Noun), Why = Shortened(why), Version = submission.Version + 1 });
    });

    /// <summary>Sends it to the reviewers; refused with its errors while it has any.</summary>
    public DeskAnswer Send(string id, Actor actor, int? seen = null)
    {
        if (Find(id, actor) is not { } before)
            return Missing();
        var reading = Read(before);
        var now = time.GetUtcNow();
        var problems = reading.Problems.Concat(AddressProblems(before)).ToList();
        var likely = before.IsCorrection || reading.Incident is null ? [] : DuplicateFinder.Find(library, reading.Incident).Where(d => d.IsLikely).ToList();
        return Act(id, actor, (c, submission) =>
        {
            if (!actor.IsAuthorOf(submission) || !SubmissionStatus.IsWritable(submission.Status))
                return Refuse(submission, "It was sent already, or it is not yours.");
            if (submission.Version != before.Version || (seen is { } version && version != submission.Version))
                return new(DeskOutcome.Stale, ChangedSince, submission, []);
            var (waiting, sent, accepted) = SubmissionStore.CountsOf(c, submission.AuthorId, Database.Timestamp(now.AddDays(-1)));
            var answered = Store.Matches(id).Where(m => m.Verdict is "related" or "different").Select(m => m.Slug).ToHashSet(StringComparer.Ordinal);
            problems.AddRange(likely.Where(d => !answered.Contains(d.Slug)).Select(d => SubmissionRules.LooksAlike.At("", 0, "matches", $"It looks like “{d.Title}”: say below whether it is the same.")));
            if (accepted < TrustedAfter && LinksIn(submission.Form) > MaxLinks)
                problems.Add(SubmissionRules.TooManyLinks.At("", 0, "", $"Outside the sources the first records of an account hold at most {MaxLinks} links; list the others as sources and cite them."));
            if (submission.IsCorrection && submission.Why.Trim().Length == 0)
                problems.Add(SubmissionRules.WhyMissing.At("", 0, "why", "Say in a few words what the correction is for; it stands in the history."));
            if (problems.Any(p => p.IsError && !IsForReviewers(p, problems)))
                return new(DeskOutcome.Invalid, "Some things have to be put right before it can be sent.", submission, problems);
            if (accepted < TrustedAfter && (waiting >= MaxWaiting || sent >= MaxSentADay))
                return new(DeskOutcome.TooMany, $"A new account has at most {MaxWaiting} submissions waiting and sends {MaxSentADay} a day. This one is kept as a draft: send it when one of the others is decided.", submission, []);
            var status = submission.ReviewerId is null ? SubmissionStatus.Submitted : SubmissionStatus.InReview;
            var next = submission with { Status = status, SentAt = now, Version = submission.Version + 1 };
            SubmissionStore.InsertSent(c, next);
            ActLog.Append(c, Database.Timestamp(now), actor.Name, "submitted", id, null, "");
            return Update(c, next);
        });
    }

    /// <summary>
    /// A company that nobody has written about is an error that its author can't mend: the submission is sent with it, and a reviewer adds the company before
    /// accepting, which still needs a text without errors.
    /// </summary>
    private static bool IsForReviewers(Problem problem, List<Problem> all) => IsNewCompany(problem) || (problem.Rule == SyntaxRules.Missing.Id && problem.Field == "companies" && all.Any(IsNewCompany));

    /// <summary>True for the finding that a company of the form is not there yet.</summary>
    public static bool IsNewCompany(Problem problem) => problem.Rule == SyntaxRules.UnknownSlug.Id && problem.Field.StartsWith("companies[", StringComparison.Ordinal);

    /// <summary>Takes it out of the queue, or puts a draft away; nothing is deleted, and the author can take it up again.</summary>
    public DeskAnswer Withdraw(string id, Actor actor) => Act(id, actor, (c, submission) =>
    {
        if (!actor.IsAuthorOf(submission) || submission.Status is SubmissionStatus.Accepted or SubmissionStatus.Rejected or SubmissionStatus.Withdrawn)
            return Refuse(submission, "It is decided, or it is not yours.");
        if (submission.SentAt is not null)
            ActLog.Append(c, Database.Timestamp(time.GetUtcNow()), actor.Name, "withdrawn", id, null, "");
        return Update(c, submission with { Status = SubmissionStatus.Withdrawn, ReviewerId = null, Version = submission.Version + 1 });
    });

    /// <summary>Makes a withdrawn or rejected submission a draft again.</summary>
    public DeskAnswer Reopen(string id, Actor actor) => Act(id, actor, (c, submission) =>
        actor.IsAuthorOf(submission) && submission.Status is SubmissionStatus.Withdrawn or SubmissionStatus.Rejected
            ? Update(c, submission with { Status = SubmissionStatus.Draft, DecidedAt = null, Version = submission.Version + 1 })
            : Refuse(submission, "Only what was withdrawn or rejected can be taken up again, by its author."));

    /// <summary>Keeps what the author says of a record that looks alike.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="actor">Its author.</param>
    /// <param name="match">The record, the verdict and its reason, which “different” needs.</param>
    public DeskAnswer Judge(string id, Actor actor, SubmissionMatch match) => Act(id, actor, (c, submission) =>
    {
        if (!actor.IsAuthorOf(submission) || !SubmissionStatus.IsWritable(submission.Status))
            return Refuse(submission, "It was sent already, or it is not yours.");
        if (match.Verdict is not ("same" or "related" or "different") || library.Records.Find(Noun.Incident, match.Slug) is null)
            return Refuse(submission, "Say whether that record is the same, related or different.");
        if (match is { Verdict: "different", Reason: "" })
            return new(DeskOutcome.Invalid, "", submission, [SubmissionRules.LooksAlike.At("", 0, $"match-{match.Slug}", "Say in a few words why it is a different incident.")]);
        SubmissionStore.SetMatch(c, id, match with { Reason = Shortened(match.Reason) }, Database.Timestamp(time.GetUtcNow()));
        return Done(submission);
    });

    /// <summary>A remark on a field, by the author or a reviewer.</summary>
    public DeskAnswer Comment(string id, Actor actor, string field, string body) => Act(id, actor, (c, submission) =>
    {
        var text = FormFields.Clean(body).Trim();
        if (text.Length is 0 or > MaxComment)
            return new(DeskOutcome.Invalid, "", submission, [SubmissionRules.CommentEmpty.At("", 0, "comment", $"A comment has 1 to {MaxComment} characters.")]);
        if (field.Length > 120 || submission.SentAt is null)
            return Refuse(submission, "Comments are made on what was sent.");
        SubmissionStore.InsertComment(c, id, FormFields.Clean(field), text, actor.AccountId, submission.Version, Database.Timestamp(time.GetUtcNow()));
        return Done(submission);
    });

    /// <summary>Says that a comment is dealt with.</summary>
    public DeskAnswer ResolveComment(string id, Actor actor, long comment) => Act(id, actor, (c, submission) =>
        SubmissionStore.ResolveComment(c, id, comment, Database.Timestamp(time.GetUtcNow())) ? Done(submission) : Refuse(submission, "There is no such open comment."));

    /// <summary>One act: the submission is read in the transaction that writes it.</summary>
    private DeskAnswer Act(string id, Actor actor, Func<SqliteConnection, Submission, DeskAnswer> act)
    {
        // Who may not see it learns nothing, and holds no writer up.
        if (Find(id, actor) is null)
            return Missing();
        var answer = library.Database.Write(c => SubmissionStore.Find(c, id) is { } submission && actor.CanSee(submission) ? act(c, submission) : Missing());
        if (answer is { IsDone: true, Submission.SentAt: not null })
            library.Database.Announce();
        return answer;
    }

    private DeskAnswer Update(SqliteConnection c, Submission submission)
    {
        var changed = submission with { ChangedAt = time.GetUtcNow() };
        SubmissionStore.Update(c, changed);
        return Done(changed);
    }

    private static DeskAnswer Done(Submission submission) => new(DeskOutcome.Done, "", submission, []);

    private static DeskAnswer Missing() => new(DeskOutcome.Missing, NotThere, null, []);

    private static DeskAnswer Refuse(Submission submission, string sentence) => new(DeskOutcome.Refused, sentence, submission, []);

    /// <summary>The fields of a stored record.</summary>
    public FormFields FormOf(string slug, string content, Noun noun = Noun.Incident) =>
        NounFormat.Of(noun).Read(slug, content, library.Context()).Record is { } record ? RecordForm.Of(record) : FormFields.Empty.With(FormFields.Text, content);

    /// <summary>A text that was given whole in fields, and fields as the record has them, so that equal things compare equal.</summary>
    public FormFields Normalized(Submission submission) => Normalized(submission.Form, Read(submission));

    internal static FormFields Normalized(FormFields form, FormReading reading) =>
        reading.Record is { } record && (form.IsText || !reading.HasErrors) ? RecordForm.Of(record) : form;

    private static string TitleOf(FormFields form, Noun noun)
    {
        var key = NounFormat.Of(noun).TitleKey;
        var title = form.IsText ? form[FormFields.Text].Split('\n').FirstOrDefault(l => l.StartsWith($"{key}:", StringComparison.Ordinal))?[(key.Length + 1)..].Trim(' ', '"', '\'') ?? "" : form[key].Trim();
        return title.Length <= 200 ? title : title[..200];
    }

    private static FormFields Bounded(FormFields form, Noun noun)
    {
        var cleaned = new FormFields(form.All.Where(f => RecordForm.IsField(f.Key, noun)).Select(f => KeyValuePair.Create(f.Key, FormFields.Clean(f.Value))));
        return cleaned.All.Sum(f => (long)f.Value.Length) <= MaxForm ? cleaned : throw new ArgumentException($"A form holds at most {MaxForm} characters.", nameof(form));
    }

    private static string Shortened(string text)
    {
        var clean = FormFields.Clean(text).Trim();
        return clean.Length <= MaxWhy ? clean : clean[..MaxWhy];
    }

    private static int LinksIn(FormFields form) => form.All
        .Where(f => !f.Key.StartsWith("sources[", StringComparison.Ordinal) && !f.Key.StartsWith("same_as[", StringComparison.Ordinal) && f.Key != FormFields.Text)
        .Sum(f => f.Value.AsSpan().Count("://"));

    private static string NewId() => string.Concat(RandomNumberGenerator.GetItems("abcdefghijkmnpqrstuvwxyz23456789".AsSpan(), 12));
}
