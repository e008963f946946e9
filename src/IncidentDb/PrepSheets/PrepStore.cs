using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using IncidentDb.Catalogues;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.PrepSheets;

/// <summary>SQL for what a sheet is composed from: the told records, and what the library holds against them.</summary>
public sealed class PrepStore(Database database)
{
    /// <summary>More records make no episode; the sheet would be a list of names.</summary>
    public const int MostRecords = 6;

    /// <summary>Records chosen for an episode that names none.</summary>
    private const int Suggestions = 3;

    /// <summary>The material for a set of records, in the given order; slugs without a record are left out. Null when none is left.</summary>
    public PrepMaterial? ForIncidents(IReadOnlyList<string> slugs, Catalogue catalogue) => database.Read(c =>
    {
        var told = Read(c, slugs).Select(r => new ToldRecord(r, "main")).ToList();
        return told.Count == 0 ? null : Material(c, catalogue, null, told, suggested: false);
    });

    /// <summary>The material for an episode: the records that it names, or records that show its patterns where it names none.</summary>
    /// <param name="named">Slugs and roles in the order of telling.</param>
    public PrepMaterial ForEpisode(Episode episode, IReadOnlyList<KeyValuePair<string, string>> named, Catalogue catalogue) => database.Read(c =>
    {
        var roles = named.ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);
        var slugs = named.Select(n => n.Key).ToList();
        var suggested = slugs.Count == 0;
        var byLaws = false;
        if (suggested)
        {
            slugs = Showing(c, episode, episode.Patterns.Select(p => p.Key));
            byLaws = slugs.Count == 0;
            if (byLaws)
                slugs = Showing(c, episode, catalogue.Patterns.Where(p => p.Laws.Any(episode.Laws.Contains)).Select(p => p.Slug));
        }

        var told = Read(c, slugs).Select(r => new ToldRecord(r, roles.GetValueOrDefault(r.Incident.Slug, "example"))).ToList();
        return Material(c, catalogue, episode, told, suggested && told.Count > 0) with { SuggestedByLaws = byLaws && told.Count > 0 };
    });

    private static PrepMaterial Material(SqliteConnection c, Catalogue catalogue, Episode? episode, IReadOnlyList<ToldRecord> told, bool suggested)
    {
        var slugs = told.Select(t => t.Record.Incident.Slug).ToList();
        var failed = told.SelectMany(t => t.Record.Incident.Patterns).Where(p => PatternRelations.IsFailure(p.Relation)).Select(p => p.Slug).Distinct(StringComparer.Ordinal).ToList();
        var elsewhere = WorkedFor(c, failed, slugs);
        var contrast = ContrastTo(c, told, failed, slugs);
        var next = NextEpisode(catalogue, episode) is { } following ? (following, null, []) : Nearest(c, slugs, contrast?.Slug);
        var needed = elsewhere.Select(e => e.Slug).Append(contrast?.Slug).Append(next.Record).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var read = Read(c, needed).ToDictionary(r => r.Incident.Slug, StringComparer.Ordinal);
        return new PrepMaterial
        {
            Catalogue = catalogue,
            Episode = episode,
            Told = told,
            Suggested = suggested,
            Elsewhere = [.. elsewhere.Where(e => read.ContainsKey(e.Slug)).Select(e => new WorkedElsewhere(e.Pattern, read[e.Slug]))],
            Contrast = contrast is { } x && read.TryGetValue(x.Slug, out var record) ? new Contrast(record, x.Patterns, x.Note) : null,
            Next = next.Episode is not null || next.Record is not null && read.ContainsKey(next.Record)
                ? new NextStory(next.Episode, next.Record is null ? null : read[next.Record], next.Shared)
                : null,
        };
    }

    private static List<RecordAtRevision> Read(SqliteConnection c, IReadOnlyList<string> slugs)
    {
        var records = new List<RecordAtRevision>();
        foreach (var slug in slugs)
        {
            var row = c.QuerySingleOrDefault<(string Document, string Content, long Revision)?>(
                """
                select
                    i.document,
                    r.content,
                    r.revision
                from incidents i
                join records r on r.id = i.record_id
                where i.slug = @slug
                """,
                new { slug });
            if (row is { } found)
                records.Add(new RecordAtRevision(JsonSerializer.Deserialize(found.Document, IncidentJson.Default.Incident)!, (int)found.Revision, HashOf(found.Content)));
        }

        return records;
    }

    /// <summary>Twelve hexadecimal digits of a record's text.</summary>
    public static string HashOf(string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..12];

    /// <summary>Records that show patterns: those of the episode's companies first, then those that name most of the patterns.</summary>
    private static List<string> Showing(SqliteConnection c, Episode episode, IEnumerable<string> patterns) => [.. c.Query<string>(
        """
        select i.slug
        from incident_patterns p
        join incidents i on i.record_id = p.record_id
        where p.pattern in @patterns
        group by i.record_id
        order by
            (select count(*) from incident_companies k where k.record_id = i.record_id and k.company in @companies) > 0 desc,
            count(*) desc,
            case i.completeness when 'gold' then 0 when 'silver' then 1 else 2 end,
            i.loss_usd_min desc nulls last,
            i.slug
        limit @Suggestions
        """,
        new { patterns, companies = episode.Companies, Suggestions })];

    /// <summary>For each failed pattern one record in which it worked; the most complete, the oldest first.</summary>
    private static List<(string Pattern, string Slug)> WorkedFor(SqliteConnection c, List<string> patterns, List<string> told) => patterns.Count == 0 ? [] :
    [
        .. c.Query<(string Pattern, string Slug)>(
            """
            select
                p.pattern,
                i.slug
            from incident_patterns p
            join incidents i on i.record_id = p.record_id
            where p.pattern in @patterns and p.relation = 'worked' and i.slug not in @told
            order by
                case i.completeness when 'gold' then 0 when 'silver' then 1 else 2 end,
                i.started_from,
                i.slug
            """,
            new { patterns, told })
            .DistinctBy(r => r.Pattern),
    ];

    private sealed record Opposite(string Slug, IReadOnlyList<string> Patterns, string? Note);

    /// <summary>
    /// The record that a told one says it contrasts with; else the one in which most of the failed patterns worked, and of these the one with
    /// most of the same causes.
    /// </summary>
    private static Opposite? ContrastTo(SqliteConnection c, IReadOnlyList<ToldRecord> told, List<string> failed, List<string> slugs)
    {
        var named = told.SelectMany(t => t.Record.Incident.Relations).FirstOrDefault(r => r.Type == "contrasts_with" && !slugs.Contains(r.Incident));
        var causes = told.SelectMany(t => t.Record.Incident.Causes).Select(x => x.Slug).Distinct(StringComparer.Ordinal);
        var rows = c.Query<(string Slug, string Patterns)>(
            """
            select
                i.slug,
                group_concat(p.pattern, ' ') as patterns
            from incidents i
            left join incident_patterns p on p.record_id = i.record_id and p.pattern in @failed and p.relation = 'worked'
            where i.slug not in @slugs and (p.pattern is not null or i.slug = @named)
            group by i.record_id
            order by
                i.slug = @named desc,
                count(p.pattern) desc,
                (select count(*) from incident_causes k where k.record_id = i.record_id and k.cause in @causes) desc,
                case i.completeness when 'gold' then 0 when 'silver' then 1 else 2 end,
                i.slug
            limit 1
            """,
            new { failed, slugs, causes, named = named?.Incident ?? "" }).ToList();
        if (rows is not [var row])
            return null;
        var patterns = (row.Patterns ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new Opposite(row.Slug, [.. patterns.Order(StringComparer.Ordinal)], row.Slug == named?.Incident ? named.Note : null);
    }

    /// <summary>The episode after this one in its series.</summary>
    private static Episode? NextEpisode(Catalogue catalogue, Episode? episode) => episode is null
        ? null
        : catalogue.Episodes.Where(e => e.Series == episode.Series).SkipWhile(e => e.Slug != episode.Slug).Skip(1).FirstOrDefault();

    /// <summary>The record that shares most with those told, a rare common cause counting more than a frequent one.</summary>
    private static (Episode? Episode, string? Record, IReadOnlyList<string> Shared) Nearest(SqliteConnection c, List<string> slugs, string? contrast)
    {
        var rows = c.Query<(string Slug, string Shared)>(
            """
            with told as (select record_id from incidents where slug in @slugs),
            shared as (
                select
                    other.record_id,
                    'cause:' || other.cause as what,
                    1.0 / (select count(*) from incident_causes n where n.cause = other.cause) as weight
                from incident_causes other
                where other.cause in (select cause from incident_causes where record_id in (select record_id from told))
                union all
                select
                    other.record_id,
                    'pattern:' || other.pattern,
                    1.0 / (select count(*) from incident_patterns n where n.pattern = other.pattern)
                from incident_patterns other
                where other.pattern in (select pattern from incident_patterns where record_id in (select record_id from told))
            ),
            ranked as (select * from shared where record_id not in (select record_id from told) order by weight desc, what)
            select
                i.slug,
                group_concat(r.what, ' ') as shared
            from ranked r
            join incidents i on i.record_id = r.record_id
            where i.slug <> @contrast
            group by r.record_id
            order by sum(r.weight) desc, i.slug
            limit 1
            """,
            new { slugs, contrast = contrast ?? "" }).ToList();
        return rows is [var row] ? (null, row.Slug, [.. row.Shared.Split(' ')]) : (null, null, []);
    }
}
