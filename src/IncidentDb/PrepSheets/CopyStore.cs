using System.Security.Cryptography;
using System.Text;
using Dapper;
using IncidentDb.History;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.PrepSheets;

/// <summary>SQL over the copies that hosts keep with their accounts. Every statement names the account: a copy of somebody else is not there.</summary>
public sealed class CopyStore(Database database)
{
    public const int MostCopies = 50;

    /// <summary>Of all copies of an account together. A copy of the longest sheet with a tenth of it reworded is about 60 kB.</summary>
    public const int MostBytes = 10_000_000;

    public const int LongestName = 300;

    private const string Columns =
        """
        id,
        name,
        episode,
        incidents,
        minutes,
        clock,
        bytes,
        version,
        created_at as CreatedAt,
        changed_at as ChangedAt
        """;

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Name { get; init; }

        public string? Episode { get; init; }

        public required string Incidents { get; init; }

        public required long Minutes { get; init; }

        public required string Clock { get; init; }

        public required long Bytes { get; init; }

        public required long Version { get; init; }

        public required string CreatedAt { get; init; }

        public required string ChangedAt { get; init; }

        public KeptCopy ToCopy() => new()
        {
            Id = Id,
            Name = Name,
            Request = new PrepRequest
            {
                Episode = Episode,
                Incidents = Incidents.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Minutes = (int)Minutes,
                Clock = HostClock.Find(Clock) ?? HostClock.Record,
            },
            Bytes = (int)Bytes,
            Version = (int)Version,
            CreatedAt = Database.Time(CreatedAt)!.Value,
            ChangedAt = Database.Time(ChangedAt)!.Value,
        };
    }

    /// <summary>The copies of an account, the last changed first.</summary>
    public IReadOnlyList<KeptCopy> Of(long accountId) => database.Read(c => (IReadOnlyList<KeptCopy>)[.. c.Query<Row>(
        $"select {Columns} from host_copies where account_id = @accountId order by changed_at desc, id",
        new { accountId }).Select(r => r.ToCopy())]);

    /// <summary>A copy of an account with what it holds, or null. One that was kept by a version that allowed more is there too, and says why it can't be read.</summary>
    public OpenedCopy? Find(long accountId, string id) => database.Read(c =>
    {
        // One statement: what is said of the copy and what it holds are of one version.
        var row = c.Query<Row, string, (Row About, string File)>(
            $"select {Columns}, file from host_copies where id = @id and account_id = @accountId",
            (about, file) => (about, file),
            new { id, accountId },
            splitOn: "file").ToList();
        return row is [var (about, file)] ? Opened(about.ToCopy(), file) : null;
    });

    /// <summary>Ids of the copies of an account that this version can't read.</summary>
    public IReadOnlySet<string> Unreadable(long accountId) => database.Read(c => c
        .Query<(string Id, string File)>("select id, file from host_copies where account_id = @accountId", new { accountId }, buffered: false)
        .Where(r => HostCopy.Read(Encoding.UTF8.GetBytes(r.File)).Copy is null)
        .Select(r => r.Id)
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>Ids of the copies of an account whose records have another text than when they were last taken.</summary>
    public IReadOnlySet<string> Outdated(long accountId) => database.Read(c => c
        .Query<(string Id, string Then, string Now, bool Renamed)>(
            """
            select
                h.id,
                json_extract(told.value, '$.hash'),
                r.content,
                r.slug <> json_extract(told.value, '$.slug')
            from host_copies h
            join json_each(case when json_valid(h.file) then h.file else '{}' end, '$.records') told
            left join redirects d on d.noun = @noun and d.former = json_extract(told.value, '$.slug')
            join records r on r.noun = @noun and r.slug = coalesce(d.slug, json_extract(told.value, '$.slug'))
            where h.account_id = @accountId
              and r.status = 'published'
              and (d.slug is not null or r.revision <> json_extract(told.value, '$.revision'))
            """,
            new { accountId, noun = ChangeLog.NameOf(Noun.Incident) })
        .Where(r => r.Renamed || PrepStore.HashOf(r.Now) != r.Then)
        .Select(r => r.Id)
        .ToHashSet(StringComparer.Ordinal));

    /// <summary>Keeps a copy: as a new one, or in the place of what was kept before. What is there already, word for word, is not kept twice.</summary>
    /// <param name="accountId">Whose it is.</param>
    /// <param name="id">Of the copy that it replaces; null for a new one.</param>
    /// <param name="version">The version that the saver saw.</param>
    /// <param name="name">At most <see cref="LongestName"/> characters.</param>
    /// <param name="copy">One that <see cref="HostCopy.Read"/> takes.</param>
    /// <param name="now">When it is kept.</param>
    public KeepAnswer Keep(long accountId, string? id, int version, string name, HostCopy copy, DateTimeOffset now)
    {
        var bytes = copy.Write();
        var kept = new
        {
            id = id ?? NewId(),
            accountId,
            name,
            copy.Episode,
            incidents = string.Join(' ', copy.Incidents.Where(Slug.IsValid)),
            copy.Minutes,
            copy.Clock,
            bytes = bytes.Length,
            version,
            now = Database.Timestamp(now),
            file = Encoding.UTF8.GetString(bytes),
        };
        return database.Write(c =>
        {
            // A form that is sent twice, by a double click or over a bad line, is one save.
            if (c.QuerySingleOrDefault<Row>($"select {Columns} from host_copies where account_id = @accountId and name = @name and file = @file and (id = @id or @isNew) order by id limit 1", new { accountId, name, kept.file, kept.id, isNew = id is null }) is { } same)
                return new KeepAnswer(KeepOutcome.Done, same.ToCopy());
            var there = id is null ? null : About(c, accountId, id);
            if (id is not null && there is null)
                return new KeepAnswer(KeepOutcome.Missing, null);
            if (there is not null && there.Version != version)
                return new KeepAnswer(KeepOutcome.Stale, there);
            var (copies, size, isOpen) = c.QuerySingle<(long, long, long)>(
                """
                select
                    count(*),
                    coalesce(sum(bytes), 0),
                    exists (select 1 from accounts where id = @accountId and deleted_at is null)
                from host_copies
                where account_id = @accountId and id <> @id
                """,
                kept);
            if (isOpen == 0)
                return new KeepAnswer(KeepOutcome.Missing, null);
            if (copies >= MostCopies)
                return new KeepAnswer(KeepOutcome.TooMany, there);
            if (size + bytes.Length > MostBytes)
                return new KeepAnswer(KeepOutcome.TooLarge, there);
            c.Execute(
                """
                insert into host_copies (id, account_id, name, episode, incidents, minutes, clock, bytes, version, created_at, changed_at, file)
                values (@id, @accountId, @name, @Episode, @incidents, @Minutes, @Clock, @bytes, 1, @now, @now, @file)
                on conflict (id) do update
                set name = excluded.name,
                    episode = excluded.episode,
                    incidents = excluded.incidents,
                    minutes = excluded.minutes,
                    clock = excluded.clock,
                    bytes = excluded.bytes,
                    version = version + 1,
                    changed_at = excluded.changed_at,
                    file = excluded.file
                where account_id = excluded.account_id
                """,
                kept);
            return new KeepAnswer(KeepOutcome.Done, About(c, accountId, kept.id));
        });
    }

    /// <summary>Deletes a copy of an account; false when it has no such copy.</summary>
    public bool Delete(long accountId, string id) => database.Write(c => c.Execute(
        "delete from host_copies where id = @id and account_id = @accountId",
        new { id, accountId })) > 0;

    private static OpenedCopy Opened(KeptCopy about, string text)
    {
        var file = Encoding.UTF8.GetBytes(text);
        var (copy, problem) = HostCopy.Read(file);
        return new OpenedCopy(about, file, copy, problem);
    }

    private static KeptCopy? About(SqliteConnection c, long accountId, string id) => c.QuerySingleOrDefault<Row>(
        $"select {Columns} from host_copies where id = @id and account_id = @accountId",
        new { id, accountId })?.ToCopy();

    private static string NewId() => string.Concat(RandomNumberGenerator.GetItems("abcdefghijkmnpqrstuvwxyz23456789".AsSpan(), 12));
}
