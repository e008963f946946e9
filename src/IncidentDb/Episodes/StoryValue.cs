using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Episodes;

/// <summary>What a record is worth as a story, in points, with each reason and its points: nothing in it is hidden.</summary>
public sealed record StoryValue(double Points, IReadOnlyList<(string Reason, double Points)> Reasons)
{
    private const int DaysAhead = 60;

    /// <param name="today">For anniversaries.</param>
    public static StoryValue Of(Incident incident, DateOnly today)
    {
        var reasons = new List<(string Reason, double Points)>();
        void Add(string reason, double points)
        {
            if (points >= 0.05)
                reasons.Add((reason, Math.Round(points, 1)));
        }

        if (Money.LossOf(incident) is { } loss)
            Add($"{AmountWords.Of(loss)} lost", Scale(loss.UsdMin, 100_000, 5));
        if (Metric(incident, "deaths") is { Value.Min: > 0 } deaths)
            Add($"{AmountWords.Of(deaths.Value)} dead", 4);
        var people = incident.Metrics.Where(m => m.Name is "users_affected" or "accounts_affected" or "records_exposed").OrderByDescending(m => m.Value.Min ?? 0).FirstOrDefault();
        if (people is { Value.Min: { } count })
            Add($"{AmountWords.Of(people.Value)} {(people.Name == "records_exposed" ? "records exposed" : "people hit")}", Scale(count, 10_000, 4));
        var turns = incident.Timeline.Count(e => e.TurningPoint);
        Add(turns == 1 ? "a turning point" : $"{turns} turning points", Math.Min(turns, 3));
        var publishers = incident.Sources.Select(s => s.Publisher).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        Add(publishers == 1 ? "sources of one publisher" : $"sources of {publishers} publishers", Math.Min(publishers, 4) * 0.5);
        Add("a scene is written", incident.Section("cold_open") is null ? 0 : 1);
        Add("something backfired", incident.Timeline.Any(e => e.Type == "action_backfired") ? 1 : 0);
        if (Anniversary(incident, today) is { } anniversary)
            Add(anniversary.Words, anniversary.Points);
        return new StoryValue(Math.Round(reasons.Sum(r => r.Points), 1), [.. reasons.OrderByDescending(r => r.Points)]);
    }

    /// <summary>A point for every tenfold above the floor.</summary>
    private static double Scale(decimal? value, double floor, double most) => value is { } v && v > 0 ? Math.Clamp(Math.Log10((double)v / floor), 0, most) : 0;

    private static Metric? Metric(Incident incident, string name) => incident.Metrics.FirstOrDefault(m => m.Name == name);

    private static (string Words, double Points)? Anniversary(Incident incident, DateOnly today)
    {
        if (incident.Started?.At.Start is not { Precision: >= WhenPrecision.Day } start)
            return null;
        // A leap day is kept on the last day of February.
        DateOnly In(int year) => new(year, start.Local.Month, Math.Min(start.Local.Day, DateTime.DaysInMonth(year, start.Local.Month)));
        var next = In(today.Year) < today ? In(today.Year + 1) : In(today.Year);
        var years = next.Year - start.Local.Year;
        if (years <= 0 || next.DayNumber - today.DayNumber > DaysAhead)
            return null;
        return (string.Create(CultureInfo.InvariantCulture, $"{years} {(years == 1 ? "year" : "years")} ago on {next:d MMMM}"), years % 5 == 0 ? 2 : 1);
    }
}

/// <summary>A record that no episode has told, with its worth.</summary>
public sealed record UntoldStory(Incident Incident, StoryValue Value);
