using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>What happened, minute by minute, and what people did about it; the causes too, where they have no block of their own.</summary>
internal static class StoryBlock
{
    /// <summary>Below this many events a timeline alone does not tell the story.</summary>
    private const int FewEvents = 5;

    public static IReadOnlyList<PartDraft> Parts(Composition c, bool withCauses)
    {
        var parts = new List<PartDraft?>();
        // An episode on a subject tells its patterns; the records are there to show them.
        if (c.Material.Suggested || c.Stories.Count == 0)
            parts.AddRange(PatternsBlock.Topics(c));
        foreach (var story in c.Stories)
        {
            var brief = c.IsShort || c.IsSeveral && c.Minutes <= 20;
            if (c.IsSeveral)
                parts.Add(InOneLine(c, story));
            if (story.Incident.Timeline.Count < FewEvents && !c.IsLong)
                parts.Add(story.Section("summary", "In short", 4, 0));
            parts.Add(story.Section("approach", "What was done", 4, 0));
            parts.Add(story.Section("outcome", "What came of it", 3, 0));
            parts.Add(TimelinePart(c, story));
            parts.Add(story.Section("detection", "How it was noticed", brief ? 0 : 1.5, 1));
            parts.Add(story.Section("response", "What was tried", brief ? 0 : 1.5, 2));
            parts.Add(story.Section("resolution", "What ended it", brief ? 0 : 1.5, 1));
            if (withCauses)
                parts.Add(CausesPart(c, story));
            parts.Add(story.Section("why_it_surprised", "Why it surprised", brief ? 0 : 1, 1));
            parts.Add(story.Section("what_went_wrong", "What went wrong", brief ? 0 : 1, 3));
            parts.Add(story.Section("what_went_well", "What went well", brief ? 0 : 1, 2));
            parts.Add(story.Section("where_they_got_lucky", "What was luck", brief ? 0 : 1, 2));
            parts.Add(Quotes(story, brief));
            parts.Add(story.Section("sidelights", "Sidelights", brief ? 0 : 1, 4));
            if (c.IsThin)
                parts.Add(story.Section("unknowns", "What no source says", 0, 5));
            parts.Add(story.Section("disputes", "Where sources disagree", brief ? 0 : 1, 3) is { } disputes ? disputes with { LeftOutAs = null } : null);
        }

        return [.. parts.OfType<PartDraft>()];
    }

    /// <summary>Talking points, and what nobody knows: the best thing to ask a guest who was there.</summary>
    public static IReadOnlyList<PartDraft> Prompts(Composition c)
    {
        var parts = new List<PartDraft?>();
        foreach (var story in c.Stories)
        {
            parts.Add(Half(story.Section("talking_points", "Talking points", 0, 0), 2, 0));
            parts.Add(Half(story.Section("questions", "To ask", 0, 0), 3, 2));
            parts.Add(story.Section("unknowns", "What no source says", 0, 1) is { } unknowns ? unknowns with { Sequential = false, Form = PartForm.List } : null);
        }

        return [.. parts.OfType<PartDraft>()];
    }

    /// <summary>Every so-manieth item of a part, so that blocks share a list between them.</summary>
    public static PartDraft? Half(PartDraft? part, int of, int which)
    {
        var items = part?.Items.Where((_, i) => i % of == which).ToList() ?? [];
        return part is null || items.Count == 0 ? null : part with { Items = items, Sequential = false, Form = PartForm.List };
    }

    /// <summary>The record in one line, unless it opens the episode already.</summary>
    private static PartDraft? InOneLine(Composition c, Story story) => c.Opener == story && story.Incident.Section("cold_open") is null
        ? null
        : new PartDraft
        {
            Heading = story.Name,
            Form = PartForm.Prose,
            Items = [new ItemDraft(ColdOpenBlock.OneLine(story), 9)],
            Record = story.Incident.Slug,
            Weight = 2 * story.Share,
        };

    private static PartDraft? TimelinePart(Composition c, Story story)
    {
        if (story.Incident.Timeline.Count == 0)
            return null;
        return new PartDraft
        {
            Heading = story.Heading("The timeline"),
            Form = PartForm.Beats,
            Items = [.. new Beats(story.Incident, c.Clock).All().Select(b => new ItemDraft([b.Statement], b.Rank))],
            Record = story.Incident.Slug,
            Weight = 6 * story.Share,
            LeftOutAs = "events of the timeline",
            Anchor = "timeline",
        };
    }

    /// <summary>Causes by their part, roots first; each is told whole.</summary>
    public static PartDraft? CausesPart(Composition c, Story story)
    {
        var items = new List<ItemDraft>();
        foreach (var cause in story.Incident.Causes.Where(x => x.Text.Length > 0))
        {
            var label = c.Catalogue.Words.Label("causes", cause.Slug);
            var role = c.Catalogue.Words.Label("cause_roles", cause.Role);
            var unit = story.Statements.Units(cause.Text, $"causes.{cause.Slug}", $"cause-{cause.Slug}", StatementKind.Unsourced).SelectMany(u => u).ToList();
            unit[0] = unit[0].Labelled(label, $"{SpokenText.Of(label).Text}:", role);
            items.Add(new ItemDraft(unit, cause.Role switch { "root" => 6, "trigger" => 5, "contributing" => 3, "amplifier" => 2, _ => 1 }));
        }

        return items.Count == 0 ? null : new PartDraft
        {
            Heading = story.Heading("Why"),
            Form = PartForm.Terms,
            Items = items,
            Record = story.Incident.Slug,
            Weight = 3.5 * story.Share,
            LeftOutAs = "causes",
            Anchor = "causes",
        };
    }

    /// <summary><c>“words” · speaker · place</c>: the speaker is said first, the place in the source is printed.</summary>
    private static PartDraft? Quotes(Story story, bool brief)
    {
        if (story.Incident.Section("quotes") is not { } quotes)
            return null;
        var items = new List<ItemDraft>();
        foreach (var unit in story.Statements.Units(quotes, "sections.quotes", "quotes", StatementKind.Unsourced, wholeItems: true))
        {
            var fields = unit[0].Text.Split(" · ");
            if (fields.Length < 2)
                continue;
            var said = SpokenText.Of(fields[0]);
            items.Add(new ItemDraft([(unit[0] with
            {
                Text = fields[0],
                Spoken = said.Text,
                Exact = said.Shown,
            }).Labelled(fields[1], SpokenText.Of(fields[1]).Text + ":", fields.Length > 2 ? string.Join(" · ", fields[2..]) : null)]));
        }

        return items.Count == 0 ? null : new PartDraft
        {
            Heading = story.Heading("In their words"),
            Form = PartForm.Quotes,
            Items = items,
            Record = story.Incident.Slug,
            Weight = brief ? 0 : 1.5 * story.Share,
            Tier = 3,
            LeftOutAs = "Quotes",
            Anchor = "quotes",
        };
    }
}
