using System.Text.Json;
using Dapper;
using IncidentDb.Incidents;
using IncidentDb.Storage;

namespace IncidentDb.Episodes;

/// <summary>SQL for what episodes tell and what none has told.</summary>
public sealed class EpisodeStore(Database database)
{
    /// <summary>More untold records than this are judged by their loss, grade and date first, so that a large library answers as fast as a small one.</summary>
    private const int MostJudged = 400;

    /// <summary>The records behind slugs and roles, in their order.</summary>
    public IReadOnlyList<(Incident Incident, string Role)> Told(IReadOnlyList<KeyValuePair<string, string>> named) => database.Read(c =>
    {
        var read = c.Query<(string Slug, string Document)>(
            """
            select
                slug,
                document
            from incidents
            where slug in @slugs
            """,
            new { slugs = named.Select(n => n.Key) })
            .ToDictionary(r => r.Slug, r => JsonSerializer.Deserialize(r.Document, IncidentJson.Default.Incident)!, StringComparer.Ordinal);
        return (IReadOnlyList<(Incident, string)>)[.. named.Where(n => read.ContainsKey(n.Key)).Select(n => (read[n.Key], n.Value))];
    });

    /// <summary>Records that no episode names and that name none, the best stories first; and how many records no episode names.</summary>
    /// <param name="told">Slugs that episodes name.</param>
    public (IReadOnlyList<UntoldStory> Stories, long Total) Untold(IReadOnlyCollection<string> told, DateOnly today, int count) => database.Read(c =>
    {
        const string untold = "from incidents i where i.slug not in (select value from json_each(@told))";
        var names = JsonSerializer.Serialize(told);
        var total = c.ExecuteScalar<long>($"select count(*) {untold}", new { told = names });
        var documents = c.Query<string>(
            $"""
            select i.document
            {untold}
            order by
                i.loss_usd_min desc nulls last,
                case i.completeness when 'gold' then 0 when 'silver' then 1 else 2 end,
                i.started_from desc,
                i.slug
            limit @MostJudged
            """,
            new { told = names, MostJudged });
        var stories = documents.Select(d => JsonSerializer.Deserialize(d, IncidentJson.Default.Incident)!)
            .Where(i => i.Episodes.Count == 0)
            .Select(i => new UntoldStory(i, StoryValue.Of(i, today)))
            .OrderByDescending(s => s.Value.Points).ThenBy(s => s.Incident.Slug, StringComparer.Ordinal)
            .Take(count);
        return ((IReadOnlyList<UntoldStory>)[.. stories], total);
    });
}
