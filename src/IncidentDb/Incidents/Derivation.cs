using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>A length of time known between two bounds; equal bounds mean an exact length.</summary>
public sealed record DurationRange(TimeSpan Min, TimeSpan Max, bool Approximate = false)
{
    public bool IsExact => Min == Max;
}

/// <summary>A duration derived from a record, with the formula behind it; <see cref="Range"/> is null when the record has too little for it.</summary>
public sealed record Duration
{
    /// <summary>duration, ttd, ttm, ttr or latent.</summary>
    public required string Name { get; init; }

    public DurationRange? Range { get; init; }

    /// <summary>What was subtracted from what, e.g. "first resolved − started"; what is missing when there is no range.</summary>
    public required string Formula { get; init; }
}

/// <summary>A stretch of an incident's anatomy, in time from <c>started</c>.</summary>
/// <param name="Name">latent, undetected, diagnosing, mitigating or recovering.</param>
public sealed record Phase(string Name, TimeSpan From, TimeSpan To, bool Imprecise)
{
    public TimeSpan Length => To - From;
}

/// <summary>What follows from a record's times: never written in files, never finer than the facts behind it.</summary>
public sealed record Derivation
{
    public required Duration Lasted { get; init; }

    public required Duration TimeToDetect { get; init; }

    public required Duration TimeToMitigate { get; init; }

    public required Duration TimeToResolve { get; init; }

    public required Duration LatentPeriod { get; init; }

    /// <summary>Empty when too little is known to draw them.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    public IReadOnlyList<Duration> All => [Lasted, TimeToDetect, TimeToMitigate, TimeToResolve, LatentPeriod];

    public static Derivation Of(Incident incident)
    {
        var started = incident.Started?.At;
        var end = incident.Ended is { } ended ? ("ended", ended.At) : First(incident, EventTypes.Resolved, EventTypes.ImpactEnd, EventTypes.Mitigation);
        return new Derivation
        {
            Lasted = Between("duration", started, end, "an end"),
            TimeToDetect = Detection(incident, started),
            TimeToMitigate = Between("ttm", started, First(incident, EventTypes.Mitigation), "a mitigation"),
            TimeToResolve = Between("ttr", started, First(incident, EventTypes.Resolved) ?? (incident.Ended is { } e ? ("ended", e.At) : null), "a resolution"),
            LatentPeriod = Latent(incident, started),
            Phases = PhasesOf(incident, started, end?.Item2),
        };
    }

    /// <summary>The sources of <c>started</c>: its own, else those of the lines at that time, else the record's only source.</summary>
    public static IReadOnlyList<string> StartedSources(Incident incident)
    {
        if (incident.Started is not { } started)
            return [];
        if (started.Sources.Count > 0)
            return started.Sources;
        var lines = incident.Timeline
            .Where(e => e.At.Earliest <= started.At.Latest && e.At.Latest >= started.At.Earliest)
            .OrderByDescending(e => e.Type is EventTypes.ImpactStart or EventTypes.Trigger)
            .FirstOrDefault();
        if (lines is not null)
            return [.. lines.Sources.Where(s => s != Citations.Unsourced)];
        return incident.Sources.Count == 1 ? [incident.Sources[0].Id] : [];
    }

    /// <summary>The sources of the start and of the end between which the incident lasted; empty where the end has none.</summary>
    public static IReadOnlyList<string> LastedSources(Incident incident)
    {
        var ended = incident.Ended;
        IReadOnlyList<string> end = ended?.Sources ?? [];
        foreach (var type in new[] { EventTypes.Resolved, EventTypes.ImpactEnd, EventTypes.Mitigation })
        {
            if (end.Count > 0)
                break;
            end = incident.Timeline.FirstOrDefault(e => e.Type == type && (ended is null || (e.At.Earliest <= ended.At.Latest && ended.At.Earliest <= e.At.Latest)))?.Sources ?? [];
        }

        return end.Count == 0 ? [] : [.. StartedSources(incident).Concat(end).Where(s => s != Citations.Unsourced).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Time from one point to another; exact between exact points, else the smallest and largest it can be.</summary>
    public static DurationRange Range(When from, When to)
    {
        var approximate = from.Approximate || to.Approximate || from.Uncertain || to.Uncertain;
        var (fromFirst, fromLast) = Bounds(from);
        var (toFirst, toLast) = Bounds(to);
        var min = toFirst - fromLast;
        var max = toLast - fromFirst;
        return new DurationRange(min < TimeSpan.Zero && max >= TimeSpan.Zero ? TimeSpan.Zero : min, max, approximate);
    }

    /// <summary>A time known to the minute counts as that minute's beginning; a day or an interval as all it can mean.</summary>
    internal static (DateTimeOffset First, DateTimeOffset Last) Bounds(When when)
    {
        var last = when.End ?? when.Start;
        return (when.Start.Earliest, last.HasTime ? last.Earliest : last.Latest.AddSeconds(1));
    }

    private static (string Name, When At)? First(Incident incident, params ReadOnlySpan<string> types)
    {
        foreach (var type in types)
        {
            if (incident.Timeline.FirstOrDefault(e => e.Type == type) is { } e)
                return ($"first {type.Replace('_', ' ')}", e.At);
        }

        return null;
    }

    private static Duration Between(string name, When? started, (string Name, When At)? end, string missing)
    {
        if (started is null || end is not { } to)
            return new Duration { Name = name, Formula = $"insufficient data: {(started is null ? "a start" : missing)} is not known" };
        var range = Range(started, to.At);
        return range.Max < TimeSpan.Zero
            ? new Duration { Name = name, Formula = $"insufficient data: {to.Name} lies before the start" }
            : new Duration { Name = name, Range = range, Formula = $"{to.Name} − started" };
    }

    /// <summary>Without a line of type detected, the first sign that somebody knew bounds it from above.</summary>
    private static Duration Detection(Incident incident, When? started)
    {
        var detected = Between("ttd", started, First(incident, EventTypes.Detected), "a detection");
        if (detected.Range is not null || started is null)
            return detected;
        // A sign that lies somewhere in an interval bounds nothing worth printing.
        var sign = incident.Timeline.FirstOrDefault(e =>
            e.Type is EventTypes.AlertFired or EventTypes.Escalated or EventTypes.Declared or EventTypes.StatusPosted or EventTypes.Action
            && e.At is { End: null, Start.HasTime: true }
            && e.At.Latest >= started.Earliest);
        if (sign is null)
            return detected;
        var range = Range(started, sign.At);
        return new Duration
        {
            Name = "ttd",
            Range = new DurationRange(TimeSpan.Zero, range.Max, range.Approximate),
            Formula = $"at most: first {sign.Type.Replace('_', ' ')} − started",
        };
    }

    private static Duration Latent(Incident incident, When? started)
    {
        var origin = First(incident, EventTypes.LatentFault, EventTypes.ChangeDeployed);
        if (started is null || origin is not { } from)
            return new Duration { Name = "latent", Formula = "insufficient data: when the fault came in is not known" };
        var range = Range(from.At, started);
        return range.Max < TimeSpan.Zero
            ? new Duration { Name = "latent", Formula = "insufficient data: the fault came in after the start" }
            : new Duration { Name = "latent", Range = range, Formula = $"started − {from.Name}" };
    }

    private static IReadOnlyList<Phase> PhasesOf(Incident incident, When? started, When? end)
    {
        if (started is not { Start.HasTime: true } || end is not { Start.HasTime: true })
            return [];
        var phases = new List<Phase>();
        var origin = First(incident, EventTypes.LatentFault, EventTypes.ChangeDeployed);
        if (origin is { At: var from } && from.Earliest < started.Earliest)
            phases.Add(new Phase("latent", from.Earliest - started.Earliest, TimeSpan.Zero, !from.IsExact));
        var total = end.Earliest - started.Earliest;
        if (total <= TimeSpan.Zero)
            return phases.Count > 0 ? phases : [];

        var ttd = Detection(incident, started).Range;
        var detected = ttd is null ? (TimeSpan?)null : Clamp(ttd.Max, total);
        var mitigated = At(EventTypes.Mitigation);
        var identified = At(EventTypes.CauseIdentified);
        if (identified is not null && detected is not null && identified < detected)
            identified = null;
        if (identified is not null && mitigated is not null && identified > mitigated)
            identified = null;
        if (mitigated is not null && detected is not null && mitigated < detected)
            mitigated = null;

        var at = TimeSpan.Zero;
        if (detected is { } d)
            Add("undetected", d, ttd is { IsExact: false } or { Approximate: true });
        if (identified is { } i)
        {
            Add("diagnosing", i, false);
            Add("mitigating", mitigated ?? total, false);
        }
        else
        {
            Add("diagnosing", mitigated ?? total, false);
        }

        if (mitigated is not null)
            Add("recovering", total, !end.IsExact);
        return phases;

        TimeSpan? At(string type) =>
            First(incident, type) is { At.Start.HasTime: true } found ? Clamp(found.At.Earliest - started.Earliest, total) : null;

        void Add(string name, TimeSpan to, bool imprecise)
        {
            if (to > at)
                phases.Add(new Phase(name, at, to, imprecise || started is { IsExact: false }));
            at = to;
        }
    }

    private static TimeSpan Clamp(TimeSpan value, TimeSpan max) => value < TimeSpan.Zero ? TimeSpan.Zero : value > max ? max : value;
}
