using Dapper;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Submissions;

/// <summary>SQL over submissions. Who may see or do what is decided at the desk, not here.</summary>
public sealed class SubmissionStore(Database database)
{
    private const string Columns =
        """
        s.id,
        s.author_id as AuthorId,
        s.tracking_hash as TrackingHash,
        s.record_id as RecordId,
        r.slug as RecordSlug,
        r.noun as RecordNoun,
        s.base_revision as BaseRevision,
        s.status,
        s.title,
        s.form,
        s.why,
        s.version,
        s.reviewer_id as ReviewerId,
        s.created_at as CreatedAt,
        s.changed_at as ChangedAt,
        s.sent_at as SentAt,
        s.decided_at as DecidedAt,
        s.change_seq as ChangeSeq
        """;

    private const string From = "from submissions s left join records r on r.id = s.record_id";

    private sealed class Row
    {
        public required string Id { get; init; }

        public long? AuthorId { get; init; }

        public string? TrackingHash { get; init; }

        public long? RecordId { get; init; }

        public string? RecordSlug { get; init; }

        public string? RecordNoun { get; init; }

        public long? BaseRevision { get; init; }

        public required string Status { get; init; }

        public required string Title { get; init; }

        public required string Form { get; init; }

        public required string Why { get; init; }

        public required long Version { get; init; }

        public long? ReviewerId { get; init; }

        public required string CreatedAt { get; init; }

        public required string ChangedAt { get; init; }

        public string? SentAt { get; init; }

        public string? DecidedAt { get; init; }

        public long? ChangeSeq { get; init; }

        public Submission ToSubmission() => new()
        {
            Id = Id,
            AuthorId = AuthorId,
            TrackingHash = TrackingHash,
            RecordId = RecordId,
            RecordSlug = RecordSlug,
            Noun = RecordNoun is null ? Noun.Incident : Enum.Parse<Noun>(RecordNoun, ignoreCase: true),
            BaseRevision = (int?)BaseRevision,
            Status = Status,
            Title = Title,
            Form = FormFields.FromJson(Form),
            Why = Why,
            Version = (int)Version,
            ReviewerId = ReviewerId,
            CreatedAt = Database.Time(CreatedAt)!.Value,
            ChangedAt = Database.Time(ChangedAt)!.Value,
            SentAt = Database.Time(SentAt),
            DecidedAt = Database.Time(DecidedAt),
            ChangeSeq = ChangeSeq,
        };
    }

    public Submission? Find(string id) => database.Read(c => Find(c, id));

    internal static Submission? Find(SqliteConnection c, string id) =>
        c.QuerySingleOrDefault<Row>($"select {Columns} {From} where s.id = @id", new { id })?.ToSubmission();

    /// <summary>Everything one account wrote, the last changed first.</summary>
    public IReadOnlyList<Submission> OfAuthor(long accountId, int limit = 200) =>
        Query($"select {Columns} {From} where s.author_id = @accountId order by s.changed_at desc, s.id limit @limit", new { accountId, limit });

    /// <summary>What waits, the longest waiting first.</summary>
    public IReadOnlyList<Submission> Queue(IReadOnlyList<string> statuses, int limit = 200) =>
        Query($"select {Columns} {From} where s.status in @statuses order by s.sent_at, s.id limit @limit", new { statuses, limit });

    /// <summary>What was decided, newest first.</summary>
    public IReadOnlyList<Submission> Decided(int limit) =>
        Query($"select {Columns} {From} where s.decided_at is not null order by s.decided_at desc, s.id limit @limit", new { limit });

    private IReadOnlyList<Submission> Query(string sql, object parameters) =>
        database.Read(c => (IReadOnlyList<Submission>)[.. c.Query<Row>(sql, parameters).Select(r => r.ToSubmission())]);

    /// <summary>The form as it stood when it was sent in this version, or null.</summary>
    public FormFields? Sent(string id, int version) => database.Read(c =>
        c.ExecuteScalar<string?>("select form from submission_texts where submission_id = @id and version = @version", new { id, version })) is { } json ? FormFields.FromJson(json) : null;

    /// <summary>The versions that were sent, oldest first.</summary>
    public IReadOnlyList<(int Version, DateTimeOffset At)> SentVersions(string id) => database.Read(c => (IReadOnlyList<(int, DateTimeOffset)>)[.. c
        .Query<(long Version, string At)>("select version, at from submission_texts where submission_id = @id order by version", new { id })
        .Select(r => ((int)r.Version, Database.Time(r.At)!.Value))]);

    public IReadOnlyList<SubmissionComment> Comments(string id) => database.Read(c => (IReadOnlyList<SubmissionComment>)[.. c
        .Query<(long Id, string Field, string Body, long? AuthorId, long Version, string At, string? ResolvedAt)>(
            """
            select
                id,
                field,
                body,
                author_id,
                version,
                at,
                resolved_at
            from submission_comments
            where submission_id = @id
            order by id
            """,
            new { id })
        .Select(r => new SubmissionComment
        {
            Id = r.Id,
            Field = r.Field,
            Body = r.Body,
            AuthorId = r.AuthorId,
            Version = (int)r.Version,
            At = Database.Time(r.At)!.Value,
            ResolvedAt = Database.Time(r.ResolvedAt),
        })]);

    public IReadOnlyList<SubmissionMatch> Matches(string id) => database.Read(c => (IReadOnlyList<SubmissionMatch>)[.. c
        .Query<(string Slug, string Verdict, string Reason)>("select slug, verdict, reason from submission_matches where submission_id = @id order by slug", new { id })
        .Select(r => new SubmissionMatch(r.Slug, r.Verdict, r.Reason))]);

    internal static void SetMatch(SqliteConnection c, string id, SubmissionMatch match, string at) => c.Execute(
        """
        insert into submission_matches (submission_id, slug, verdict, reason, at)
        values (@id, @Slug, @Verdict, @Reason, @at)
        on conflict (submission_id, slug) do update set verdict = excluded.verdict, reason = excluded.reason, at = excluded.at
        """,
        new { id, match.Slug, match.Verdict, match.Reason, at });

    internal static void Insert(SqliteConnection c, Submission s) => c.Execute(
        """
        insert into submissions (
            id, author_id, tracking_hash, record_id, base_revision, status, title, form, why, version, created_at, changed_at)
        values (
            @Id, @AuthorId, @TrackingHash, @RecordId, @BaseRevision, @Status, @Title, @form, @Why, @Version, @at, @at)
        """,
        new { s.Id, s.AuthorId, s.TrackingHash, s.RecordId, s.BaseRevision, s.Status, s.Title, form = s.Form.ToJson(), s.Why, s.Version, at = Database.Timestamp(s.CreatedAt) });

    /// <summary>Writes what may change; the caller holds the transaction in which it read the row.</summary>
    internal static void Update(SqliteConnection c, Submission s) => c.Execute(
        """
        update submissions
        set record_id = @RecordId,
            base_revision = @BaseRevision,
            status = @Status,
            title = @Title,
            form = @form,
            why = @Why,
            version = @Version,
            reviewer_id = @ReviewerId,
            changed_at = @changed,
            sent_at = @sent,
            decided_at = @decided,
            change_seq = @ChangeSeq
        where id = @Id
        """,
        new
        {
            s.Id,
            s.RecordId,
            s.BaseRevision,
            s.Status,
            s.Title,
            form = s.Form.ToJson(),
            s.Why,
            s.Version,
            s.ReviewerId,
            changed = Database.Timestamp(s.ChangedAt),
            sent = s.SentAt is { } sent ? Database.Timestamp(sent) : null,
            decided = s.DecidedAt is { } decided ? Database.Timestamp(decided) : null,
            s.ChangeSeq,
        });

    internal static void InsertSent(SqliteConnection c, Submission s) => c.Execute(
        "insert into submission_texts (submission_id, version, at, form) values (@Id, @Version, @at, @form)",
        new { s.Id, s.Version, at = Database.Timestamp(s.SentAt!.Value), form = s.Form.ToJson() });

    internal static void InsertComment(SqliteConnection c, string id, string field, string body, long? authorId, int version, string at) => c.Execute(
        "insert into submission_comments (submission_id, field, body, author_id, version, at) values (@id, @field, @body, @authorId, @version, @at)",
        new { id, field, body, authorId, version, at });

    internal static bool ResolveComment(SqliteConnection c, string id, long comment, string at) => c.Execute(
        "update submission_comments set resolved_at = @at where id = @comment and submission_id = @id and resolved_at is null",
        new { id, comment, at }) == 1;

    /// <summary>How many of an account's submissions wait, how many were sent since a time, and how many were accepted.</summary>
    internal static (long Waiting, long Sent, long Accepted) CountsOf(SqliteConnection c, long? accountId, string since) => c.QuerySingle<(long, long, long)>(
        """
        select
            count(*) filter (where status in ('submitted', 'in_review')),
            (select count(*) from submission_texts t join submissions x on x.id = t.submission_id where x.author_id is @accountId and t.at > @since),
            count(*) filter (where status = 'accepted')
        from submissions
        where author_id is @accountId
        """,
        new { accountId, since });

    /// <summary>Submissions by status, for the reviewers' page.</summary>
    public IReadOnlyDictionary<string, long> Counts() => database.Read(c => c
        .Query<(string Status, long Count)>("select status, count(*) from submissions where sent_at is not null group by status")
        .ToDictionary(r => r.Status, r => r.Count));
}
