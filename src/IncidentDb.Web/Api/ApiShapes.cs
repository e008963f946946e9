using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;

namespace IncidentDb.Web.Api;

/// <summary>A new submission. Either <c>text</c> (a record file) or <c>fields</c> (names and values as in the form).</summary>
/// <param name="Slug">The address of the record. When a record is published under it, the submission is a correction of that one.</param>
/// <param name="Text">The record as a file.</param>
/// <param name="Fields">The record as fields of the form.</param>
/// <param name="Why">What a correction is for; stands in the public history.</param>
/// <param name="Send">True: it goes to the reviewers at once, when it has no errors.</param>
/// <param name="Noun">What it is a record of: incident (as when it is left out), or for a correction also company, pattern or episode.</param>
public sealed record NewSubmission(string? Slug, string? Text, Dictionary<string, string?>? Fields, string? Why, bool Send, string? Noun = null);

/// <summary>New content of a submission.</summary>
/// <param name="Text">The record as a file.</param>
/// <param name="Fields">The record as fields of the form.</param>
/// <param name="Why">What a correction is for.</param>
public sealed record ChangedSubmission(string? Text, Dictionary<string, string?>? Fields, string? Why);

/// <summary>A remark on a field, or on the whole when <paramref name="Field"/> is empty.</summary>
public sealed record NewComment(string? Field, string? Body);

/// <summary>A decision: what was read, and the words that go with it.</summary>
/// <param name="Version">The submission's version that the reviewer read.</param>
/// <param name="Revision">For accepting: the record's revision beside which they read it; 0 for a new record.</param>
/// <param name="Reason">For rejecting: the public reason. For asking for changes: the note to the author.</param>
public sealed record Decision(int? Version, int? Revision, string? Reason);

/// <summary>A new token, with at most the scopes that its owner's role allows.</summary>
public sealed record NewToken(string? Name, IReadOnlyList<string>? Scopes, int? Days);

public sealed record ProblemShape(string Rule, string Level, string Field, string Sentence)
{
    public static ProblemShape Of(Problem problem) => new(problem.Rule, problem.IsError ? "error" : "warning", problem.Field, problem.Sentence);
}

/// <summary>Where a submission stands.</summary>
public sealed record SubmissionShape
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Title { get; init; }

    /// <summary>What it is a record of: incident, company, pattern or episode.</summary>
    public required string Noun { get; init; }

    /// <summary>The record's address.</summary>
    public required string Slug { get; init; }

    /// <summary>True for a correction of a published record.</summary>
    public required bool Correction { get; init; }

    public int? BaseRevision { get; init; }

    public required int Version { get; init; }

    public required string Why { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Changed { get; init; }

    public DateTimeOffset? Sent { get; init; }

    public DateTimeOffset? Decided { get; init; }

    /// <summary>The change that accepting it made.</summary>
    public long? Change { get; init; }

    /// <summary>Its page, relative.</summary>
    public required string Url { get; init; }

    /// <summary>What was typed; only where one submission is asked for.</summary>
    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public IReadOnlyList<ProblemShape>? Problems { get; init; }

    public static SubmissionShape Of(Submission s, IReadOnlyList<Problem>? problems = null, bool whole = false) => new()
    {
        Id = s.Id,
        Status = s.Status,
        Title = s.Title,
        Noun = NounFormat.Of(s.Noun).Name,
        Slug = s.Slug,
        Correction = s.IsCorrection,
        BaseRevision = s.BaseRevision,
        Version = s.Version,
        Why = s.Why,
        Created = s.CreatedAt,
        Changed = s.ChangedAt,
        Sent = s.SentAt,
        Decided = s.DecidedAt,
        Change = s.ChangeSeq,
        Url = $"/submissions/{s.Id}",
        Fields = whole ? s.Form.All.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal) : null,
        Problems = problems is null ? null : [.. problems.Select(ProblemShape.Of)],
    };
}

public sealed record CommentShape(long Id, string Field, string Body, string By, int Version, DateTimeOffset At, DateTimeOffset? Resolved)
{
    public static CommentShape Of(SubmissionComment c) => new(c.Id, c.Field, c.Body, Who.Of(c.AuthorId), c.Version, c.At, c.ResolvedAt);
}

public sealed record TokenShape(long Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset Created, DateTimeOffset Expires, DateTimeOffset? Used, string? Token = null)
{
    public static TokenShape Of(ApiToken t, string? text = null) => new(t.Id, t.Name, t.Scopes, t.CreatedAt, t.ExpiresAt, t.UsedAt, text);
}
