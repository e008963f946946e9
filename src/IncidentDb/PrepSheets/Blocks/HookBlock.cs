using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>What came of it, the step to the next episode, and whom to thank.</summary>
internal static class HookBlock
{
    private const int MostPublishers = 4;
    private const int MostPublishersInShort = 2;

    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var parts = new List<PartDraft?>();
        foreach (var story in c.Stories)
        {
            // "None is known" is an answer for a reader of the record, not a line for the air.
            if (story.Incident.Section("aftermath") is { } aftermath && !aftermath.StartsWith("None ", StringComparison.Ordinal))
                parts.Add(story.Section("aftermath", "What came of it", c.IsShort ? 1 : 3, 1));
        }

        parts.Add(Segue(c));
        parts.Add(Credit(c));
        return [.. parts.OfType<PartDraft>()];
    }

    /// <summary>The next episode of the series, or the record that is nearest to those told, with the reason.</summary>
    private static PartDraft? Segue(Composition c)
    {
        if (c.Material.Next is not { } next)
            return null;
        var unit = new List<PrepStatement>();
        if (next.Episode is { } episode)
        {
            var statements = Statements.Of(Noun.Episode, episode.Slug);
            unit.Add(statements.Compose("segue", StatementKind.Craft, $"Next time: {episode.Title}.", null, []));
            if (episode.OneLine.Length > 0)
                unit.Add(statements.Make("oneLine", StatementKind.Craft, Citations.Remove(episode.OneLine), [], "oneLine", "") with { Begins = false });
        }
        else if (next.Record is { Incident: var incident })
        {
            var shared = next.Shared.Take(2).Select(s => Shared(c, s)).ToList();
            var statements = Statements.Of(incident);
            var why = shared.Count > 0 && !c.IsShort ? $" It shares {PatternsBlock.Join(shared)} with this one." : "";
            unit.Add(statements.Compose("segue", StatementKind.Craft, $"A story to tell next: {incident.Title}.{why}", null, []));
        }

        return unit.Count == 0 ? null : new PartDraft { Heading = "Next", Form = PartForm.Prose, Items = [new ItemDraft(unit)], Weight = 2 };
    }

    private static string Shared(Composition c, string what) => what.StartsWith("cause:", StringComparison.Ordinal)
        ? $"the cause “{c.Catalogue.Words.Label("causes", what[6..]).ToLowerInvariant()}”"
        : $"the pattern “{PatternsBlock.LowerFirst(c.Catalogue.PatternName(what[8..]))}”";

    /// <summary>The publishers behind the told records, to be read out; the list itself goes into the show notes.</summary>
    private static PartDraft Credit(Composition c)
    {
        var publishers = c.Stories.SelectMany(s => s.Incident.Sources.Where(x => x.Read is "full" or "part").Take(c.IsSeveral ? 1 : MostPublishers))
            .Select(s => s.Publisher.Split([',', '('])[0].Trim())
            .Where(p => p.Length > 0 && !p.StartsWith("not named", StringComparison.Ordinal))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Take(c.IsShort ? MostPublishersInShort : c.IsSeveral ? 6 : MostPublishers)
            .ToList();
        var told = publishers.Count > 0 ? $"This account follows {PatternsBlock.Join(publishers)}. " : "";
        var statement = Statements.Of(c.Material.Episode is null ? Noun.Incident : Noun.Episode, c.Material.Episode?.Slug ?? c.Stories[0].Incident.Slug)
            .Compose("credit", StatementKind.Craft, $"{told}Research by the contributors of IncidentDb. {(c.IsShort ? "The sources are" : "Every source is")} in the show notes.", null, []);
        return new PartDraft { Heading = "Credit", Form = PartForm.Prose, Items = [new ItemDraft([statement])], Weight = 2 };
    }
}
