using System.Globalization;
using System.Text;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>What goes below a published episode: chapters, the records told, every source with its copy, and whom to thank. No sentence of the script.</summary>
public static class ShowNotes
{
    public static string Write(PrepSheet sheet, string baseUrl)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(SheetMarkdown.Escape(sheet.Title)).Append("\n\n");
        if (sheet.Standfirst is { } standfirst)
            text.Append(SheetMarkdown.Escape(standfirst.Text)).Append("\n\n");
        text.Append("## Chapters\n\n");
        foreach (var block in sheet.Blocks)
            text.Append(CultureInfo.InvariantCulture, $"- {SheetWords.Mark(block.Start)} {SheetMarkdown.Escape(block.Title)}\n");
        text.Append("\n## What is told\n\n");
        foreach (var record in sheet.Records)
            text.Append(CultureInfo.InvariantCulture, $"- [{SheetMarkdown.Escape(record.Title)}]({baseUrl}/incidents/{record.Slug}), {SheetMarkdown.Escape(record.Name)}: {SheetWords.Role(record.Role)}\n");
        if (sheet.Sources.Count > 0)
        {
            text.Append("\n## Sources\n\n");
            foreach (var source in sheet.Sources)
                text.Append(CultureInfo.InvariantCulture, $"{source.Number}. {Linked(source.Source)}\n");
        }

        text.Append("\n## Credits\n\n");
        var publishers = sheet.Sources.Where(s => s.Source.Read is "full" or "part").Select(s => s.Source.Publisher).Where(p => p.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (publishers.Count > 0)
            text.Append("The account follows ").AppendJoin("; ", publishers.Select(SheetMarkdown.Escape)).Append(".\n\n");
        text.Append("Research: the contributors of [IncidentDb](").Append(baseUrl).Append("). Records under CC BY 4.0, https://creativecommons.org/licenses/by/4.0/\n");
        return text.ToString();
    }

    private static string Linked(Source source)
    {
        var title = source.Url is { } url && SourceUrl.IsValid(url) ? $"[{SheetMarkdown.Escape(source.Title)}](<{url}>)" : SheetMarkdown.Escape(source.Title);
        var archive = source.ArchiveUrl is { } copy && SourceUrl.IsValid(copy) ? $", [archived copy](<{copy}>)" : "";
        return $"{title}, {SheetMarkdown.Escape(SheetWords.Credit(source))}{archive}";
    }
}
