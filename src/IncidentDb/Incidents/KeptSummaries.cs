using System.Collections.Concurrent;

namespace IncidentDb.Incidents;

/// <summary>
/// Summaries as they were read last, for the state of the library that search is in: a page of results needs twenty, and reading each from its JSON
/// takes longer than finding it. When the state changes all are forgotten.
/// </summary>
/// <param name="incidents">Where they are read.</param>
/// <param name="most">How many are kept, about a kilobyte each.</param>
internal sealed class KeptSummaries(IncidentStore incidents, int most = 20_000)
{

    private volatile State _state = new(-1);

    private sealed record State(long Seq)
    {
        public ConcurrentDictionary<long, IncidentSummary> Known { get; } = new();
    }

    /// <summary>The summaries of records by id, in the order of the ids; ids that are gone are left out.</summary>
    public IReadOnlyList<IncidentSummary> Of(IReadOnlyList<long> ids, long seq)
    {
        // What is read from here on is of this state or a later one, never of an earlier one.
        var state = _state;
        if (state.Seq != seq)
            _state = state = new State(seq);
        // Held here as well: whoever asks at the same moment may make room by forgetting them all.
        var found = new Dictionary<long, IncidentSummary>(ids.Count);
        var missing = new List<long>();
        foreach (var id in ids)
        {
            if (state.Known.TryGetValue(id, out var summary))
                found[id] = summary;
            else
                missing.Add(id);
        }

        if (missing.Count > 0)
        {
            if (state.Known.Count > most)
                state.Known.Clear();
            foreach (var (id, summary) in incidents.SummariesById(missing))
                state.Known[id] = found[id] = summary;
        }

        return [.. ids.Select(id => found.GetValueOrDefault(id)).OfType<IncidentSummary>()];
    }
}
