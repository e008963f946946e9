using Dapper;
using IncidentDb.Records;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Incidents;

public sealed partial class IncidentStore
{
    /// <summary>Writes what pages read of a record; part of the transaction that accepts it.</summary>
    internal static void Project(SqliteConnection c, long id, IncidentProjection projection)
    {
        Remove(c, id);
        var incident = projection.Incident;
        var began = incident.Started?.At.Start;
        c.Execute(
            """
            insert into incidents (
                record_id, slug, kind, title, started_from, started_to, severity, completeness, loss_usd_min, year, anniversary, events, phases, document, summary, html)
            values (
                @id, @Slug, @Kind, @Title, @from, @to, @Severity, @Completeness, @LossUsdMin, @year, @anniversary, @events, @Phases, @Document, @Summary, @Html)
            """,
            new
            {
                id,
                incident.Slug,
                incident.Kind,
                incident.Title,
                from = incident.Started?.At.Earliest.ToUnixTimeSeconds(),
                to = incident.Started?.At.Latest.ToUnixTimeSeconds(),
                incident.Severity,
                projection.Completeness,
                projection.LossUsdMin,
                year = began?.Local.Year,
                anniversary = began is { Precision: >= WhenPrecision.Day } day ? MonthAndDay(day.Local) : null,
                events = incident.Timeline.Count,
                projection.Phases,
                projection.Document,
                projection.Summary,
                projection.Html,
            });
        foreach (var company in incident.Companies.DistinctBy(x => x.Slug))
            c.Execute("insert into incident_companies (record_id, company, role) values (@id, @Slug, @Role)", new { id, company.Slug, company.Role });
        foreach (var cause in incident.Causes)
            c.Execute("insert into incident_causes (record_id, cause, role) values (@id, @Slug, @Role)", new { id, cause.Slug, cause.Role });
        foreach (var pattern in incident.Patterns)
            c.Execute("insert into incident_patterns (record_id, pattern, relation) values (@id, @Slug, @Relation)", new { id, pattern.Slug, pattern.Relation });
        foreach (var technology in incident.Technologies.Distinct(StringComparer.Ordinal))
            c.Execute("insert into incident_technologies (record_id, technology) values (@id, @technology)", new { id, technology });
        foreach (var url in incident.Sources.Select(s => s.Url is null ? null : SourceUrl.Canonical(s.Url)).OfType<string>().Distinct(StringComparer.Ordinal))
            c.Execute("insert into incident_sources (record_id, url) values (@id, @url)", new { id, url });
    }

    internal static void Remove(SqliteConnection c, long id) => c.Execute(
        """
        delete from incident_companies where record_id = @id;
        delete from incident_causes where record_id = @id;
        delete from incident_patterns where record_id = @id;
        delete from incident_technologies where record_id = @id;
        delete from incident_sources where record_id = @id;
        delete from incidents where record_id = @id;
        """,
        new { id });
}
