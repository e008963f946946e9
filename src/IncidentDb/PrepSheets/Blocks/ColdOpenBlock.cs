using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>The scene that opens, whole or not at all, and the line that makes a listener stay.</summary>
internal static class ColdOpenBlock
{
    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var parts = new List<PartDraft>();
        if (c.Material.Episode is { OneLine.Length: > 0 } episode && c.Stories.Count != 1)
            parts.Add(Of(c, EpisodeLine(episode), "", 1));
        if (c.Opener is not { } opener)
            return parts;
        if (opener.Incident.Section("cold_open") is { } scene)
        {
            var statements = opener.Statements.Units(scene, "sections.cold_open", "cold_open", StatementKind.Unsourced).SelectMany(u => u).ToList();
            parts.Insert(0, Of(c, statements, c.IsSeveral ? opener.Name : "", 6, opener, "Cold open"));
        }
        else
        {
            parts.Insert(0, Of(c, OneLine(opener), c.IsSeveral ? opener.Name : "", 4, opener));
        }

        if (opener.Incident.Section("hook") is { } hook)
            parts.Add(Of(c, [.. opener.Statements.Units(hook, "sections.hook", "hook", StatementKind.Craft, craft: true).SelectMany(u => u)], "Hook", 2, opener, "Hook"));
        return parts;
    }

    /// <summary>The record in one line.</summary>
    public static IReadOnlyList<PrepStatement> OneLine(Story story) =>
        [.. story.Statements.Units(story.Incident.OneLine, "oneLine", "", StatementKind.Unsourced).SelectMany(u => u)];

    private static List<PrepStatement> EpisodeLine(Episodes.Episode episode) =>
        [Statements.Of(Noun.Episode, episode.Slug).Make("oneLine", StatementKind.Craft, Citations.Remove(episode.OneLine), [], "oneLine", "")];

    private static PartDraft Of(Composition c, IReadOnlyList<PrepStatement> statements, string heading, double weight, Story? story = null, string? leftOutAs = null) => new()
    {
        Heading = heading,
        Form = PartForm.Prose,
        Items = [new ItemDraft(statements)],
        Record = story?.Incident.Slug,
        Weight = weight,
        Tier = c.IsShort ? 0 : 1,
        LeftOutAs = leftOutAs,
        Anchor = statements[0].Origin.Anchor,
    };
}
