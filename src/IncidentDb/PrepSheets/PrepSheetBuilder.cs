using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Blocks;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets;

/// <summary>Composes a sheet from its material. Nothing but the material enters: no clock, no chance, so the same material gives the same sheet.</summary>
public static class PrepSheetBuilder
{
    /// <summary>The share of the short form that a record must fill by its story alone.</summary>
    private const double EnoughToRead = 0.9;

    public static PrepSheet Build(PrepMaterial material, int minutes, HostClock clock) => Build(material, minutes, clock, copy: null).Sheet;

    /// <summary>The sheet with what a host made of it.</summary>
    public static CopiedSheet Build(PrepMaterial material, HostCopy copy) => Build(material, copy.Minutes, copy.Request.Clock, copy);

    private static CopiedSheet Build(PrepMaterial material, int minutes, HostClock clock, HostCopy? copy)
    {
        var c = new Composition(material, minutes, clock);
        var blocks = Drafts(c);
        var fit = new Fitting(blocks, minutes).Fit();
        if (c.IsShort && fit.Seconds < minutes * 60 * EnoughToRead)
        {
            c = new Composition(material, minutes, clock) { IsThin = true };
            blocks = Drafts(c);
            fit = new Fitting(blocks, minutes).Fit();
        }

        var printed = Print(blocks, fit);
        var said = printed.SelectMany(b => b.Statements).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var sheet = new PrepSheet
        {
            Title = Title(c),
            Standfirst = Standfirst(c),
            Minutes = minutes,
            Clock = clock.Name,
            Episode = material.Episode is { } e ? new SheetEpisode(e.Slug, e.Title, e.Series, e.Number) : null,
            Records = Records(c),
            Figures = [],
            Blocks = printed,
            Disputes = [.. c.Stories.SelectMany(Disputes).Where(s => !said.Contains(s.Id))],
            LeftOut = LeftOuts(c, blocks, said),
            Sources = [],
            Remarks = Remarks(c),
        };
        if (copy is null)
            return new CopiedSheet(SourceNumbers.Number(sheet, c), CopyReport.Unchanged, []);
        var events = c.Stories.SelectMany(s => new Beats(s.Incident, clock).All().Select(b => b.Statement)).Where(e => !said.Contains(e.Id)).ToList();
        var (copied, report) = HostCopyBuilder.Apply(sheet, copy, events);
        return new CopiedSheet(SourceNumbers.Number(copied, c), report, events);
    }

    private static IReadOnlyList<BlockDraft> Drafts(Composition c)
    {
        var plan = RunDown.Plan(c.Minutes, c.Material.Episode);
        var ids = plan.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var blocks = plan.Select(slot => slot.Id switch
        {
            RunDown.ColdOpen => new BlockDraft(slot, ColdOpenBlock.Parts(c), []),
            RunDown.Stakes => new BlockDraft(slot, StakesBlock.Parts(c), []),
            RunDown.Theory => new BlockDraft(slot, TheoryBlock.Parts(c), TheoryBlock.Prompts(c)),
            RunDown.Story => new BlockDraft(slot, StoryBlock.Parts(c, withCauses: !ids.Contains(RunDown.Causes)), StoryBlock.Prompts(c)),
            RunDown.Causes => new BlockDraft(slot, CausesBlock.Parts(c), []),
            // A run-down without a theory block tells the theory before the patterns that rest on it.
            RunDown.Patterns => new BlockDraft(slot, ids.Contains(RunDown.Theory) ? PatternsBlock.Parts(c) : [.. TheoryBlock.Parts(c), .. PatternsBlock.Parts(c)], PatternsBlock.Prompts(c)),
            RunDown.Lessons => new BlockDraft(slot, LessonsBlock.Parts(c), LessonsBlock.Prompts(c)),
            _ => new BlockDraft(slot, HookBlock.Parts(c), []),
        }).ToList();
        blocks = WithoutEmpty(blocks, b => b.Parts.Count + (c.IsShort ? 0 : b.Prompts.Count) > 0);
        return c.IsShort ? WithRoomForTheScene(blocks) : blocks;
    }

    /// <summary>A block that the records have nothing for, such as the causes of case studies, gives its time to the story.</summary>
    private static List<BlockDraft> WithoutEmpty(List<BlockDraft> blocks, Func<BlockDraft, bool> hasAny)
    {
        var freed = blocks.Where(b => b.Slot.Id != RunDown.Story && !hasAny(b)).Sum(b => b.Slot.Seconds);
        return
        [
            .. blocks.Where(b => b.Slot.Id == RunDown.Story || hasAny(b))
                .Select(b => b.Slot.Id == RunDown.Story ? b with { Slot = b.Slot with { Seconds = b.Slot.Seconds + freed } } : b),
        ];
    }

    /// <summary>The scene is told whole: in the short form it takes what it needs, and the story gives it.</summary>
    private static List<BlockDraft> WithRoomForTheScene(List<BlockDraft> blocks)
    {
        const int least = 30, most = 75;
        var scene = blocks.First(b => b.Slot.Id == RunDown.ColdOpen);
        var needed = (int)Math.Ceiling(Math.Clamp(scene.Parts.Sum(p => p.Items.Sum(i => i.Seconds)), least, most));
        var difference = needed - scene.Slot.Seconds;
        return
        [
            .. blocks.Select(b => b.Slot.Id switch
            {
                RunDown.ColdOpen => b with { Slot = b.Slot with { Seconds = needed } },
                RunDown.Story => b with { Slot = b.Slot with { Seconds = b.Slot.Seconds - difference } },
                _ => b,
            }),
        ];
    }

    private static List<PrepBlock> Print(IReadOnlyList<BlockDraft> drafts, Fitting.Result fit)
    {
        var blocks = new List<PrepBlock>();
        var start = 0;
        for (var i = 0; i < drafts.Count; i++)
        {
            blocks.Add(new PrepBlock
            {
                Id = drafts[i].Slot.Id,
                Title = drafts[i].Slot.Title,
                Start = start,
                Budget = fit.Budgets[i],
                Parts = Printed(drafts[i].Parts),
                Prompts = Printed(drafts[i].Prompts),
            });
            start += fit.Budgets[i];
        }

        return blocks;

        List<PrepPart> Printed(IEnumerable<PartDraft> parts) =>
        [
            .. parts.Where(p => fit.Chosen[p].Count > 0).Select(p => new PrepPart
            {
                Heading = p.Heading,
                Form = p.Form,
                Record = p.Record,
                Statements = [.. fit.Chosen[p].SelectMany(i => i.Statements)],
            }),
        ];
    }

    private static string Title(Composition c) => c.Material.Episode?.Title
        ?? (c.Stories.Count == 1 ? c.Stories[0].Incident.Title : PatternsBlock.Join([.. c.Stories.Select(s => s.Name.Replace(", ", " ", StringComparison.Ordinal))]));

    private static PrepStatement? Standfirst(Composition c)
    {
        if (c.Material.Episode is { OneLine.Length: > 0 } episode)
            return Statements.Of(Noun.Episode, episode.Slug).Make("standfirst", StatementKind.Craft, Citations.Remove(episode.OneLine), [], "oneLine", "");
        if (c.Stories.Count != 1)
            return null;
        var story = c.Stories[0];
        var line = ColdOpenBlock.OneLine(story);
        return line.Count == 1 ? line[0] with { Id = $"{story.Incident.Slug}/standfirst" } : null;
    }

    private static List<SheetRecord> Records(Composition c)
    {
        var records = c.Material.Told.Select(t => Of(t.Record, t.Role)).ToList();
        if (c.Material.Contrast is { } contrast)
            records.Add(Of(contrast.Record, "contrast"));
        records.AddRange(c.Material.Elsewhere.Select(e => Of(e.Record, "elsewhere")));
        return [.. records.DistinctBy(r => r.Slug)];

        SheetRecord Of(RecordAtRevision record, string role) => new(record.Incident.Slug, record.Incident.Title, role, record.Revision, record.Hash) { Name = c.NameOf(record.Incident).Printed };
    }

    private static IEnumerable<PrepStatement> Disputes(Story story) => story.Incident.Section("disputes") is not { } disputes
        ? []
        : story.Statements.Units(disputes, "sections.disputes", "disputes", StatementKind.Unsourced).SelectMany(u => u);

    /// <summary>What the told records hold and the sheet does not, by record and kind.</summary>
    private static List<LeftOut> LeftOuts(Composition c, IReadOnlyList<BlockDraft> blocks, HashSet<string> said) =>
    [
        .. blocks.SelectMany(b => b.Parts.Concat(b.Prompts))
            .Where(p => p.LeftOutAs is not null)
            .SelectMany(p => p.Items.SelectMany(i => i.Statements).Where(s => !said.Contains(s.Id)).Select(s => (Part: p, Statement: s)))
            .Where(x => c.Stories.Any(s => s.Incident.Slug == x.Statement.Origin.Slug))
            .GroupBy(x => (Record: x.Statement.Origin.Slug, x.Part.LeftOutAs, x.Part.Anchor))
            .Select(g => new LeftOut(
                g.Key.Record,
                c.Stories.First(s => s.Incident.Slug == g.Key.Record).Name,
                g.Key.LeftOutAs!,
                g.Key.Anchor,
                g.DistinctBy(x => x.Statement.Id).Count(),
                g.DistinctBy(x => x.Statement.Id).Sum(x => x.Statement.Seconds))),
    ];

    private static List<string> Remarks(Composition c)
    {
        var remarks = new List<string>();
        if (c.Material.Suggested)
        {
            remarks.Add(c.Material.SuggestedByLaws
                ? "The episode names no record yet, and none shows its patterns. The records told here were chosen because they answer to its laws: judge whether they fit."
                : "The episode names no record yet. The records told here were chosen because they show its patterns.");
        }

        if (c.Stories.Count == 0)
            remarks.Add("No record in the library shows the patterns of this episode yet: the sheet holds the patterns alone.");
        return remarks;
    }
}

/// <summary>Gives the sources of a sheet their numbers, in the order in which the sheet cites them; one document has one number.</summary>
internal static class SourceNumbers
{
    public static PrepSheet Number(PrepSheet sheet, Composition c)
    {
        var owners = c.Material.Told.Select(t => t.Record).Concat(c.Material.Elsewhere.Select(e => e.Record));
        if (c.Material.Contrast is { } contrast)
            owners = owners.Append(contrast.Record);
        var incidents = owners.Select(r => r.Incident).DistinctBy(i => i.Slug).ToDictionary(i => i.Slug, StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var sources = new List<SheetSource>();

        PrepStatement Numbered(PrepStatement s) => s with
        {
            Sources = Numbers(s.Refs),
            Worked = s.Worked is { } worked ? worked with { Inputs = [.. worked.Inputs.Select(i => i with { Sources = Numbers(i.Refs) })] } : null,
        };

        List<int> Numbers(IEnumerable<SourceRef> refs) => [.. refs.Select(NumberOf).OfType<int>().Distinct()];

        int? NumberOf(SourceRef reference)
        {
            var source = reference.Noun == Noun.Incident
                ? incidents.GetValueOrDefault(reference.Slug)?.Source(reference.Id)
                : c.Catalogue.Pattern(reference.Slug)?.Sources.FirstOrDefault(s => s.Id == reference.Id);
            if (source is null)
                return null;
            var key = source.Url is { } url ? SourceUrl.Canonical(url) ?? url : $"{reference.Slug}/{reference.Id}";
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = sources.Count + 1;
                sources.Add(new SheetSource(number, reference.Slug, source));
            }

            return number;
        }

        PrepPart Part(PrepPart part) => part with { Statements = [.. part.Statements.Select(Numbered)] };
        sheet = sheet with { Standfirst = sheet.Standfirst is { } first ? Numbered(first) : null };
        sheet = sheet with { Blocks = [.. sheet.Blocks.Select(b => b with { Parts = [.. b.Parts.Select(Part)], Prompts = [.. b.Prompts.Select(Part)] })] };
        sheet = sheet with { Disputes = [.. sheet.Disputes.Select(Numbered)], Figures = [.. c.Stories.SelectMany(s => Figures(s, c, Numbers))] };
        return sheet with { Sources = sources };
    }

    private const int MostFigures = 8;

    /// <summary>The record's measures and durations: rounded for speech, exact beside it.</summary>
    private static IEnumerable<FigureToSay> Figures(Story story, Composition c, Func<IEnumerable<SourceRef>, List<int>> numbers)
    {
        var incident = story.Incident;
        List<int> Cites(IEnumerable<string> ids) => numbers(ids.Select(id => new SourceRef(Noun.Incident, incident.Slug, id)));
        var metrics = incident.Metrics.Where(m => !m.Value.IsBlank && m.Sources.Count > 0).OrderByDescending(m => m.Headline).Take(c.IsSeveral ? 4 : MostFigures);
        foreach (var metric in metrics)
        {
            var what = c.Catalogue.Words.Label("metrics", metric.Name);
            yield return new FigureToSay(
                incident.Slug, SpokenAmounts.Rounded(metric.Value), metric.AsStated ?? AmountWords.Of(metric.Value), metric.Scope is { } scope ? $"{what}: {scope}" : what, Cites(metric.Sources));
        }

        var derived = Derivation.Of(incident);
        if (derived.Lasted.Range is { Max.TotalSeconds: > 0 } lasted && !incident.IsCaseStudy && Derivation.LastedSources(incident) is { Count: > 0 } sources)
            yield return new FigureToSay(incident.Slug, SpokenTimes.Length(lasted), DurationWords.Of(lasted), $"How long it lasted: {derived.Lasted.Formula}", Cites(sources));
        if (derived.TimeToDetect.Range is { Max.TotalSeconds: > 0 } noticed && !incident.IsCaseStudy)
            yield return new FigureToSay(incident.Slug, SpokenTimes.Length(noticed), DurationWords.Of(noticed), $"Until somebody knew: {derived.TimeToDetect.Formula}", Cites(Derivation.StartedSources(incident)));
    }
}
