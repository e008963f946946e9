using System.Globalization;
using System.Text.Json;
using Dapper;
using IncidentDb.Import;
using IncidentDb.Storage;

namespace IncidentDb.Incidents;

/// <summary>A published record as its page shows it.</summary>
public sealed record IncidentDocument
{
    public required long Id { get; init; }

    public required Incident Incident { get; init; }

    public required IncidentHtml Html { get; init; }

    public required int Revision { get; init; }

    /// <summary>When the record was first accepted and last changed, UTC.</summary>
    public required DateTimeOffset Added { get; init; }

    public required DateTimeOffset Changed { get; init; }
}

/// <summary>How often a company, cause, pattern or technology is named.</summary>
public sealed record NamedCount
{
    public required string Slug { get; init; }

    public required long Incidents { get; init; }
}

/// <summary>One row of a pattern's ledger.</summary>
public sealed record LedgerRow
{
    public required IncidentSummary Incident { get; init; }

    public required string Relation { get; init; }
}

/// <summary>A cell of the matrix of causes and patterns.</summary>
public sealed record MatrixCell
{
    public required string Cause { get; init; }

    public required string Pattern { get; init; }

    public required long Incidents { get; init; }
}

/// <summary>SQL over the published incidents, near misses and case studies.</summary>
public sealed partial class IncidentStore(Database database)
{
    /// <summary>The record, or null.</summary>
    public IncidentDocument? Find(string slug) => database.Read(c =>
    {
        var row = c.QuerySingleOrDefault<DocumentRow>(
            """
            select
                r.id,
                r.revision,
                i.document,
                i.html,
                (select min(at) from changes where record_id = r.id) as added,
                (select max(at) from changes where record_id = r.id) as changed
            from incidents i
            join records r on r.id = i.record_id
            where i.slug = @slug
            """,
            new { slug });
        return row is null ? null : new IncidentDocument
        {
            Id = row.Id,
            Revision = (int)row.Revision,
            Incident = Parse(row.Document),
            Html = JsonSerializer.Deserialize(row.Html, IncidentJson.Default.IncidentHtml)!,
            Added = DateTimeOffset.Parse(row.Added),
            Changed = DateTimeOffset.Parse(row.Changed),
        };
    });

    private sealed class DocumentRow
    {
        public required long Id { get; init; }

        public required long Revision { get; init; }

        public required string Document { get; init; }

        public required string Html { get; init; }

        public required string Added { get; init; }

        public required string Changed { get; init; }
    }

    /// <summary>Different addresses that the records cite.</summary>
    public long SourceCount() => database.Read(c => c.ExecuteScalar<long>("select count(distinct url) from incident_sources"));

    public long Count() => database.Read(c => c.ExecuteScalar<long>("select count(*) from incidents"));

    /// <summary>Lines of all timelines.</summary>
    public long EventCount() => database.Read(c => c.ExecuteScalar<long>("select coalesce(sum(events), 0) from incidents"));

    /// <summary>What a record to be featured has, and what it has where none is so good.</summary>
    private static readonly string[] _wellTold = ["completeness = 'gold' and events >= 8 and phases > 1", "events >= 5"];

    /// <summary>Of the records that tell their timeline well, the one whose turn it is; null where none has five events.</summary>
    public IncidentDocument? ToFeature(int turn) => database.Read(c =>
    {
        foreach (var good in _wellTold)
        {
            if (c.ExecuteScalar<long>($"select count(*) from incidents where {good}") is var count and > 0)
                return c.ExecuteScalar<string>($"select slug from incidents where {good} order by slug limit 1 offset {turn % count}");
        }

        return null;
    }) is { } slug ? Find(slug) : null;

    /// <summary>The summaries of records by id, in the order of the ids; ids that are gone are left out.</summary>
    public IReadOnlyList<IncidentSummary> Summaries(IReadOnlyList<long> ids) => [.. SummariesById(ids).Select(s => s.Summary)];

    internal IReadOnlyList<(long Id, IncidentSummary Summary)> SummariesById(IReadOnlyList<long> ids) => database.Read(c =>
    {
        var summaries = new List<(long, IncidentSummary)>(ids.Count);
        foreach (var id in ids)
        {
            // One lookup by key each is faster than an IN list, whose text differs with every page and is parsed anew.
            if (c.ExecuteScalar<string?>("select summary from incidents where record_id = @id", new { id }) is { } json)
                summaries.Add((id, Summary(json)));
        }

        return (IReadOnlyList<(long, IncidentSummary)>)summaries;
    });

    /// <summary>When a record last changed, UTC.</summary>
    public DateTimeOffset ChangedAt(long id) => database.Read(c =>
        c.ExecuteScalar<string?>("select max(at) from changes where record_id = @id", new { id }) is { } at ? DateTimeOffset.Parse(at) : DateTimeOffset.UnixEpoch);

    /// <summary>Summaries by slug, in the given order.</summary>
    public IReadOnlyList<IncidentSummary> BySlug(IEnumerable<string> slugs) => database.Read(c =>
        (IReadOnlyList<IncidentSummary>)[.. slugs
            .Select(slug => c.ExecuteScalar<string?>("select summary from incidents where slug = @slug", new { slug }))
            .OfType<string>()
            .Select(Summary)]);

    /// <summary>All summaries, oldest first.</summary>
    public IReadOnlyList<IncidentSummary> All() => Query(
        """
        select summary
        from incidents
        order by started_from, slug
        """);

    /// <summary>
    /// The records added last. Those that came with an import count as added together, on its day: of them the latest incidents are first, where the
    /// order of the files would say nothing. Looked for among the thousand that came last.
    /// </summary>
    public IReadOnlyList<IncidentSummary> Latest(int count) => Query(
        """
        select i.summary
        from (
            select record_id, summary, started_from
            from incidents
            order by record_id desc
            limit 1000) i
        join changes c on c.seq = (select min(seq) from changes where record_id = i.record_id)
        order by case c.who when @import then substr(c.at, 1, 10) else c.at end desc, i.started_from desc, i.record_id desc
        limit @count
        """,
        new { count, import = Importer.ImportedBy });

    /// <summary>How many records of a severity began in a year, oldest year first; severity null: not rated. Years are those of the place where it began.</summary>
    public IReadOnlyList<(int Year, string? Severity, int Incidents)> CountByYear() => database.Read(c =>
        (IReadOnlyList<(int, string?, int)>)[.. c.Query<(long Year, string? Severity, long Incidents)>(
            """
            select
                year,
                severity,
                count(*) as incidents
            from incidents
            where year is not null
            group by year, severity
            """)
            .Select(r => ((int)r.Year, r.Severity, (int)r.Incidents))]);

    /// <summary>The records that began in a year, oldest first; the first so many.</summary>
    public IReadOnlyList<IncidentSummary> OfYear(int year, int most) => Query(
        """
        select summary
        from incidents
        where year = @year
        order by started_from, slug
        limit @most
        """,
        new { year, most });

    /// <summary>Records whose day comes round next, today's first; of one day by their slugs. Those of which only the month or year is known are left out.</summary>
    public IReadOnlyList<IncidentSummary> NextAnniversaries(DateOnly today, int most)
    {
        IReadOnlyList<IncidentSummary> Between(string from, string before, int most) => Query(
            """
            select summary
            from incidents
            where anniversary >= @from and anniversary < @before
            order by anniversary, slug
            limit @most
            """,
            new { from, before, most });

        var day = MonthAndDay(today.ToDateTime(default));
        var thisYear = Between(day, "13", most);
        return [.. thisYear, .. Between("", day, most - thisYear.Count)];
    }

    public IReadOnlyList<IncidentSummary> OfCompany(string company) => Query(
        """
        select i.summary
        from incident_companies c
        join incidents i on i.record_id = c.record_id
        where c.company = @company
        order by i.started_from desc, i.slug
        """,
        new { company });

    /// <summary>A company's records whose start lies within a span, or touches it; the latest so many.</summary>
    public IReadOnlyList<IncidentSummary> OfCompany(string company, DateTimeOffset from, DateTimeOffset to, int most) => Query(
        """
        select i.summary
        from incident_companies c
        join incidents i on i.record_id = c.record_id
        where c.company = @company and i.started_from <= @to and i.started_to >= @from
        order by i.started_from desc, i.slug
        limit @most
        """,
        new { company, most, from = from.ToUnixTimeSeconds(), to = to.ToUnixTimeSeconds() });

    /// <summary>Records with a cause or one below it.</summary>
    public IReadOnlyList<IncidentSummary> OfCauses(IEnumerable<string> causes) => Query(
        """
        select i.summary
        from incidents i
        where i.record_id in (select record_id from incident_causes where cause in @causes)
        order by i.started_from desc, i.slug
        """,
        new { causes });

    public IReadOnlyList<IncidentSummary> OfTechnology(string technology) => Query(
        """
        select i.summary
        from incident_technologies t
        join incidents i on i.record_id = t.record_id
        where t.technology = @technology
        order by i.started_from desc, i.slug
        """,
        new { technology });

    /// <summary>Every record that names the pattern; dearest first.</summary>
    public IReadOnlyList<LedgerRow> Ledger(string pattern) => database.Read(c =>
        (IReadOnlyList<LedgerRow>)[.. c.Query<(string Relation, string Summary)>(
            """
            select
                p.relation,
                i.summary
            from incident_patterns p
            join incidents i on i.record_id = p.record_id
            where p.pattern = @pattern
            order by i.loss_usd_min desc nulls last, i.started_from desc
            """,
            new { pattern })
            .Select(r => new LedgerRow { Relation = r.Relation, Incident = Summary(r.Summary) })]);

    /// <summary>Every record that names one of the causes, latest first.</summary>
    public IReadOnlyList<(IncidentSummary Incident, string Cause, string Role)> CauseRows(IEnumerable<string> causes) => database.Read(c =>
        (IReadOnlyList<(IncidentSummary, string, string)>)[.. c.Query<(string Cause, string Role, string Summary)>(
            """
            select
                k.cause,
                k.role,
                i.summary
            from incident_causes k
            join incidents i on i.record_id = k.record_id
            where k.cause in @causes
            order by i.started_from desc, i.slug
            """,
            new { causes })
            .Select(r => (Summary(r.Summary), r.Cause, r.Role))]);

    /// <summary>The prose of records by slug. It is most of what the database holds: read it of what is shown, and of nothing else.</summary>
    public IReadOnlyDictionary<string, IncidentHtml> Html(IEnumerable<string> slugs) => database.Read(c =>
    {
        var html = new Dictionary<string, IncidentHtml>(StringComparer.Ordinal);
        foreach (var slug in slugs.Distinct(StringComparer.Ordinal))
        {
            if (c.ExecuteScalar<string?>("select html from incidents where slug = @slug", new { slug }) is { } json)
                html[slug] = JsonSerializer.Deserialize(json, IncidentJson.Default.IncidentHtml)!;
        }

        return (IReadOnlyDictionary<string, IncidentHtml>)html;
    });

    public IReadOnlyDictionary<string, long> CountByCompany() => Counts("incident_companies", "company");

    /// <summary>By the cause named; the numbers of a parent do not include its children.</summary>
    public IReadOnlyDictionary<string, long> CountByCause() => Counts("incident_causes", "cause");

    public IReadOnlyDictionary<string, long> CountByPattern() => Counts("incident_patterns", "pattern");

    public IReadOnlyDictionary<string, long> CountByTechnology() => Counts("incident_technologies", "technology");

    /// <summary>Counts of a pattern by relation.</summary>
    public ILookup<string, (string Relation, long Incidents)> PatternRelationCounts() => database.Read(c => c
        .Query<(string Pattern, string Relation, long Incidents)>(
            """
            select
                pattern,
                relation,
                count(*) as incidents
            from incident_patterns
            group by pattern, relation
            """)
        .ToLookup(r => r.Pattern, r => (r.Relation, r.Incidents)));

    /// <summary>Every cause (as named) and pattern that was violated, absent or misapplied that stand in one record.</summary>
    /// <param name="causes">Only these, or all.</param>
    /// <param name="pattern">Only this, or all.</param>
    public IReadOnlyList<(long RecordId, string Cause, string Pattern)> CausePatternPairs(IReadOnlyCollection<string>? causes = null, string? pattern = null) => database.Read(c =>
        (IReadOnlyList<(long, string, string)>)[.. c.Query<(long, string, string)>(
            $"""
            select
                k.record_id,
                k.cause,
                p.pattern
            from incident_causes k
            join incident_patterns p on p.record_id = k.record_id
            where p.relation in ('violated', 'absent', 'misapplied')
            {(causes is null ? "" : "and k.cause in @causes")}
            {(pattern is null ? "" : "and p.pattern = @pattern")}
            """,
            new { causes, pattern })]);

    /// <summary>Slugs of the records that cite an address, in its canonical form.</summary>
    public IReadOnlyList<string> CitingUrl(string canonicalUrl) => database.Read(c =>
        (IReadOnlyList<string>)[.. c.Query<string>(
            """
            select i.slug
            from incident_sources s
            join incidents i on i.record_id = s.record_id
            where s.url = @canonicalUrl
            order by i.slug
            """,
            new { canonicalUrl })]);

    /// <summary>Every record for the search index: id and JSON are streamed, so that a large library is never in memory at once.</summary>
    public void ForEach(Action<long, Incident> each) => database.Read(c =>
    {
        foreach (var row in c.Query<(long Id, string Document)>("select record_id, document from incidents order by record_id", buffered: false))
            each(row.Id, Parse(row.Document));
        return 0;
    });

    public Incident? ById(long id) => database.Read(c =>
        c.ExecuteScalar<string?>("select document from incidents where record_id = @id", new { id }) is { } json ? Parse(json) : null);

    private IReadOnlyDictionary<string, long> Counts(string table, string column) => database.Read(c => c
        .Query<(string Slug, long Incidents)>($"select {column}, count(*) from {table} group by {column}")
        .ToDictionary(r => r.Slug, r => r.Incidents));

    private IReadOnlyList<IncidentSummary> Query(string sql, object? parameters = null) =>
        database.Read(c => (IReadOnlyList<IncidentSummary>)[.. c.Query<string>(sql, parameters).Select(Summary)]);

    private static string MonthAndDay(DateTime day) => day.ToString("MM-dd", CultureInfo.InvariantCulture);

    private static Incident Parse(string json) => JsonSerializer.Deserialize(json, IncidentJson.Default.Incident)!;

    private static IncidentSummary Summary(string json) => JsonSerializer.Deserialize(json, IncidentJson.Default.IncidentSummary)!;
}
