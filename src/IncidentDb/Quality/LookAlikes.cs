using IncidentDb.Incidents;

namespace IncidentDb.Quality;

/// <summary>Two records that may tell the same incident, with the reason.</summary>
public sealed record LookAlike(string First, string Second, string Reason);

/// <summary>
/// Finds incidents told twice among the records of a folder, by the same <see cref="Resemblance"/> that a draft is judged by. Records that name each
/// other as related were looked at by a person and are left alone; so are case studies, which tell of no one time.
/// </summary>
public static class LookAlikes
{
    public static IEnumerable<LookAlike> Among(IReadOnlyList<Incident> incidents)
    {
        var told = incidents.Where(i => !i.IsCaseStudy && i.Started is not null)
            .Select(i => (Incident: i, Traits: Traits.Of(i)))
            .OrderBy(i => i.Incident.Slug, StringComparer.Ordinal)
            .ToList();
        for (var a = 0; a < told.Count; a++)
        {
            for (var b = a + 1; b < told.Count; b++)
            {
                if (Reason(Resemblance.Of(told[a].Traits, told[b].Traits)) is { } reason && !Related(told[a].Incident, told[b].Incident))
                    yield return new LookAlike(told[a].Incident.Slug, told[b].Incident.Slug, reason);
            }
        }
    }

    private static string? Reason(Resemblance likeness) => likeness switch
    {
        { SameOutage: true } => "the same company, and they began within two days of each other",
        { SameDocument: true, DaysApart: not null } => "the same document as a source, and they began within a month of each other",
        { SameDocument: true } => "the same document as a source, and telling words of title and line",
        { SameWords: true } => "nearly the same words in title and line",
        _ => null,
    };

    private static bool Related(Incident one, Incident other) =>
        one.Relations.Any(r => r.Incident == other.Slug) || other.Relations.Any(r => r.Incident == one.Slug);
}
