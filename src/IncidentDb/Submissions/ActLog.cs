using System.Security.Cryptography;
using System.Text;
using Dapper;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Submissions;

/// <summary>What was done with submissions, public and append-only: rows are chained by hash, and triggers refuse to edit them.</summary>
public sealed class ActLog(Database database)
{
    private const string Columns =
        """
        seq,
        at,
        who,
        act,
        submission_id as SubmissionId,
        change_seq as ChangeSeq,
        reason
        """;

    private sealed class Row
    {
        public required long Seq { get; init; }

        public required string At { get; init; }

        public required string Who { get; init; }

        public required string Act { get; init; }

        public required string SubmissionId { get; init; }

        public long? ChangeSeq { get; init; }

        public required string Reason { get; init; }

        public Act ToAct() => new() { Seq = Seq, At = Database.Time(At)!.Value, Who = Who, What = Act, SubmissionId = SubmissionId, ChangeSeq = ChangeSeq, Reason = Reason };
    }

    public long Count() => database.Read(c => c.ExecuteScalar<long>("select count(*) from acts"));

    /// <summary>The latest acts, newest first, before a number.</summary>
    public IReadOnlyList<Act> Latest(int limit, long before = long.MaxValue) => Query($"select {Columns} from acts where seq < @before order by seq desc limit @limit", new { before, limit });

    /// <summary>The acts on one submission, oldest first.</summary>
    public IReadOnlyList<Act> Of(string submissionId) => Query($"select {Columns} from acts where submission_id = @submissionId order by seq", new { submissionId });

    private IReadOnlyList<Act> Query(string sql, object parameters) => database.Read(c => (IReadOnlyList<Act>)[.. c.Query<Row>(sql, parameters).Select(r => r.ToAct())]);

    /// <summary>Recomputes the chain; the number of the first row that does not fit, or null.</summary>
    public long? FirstBrokenLink() => database.Snapshot(c =>
    {
        var previous = "";
        foreach (var row in c.Query<(long Seq, string At, string Who, string Act, string Id, long? Change, string Reason, string Chain)>(
            "select seq, at, who, act, submission_id, change_seq, reason, chain from acts order by seq", buffered: false))
        {
            if (Chain(previous, row.At, row.Who, row.Act, row.Id, row.Change, row.Reason) != row.Chain)
                return row.Seq;
            previous = row.Chain;
        }

        return (long?)null;
    });

    /// <summary>Appends a row within the transaction of the act.</summary>
    internal static void Append(SqliteConnection c, string at, string who, string act, string submissionId, long? changeSeq, string reason)
    {
        var previous = c.ExecuteScalar<string?>("select chain from acts order by seq desc limit 1") ?? "";
        c.Execute(
            """
            insert into acts (at, who, act, submission_id, change_seq, reason, chain)
            values (@at, @who, @act, @submissionId, @changeSeq, @reason, @chain)
            """,
            new { at, who, act, submissionId, changeSeq, reason, chain = Chain(previous, at, who, act, submissionId, changeSeq, reason) });
    }

    private static string Chain(string previous, params ReadOnlySpan<object?> fields)
    {
        var text = new StringBuilder(previous);
        foreach (var field in fields)
            text.Append('\u001f').Append(field);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
