using System.Collections.Concurrent;

namespace IncidentDb.Incidents;

/// <summary>
/// Summaries as they were read last, for the state of the library that search is in: a page of results needs twenty, and reading each from its JSON
/// takes longer than finding it. When the state changes all are forgotten.
/// </summary>
internal sealed class KeptSummaries(IncidentStore incidents)
{
    /// <summary>About a kilobyte each.</summary>
    private const int Most = 20_000;

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
        var missing = ids.Where(id => !state.Known.ContainsKey(id)).ToList();
        if (missing.Count > 0)
        {
            if (state.Known.Count > Most)
                state.Known.Clear();
            foreach (var (id, summary) in incidents.SummariesById(missing))
                state.Known[id] = summary;
        }

        var summaries = new List<IncidentSummary>(ids.Count);
        foreach (var id in ids)
        {
            if (state.Known.TryGetValue(id, out var summary))
                summaries.Add(summary);
        }

        return summaries;
    }
}
