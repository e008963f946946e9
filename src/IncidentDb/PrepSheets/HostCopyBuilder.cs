using IncidentDb.PrepSheets.Spoken;

namespace IncidentDb.PrepSheets;

/// <summary>What has changed in the records since a copy was made.</summary>
/// <param name="Records">Told records with another text than then, and how many revisions have come since.</param>
/// <param name="Changed">Ids of statements that read otherwise than then.</param>
/// <param name="New">Ids of statements that were not on the sheet.</param>
/// <param name="Orphans">Edits whose sentence is gone or reads otherwise; the host's words are kept.</param>
/// <param name="Renamed">Told records that had another slug then, with that slug.</param>
public sealed record CopyReport(IReadOnlyList<(SheetRecord Now, int Since)> Records, IReadOnlySet<string> Changed, IReadOnlySet<string> New, IReadOnlyList<CopyEdit> Orphans, IReadOnlyList<(SheetRecord Now, string Was)> Renamed)
{
    public static readonly CopyReport Unchanged = new([], new HashSet<string>(), new HashSet<string>(), [], []);

    public bool IsUnchanged => Records.Count == 0 && Orphans.Count == 0 && Renamed.Count == 0;
}

/// <summary>A sheet as a host has it.</summary>
/// <param name="Events">Events of the told records that are not on the sheet, to be taken in.</param>
public sealed record CopiedSheet(PrepSheet Sheet, CopyReport Report, IReadOnlyList<PrepStatement> Events);

/// <summary>Applies a host's copy to the blocks of a sheet.</summary>
internal static class HostCopyBuilder
{
    public static (PrepSheet Sheet, CopyReport Report) Apply(PrepSheet sheet, HostCopy copy, IReadOnlyList<PrepStatement> events)
    {
        sheet = sheet with { Title = copy.Title is { Length: > 0 } title ? title : sheet.Title };
        sheet = TakeIn(sheet, [.. events.Where(e => copy.TakenIn.Contains(e.Id))]);
        var report = Compare(sheet, copy);
        var edits = copy.Edits.Except(report.Orphans).DistinctBy(e => e.Id).ToDictionary(e => e.Id, StringComparer.Ordinal);
        var left = copy.LeftOut.ToHashSet(StringComparer.Ordinal);
        var blocks = sheet.Blocks.Select(b => b with
        {
            Parts = Parts(b.Parts, edits, left),
            Prompts = Parts(b.Prompts, edits, left),
            Note = copy.Notes.FirstOrDefault(n => n.Block == b.Id)?.Text,
        }).ToList();
        return (sheet with { Blocks = InOrder(blocks, copy.Order) }, report);
    }

    private static List<PrepPart> Parts(IReadOnlyList<PrepPart> parts, Dictionary<string, CopyEdit> edits, HashSet<string> left) =>
    [
        .. parts.Select(p => p with { Statements = [.. p.Statements.Where(s => !left.Contains(s.Id)).Select(s => edits.TryGetValue(s.Id, out var edit) ? Edited(s, edit.Text) : s)] })
            .Where(p => p.Statements.Count > 0),
    ];

    /// <summary>What a host writes is the host's: craft, whatever stood there. The sources stay in sight with the record's words.</summary>
    private static PrepStatement Edited(PrepStatement s, string text)
    {
        var spoken = SpokenText.Of(text);
        return s with
        {
            Kind = StatementKind.Craft,
            Text = text,
            Spoken = spoken.Text,
            Exact = spoken.Shown,
            EditedFrom = s.Text,
            Seconds = s.Silent ? 0 : Pace.Of(s.SpokenLabel is null ? spoken.Text : $"{s.SpokenLabel} {spoken.Text}"),
        };
    }

    /// <summary>Puts events into the timelines of their records, at their place.</summary>
    private static PrepSheet TakeIn(PrepSheet sheet, IReadOnlyList<PrepStatement> events)
    {
        foreach (var record in events.GroupBy(e => e.Origin.Slug))
        {
            var story = sheet.Blocks.FirstOrDefault(b => b.Id == RunDown.Story);
            if (story is null)
                return sheet;
            var parts = story.Parts.ToList();
            var at = parts.FindIndex(p => p.Form == PartForm.Beats && p.Record == record.Key);
            if (at < 0)
            {
                parts.Add(new PrepPart { Heading = "The timeline", Form = PartForm.Beats, Record = record.Key, Statements = [.. record] });
            }
            else
            {
                parts[at] = parts[at] with { Statements = [.. parts[at].Statements.Concat(record).DistinctBy(s => s.Id).OrderBy(s => s.Place)] };
            }

            sheet = sheet with { Blocks = [.. sheet.Blocks.Select(b => b == story ? b with { Parts = parts } : b)] };
        }

        return sheet;
    }

    private static List<PrepBlock> InOrder(List<PrepBlock> blocks, IReadOnlyList<string> order)
    {
        var ordered = order.Select(id => blocks.FirstOrDefault(b => b.Id == id)).OfType<PrepBlock>().Distinct().ToList();
        ordered.AddRange(blocks.Where(b => !ordered.Contains(b)));
        var start = 0;
        for (var i = 0; i < ordered.Count; i++)
        {
            ordered[i] = ordered[i] with { Start = start };
            start += ordered[i].Budget;
        }

        return ordered;
    }

    private static CopyReport Compare(PrepSheet sheet, HostCopy copy)
    {
        var now = sheet.Statements.DistinctBy(s => s.Id).ToDictionary(s => s.Id, StringComparer.Ordinal);
        var told = sheet.Records.Where(r => r.IsTold)
            .Select(r => (Now: r, Then: copy.Records.FirstOrDefault(c => c.Slug == r.Slug) ?? copy.Records.FirstOrDefault(c => copy.NameNow(c.Slug) == r.Slug)))
            .Where(r => r.Then is not null)
            .ToList();
        return new CopyReport(
            [.. told.Where(r => r.Then!.Hash != r.Now.Hash).Select(r => (r.Now, r.Now.Revision - r.Then!.Revision))],
            now.Values.Where(s => copy.Seen.TryGetValue(s.Id, out var hash) && hash != HostCopy.HashOf(s.Text)).Select(s => s.Id).ToHashSet(StringComparer.Ordinal),
            copy.Seen.Count == 0 ? new HashSet<string>() : now.Keys.Where(id => !copy.Seen.ContainsKey(id) && !copy.TakenIn.Contains(id)).ToHashSet(StringComparer.Ordinal),
            [.. copy.Edits.Where(e => !now.TryGetValue(e.Id, out var s) || s.Text != e.From)],
            [.. told.Where(r => r.Then!.Slug != r.Now.Slug).Select(r => (r.Now, r.Then!.Slug))]);
    }
}
