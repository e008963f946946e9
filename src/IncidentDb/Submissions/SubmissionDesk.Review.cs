using IncidentDb.Accounts;
using IncidentDb.History;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Submissions;

/// <summary>What a reviewer sees of a submission beside the record as it stands.</summary>
public sealed record SubmissionReview
{
    /// <summary>The text that accepting would publish, as far as it can be read.</summary>
    public required FormReading Reading { get; init; }

    /// <summary>Against the record as it stands; for a new record against nothing.</summary>
    public required IReadOnlyList<UnitChange> Changes { get; init; }

    /// <summary>What was changed by somebody else since the author began, and differently by the author.</summary>
    public required IReadOnlyList<UnitConflict> Conflicts { get; init; }

    /// <summary>The record's revision; 0 when there is none. Whoever accepts says which one they saw.</summary>
    public required int Revision { get; init; }
}

public sealed partial class SubmissionDesk
{
    /// <summary>The submission brought up to the record as it stands, with what that changes.</summary>
    public SubmissionReview Review(Submission submission)
    {
        var record = submission.RecordId is null || !submission.IsCorrection ? null : library.Records.Find(submission.Noun, submission.Slug);
        var reading = Read(submission);
        if (record is null)
            return new() { Reading = reading, Changes = RecordUnits.Changes(FormFields.Empty, Normalized(submission.Form, reading)), Conflicts = [], Revision = 0 };
        var (mine, theirs) = (Normalized(submission.Form, reading), FormOf(record.Slug, record.Content, submission.Noun));
        var conflicts = (IReadOnlyList<UnitConflict>)[];
        if (record.Revision != submission.BaseRevision && library.Changes.Revision(record.Id, submission.BaseRevision!.Value) is { } started)
        {
            (var merged, conflicts) = RecordUnits.Merge(FormOf(record.Slug, started, submission.Noun), theirs, mine, noun: submission.Noun);
            if (merged is not null)
            {
                mine = merged;
                reading = FormReading.Of(merged, record.Slug, library.Context(), submission.Noun);
            }
        }

        return new() { Reading = reading, Changes = RecordUnits.Changes(theirs, mine, submission.Noun), Conflicts = conflicts, Revision = (int)record.Revision };
    }

    /// <summary>Takes it off the queue, so that two do not do the same work.</summary>
    public DeskAnswer Claim(string id, Actor actor) => Act(id, actor, (c, submission) =>
    {
        if (ForbidsDeciding(submission, actor) is { } sentence)
            return Refuse(submission, sentence);
        if (submission.ReviewerId == actor.AccountId && submission.Status == SubmissionStatus.InReview)
            return Done(submission);
        if (submission.Status != SubmissionStatus.Submitted)
            return Refuse(submission, "Somebody else reviews it already.");
        ActLog.Append(c, Database.Timestamp(time.GetUtcNow()), actor.Name, "claimed", id, null, "");
        return Update(c, submission with { Status = SubmissionStatus.InReview, ReviewerId = actor.AccountId });
    });

    /// <summary>Puts it back into the queue. Any reviewer can: whoever claimed it may be away.</summary>
    public DeskAnswer Release(string id, Actor actor) => Act(id, actor, (c, submission) =>
    {
        if (ForbidsDeciding(submission, actor) is { } sentence)
            return Refuse(submission, sentence);
        if (submission.Status != SubmissionStatus.InReview)
            return Refuse(submission, "Nobody has claimed it.");
        ActLog.Append(c, Database.Timestamp(time.GetUtcNow()), actor.Name, "released", id, null, "");
        return Update(c, submission with { Status = SubmissionStatus.Submitted, ReviewerId = null });
    });

    /// <summary>Gives it back to its author. What is asked for stands in <paramref name="note"/> and the comments, which are not public.</summary>
    public DeskAnswer RequestChanges(string id, Actor actor, string note, int? seen = null) => Act(id, actor, (c, submission) =>
    {
        if (ForbidsDeciding(submission, actor) is { } sentence)
            return Refuse(submission, sentence);
        if (seen is { } version && version != submission.Version)
            return new(DeskOutcome.Stale, ChangedSince, submission, []);
        var text = FormFields.Clean(note).Trim();
        if (text.Length > MaxComment || (text.Length == 0 && !Store.Comments(id).Any(m => m.ResolvedAt is null && m.AuthorId == actor.AccountId)))
            return new(DeskOutcome.Invalid, "", submission, [SubmissionRules.CommentEmpty.At("", 0, "note", "Say what should change, here or in a comment on a field.")]);
        var at = Database.Timestamp(time.GetUtcNow());
        if (text.Length > 0)
            SubmissionStore.InsertComment(c, id, "", text, actor.AccountId, submission.Version, at);
        ActLog.Append(c, at, actor.Name, "changes_requested", id, null, "");
        return Update(c, submission with { Status = SubmissionStatus.ChangesRequested, ReviewerId = actor.AccountId });
    });

    /// <summary>Decides against it. It is kept, with the reason, which is public.</summary>
    public DeskAnswer Reject(string id, Actor actor, string reason, int? seen = null) => Act(id, actor, (c, submission) =>
    {
        if (ForbidsDeciding(submission, actor) is { } sentence)
            return Refuse(submission, sentence);
        if (seen is { } version && version != submission.Version)
            return new(DeskOutcome.Stale, ChangedSince, submission, []);
        var text = Shortened(reason);
        if (text.Length == 0)
            return new(DeskOutcome.Invalid, "", submission, [SubmissionRules.WhyMissing.At("", 0, "reason", "Give the reason: it is kept with the submission, and public.")]);
        var now = time.GetUtcNow();
        ActLog.Append(c, Database.Timestamp(now), actor.Name, "rejected", id, null, text);
        return Update(c, submission with { Status = SubmissionStatus.Rejected, ReviewerId = actor.AccountId, DecidedAt = now });
    });

    /// <summary>
    /// Accepts it: the record, its revision, the change, the act and the submission's end are one transaction, and search has it when the call returns.
    /// </summary>
    /// <param name="id">The submission.</param>
    /// <param name="actor">The reviewer.</param>
    /// <param name="seen">The version that they read.</param>
    /// <param name="revision">The record's revision beside which they read it; 0 for a new record.</param>
    public DeskAnswer Accept(string id, Actor actor, int? seen = null, int? revision = null)
    {
        if (Find(id, actor) is not { } before)
            return Missing();
        if (ForbidsDeciding(before, actor) is { } forbidden)
            return Refuse(before, forbidden);
        if (seen is { } version && version != before.Version)
            return new(DeskOutcome.Stale, ChangedSince, before, []);
        var review = Review(before);
        if (review.Conflicts.Count > 0)
            return new(DeskOutcome.Stale, "The record was changed in the same places since the author began. Ask the author to settle it: their page shows both side by side.", before, []);
        if (revision is { } saw && saw != review.Revision)
            return new(DeskOutcome.Stale, "The record got a new revision since you loaded this page. Look at the comparison again, then accept.", before, []);
        var problems = review.Reading.Problems.Concat(AddressProblems(before)).ToList();
        if (problems.Any(p => p.IsError))
            return new(DeskOutcome.Invalid, "It has errors by the rules as they are now; ask for changes.", before, problems);
        if (before.IsCorrection && review.Changes.Count == 0)
            return Refuse(before, "It changes nothing any more.");
        var (noun, slug, format) = (before.Noun, before.Slug, NounFormat.Of(before.Noun));
        var formerSlugs = format.PartsOf(review.Reading.Record!).FormerSlugs;
        var projection = review.Reading.Incident is { } incident ? IncidentProjection.Of(incident) : null;
        var answer = Act(id, actor, (c, submission) =>
        {
            if (ForbidsDeciding(submission, actor) is { } sentence)
                return Refuse(submission, sentence);
            var record = RecordStore.Find(c, noun, slug);
            var expected = submission.IsCorrection ? review.Revision : 0;
            if (submission.Version != before.Version || (record?.Revision ?? 0) != expected || record is { Status: not "published" })
                return new(DeskOutcome.Stale, ChangedSince, submission, []);
            // Of two that give one name to two records at the same instant the second finds what the first has written.
            if (noun != Noun.Incident && NameProblems(submission, review.Reading.Record!, record!, library.CatalogueIn(c)) is { Count: > 0 } taken)
                return new(DeskOutcome.Invalid, "Somebody else has just given a name of it to another record; ask for changes.", submission, taken);
            var now = time.GetUtcNow();
            var (at, content) = (Database.Timestamp(now), review.Reading.Text!);
            var seq = RecordStore.Save(c, new RecordWrite
            {
                Noun = noun,
                Slug = slug,
                Content = content,
                Who = Who.Of(submission.AuthorId),
                Why = submission.Why.Length > 0 ? submission.Why : submission.IsCorrection ? "Correction" : "New record",
                At = at,
                Act = record is not null && RecordStore.WasRevision(c, record.Id, content) ? "restored" : null,
                FormerSlugs = formerSlugs,
                Projection = projection,
            });
            ActLog.Append(c, at, actor.Name, "accepted", id, seq, "");
            var recordId = record?.Id ?? RecordStore.Find(c, noun, slug)!.Id;
            return Update(c, submission with { Status = SubmissionStatus.Accepted, RecordId = recordId, RecordSlug = slug, ReviewerId = actor.AccountId, DecidedAt = now, ChangeSeq = seq });
        });
        if (answer.IsDone)
            library.Follow();
        return answer;
    }

    /// <summary>Brings a correction up to the record as it stands; where both changed the same, by the author's choices.</summary>
    /// <param name="id">The submission.</param>
    /// <param name="actor">Its author.</param>
    /// <param name="choices">For each conflict, by its name: <c>mine</c> or <c>theirs</c>.</param>
    /// <param name="revision">The revision that the author saw beside it.</param>
    public DeskAnswer Rebase(string id, Actor actor, IReadOnlyDictionary<string, string> choices, int revision)
    {
        if (Find(id, actor) is not { IsCorrection: true } before || library.Records.Find(before.Noun, before.Slug) is not { } record)
            return Missing();
        if (record.Revision != revision)
            return new(DeskOutcome.Stale, "The record got one more revision meanwhile; the choices below are against the newest.", before, []);
        if (library.Changes.Revision(record.Id, before.BaseRevision!.Value) is not { } started)
            return Missing();
        var (merged, conflicts) = RecordUnits.Merge(FormOf(record.Slug, started, before.Noun), FormOf(record.Slug, record.Content, before.Noun), Normalized(before), choices, before.Noun);
        if (merged is null)
            return new(DeskOutcome.Invalid, "", before, [.. conflicts.Select(k => SubmissionRules.Undecided.At("", 0, $"choice-{k.Name}", $"Choose which text of “{k.Label}” stays."))]);
        return Act(id, actor, (c, submission) =>
        {
            if (!actor.IsAuthorOf(submission) || submission.Status is SubmissionStatus.Accepted or SubmissionStatus.Rejected or SubmissionStatus.Withdrawn)
                return Refuse(submission, "Only its author brings it up to date.");
            if (submission.Version != before.Version)
                return new(DeskOutcome.Stale, ChangedSince, submission, []);
            // What was sent is read again by the reviewer, and kept as it was sent.
            var next = submission with { Form = Bounded(merged, before.Noun), Title = TitleOf(merged, before.Noun), BaseRevision = (int)record.Revision, Version = submission.Version + 1 };
            if (SubmissionStatus.IsDecidable(submission.Status))
            {
                next = next with { SentAt = submission.SentAt };
                SubmissionStore.InsertSent(c, next);
            }

            return Update(c, next);
        });
    }

    private string? ForbidsDeciding(Submission submission, Actor actor)
    {
        if (!actor.CanReview)
            return "Reviewers decide.";
        if (!SubmissionStatus.IsDecidable(submission.Status))
            return submission.Status == SubmissionStatus.ChangesRequested ? "Its author is at it." : $"It is decided already: {SubmissionStatus.Words(submission.Status)}.";
        return fourEyes && actor.IsAuthorOf(submission) ? "Nobody decides on what they wrote: another reviewer has to." : null;
    }
}
