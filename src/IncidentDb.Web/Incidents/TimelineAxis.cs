using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Vocabularies;
using IncidentDb.Wording;

namespace IncidentDb.Web.Incidents;

/// <summary>Where everything of a drawn timeline lies; positions are per cent of the drawing's width.</summary>
public sealed record TimelineAxis
{
    /// <summary>The lanes below the axis, each an event group of the vocabulary.</summary>
    public static readonly IReadOnlyList<(string Group, string Label)> Lanes = [("trigger", "Trigger"), ("harm", "Harm"), ("notice", "Notice"), ("action", "Action"), ("better", "Better")];

    /// <summary>Left edge of the drawing: labels stand before it.</summary>
    public const double Left = 13;
    public const double Right = 99;

    /// <param name="Right">Pixels that it is moved to the right, and</param>
    /// <param name="Down">down, so that it covers no other at the same time.</param>
    public sealed record Mark(int Event, double X, int Lane, string Sign, string Group, string Label, bool Key, int Right = 0, int Down = 0);

    public sealed record Band(string Name, double X, double Width, bool Imprecise);

    public sealed record Tick(double X, string Label);

    /// <summary>The overview above an enlarged part; null where one axis shows everything well.</summary>
    public sealed record Overview(string Label, IReadOnlyList<Tick> Ticks, IReadOnlyList<Band> Bands, IReadOnlyList<Mark> Marks, double LensTo);

    public required string Label { get; init; }

    public required IReadOnlyList<Tick> Ticks { get; init; }

    public required IReadOnlyList<Band> Bands { get; init; }

    public required IReadOnlyList<Mark> Marks { get; init; }

    public Overview? Whole { get; init; }

    /// <summary>The drawing of a record, or null when fewer than three events have a time of day.</summary>
    public static TimelineAxis? Of(Incident incident, Derivation derived, Vocabulary? types)
    {
        if (incident.Started?.At is not { Start.HasTime: true } started)
            return null;
        var timed = incident.Timeline
            .Select((e, i) => (Event: e, Index: i, Offset: e.At.Start.Earliest - started.Start.Earliest))
            .Where(e => e.Event.At.Start.HasTime && types?.Find(e.Event.Type)?.Group is { } group && LaneOf(group) >= 0)
            .ToList();
        var end = derived.Phases.Count > 0 ? derived.Phases[^1].To : TimeSpan.Zero;
        // Far before the start and far after the end, single events would squeeze everything else.
        var reach = TimeSpan.FromTicks(Math.Max(end.Ticks, TimeSpan.FromMinutes(10).Ticks));
        timed = [.. timed.Where(e => e.Offset >= -reach / 2 && e.Offset <= reach * 1.25)];
        if (timed.Count < 3)
            return null;
        var (first, last) = (timed.Min(e => e.Offset), TimeSpan.FromTicks(Math.Max(end.Ticks, timed.Max(e => e.Offset).Ticks)));
        if (last - first < TimeSpan.FromMinutes(2))
            return null;
        var margin = (last - first) * 0.03;
        (first, last) = (first - margin, last + margin);

        if (LensEnd(timed.Select(e => e.Offset), first, last) is { } lens)
        {
            var near = timed.Where(e => e.Offset <= lens).ToList();
            var far = timed.Where(e => e.Offset > lens).ToList();
            return new TimelineAxis
            {
                Label = $"First {DurationWords.Of(Rounded(lens - first))}",
                Ticks = TicksOf(started, first, lens),
                Bands = BandsOf(derived, first, lens),
                Marks = Apart(MarksOf(near, types!, first, lens), m => m.Lane),
                Whole = new Overview(
                    DurationWords.Of(Rounded(last - first)), TicksOf(started, first, last), BandsOf(derived, first, last), Apart(MarksOf(far, types!, first, last), _ => 0), X(lens, first, last)),
            };
        }

        return new TimelineAxis
        {
            Label = "",
            Ticks = TicksOf(started, first, last),
            Bands = BandsOf(derived, first, last),
            Marks = Apart(MarksOf(timed, types!, first, last), m => m.Lane),
        };
    }

    private static int LaneOf(string group)
    {
        for (var i = 0; i < Lanes.Count; i++)
        {
            if (Lanes[i].Group == group)
                return i;
        }

        return -1;
    }

    /// <summary>When most events fall into a small first part, that part is enlarged.</summary>
    private static TimeSpan? LensEnd(IEnumerable<TimeSpan> offsets, TimeSpan first, TimeSpan last)
    {
        var sorted = offsets.Order().ToList();
        if (sorted.Count < 6)
            return null;
        var index = (int)Math.Ceiling(sorted.Count * 0.65) - 1;
        var span = sorted[index] - first;
        return span > TimeSpan.FromMinutes(2) && span < (last - first) * 0.25 ? first + (span * 1.06) : null;
    }

    private static double X(TimeSpan offset, TimeSpan first, TimeSpan last) => Left + ((Right - Left) * ((offset - first) / (last - first)));

    private static List<Mark> MarksOf(List<(TimelineEvent Event, int Index, TimeSpan Offset)> events, Vocabulary types, TimeSpan first, TimeSpan last) =>
    [
        .. events.Select(e =>
        {
            var term = types.Find(e.Event.Type)!;
            return new Mark(
                e.Index, X(e.Offset, first, last), LaneOf(term.Group!), term.Sign ?? "dot", term.Group!, $"{term.Label}, {WhenWords.InTimeline(e.Event.At)}, {TPlus.Of(e.Offset)}", e.Event.Key);
        }),
    ];

    /// <summary>
    /// Marks of a lane that would cover each other stand above and below its line in turn, and those of the same time beside each other. A mark is 16
    /// pixels wide, and the drawing at least 640.
    /// </summary>
    private static List<Mark> Apart(List<Mark> marks, Func<Mark, int> laneOf)
    {
        const int half = 8;
        const double width = 2.5;
        var apart = new List<Mark>(marks.Count);
        foreach (var lane in marks.GroupBy(laneOf))
        {
            var sorted = lane.OrderBy(m => m.X).ThenBy(m => m.Event).ToList();
            // How far the marks above and below the line reach; one on the line is in the way of both.
            var rows = new[] { double.NegativeInfinity, double.NegativeInfinity };
            for (var i = 0; i < sorted.Count; i++)
            {
                var mark = sorted[i];
                var free = mark.X - Math.Max(rows[0], rows[1]) >= width;
                if (free && (i + 1 == sorted.Count || sorted[i + 1].X - mark.X >= width))
                {
                    rows[0] = rows[1] = mark.X;
                    apart.Add(mark);
                    continue;
                }

                var row = rows[0] <= rows[1] ? 0 : 1;
                // What is missing is made up in pixels.
                var at = Math.Max(mark.X, rows[row] + width);
                rows[row] = at;
                apart.Add(mark with { Right = (int)Math.Round((at - mark.X) / width * 2 * half), Down = row == 0 ? -half : half });
            }
        }

        return [.. apart.OrderBy(m => m.Event)];
    }

    private static List<Band> BandsOf(Derivation derived, TimeSpan first, TimeSpan last)
    {
        var bands = new List<Band>();
        foreach (var phase in derived.Phases)
        {
            var from = phase.From < first ? first : phase.From;
            var to = phase.To > last ? last : phase.To;
            if (to <= from)
                continue;
            var x = X(from, first, last);
            bands.Add(new Band(phase.Name, x, Math.Max(0.3, X(to, first, last) - x - 0.12), phase.Imprecise));
        }

        return bands;
    }

    private static readonly TimeSpan[] _steps =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14),
        TimeSpan.FromDays(30), TimeSpan.FromDays(91), TimeSpan.FromDays(365), TimeSpan.FromDays(3_650),
    ];

    /// <summary>Round times of the record's own clock, at most eight.</summary>
    private static List<Tick> TicksOf(When started, TimeSpan first, TimeSpan last)
    {
        var zero = started.Start.Local;
        var step = _steps.FirstOrDefault(s => (last - first) / s <= 8, _steps[^1]);
        var ticks = new List<Tick>();
        var day = zero.Date;
        var from = zero + first;
        var at = day + (step * Math.Ceiling((from - day) / step));
        var lastDay = DateTime.MinValue;
        for (; at <= zero + last && ticks.Count < 12; at += step)
        {
            var dates = step >= TimeSpan.FromDays(1);
            var label = dates ? at.ToString(step >= TimeSpan.FromDays(300) ? "yyyy" : "d MMM", CultureInfo.InvariantCulture) : at.ToString("HH:mm", CultureInfo.InvariantCulture);
            // The first tick of another day says which.
            if (!dates && lastDay != DateTime.MinValue && at.Date != lastDay && at.TimeOfDay < step)
                label = at.ToString("d MMM", CultureInfo.InvariantCulture);
            lastDay = at.Date;
            ticks.Add(new Tick(X(at - zero, first, last), label));
        }

        return ticks;
    }

    private static TimeSpan Rounded(TimeSpan length) => length switch
    {
        { TotalHours: < 2 } => TimeSpan.FromMinutes(Math.Round(length.TotalMinutes)),
        { TotalDays: < 2 } => TimeSpan.FromHours(Math.Round(length.TotalHours)),
        _ => TimeSpan.FromDays(Math.Round(length.TotalDays)),
    };
}
