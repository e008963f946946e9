using IncidentDb.Incidents;
using IncidentDb.Submissions;

namespace IncidentDb.Web.Submissions;

/// <summary>What a draft still lacks, in the words that go on after "a prep sheet still lacks".</summary>
internal static class Completion
{
    public static IReadOnlyList<string> Lacks(FormReading reading)
    {
        var lacks = reading.Problems.Where(p => p.IsError && p.Rule is "missing" or "one-line" && p.Field.Length > 0).Select(p => $"{RecordUnits.LabelOf(p.Field)} (needed)").Distinct(StringComparer.Ordinal).ToList();
        if (reading.Incident is { } incident)
            lacks.AddRange(Completeness.Of(incident).Checks.Where(c => !c.Met).Select(c => c.What));
        return lacks;
    }
}
