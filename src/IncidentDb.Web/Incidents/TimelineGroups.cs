using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Web.Components;
using IncidentDb.Wording;

namespace IncidentDb.Web.Incidents;

/// <summary>A stretch of a timeline under one heading, with the positions of its events.</summary>
public sealed record TimelineGroup(string? Phase, string Heading, string Extent, IReadOnlyList<int> Events);

/// <summary>Cuts a timeline into what came before, the phases and what came after. Without phases it is one group without a heading.</summary>
public static class TimelineGroups
{
    public static IReadOnlyList<TimelineGroup> Of(Incident incident, Derivation derived)
    {
        var started = incident.Started?.At;
        var phases = derived.Phases.Where(p => p.Name != "latent").ToList();
        if (started is null || phases.Count == 0)
            return [new TimelineGroup(null, "", "", [.. Enumerable.Range(0, incident.Timeline.Count)])];

        var groups = new List<(string? Phase, string Heading, string Extent, List<int> Events)>();
        if (derived.Phases.FirstOrDefault(p => p.Name == "latent") is { } latent)
            groups.Add(("latent", "Before", $"the fault lay still for {DurationWords.Of(latent.Length)}", []));
        else
            groups.Add((null, "Before", "", []));
        foreach (var phase in phases)
            groups.Add((phase.Name, Capital.Of(phase.Name), Extent(phase, started), []));
        groups.Add((null, "Afterwards", "", []));

        // Lines keep their order: an event never goes back into an earlier group.
        var at = 0;
        for (var i = 0; i < incident.Timeline.Count; i++)
        {
            var e = incident.Timeline[i];
            at = Math.Max(at, GroupOf(e, started, phases));
            groups[at].Events.Add(i);
        }

        return [.. groups.Where(g => g.Events.Count > 0).Select(g => new TimelineGroup(g.Phase, g.Heading, g.Extent, g.Events))];
    }

    private static int GroupOf(TimelineEvent e, When started, List<Phase> phases)
    {
        var offset = e.At.Start.Earliest - started.Start.Earliest;
        // A line that names only a day says nothing about the hour: it stays where the list has it.
        if (!e.At.Start.HasTime)
            return e.At.Latest < started.Start.Earliest ? 0 : e.At.Earliest > started.Start.Earliest + phases[^1].To ? phases.Count + 1 : 0;
        if (offset < TimeSpan.Zero)
            return 0;
        for (var p = 0; p < phases.Count; p++)
        {
            if (offset < phases[p].To)
                return p + 1;
        }

        // What happens at the very end still belongs to the incident.
        return offset == phases[^1].To ? phases.Count : phases.Count + 1;
    }

    private static string Extent(Phase phase, When started)
    {
        var zone = started.Start;
        string Clock(TimeSpan t) => (zone.Local + t).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        var days = (zone.Local + phase.To).Date != (zone.Local + phase.From).Date;
        var to = days ? (zone.Local + phase.To).ToString("d MMM, HH:mm", System.Globalization.CultureInfo.InvariantCulture) : Clock(phase.To);
        var length = DurationWords.Of(phase.Length);
        return phase.Name == "undetected" && phase.Imprecise
            ? $"{Clock(phase.From)} to {to} at the latest · ≤ {length}"
            : $"{Clock(phase.From)} to {to} · {(phase.Imprecise ? "about " : "")}{length}";
    }
}
