using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>The patterns that failed: what happened, what each would have changed, and where in the library it worked; then what held, and a contrast.</summary>
internal static class PatternsBlock
{
    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var parts = new List<PartDraft?>();
        var place = 0;
        foreach (var slug in Ordered(c))
        {
            if (Failed(c, slug, place) is { } part)
            {
                parts.Add(part);
                place++;
            }
        }

        parts.Add(ContrastPart(c));
        parts.Add(Held(c, PatternRelations.Worked, "What held", 2));
        parts.Add(Held(c, PatternRelations.IntroducedAfter, "What was put in afterwards", 3));
        if (c.IsThin)
            parts.AddRange(Relevant(c).Take(3).SelectMany(p => new[] { Catalogued(c, p, "solution", "What it does", 5), Catalogued(c, p, "check", "How to check", 6) }));
        if (c.IsLong)
            parts.AddRange(Ordered(c).Take(4).Select(p => Catalogued(c, p, "trade_offs", "What it costs", 4)));
        return [.. parts.OfType<PartDraft>()];
    }

    /// <summary>
    /// Patterns in the order of telling: those of the episode, those that failed in several records, then violated before misapplied before
    /// absent, well-proven ones first.
    /// </summary>
    public static IReadOnlyList<string> Ordered(Composition c)
    {
        var own = c.Material.Episode?.Patterns.Select(p => p.Key).ToList() ?? [];
        var failed = c.Stories.SelectMany(s => s.Incident.Patterns.Where(p => PatternRelations.IsFailure(p.Relation)).Select(p => (Pattern: p, s.Share))).GroupBy(p => p.Pattern.Slug).ToList();
        return
        [
            .. failed
                .OrderBy(g => own.Contains(g.Key) ? 0 : 1)
                .ThenByDescending(g => g.Count())
                .ThenByDescending(g => g.Max(p => p.Share))
                .ThenBy(g => g.Min(p => Severity(p.Pattern.Relation)))
                .ThenBy(g => c.Catalogue.Pattern(g.Key)?.Tier switch { "gold" => 0, "silver" => 1, _ => 2 })
                .ThenBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => g.Key),
        ];
    }

    /// <summary>The failed patterns; of a story in which none failed, those that held.</summary>
    public static IReadOnlyList<string> Relevant(Composition c) => Ordered(c) is { Count: > 0 } failed
        ? failed
        : [.. c.Stories.SelectMany(s => s.Incident.Patterns).Select(p => p.Slug).Distinct(StringComparer.Ordinal)];

    private static int Severity(string relation) => relation switch { PatternRelations.Violated => 0, PatternRelations.Misapplied => 1, _ => 2 };

    private static readonly string[] _essence = ["problem", "solution"];

    /// <summary>The patterns of an episode on a subject, each with its problem and its solution.</summary>
    public static IEnumerable<PartDraft> Topics(Composition c)
    {
        foreach (var pattern in (c.Material.Episode?.Patterns ?? []).Select(p => c.Catalogue.Pattern(p.Key)).OfType<Pattern>())
        {
            var statements = Statements.Of(pattern);
            var units = _essence.Where(id => pattern.Section(id) is not null).SelectMany(id => statements.Units(pattern.Section(id)!, $"sections.{id}", "", StatementKind.Craft)).ToList();
            if (units.Count > 0)
            {
                yield return new PartDraft { Heading = pattern.Name, Form = PartForm.Prose, Items = [.. units.Select(u => new ItemDraft(u))], Weight = c.IsShort ? 2 : 6, Sequential = true };
            }
        }
    }

    private static PartDraft? Failed(Composition c, string slug, int place)
    {
        var items = new List<ItemDraft>();
        foreach (var story in c.Stories)
        {
            var pattern = story.Incident.Patterns.FirstOrDefault(p => p.Slug == slug && PatternRelations.IsFailure(p.Relation));
            if (pattern is null)
                continue;
            var relation = c.Catalogue.Words.Label("pattern_relations", pattern.Relation).ToLowerInvariant();
            var name = c.IsSeveral ? story.Name : null;
            var happened = story.Statements.Units(pattern.WhatHappened, $"patterns.{slug}", $"pattern-{slug}", StatementKind.Unsourced).SelectMany(u => u).ToList();
            var would = story.Statements.Units(pattern.WouldHave, $"patterns.{slug}.would", $"pattern-{slug}", StatementKind.Craft).SelectMany(u => u).ToList();
            var unit = new List<PrepStatement>();
            if (happened.Count > 0)
            {
                var said = $"{SpokenText.Of(c.Catalogue.PatternName(slug)).Text}, {relation}{(name is null ? "." : $" at {story.SpokenName}.")}";
                unit.Add(happened[0].Labelled(name ?? Capital(relation), said, name is null ? null : relation));
                unit.AddRange(happened.Skip(1));
            }

            if (would.Count > 0)
            {
                unit.Add(would[0].Labelled("What it would have changed"));
                unit.AddRange(would.Skip(1));
            }

            if (unit.Count > 0)
                items.Add(new ItemDraft(unit, 9));
        }

        if (items.Count == 0)
            return null;
        if (Elsewhere(c, slug) is { } elsewhere)
            items.Add(new ItemDraft(elsewhere, 5) { Follows = true });
        return new PartDraft
        {
            Heading = c.Catalogue.PatternName(slug),
            Form = PartForm.Terms,
            Items = items,
            Record = c.IsSeveral ? null : c.Stories[0].Incident.Slug,
            // The short form tells one pattern well; longer ones give the first more time than the last.
            Weight = c.IsShort ? place == 0 ? 1 : 0 : Math.Max(1, 4 - place),
            Tier = place,
            LeftOutAs = "patterns",
            Anchor = "patterns",
        };
    }

    /// <summary>A record in which the pattern did its work, in that record's words.</summary>
    private static List<PrepStatement>? Elsewhere(Composition c, string slug)
    {
        if (c.Material.Elsewhere.FirstOrDefault(e => e.Pattern == slug) is not { Record.Incident: var incident })
            return null;
        var pattern = incident.Patterns.First(p => p.Slug == slug);
        var statements = Statements.Of(incident).Units(pattern.WhatHappened, $"patterns.{slug}", $"pattern-{slug}", StatementKind.Unsourced).SelectMany(u => u).ToList();
        if (statements.Count == 0)
            return null;
        var (printed, spoken) = c.NameOf(incident);
        statements[0] = statements[0].Labelled("Where it worked", $"Where it worked: {spoken}.", printed);
        return statements;
    }

    /// <summary>A like situation that ended otherwise: why it was chosen, what it was, and what the pattern did there.</summary>
    private static PartDraft? ContrastPart(Composition c)
    {
        if (c.Material.Contrast is not { Record.Incident: var incident } contrast)
            return null;
        var statements = Statements.Of(incident);
        var (printed, _) = c.NameOf(incident);
        var items = new List<ItemDraft>();
        var unit = new List<PrepStatement>();
        if (contrast.Patterns.Count > 0)
        {
            var names = Join([.. contrast.Patterns.Take(2).Select(p => LowerFirst(c.Catalogue.PatternName(p)))]);
            unit.Add(statements.Compose("contrast", StatementKind.Craft, $"Now hold another story against it: there, {names} did the work that was missing here.", null, []));
        }
        else if (contrast.Note is { } note)
        {
            unit.Add(statements.Compose("contrast", StatementKind.Craft, note.EndsWith('.') ? note : note + ".", null, []));
        }

        unit.AddRange(statements.Units(incident.OneLine, "oneLine", "", StatementKind.Unsourced).SelectMany(u => u).Select((s, i) => i == 0 ? s with { Begins = true } : s));
        items.Add(new ItemDraft(unit, 9));
        foreach (var slug in contrast.Patterns.Take(2))
        {
            var pattern = incident.Patterns.First(p => p.Slug == slug);
            foreach (var told in statements.Units(pattern.WhatHappened, $"patterns.{slug}", $"pattern-{slug}", StatementKind.Unsourced))
                items.Add(new ItemDraft(told, 5));
        }

        return new PartDraft { Heading = $"The other way round: {printed}", Form = PartForm.Prose, Items = items, Record = incident.Slug, Weight = c.IsShort ? 0 : 2, Tier = 1, Sequential = true };
    }

    private static PartDraft? Held(Composition c, string relation, string heading, int tier)
    {
        var items = new List<ItemDraft>();
        foreach (var story in c.Stories)
        {
            foreach (var pattern in story.Incident.Patterns.Where(p => p.Relation == relation && p.WhatHappened.Length > 0))
            {
                var unit = story.Statements.Units(pattern.WhatHappened, $"patterns.{pattern.Slug}", $"pattern-{pattern.Slug}", StatementKind.Unsourced).SelectMany(u => u).ToList();
                var name = c.Catalogue.PatternName(pattern.Slug);
                unit[0] = unit[0].Labelled(name, $"{SpokenText.Of(name).Text}:", c.IsSeveral ? story.Name : null);
                items.Add(new ItemDraft(unit));
            }
        }

        return items.Count == 0 ? null : new PartDraft { Heading = heading, Form = PartForm.Terms, Items = items, Weight = c.IsShort ? 0 : 1, Tier = tier, LeftOutAs = "patterns", Anchor = "patterns", Record = c.IsSeveral ? null : c.Stories[0].Incident.Slug };
    }

    private static PartDraft? Catalogued(Composition c, string slug, string section, string heading, int tier)
    {
        if (c.Catalogue.Pattern(slug) is not { } pattern || pattern.Section(section) is not { } text)
            return null;
        return new PartDraft
        {
            Heading = $"{pattern.Name}: {LowerFirst(heading)}",
            Form = text.StartsWith("- ", StringComparison.Ordinal) ? PartForm.List : PartForm.Prose,
            Items = [.. Statements.Of(pattern).Units(text, $"sections.{section}", "", StatementKind.Craft).Select(u => new ItemDraft(u))],
            Tier = tier,
            Sequential = true,
        };
    }

    /// <summary>How to check that a pattern holds: what a listener can do on Monday. The first pattern's checks stand here, the others' among the lessons.</summary>
    public static IReadOnlyList<PartDraft> Prompts(Composition c)
    {
        var parts = new List<PartDraft?>();
        foreach (var story in c.Stories)
        {
            parts.Add(StoryBlock.Half(story.Section("talking_points", "Talking points", 0, 0), 2, 1));
            parts.Add(StoryBlock.Half(story.Section("questions", "To ask", 0, 0), 3, 1));
        }

        parts.AddRange(Ordered(c).Concat(c.Material.Episode?.Patterns.Select(p => p.Key) ?? []).Distinct(StringComparer.Ordinal).Take(c.IsLong ? 6 : 1).Select(p => Catalogued(c, p, "check", "How to check", 2)));
        return [.. parts.OfType<PartDraft>().Select(p => p with { Sequential = false })];
    }

    /// <summary>What each pattern costs to leave out: signs to look for, for the guidance.</summary>
    public static IEnumerable<PartDraft> Signs(Composition c) =>
        Ordered(c).Concat(c.Material.Episode?.Patterns.Select(p => p.Key) ?? []).Distinct(StringComparer.Ordinal).Take(6).Select(p => Catalogued(c, p, "violation", "What violating it looks like", 3)).OfType<PartDraft>();

    public static string Join(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        _ => string.Join(", ", names.Take(names.Count - 1)) + " and " + names[^1],
    };

    public static string LowerFirst(string name) => name.Length > 1 && char.IsUpper(name[1]) ? name : char.ToLowerInvariant(name[0]) + name[1..];

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
