using IncidentDb.Incidents;

namespace IncidentDb.Episodes;

/// <summary>What an episode still needs before it can be recorded, each a short sentence part; and its records with what their sheets lack.</summary>
public sealed record EpisodeNeeds(IReadOnlyList<string> Own, IReadOnlyList<(Incident Incident, IReadOnlyList<string> Lacks)> Records)
{
    /// <summary>How many there are altogether, a record with gaps counting as one.</summary>
    public int Count => Own.Count + Records.Count;

    /// <param name="told">The records that the episode names, and those that name it.</param>
    public static EpisodeNeeds Of(Episode episode, IReadOnlyList<Incident> told)
    {
        var own = new List<string>();
        void Need(bool there, string what)
        {
            if (!there)
                own.Add(what);
        }

        Need(told.Count > 0, "a record to tell");
        Need(told.Count == 0 || told.Any(i => i.Section("cold_open") is not null), "a record with a cold open");
        Need(episode.OneLine.Length > 0, "a line that says what it is about");
        Need(episode.Format is not null, "a format");
        Need(episode.Segments.Count > 0, "segments with their times");
        Need(episode.Patterns.Count > 0, "a pattern");
        Need(episode.Patterns.Count == 0 || episode.Patterns.Any(p => p.Value.Length > 0), "time marks for its patterns");
        Need(episode.Laws.Count > 0, "a law");
        Need(episode.LearningObjectives.Count > 0, "what a listener can do afterwards");
        Need(episode.ContentSources.Count > 0, "where its material comes from");
        Need(episode.AirDate is not null || episode.Status is not ("recorded" or "published"), "the day it aired");
        return new EpisodeNeeds(own, [.. told.Select(i => (i, HostReadiness.Of(i).Lacks)).Where(x => x.Lacks.Count > 0)]);
    }
}
