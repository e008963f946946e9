using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets;

/// <summary>A timeline as lines to tell, each with its time for the eye and for the ear, and how much the story needs it.</summary>
internal sealed class Beats(Incident incident, HostClock clock)
{
    /// <summary>Beyond two days nobody counts hours from the start: the date is said.</summary>
    private static readonly TimeSpan _farthestOffset = TimeSpan.FromHours(48);

    private readonly When? _started = incident.Started?.At;
    private readonly Statements _statements = Statements.Of(incident);

    public IEnumerable<(PrepStatement Statement, int Rank)> All()
    {
        var dateSaid = false;
        for (var i = 0; i < incident.Timeline.Count; i++)
        {
            var e = incident.Timeline[i];
            // A line of two sentences may cite within itself.
            IReadOnlyList<string> sources = [.. Citations.In(e.Text).Concat(e.Sources).Distinct(StringComparer.Ordinal)];
            var kind = e.Sources.Contains(Citations.Unsourced) || sources.Count == 0 ? StatementKind.Unsourced : StatementKind.Cited;
            var (label, subLabel) = Printed(e.At);
            var spoken = Said(e.At, ref dateSaid);
            yield return (
                _statements.Make(e.Id, kind, Markup.MarkdownRenderer.ToPlainText(e.Text), sources, "timeline", e.Id).Labelled(label, spoken is null ? null : spoken + ":", subLabel) with
                {
                    TurningPoint = e.TurningPoint,
                    Place = i,
                },
                RankOf(e, i));
        }
    }

    /// <summary>The moments without which the story can't be told come first; the ends of the timeline before its middle.</summary>
    private int RankOf(TimelineEvent e, int position) =>
        (e.Key ? 8 : 0) + (e.TurningPoint ? 8 : 0) + (position == 0 || position == incident.Timeline.Count - 1 ? 1 : 0)
        + e.Type switch
        {
            EventTypes.Trigger or EventTypes.ImpactStart => 6,
            EventTypes.Resolved or EventTypes.ImpactEnd or EventTypes.Mitigation => 5,
            EventTypes.Detected or EventTypes.CauseIdentified or "action_backfired" or EventTypes.Relapse => 4,
            "alert_missed" or "decision" or EventTypes.PartialRecovery or EventTypes.Declared => 3,
            EventTypes.LatentFault or EventTypes.ChangeDeployed or EventTypes.Escalated or "safety_mechanism_fired" => 2,
            EventTypes.StatusPosted or "postmortem_published" or "context" => 0,
            _ => 1,
        };

    private (string Label, string? SubLabel) Printed(When at) => TPlus.Of(at, _started) is { } tPlus
        ? ((at.Approximate ? "about " : "") + tPlus, clock.Print(at, _started))
        : (WhenWords.Date(at), clock.Print(at, null));

    /// <summary>
    /// “Eleven minutes in”, “Two hours before”, “On the sixth of August”; the full date and time for the first line that stands at the
    /// start, and nothing for others at the same moment.
    /// </summary>
    private string? Said(When at, ref bool dateSaid)
    {
        var doubt = at.Uncertain ? "perhaps " : "";
        var about = doubt + (at.Approximate ? "about " : "");
        if (Offset(at.Start) is not { } from || (at.End is { } last && Offset(last) is null))
            return Capital(OnDate(at, about));
        if (at.End is { } end)
        {
            var to = Offset(end)!.Value;
            if (from < TimeSpan.Zero)
                return to <= TimeSpan.Zero ? Capital($"between {about}{SpokenTimes.Length(from)} and {Before(to)}") : Capital(OnDate(at, about));
            return Capital(from == TimeSpan.Zero
                ? $"within {about}the first {SpokenTimes.Length(to)}"
                : $"{about}between {SpokenTimes.Length(from)} and {SpokenTimes.Length(to)} in");
        }

        if (from == TimeSpan.Zero)
        {
            if (dateSaid)
                return null;
            dateSaid = true;
            return Capital(OnDate(at, about));
        }

        return Capital(about + (from < TimeSpan.Zero ? Before(from) : SpokenTimes.Length(from) + " in"));
    }

    private static string Before(TimeSpan offset) => offset == TimeSpan.Zero ? "the start" : SpokenTimes.Length(offset) + " before";

    /// <summary>Time from the start, where both have a time of day and lie within two days of each other.</summary>
    private TimeSpan? Offset(WhenPoint point)
    {
        if (_started is not { Start.HasTime: true } started || !point.HasTime)
            return null;
        var offset = point.Earliest - started.Start.Earliest;
        return offset.Duration() <= _farthestOffset ? offset : null;
    }

    private string OnDate(When at, string about)
    {
        var start = clock.In(at.Start);
        if (at.End is { } end)
            return $"{about}between {Day(start)} and {Day(clock.In(end))}";
        return about.Length > 0 && start.Precision < WhenPrecision.Day
            ? $"{about}{SpokenTimes.Date(start)}"
            : start.Precision >= WhenPrecision.Day ? $"{(start.HasTime ? "" : about)}on {Day(start, about)}" : $"in {Day(start)}";
    }

    /// <summary>The date with its time of day; the year is said where it is not the year of the start, and at the start.</summary>
    private string Day(WhenPoint point, string about = "")
    {
        if (point.Precision < WhenPrecision.Day)
            return SpokenTimes.Date(point);
        var sameYear = _started is { } started && started.Start.Precision >= WhenPrecision.Day && point.Local.Year == started.Start.Local.Year
            && point.Local.Date != clock.In(started.Start).Local.Date;
        var date = SpokenTimes.Date(point.Local.Day, point.Local.Month, sameYear ? null : point.Local.Year);
        return point.HasTime ? $"{date}, at {about}{SpokenTimes.Clock(point.Local.Hour, point.Local.Minute)} {ZoneName(point)}" : date;
    }

    private static string ZoneName(WhenPoint point) => SpokenText.Of(WhenWords.Zone(point).Replace("UTC−", "UTC minus ", StringComparison.Ordinal).Replace("UTC+", "UTC plus ", StringComparison.Ordinal)).Text;

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
