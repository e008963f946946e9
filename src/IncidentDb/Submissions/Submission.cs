using IncidentDb.Accounts;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>Where a submission stands.</summary>
public static class SubmissionStatus
{
    public const string Draft = "draft";
    public const string Submitted = "submitted";
    public const string InReview = "in_review";
    public const string ChangesRequested = "changes_requested";
    public const string Accepted = "accepted";
    public const string Rejected = "rejected";
    public const string Withdrawn = "withdrawn";

    public static readonly IReadOnlyList<string> All = [Draft, Submitted, InReview, ChangesRequested, Accepted, Rejected, Withdrawn];

    /// <summary>Those that somebody still has to do something about.</summary>
    public static readonly IReadOnlyList<string> Waiting = [Submitted, InReview, ChangesRequested];

    /// <summary>Those in which the author writes.</summary>
    public static bool IsWritable(string status) => status is Draft or ChangesRequested;

    /// <summary>Those in which a reviewer decides.</summary>
    public static bool IsDecidable(string status) => status is Submitted or InReview;

    public static string Words(string status) => status switch
    {
        Submitted => "waits for a reviewer",
        InReview => "in review",
        ChangesRequested => "changes requested",
        _ => status,
    };
}

/// <summary>A proposed record, or a proposed revision of one: what was typed, as it was typed, whatever the rules say of it.</summary>
public sealed record Submission
{
    /// <summary>Twelve letters and digits that nobody guesses.</summary>
    public required string Id { get; init; }

    /// <summary>Null for a submission without an account, and for one of an account that is deleted and never sent it.</summary>
    public long? AuthorId { get; init; }

    /// <summary>The SHA-256 of the key in the tracking link of a submission without an account.</summary>
    public string? TrackingHash { get; init; }

    /// <summary>What it is a record of; a new one is an incident.</summary>
    public Noun Noun { get; init; } = Noun.Incident;

    /// <summary>The record that it corrects; null for a new one.</summary>
    public long? RecordId { get; init; }

    /// <summary>The slug of the record that it corrects, or that it became.</summary>
    public string? RecordSlug { get; init; }

    /// <summary>The revision that the author started from.</summary>
    public int? BaseRevision { get; init; }

    /// <summary>A word of <see cref="SubmissionStatus"/>.</summary>
    public required string Status { get; init; }

    public required string Title { get; init; }

    public required FormFields Form { get; init; }

    /// <summary>What the author says of the change; stands in the change log when it is accepted.</summary>
    public required string Why { get; init; }

    /// <summary>Counts every save. Whoever writes says which one they saw.</summary>
    public required int Version { get; init; }

    public long? ReviewerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>The change that accepting it made.</summary>
    public long? ChangeSeq { get; init; }

    /// <summary>True for a revision of a record; false for a new one, also after it became a record.</summary>
    public bool IsCorrection => BaseRevision is not null;

    /// <summary>The address of the record that it makes or changes: for a new one what the form says, which need not be one.</summary>
    public string Slug => IsCorrection ? RecordSlug! : Form[RecordForm.Slug].Trim();
}

/// <summary>Who acts: an account, or whoever holds the key of a tracking link.</summary>
/// <param name="AccountId">Null for nobody known.</param>
/// <param name="CanReview">Whether the account, or the program's token, may decide.</param>
/// <param name="TrackingKey">The key of the tracking link, where one was opened.</param>
public sealed record Actor(long? AccountId, bool CanReview, string? TrackingKey = null)
{
    public string Name => Who.Of(AccountId);

    public bool IsAuthorOf(Submission submission) => submission.AuthorId is { } author
        ? author == AccountId
        : submission.TrackingHash is { } hash && TrackingKey is { Length: > 0 } key && Secret.IsSame(hash, Secret.Hash(key));

    /// <summary>Drafts are their author's alone; what was sent is also the reviewers'.</summary>
    public bool CanSee(Submission submission) => IsAuthorOf(submission) || (CanReview && submission.SentAt is not null);
}

/// <summary>A remark on one field, or on the whole when <see cref="Field"/> is empty.</summary>
public sealed record SubmissionComment
{
    public required long Id { get; init; }

    public required string Field { get; init; }

    public required string Body { get; init; }

    public long? AuthorId { get; init; }

    /// <summary>The version that it was written about.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? ResolvedAt { get; init; }
}

/// <summary>What the author said of a record that looks alike.</summary>
/// <param name="Verdict">same, related or different.</param>
public sealed record SubmissionMatch(string Slug, string Verdict, string Reason);

/// <summary>One public act on a submission.</summary>
public sealed record Act
{
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As <see cref="Accounts.Who"/> writes it.</summary>
    public required string Who { get; init; }

    /// <summary>submitted, claimed, released, changes_requested, accepted, rejected or withdrawn.</summary>
    public required string What { get; init; }

    public required string SubmissionId { get; init; }

    public long? ChangeSeq { get; init; }

    /// <summary>Public, like the act.</summary>
    public required string Reason { get; init; }
}

/// <summary>What came of an act at the desk.</summary>
public enum DeskOutcome
{
    Done,

    /// <summary>There is no such submission, or it is none of the actor's business: the answer does not say which.</summary>
    Missing,

    /// <summary>The rules of review forbid it as things stand.</summary>
    Refused,

    /// <summary>Somebody else saved or decided since the actor looked.</summary>
    Stale,

    /// <summary>The text has errors; they are in <see cref="DeskAnswer.Problems"/>.</summary>
    Invalid,

    /// <summary>Too many submissions wait or were sent today.</summary>
    TooMany,
}

/// <param name="Outcome">Whether it was done.</param>
/// <param name="Sentence">What to tell the actor; empty when it was done.</param>
/// <param name="Submission">As it stands afterwards; null when there is none to show.</param>
/// <param name="Problems">What the rules say, by field.</param>
public sealed record DeskAnswer(DeskOutcome Outcome, string Sentence, Submission? Submission, IReadOnlyList<Problem> Problems)
{
    public bool IsDone => Outcome == DeskOutcome.Done;
}
