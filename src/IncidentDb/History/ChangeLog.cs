using System.Security.Cryptography;
using System.Text;
using Dapper;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.History;

/// <summary>One accepted change: a numbered row that is never edited.</summary>
public sealed record Change
{
    public required long Seq { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Who { get; init; }

    public required string Why { get; init; }

    /// <summary>added, changed, withdrawn, merged, restored or renamed.</summary>
    public required string Act { get; init; }

    public required Noun Noun { get; init; }

    public required string Slug { get; init; }

    public required long RecordId { get; init; }

    public int? BeforeRevision { get; init; }

    public int? AfterRevision { get; init; }
}

/// <summary>The spine: history page, feeds, audit, undo and the search index all follow it.</summary>
public sealed class ChangeLog(Database database)
{
    private sealed class Row
    {
        public required long Seq { get; init; }

        public required string At { get; init; }

        public required string Who { get; init; }

        public required string Why { get; init; }

        public required string Act { get; init; }

        public required string Noun { get; init; }

        public required string Slug { get; init; }

        public required long RecordId { get; init; }

        public long? BeforeRevision { get; init; }

        public long? AfterRevision { get; init; }

        public Change ToChange() => new()
        {
            Seq = Seq,
            At = DateTimeOffset.Parse(At),
            Who = Who,
            Why = Why,
            Act = Act,
            Noun = Enum.Parse<Noun>(Noun, ignoreCase: true),
            Slug = Slug,
            RecordId = RecordId,
            BeforeRevision = (int?)BeforeRevision,
            AfterRevision = (int?)AfterRevision,
        };
    }

    private const string Columns =
        """
        seq,
        at,
        who,
        why,
        act,
        noun,
        slug,
        record_id as RecordId,
        before_revision as BeforeRevision,
        after_revision as AfterRevision
        """;

    /// <summary>The number of the last change; 0 for none.</summary>
    public long LastSeq() => database.Read(c => c.ExecuteScalar<long>("select coalesce(max(seq), 0) from changes"));

    public long Count() => database.Read(c => c.ExecuteScalar<long>("select count(*) from changes"));

    /// <summary>The hash of a change over itself and all before it; null when there is no such change.</summary>
    public string? ChainAt(long seq) => database.Read(c => c.ExecuteScalar<string?>("select chain from changes where seq = @seq", new { seq }));

    /// <summary>Changes after a number, oldest first.</summary>
    public IReadOnlyList<Change> After(long seq, int limit = int.MaxValue) => Query($"select {Columns} from changes where seq > @seq order by seq limit @limit", new { seq, limit });

    /// <summary>The companies, patterns and episodes that changed after a number, each once.</summary>
    internal static IReadOnlyList<(Noun Noun, string Slug)> NamesAfter(SqliteConnection c, long seq) =>
    [
        .. c.Query<(string Noun, string Slug)>("select distinct noun, slug from changes where seq > @seq and noun in ('company', 'pattern', 'episode')", new { seq })
            .Select(n => (Enum.Parse<Noun>(n.Noun, ignoreCase: true), n.Slug)),
    ];

    /// <summary>The latest changes, newest first, before a number.</summary>
    public IReadOnlyList<Change> Latest(int limit, long before = long.MaxValue) => Query($"select {Columns} from changes where seq < @before order by seq desc limit @limit", new { before, limit });

    /// <summary>The changes of one record, newest first.</summary>
    public IReadOnlyList<Change> Of(Noun noun, string slug) => Query(
        $"select {Columns} from changes where record_id = (select id from records where noun = @noun and slug = @slug) order by seq desc",
        new { noun = NameOf(noun), slug });

    /// <summary>The changes that somebody is credited with, newest first.</summary>
    public IReadOnlyList<Change> By(string who, int limit) => Query($"select {Columns} from changes where who = @who order by seq desc limit @limit", new { who, limit });

    /// <summary>The text of a revision, or null.</summary>
    public string? Revision(long recordId, int revision) => database.Read(c =>
        c.ExecuteScalar<string?>("select content from revisions where record_id = @recordId and revision = @revision", new { recordId, revision }));

    private IReadOnlyList<Change> Query(string sql, object parameters) =>
        database.Read(c => (IReadOnlyList<Change>)[.. c.Query<Row>(sql, parameters).Select(r => r.ToChange())]);

    /// <summary>Recomputes the chain; the number of the first row that does not fit, or null.</summary>
    public long? FirstBrokenLink() => database.Snapshot(c =>
    {
        var previous = "";
        foreach (var row in c.Query<(long Seq, string At, string Who, string Why, string Act, string Noun, string Slug, long? After, string Chain)>(
            "select seq, at, who, why, act, noun, slug, after_revision, chain from changes order by seq",
            buffered: false))
        {
            if (Chain(previous, row.At, row.Who, row.Why, row.Act, row.Noun, row.Slug, row.After) != row.Chain)
                return row.Seq;
            previous = row.Chain;
        }

        return (long?)null;
    });

    public static string NameOf(Noun noun) => noun.ToString().ToLowerInvariant();

    /// <summary>Appends a row within the transaction of the change.</summary>
    internal static long Append(SqliteConnection c, string at, string who, string why, string act, Noun noun, string slug, long recordId, int? before, int? after)
    {
        var previous = c.ExecuteScalar<string?>("select chain from changes order by seq desc limit 1") ?? "";
        return c.ExecuteScalar<long>(
            """
            insert into changes (at, who, why, act, noun, slug, record_id, before_revision, after_revision, chain)
            values (@at, @who, @why, @act, @noun, @slug, @recordId, @before, @after, @chain)
            returning seq
            """,
            new { at, who, why, act, noun = NameOf(noun), slug, recordId, before, after, chain = Chain(previous, at, who, why, act, NameOf(noun), slug, after) });
    }

    private static string Chain(string previous, params ReadOnlySpan<object?> fields)
    {
        var text = new StringBuilder(previous);
        foreach (var field in fields)
            text.Append('\u001f').Append(field);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
