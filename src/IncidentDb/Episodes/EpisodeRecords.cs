using IncidentDb.Search;

namespace IncidentDb.Episodes;

/// <summary>The records of an episode: those that it names, and those that name it.</summary>
public static class EpisodeRecords
{
    private static readonly string[] _roles = ["main", "cold_open", "example"];

    /// <summary>Slugs and roles, main stories first, then the cold open, then examples; each in the order of the episode, others by slug.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(KnowledgeBase library, Episode episode)
    {
        var named = episode.Incidents.ToList();
        // Search knows who names an episode without looking into every record.
        var query = SearchQuery.Parse([new("episode", episode.Slug), new("size", "100")], resolve: null, [], out _);
        var hits = library.Search.Search(query, library.SearchOptions().HitsOnly).Hits.Select(h => h.Slug).Except(named.Select(n => n.Key), StringComparer.Ordinal);
        foreach (var slug in hits.Order(StringComparer.Ordinal))
        {
            if (library.Incidents.Find(slug)?.Incident.Episodes.FirstOrDefault(e => e.Key == episode.Slug) is { Value: { } role })
                named.Add(KeyValuePair.Create(slug, role));
        }

        return [.. named.OrderBy(n => Array.IndexOf(_roles, n.Value))];
    }
}
