using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>What to take away, by audience, and what the operator changed.</summary>
internal static class LessonsBlock
{
    private static readonly string[] _audiences = ["Engineer", "Staff engineer", "Principal engineer", "Manager"];

    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var byAudience = new Dictionary<string, List<ItemDraft>>(StringComparer.OrdinalIgnoreCase);
        foreach (var story in c.Stories)
        {
            if (story.Incident.Section("lessons") is not { } lessons)
                continue;
            var (last, n) = ("", 0);
            foreach (var unit in story.Statements.Units(lessons, "sections.lessons", "lessons", StatementKind.Craft))
            {
                var audience = unit[0].Label ?? "";
                n = audience == last ? n + 1 : 0;
                last = audience;
                if (!byAudience.TryGetValue(audience, out var items))
                    byAudience[audience] = items = [];
                // The first lesson of every record comes before the second of any.
                items.Add(new ItemDraft([.. unit.Select((s, i) => i == 0 && c.IsSeveral ? s.Labelled(story.Name, story.SpokenName + ":") : s with { Label = null })], -n));
            }
        }

        var parts = new List<PartDraft?>();
        foreach (var (audience, items) in byAudience.OrderBy(a => Array.IndexOf(_audiences, a.Key) is var at and >= 0 ? at : _audiences.Length))
        {
            parts.Add(new PartDraft
            {
                Heading = audience.Length == 0 ? "For everybody" : $"For the {PatternsBlock.LowerFirst(audience)}",
                Form = c.IsSeveral ? PartForm.Terms : PartForm.List,
                Items = items,
                Record = c.IsSeveral ? null : c.Stories[0].Incident.Slug,
                Weight = 2,
                LeftOutAs = "lessons",
                Anchor = "lessons",
            });
        }

        foreach (var story in c.Stories)
            parts.Add(story.Section("actions", "What they changed", c.IsShort ? 0 : 1.5, 1));
        if (c.Material.Episode is { LearningObjectives.Count: > 0 } episode)
            parts.Add(Objectives(episode));
        if (c.IsLong)
            parts.AddRange(PatternsBlock.Signs(c));
        return [.. parts.OfType<PartDraft>()];
    }

    private static PartDraft Objectives(Episodes.Episode episode) => new()
    {
        Heading = "What a listener can do now",
        Form = PartForm.List,
        Items = [.. episode.LearningObjectives.Select((o, i) => new ItemDraft([Statements.Of(Noun.Episode, episode.Slug).Make($"objective/{i + 1}", StatementKind.Craft, o, [], "learningObjectives", "")]))],
        Weight = 1,
        Tier = 1,
    };

    /// <summary>Questions that a listener or a guest can answer.</summary>
    public static IReadOnlyList<PartDraft> Prompts(Composition c) =>
        [.. c.Stories.Select(s => StoryBlock.Half(s.Section("questions", "To ask", 0, 0), 3, 0)).OfType<PartDraft>()];
}
