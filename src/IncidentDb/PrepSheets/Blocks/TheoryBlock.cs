using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>A law, a formula with a number of this incident in it, and the problem that the first broken pattern answers. All of it is ours to explain.</summary>
internal static class TheoryBlock
{
    private const int MostFormulas = 3;

    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var laws = Laws(c);
        var parts = new List<PartDraft>();
        if (laws.Count > 0)
            parts.Add(Law(c, laws));
        parts.AddRange(Worked(c, laws));
        parts.AddRange(Problem(c));
        return parts;
    }

    /// <summary>The laws of the episode, else those that the story's patterns answer to, the most frequent first.</summary>
    public static IReadOnlyList<string> Laws(Composition c)
    {
        if (c.Material.Episode is { Laws.Count: > 0 } episode)
            return episode.Laws;
        var relevant = PatternsBlock.Relevant(c);
        var order = c.Catalogue.Words.Slugs("laws").ToList();
        return
        [
            .. c.Stories.SelectMany(s => s.Incident.Patterns.Where(p => relevant.Contains(p.Slug)).SelectMany(p => c.Catalogue.Pattern(p.Slug)?.Laws ?? []).Select(l => (Law: l, s.Share)))
                .GroupBy(l => l.Law)
                .OrderByDescending(g => g.Sum(l => l.Share))
                .ThenBy(g => order.IndexOf(g.Key))
                .Select(g => g.Key),
        ];
    }

    private static PartDraft Law(Composition c, IReadOnlyList<string> laws)
    {
        var items = new List<ItemDraft>();
        foreach (var law in laws.Take(c.IsLong ? 3 : 1))
        {
            if (c.Catalogue.Words.Find("laws", law) is not { } term)
                continue;
            var statement = Statements.Of(Noun.Vocabulary, law).Make("meaning", StatementKind.Craft, term.Meaning, [], "meaning", "");
            items.Add(new ItemDraft([statement.Labelled(term.Label, $"{term.Label}:")]));
        }

        return new PartDraft { Heading = laws.Count > 1 && c.IsLong ? "The laws" : "The law", Form = PartForm.Terms, Items = items, Weight = 1 };
    }

    /// <summary>One worked formula; an hour or more has room for others. The law decides which, the record's numbers decide whether.</summary>
    private static IEnumerable<PartDraft> Worked(Composition c, IReadOnlyList<string> laws)
    {
        var ranked = Formulas.All.OrderBy(f => Rank(f, laws)).ToList();
        var found = 0;
        foreach (var formula in ranked)
        {
            var (story, worked) = c.Stories.Select(s => (Story: s, Worked: formula.Work(s.Incident))).FirstOrDefault(x => x.Worked is not null);
            if (worked is null)
                continue;
            yield return new PartDraft
            {
                Heading = c.IsSeveral ? $"{formula.Name}: {story.Name}" : formula.Name,
                Form = PartForm.Prose,
                Items = [new ItemDraft([Statement(story, formula, worked)])],
                Record = story.Incident.Slug,
                Weight = found == 0 ? 3 : 0,
                Tier = found == 0 ? 0 : 4,
            };
            if (++found == (c.IsLong ? MostFormulas : 1))
                yield break;
        }
    }

    private static int Rank(Formula formula, IReadOnlyList<string> laws)
    {
        for (var i = 0; i < laws.Count; i++)
        {
            if (formula.Laws.Contains(laws[i]))
                return i;
        }

        return laws.Count;
    }

    private static PrepStatement Statement(Story story, Formula formula, WorkedFormula worked)
    {
        var inputs = worked.Worked.Inputs.Select(i => i with { Refs = [.. worked.Sources[i.Name].Select(id => new SourceRef(Noun.Incident, story.Incident.Slug, id))] });
        return story.Statements.Compose($"formula/{formula.Slug}", StatementKind.Craft, worked.Text, worked.Spoken, [], "facts") with
        {
            Exact = [],
            Worked = worked.Worked with { Inputs = [.. inputs] },
        };
    }

    /// <summary>The problem of the first pattern, from the pattern's own page.</summary>
    private static IEnumerable<PartDraft> Problem(Composition c)
    {
        var pattern = PatternsBlock.Relevant(c).Select(p => c.Catalogue.Pattern(p)).FirstOrDefault(p => p?.Section("problem") is not null);
        if (pattern is null)
            yield break;
        yield return new PartDraft
        {
            Heading = $"The problem that {PatternsBlock.LowerFirst(pattern.Name)} answers",
            Form = PartForm.Prose,
            Items = [.. Statements.Of(pattern).Units(pattern.Section("problem")!, "sections.problem", "", StatementKind.Craft).Select(u => new ItemDraft(u))],
            Weight = c.IsShort ? 0 : 2,
            Tier = 2,
            Sequential = true,
        };
    }

    /// <summary>Comparisons of the host's own, for the air time.</summary>
    public static IReadOnlyList<PartDraft> Prompts(Composition c) =>
        [.. c.Stories.Select(s => s.Section("analogies", "Analogies", 0, 0)).OfType<PartDraft>().Select(p => p with { Form = PartForm.List, Sequential = false })];
}
