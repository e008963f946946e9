using System.Globalization;
using IncidentDb.PrepSheets;
using IncidentDb.Submissions;

namespace IncidentDb.Web.PrepSheets;

/// <summary>The fields of the form of a copy, read back into the copy.</summary>
internal static class CopyFields
{
    private const int LongestTitle = 300;
    private const int LongestText = 4_000;

    /// <param name="whole">The sheet that the form was made from, with what the copy leaves out.</param>
    public static HostCopy Read(HostCopy copy, CopiedSheet whole, IFormCollection form, List<string> notices)
    {
        var statements = whole.Sheet.Blocks.SelectMany(b => b.Statements).DistinctBy(s => s.Id).ToList();
        var said = form["say"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var title = Cut(Line(form["title"].ToString()), LongestTitle, "title", notices);
        return copy with
        {
            Title = title.Length == 0 || title == whole.Sheet.Title && copy.Title is null ? null : title,
            Order = Order(whole, form, notices),
            // A statement that the form did not show is not left out by it.
            LeftOut = [.. statements.Where(s => form.ContainsKey("text." + s.Id) && !said.Contains(s.Id)).Select(s => s.Id)],
            TakenIn = [.. form["event"].OfType<string>().Intersect(whole.Events.Select(e => e.Id), StringComparer.Ordinal)],
            Edits = [.. whole.Report.Orphans, .. statements.Select(s => Edit(s, form, notices)).OfType<CopyEdit>()],
            // A note to a block that the sheet has no more stays until it has it again.
            Notes = [.. copy.Notes.Where(n => whole.Sheet.Blocks.All(b => b.Id != n.Block)), .. whole.Sheet.Blocks.Select(b => new CopyNote(b.Id, Cut(Lines(form["note." + b.Id].ToString()), LongestText, $"note to “{b.Title}”", notices))).Where(n => n.Text.Length > 0)],
        };
    }

    private static CopyEdit? Edit(PrepStatement s, IFormCollection form, List<string> notices)
    {
        if (!form.TryGetValue("text." + s.Id, out var posted))
            return s.EditedFrom is { } kept ? new CopyEdit(s.Id, kept, s.Text) : null;
        var from = s.EditedFrom ?? s.Text;
        var text = Cut(Line(posted[0] ?? ""), LongestText, "sentence", notices);
        // An emptied field means the record's words again; what is not to be said has its box.
        return text.Length == 0 || text == from || text == Line(from) ? null : new CopyEdit(s.Id, from, text);
    }

    private static List<string> Order(CopiedSheet whole, IFormCollection form, List<string> notices)
    {
        var places = new List<(string Id, double Place)>();
        foreach (var (block, i) in whole.Sheet.Blocks.Select((b, i) => (b, i)))
        {
            var typed = form["order." + block.Id].ToString().Trim();
            if (int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place >= 1)
            {
                // Whoever writes 2 at the fifth block means it to stand before the one that is second now.
                places.Add((block.Id, place == i + 1 ? place : place < i + 1 ? place - 0.5 : place + 0.5));
            }
            else
            {
                if (typed.Length > 0)
                    notices.Add($"Place of “{block.Title}”: “{typed}” is no number; the block stays where it was.");
                places.Add((block.Id, i + 1));
            }
        }

        return [.. places.OrderBy(p => p.Place).Select(p => p.Id)];
    }

    /// <summary>The name under which a copy is kept; empty when none was typed.</summary>
    public static string Name(IFormCollection form, List<string> notices) => Cut(Line(form["name"].ToString()), CopyStore.LongestName, "name", notices);

    /// <summary>As every text of the site is kept (docs/contributing-online.md): composed, without what HTML could not show again.</summary>
    private static string Lines(string text) => FormFields.Clean(text).Trim();

    private static string Line(string text) => Lines(text).Replace('\n', ' ');

    private static string Cut(string text, int longest, string field, List<string> notices)
    {
        if (text.Length <= longest)
            return text;
        notices.Add($"The {field} was cut after {longest.ToString(CultureInfo.InvariantCulture)} characters.");
        // Not between the halves of a character.
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }
}
