using System.Globalization;
using IncidentDb.Incidents;
using IncidentDb.PrepSheets;
using IncidentDb.Records;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>The times before a line of a timeline, printed and spoken, held against the event itself.</summary>
internal static class EventLabels
{
    public static void Check(Incident incident, PrepStatement s, string clock, Action<string> complain)
    {
        if (incident.Timeline.FirstOrDefault(e => e.Id == s.Origin.Anchor) is not { } e)
        {
            complain("there is no such event");
            return;
        }

        var started = incident.Started?.At.Start;
        if (s.Label is { } label)
        {
            if (label.Contains('T', StringComparison.Ordinal) && label.Contains(':', StringComparison.Ordinal))
                Offset(label, e.At, started, complain);
            else if (!label.Contains("T+", StringComparison.Ordinal) && !label.Contains("T−", StringComparison.Ordinal) && !Printed(e.At.Start).Any(p => label.Contains(p, StringComparison.Ordinal)))
                complain($"“{label}” is not {e.At}");
            if (e.At.Approximate && !$"{label} {s.SubLabel}".Contains("about", StringComparison.Ordinal))
                complain($"“{label}” is said too exactly");
        }

        if (clock == HostClock.OfRecord && s.SubLabel is { } sub && e.At.Start.HasTime && !sub.Contains(e.At.Start.Local.ToString("HH:mm", CultureInfo.InvariantCulture), StringComparison.Ordinal))
            complain($"“{sub}” is not {e.At}");
        if (s.SpokenLabel is { } spoken)
            Spoken(spoken.TrimEnd(':').ToLowerInvariant(), e.At, started, clock, complain);
    }

    private static IEnumerable<string> Printed(WhenPoint point)
    {
        yield return point.Local.ToString(point.Precision switch { WhenPrecision.Year => "yyyy", WhenPrecision.Month => "MMMM yyyy", _ => "d MMMM yyyy" }, CultureInfo.InvariantCulture);
        // An interval within a month prints the day alone: “20 to 22 April 2018”.
        yield return point.Local.ToString("d", CultureInfo.InvariantCulture) + " to ";
        yield return point.Local.ToString("%d", CultureInfo.InvariantCulture) + " to ";
        yield return point.Local.ToString("d MMMM", CultureInfo.InvariantCulture) + " to ";
    }

    private static void Offset(string label, When at, WhenPoint? started, Action<string> complain)
    {
        var mark = label[(label.IndexOf('T', StringComparison.Ordinal) + 1)..];
        var days = mark.IndexOf(" d ", StringComparison.Ordinal);
        var parts = mark[(days < 0 ? 1 : days + 3)..].Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        var printed = TimeSpan.FromDays(days < 0 ? 0 : int.Parse(mark[1..days], CultureInfo.InvariantCulture)) + TimeSpan.FromHours(parts[0]) + TimeSpan.FromMinutes(parts[1]) + TimeSpan.FromSeconds(parts.Count > 2 ? parts[2] : 0);
        if (mark[0] == '−')
            printed = -printed;
        if (started is null || Math.Abs((at.Start.Earliest - started.Earliest - printed).TotalSeconds) >= 60)
            complain($"“{label}” is not {at}");
    }

    private static void Spoken(string spoken, When at, WhenPoint? started, string clock, Action<string> complain)
    {
        var numbers = SpokenWords.NumbersIn(spoken).ToList();
        if (started is not null && (spoken.EndsWith(" in", StringComparison.Ordinal) || spoken.EndsWith(" before", StringComparison.Ordinal)) && at.End is null)
        {
            var said = Length(spoken);
            var offset = (at.Start.Earliest - started.Earliest).Duration().TotalSeconds;
            // The second unit is dropped, never rounded up.
            if (said > offset + 0.5 || said < offset - 3600)
                complain($"“{spoken}” is not {at}");
            if (spoken.EndsWith(" before", StringComparison.Ordinal) != at.Start.Earliest < started.Earliest)
                complain($"“{spoken}” is on the wrong side of the start");
        }
        else if (spoken.Contains(" of ", StringComparison.Ordinal) && at.End is null && clock == HostClock.OfRecord)
        {
            var words = spoken.Split([' ', ',']);
            var of = Array.IndexOf(words, "of");
            var point = at.Start;
            if (SpokenWords.Ordinal(words[of - 1]) != point.Local.Day || !words[of + 1].Equals(point.Local.ToString("MMMM", CultureInfo.InvariantCulture), StringComparison.OrdinalIgnoreCase))
                complain($"“{spoken}” is not {at}");
        }

        if (numbers.Count == 0 && !spoken.Contains(" of ", StringComparison.Ordinal) && !spoken.Contains("midnight", StringComparison.Ordinal) && !spoken.Contains("the first", StringComparison.Ordinal) && !spoken.Contains("start", StringComparison.Ordinal))
            complain($"“{spoken}” names no time");
    }

    private static double Length(string spoken)
    {
        double total = 0;
        foreach (var (unit, seconds) in new[] { ("second", 1), ("minute", 60), ("hour", 3600), ("day", 86400) })
        {
            var words = spoken.Split(' ');
            var at = Array.FindIndex(words, w => w.TrimEnd('s') == unit);
            if (at > 0)
                total += (double)SpokenWords.NumbersIn(string.Join(' ', words[..at])).Last() * seconds;
        }

        return total;
    }
}
