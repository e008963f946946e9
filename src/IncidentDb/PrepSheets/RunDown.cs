using IncidentDb.Episodes;

namespace IncidentDb.PrepSheets;

/// <summary>The blocks of a sheet and the time each has, by the length of the episode.</summary>
public static class RunDown
{
    public const string ColdOpen = "cold_open";
    public const string Stakes = "stakes";
    public const string Theory = "theory";
    public const string Story = "story";
    public const string Causes = "causes";
    public const string Patterns = "patterns";
    public const string Lessons = "lessons";
    public const string Hook = "hook";

    /// <summary>Below this length a sheet is read as it stands; above it there is air for talk.</summary>
    public const int ReadAsItStands = 5;

    public const int DefaultMinutes = 20;

    public static readonly IReadOnlyList<int> Lengths = [5, 20, 60, 150];

    /// <summary>A block before it has content.</summary>
    /// <param name="Seconds">Its share of the length.</param>
    public sealed record Slot(string Id, string Title, int Seconds);

    private static readonly Dictionary<int, IReadOnlyList<Slot>> _plans = new()
    {
        [5] =
        [
            new(ColdOpen, "Cold open", 50), new(Stakes, "Stakes", 35), new(Theory, "Theory", 30), new(Story, "What happened", 110),
            new(Patterns, "Patterns", 35), new(Lessons, "Lessons", 20), new(Hook, "Hook", 20),
        ],
        [20] =
        [
            new(ColdOpen, "Cold open", 60), new(Stakes, "Stakes and context", 120), new(Theory, "Theory", 120), new(Story, "Deep dive", 480),
            new(Patterns, "Pattern application", 210), new(Lessons, "Lessons", 120), new(Hook, "Hook to the next", 90),
        ],
        [60] =
        [
            new(ColdOpen, "Cold open", 120), new(Stakes, "Stakes and context", 180), new(Theory, "Theory", 300), new(Story, "Deep dive", 1800),
            new(Patterns, "Pattern application", 600), new(Lessons, "Lessons", 300), new(Hook, "Hook to the next", 300),
        ],
        // Hour one reconstructs the timeline, hour two analyses patterns and prevention, the last half-hour is guidance.
        [150] =
        [
            new(ColdOpen, "Cold open", 300), new(Stakes, "Stakes and background", 600), new(Story, "The timeline", 2700),
            new(Theory, "Theory", 600), new(Causes, "Causes", 900), new(Patterns, "Patterns and prevention", 2100),
            new(Lessons, "Guidance by role", 1200), new(Hook, "Hook to the next", 600),
        ],
    };

    /// <summary>Titles of segments as episodes write them, and the block that each is.</summary>
    private static readonly Dictionary<string, string> _blockOfTitle = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Cold open"] = ColdOpen,
        ["Stakes and context"] = Stakes,
        ["Stakes and background"] = Stakes,
        ["Theory"] = Theory,
        ["Deep dive"] = Story,
        ["The timeline"] = Story,
        ["Causes"] = Causes,
        ["Pattern application"] = Patterns,
        ["Patterns"] = Patterns,
        ["Lessons"] = Lessons,
        ["Guidance by role"] = Lessons,
        ["Hook to the next"] = Hook,
    };

    /// <summary>The minutes that an episode format runs; null for one without a fixed length.</summary>
    public static int? MinutesOf(string? format) => format switch { "short" => 20, "hour" => 60, "documentary" or "masterclass" => 150, _ => null };

    /// <summary>The slots of a length: those of the episode's own segments where it is made in its own length and every segment is a known block.</summary>
    public static IReadOnlyList<Slot> Plan(int minutes, Episode? episode) =>
        episode is { Segments.Count: > 0 } && MinutesOf(episode.Format) == minutes && FromSegments(episode, minutes) is { } own ? own : _plans[minutes];

    private static List<Slot>? FromSegments(Episode episode, int minutes)
    {
        var slots = new List<Slot>();
        for (var i = 0; i < episode.Segments.Count; i++)
        {
            var start = EpisodeFile.TimeMark(episode.Segments[i].Start);
            var end = i + 1 < episode.Segments.Count ? EpisodeFile.TimeMark(episode.Segments[i + 1].Start) : TimeSpan.FromMinutes(minutes);
            if (start is null || end is null || end <= start || !_blockOfTitle.TryGetValue(episode.Segments[i].Title, out var id) || slots.Any(s => s.Id == id))
                return null;
            slots.Add(new Slot(id, episode.Segments[i].Title, (int)(end.Value - start.Value).TotalSeconds));
        }

        return slots.Sum(s => s.Seconds) == minutes * 60 && slots.Any(s => s.Id == Story) && slots.Any(s => s.Id == Patterns) && slots.Any(s => s.Id == Hook) ? slots : null;
    }
}
