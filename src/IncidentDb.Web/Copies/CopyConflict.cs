using IncidentDb.PrepSheets;
using IncidentDb.Submissions;

namespace IncidentDb.Web.Copies;

/// <summary>A copy that was saved elsewhere while somebody wrote here: both are kept, and this says how they differ.</summary>
/// <param name="Theirs">What lies with the account now.</param>
/// <param name="Changes">From it to what was typed here.</param>
public sealed record CopyConflict(KeptCopy Theirs, IReadOnlyList<UnitChange> Changes)
{
    /// <param name="about">The copy as it lies with the account.</param>
    /// <param name="theirs">What it holds.</param>
    /// <param name="name">The name typed here.</param>
    /// <param name="mine">The copy as typed here.</param>
    /// <param name="whole">The sheet of the copy typed here, with what it leaves out.</param>
    public static CopyConflict Of(KeptCopy about, HostCopy theirs, string name, HostCopy mine, CopiedSheet whole)
    {
        var statements = whole.Sheet.Blocks.SelectMany(b => b.Statements.Select(s => (Block: b.Title, Statement: s))).DistinctBy(x => x.Statement.Id).ToDictionary(x => x.Statement.Id, StringComparer.Ordinal);
        const string gone = "a sentence that the sheet has no more";
        var blocks = whole.Sheet.Blocks.ToDictionary(b => b.Id, b => b.Title, StringComparer.Ordinal);
        var events = whole.Events.ToDictionary(e => e.Id, e => $"{e.Label} {e.Text}", StringComparer.Ordinal);
        string Said(string id) => statements.TryGetValue(id, out var s) ? s.Statement.EditedFrom ?? s.Statement.Text : gone;
        var changes = new List<UnitChange>();
        void Add(string unit, string label, string before, string after)
        {
            if (before != after)
                changes.Add(new UnitChange(unit, before, after) { Label = label });
        }

        void AddLists(string unit, string label, IReadOnlyList<string> before, IReadOnlyList<string> after, Func<string, string> words) =>
            Add(unit, label, string.Join('\n', before.Except(after, StringComparer.Ordinal).Select(words)), string.Join('\n', after.Except(before, StringComparer.Ordinal).Select(words)));

        Add("name", "Name", about.Name, name.Length > 0 ? name : about.Name);
        Add("title", "Title", theirs.Title ?? "", mine.Title ?? "");
        Add("order", "Order of the blocks", Order(theirs), Order(mine));
        foreach (var block in theirs.Notes.Concat(mine.Notes).Select(n => n.Block).Distinct(StringComparer.Ordinal))
            Add($"note-{block}", $"Note to “{blocks.GetValueOrDefault(block, block)}”", Note(theirs, block), Note(mine, block));
        var n = 0;
        foreach (var id in theirs.Edits.Concat(mine.Edits).Select(e => e.Id).Distinct(StringComparer.Ordinal))
            Add($"sentence-{n++}", statements.TryGetValue(id, out var s) ? $"Sentence in “{s.Block}”" : "Sentence in your words", Edit(theirs, id) ?? Said(id), Edit(mine, id) ?? Said(id));
        AddLists("left-out", "Left out", theirs.LeftOut, mine.LeftOut, Said);
        AddLists("taken-in", "Events taken in", theirs.TakenIn, mine.TakenIn, id => events.GetValueOrDefault(id, Said(id)));
        return new CopyConflict(about, changes);

        string Order(HostCopy copy) => string.Join(", ", copy.Order.Select(id => blocks.GetValueOrDefault(id, id)));
    }

    private static string Note(HostCopy copy, string block) => copy.Notes.FirstOrDefault(n => n.Block == block)?.Text ?? "";

    private static string? Edit(HostCopy copy, string id) => copy.Edits.FirstOrDefault(e => e.Id == id)?.Text;
}
