using Dapper;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.History;

/// <summary>A stored record of any noun: its canonical text and where it stands.</summary>
public sealed record StoredRecord
{
    public required long Id { get; init; }

    public required string Noun { get; init; }

    public required string Slug { get; init; }

    public required long Revision { get; init; }

    /// <summary>published, withdrawn or merged.</summary>
    public required string Status { get; init; }

    public required string Content { get; init; }

    /// <summary>The text as last imported; null for a record made on the site.</summary>
    public required string? Imported { get; init; }
}

/// <summary>SQL over the records themselves: the truth that everything else follows.</summary>
public sealed class RecordStore(Database database)
{
    private const string Columns =
        """
        id,
        noun,
        slug,
        revision,
        status,
        content,
        imported
        """;

    public StoredRecord? Find(Noun noun, string slug) => database.Read(c => Find(c, noun, slug));

    /// <summary>All published records of a noun by slug, streamed.</summary>
    public IReadOnlyList<StoredRecord> All(Noun noun) => database.Read(c => (IReadOnlyList<StoredRecord>)[.. c.Query<StoredRecord>(
        $"select {Columns} from records where noun = @noun and status = 'published' order by slug",
        new { noun = ChangeLog.NameOf(noun) })]);

    /// <summary>All published records of a noun by slug, one at a time: a large library is never in memory at once.</summary>
    public void ForEach(Noun noun, Action<StoredRecord> each) => database.Read(c =>
    {
        foreach (var record in c.Query<StoredRecord>(
            $"select {Columns} from records where noun = @noun and status = 'published' order by slug",
            new { noun = ChangeLog.NameOf(noun) },
            buffered: false))
        {
            each(record);
        }

        return 0;
    });

    /// <summary>Where a former slug leads, or null.</summary>
    public string? Redirect(Noun noun, string former) => database.Read(c => c.ExecuteScalar<string?>(
        "select slug from redirects where noun = @noun and former = @former",
        new { noun = ChangeLog.NameOf(noun), former }));

    /// <summary>
    /// The record that is meant by a name under which none stands: the one that a former slug leads to, or the published one whose slug the name is
    /// in other letters (<c>KNIGHT-Capital-2012</c>, <c>knight_capital_2012</c>). Null when there is none.
    /// </summary>
    public string? Meant(Noun noun, string name)
    {
        if (Redirect(noun, name) is { } now)
            return now;
        var slug = Slug.From(name);
        if (slug == name)
            return null;
        return Find(noun, slug) is { Status: "published" } ? slug : Redirect(noun, slug);
    }

    internal static StoredRecord? Find(SqliteConnection c, Noun noun, string slug) => c.QuerySingleOrDefault<StoredRecord>(
        $"select {Columns} from records where noun = @noun and slug = @slug",
        new { noun = ChangeLog.NameOf(noun), slug });

    /// <summary>
    /// Writes a record, its revision, its change-log row, its redirects and what pages read of it, all within the caller's transaction.
    /// </summary>
    /// <returns>The number of the change.</returns>
    internal static long Save(SqliteConnection c, RecordWrite write)
    {
        var before = Find(c, write.Noun, write.Slug);
        var revision = (int)(before?.Revision ?? 0) + 1;
        long id;
        if (before is null)
        {
            id = c.ExecuteScalar<long>(
                """
                insert into records (noun, slug, revision, content, imported)
                values (@noun, @Slug, @revision, @Content, @imported)
                returning id
                """,
                new { noun = ChangeLog.NameOf(write.Noun), write.Slug, revision, write.Content, imported = write.Imported ? write.Content : null });
        }
        else
        {
            id = before.Id;
            c.Execute(
                """
                update records
                set revision = @revision,
                    status = 'published',
                    content = @Content,
                    imported = coalesce(@imported, imported)
                where id = @id
                """,
                new { id, revision, write.Content, imported = write.Imported ? write.Content : null });
        }

        var seq = ChangeLog.Append(
            c, write.At, write.Who, write.Why, before is null ? "added" : write.Act ?? "changed", write.Noun, write.Slug, id, (int?)before?.Revision, revision);
        c.Execute(
            "insert into revisions (record_id, revision, seq, content) values (@id, @revision, @seq, @Content)",
            new { id, revision, seq, write.Content });
        foreach (var former in write.FormerSlugs)
        {
            c.Execute(
                "insert into redirects (noun, former, slug) values (@noun, @former, @Slug) on conflict (noun, former) do update set slug = excluded.slug",
                new { noun = ChangeLog.NameOf(write.Noun), former, write.Slug });
        }

        // A merged record that stands again leads nowhere else.
        c.Execute("delete from redirects where noun = @noun and former = @Slug", new { noun = ChangeLog.NameOf(write.Noun), write.Slug });
        if (write.Projection is { } projection)
            IncidentStore.Project(c, id, projection);
        return seq;
    }

    /// <summary>True when the record had this text before.</summary>
    internal static bool WasRevision(SqliteConnection c, long id, string content) =>
        c.ExecuteScalar<long>("select exists (select 1 from revisions where record_id = @id and content = @content)", new { id, content }) == 1;

    /// <summary>Takes a record out of sight: a tombstone under its slug, or with <paramref name="into"/> a redirect to the record that holds it now.</summary>
    /// <returns>False when it is not published any more.</returns>
    internal static bool Remove(SqliteConnection c, string slug, string? into, string who, string why, string at)
    {
        if (Find(c, Noun.Incident, slug) is not { Status: "published" } record || (into is not null && Find(c, Noun.Incident, into) is not { Status: "published" }))
            return false;
        c.Execute("update records set status = @status where id = @Id", new { record.Id, status = into is null ? "withdrawn" : "merged" });
        IncidentStore.Remove(c, record.Id);
        if (into is not null)
        {
            c.Execute(
                """
                update redirects set slug = @into where noun = 'incident' and slug = @slug;
                insert into redirects (noun, former, slug) values ('incident', @slug, @into) on conflict (noun, former) do update set slug = excluded.slug;
                """,
                new { slug, into });
        }

        ChangeLog.Append(c, at, who, why, into is null ? "withdrawn" : "merged", Noun.Incident, slug, record.Id, (int)record.Revision, null);
        return true;
    }

    /// <summary>Says that the text on the site is the imported one, without a change: both sides came to agree.</summary>
    internal static void MarkImported(SqliteConnection c, long id) => c.Execute("update records set imported = content where id = @id", new { id });
}

/// <summary>A record on its way into the database; its text has passed the rules.</summary>
internal sealed record RecordWrite
{
    public required Noun Noun { get; init; }

    public required string Slug { get; init; }

    public required string Content { get; init; }

    public required string Who { get; init; }

    public required string Why { get; init; }

    public required string At { get; init; }

    public string? Act { get; init; }

    /// <summary>True when the text comes from files.</summary>
    public bool Imported { get; init; }

    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    public IncidentProjection? Projection { get; init; }
}
