using System.Globalization;
using System.Text;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>A sheet as Markdown with footnotes: cited sentences carry a footnote, unsourced ones the word, craft is in italics.</summary>
public static class SheetMarkdown
{
    public static string Write(PrepSheet sheet, string baseUrl)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(Escape(sheet.Title)).Append("\n\n");
        if (sheet.Standfirst is { } standfirst)
            text.Append(Sentence(standfirst)).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"Prep sheet, {sheet.Minutes} minutes. {SheetWords.Audit(sheet)}\n\n");
        foreach (var remark in sheet.Remarks)
            text.Append(Escape(remark)).Append("\n\n");
        text.Append("> ").Append(SheetWords.Legend).Append("\n\n");
        Figures(text, sheet);
        foreach (var block in sheet.Blocks)
            Block(text, block);
        if (sheet.Disputes.Count > 0)
        {
            text.Append("## ").Append(SheetWords.DisputesHeading).Append("\n\n").Append(SheetWords.DisputesLead).Append("\n\n");
            Lines(text, sheet.Disputes);
        }

        LeftOut(text, sheet);
        Records(text, sheet, baseUrl);
        foreach (var source in sheet.Sources)
            text.Append(CultureInfo.InvariantCulture, $"[^{source.Number}]: {Escape(SheetWords.Source(source.Source))}.{Links(source)}\n");
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Figures(StringBuilder text, PrepSheet sheet)
    {
        if (sheet.Figures.Count == 0)
            return;
        text.Append("## Figures to say\n\n| say | exactly | what |\n| --- | --- | --- |\n");
        foreach (var figure in sheet.Figures)
            text.Append(CultureInfo.InvariantCulture, $"| “{Escape(figure.Say)}” | {Escape(figure.Exactly)} | {Escape(figure.What)}{Notes(figure.Sources)} |\n");
        text.Append('\n');
    }

    private static void Block(StringBuilder text, PrepBlock block)
    {
        text.Append(CultureInfo.InvariantCulture, $"## {SheetWords.Mark(block.Start)} {Escape(block.Title)}\n\n{SheetWords.Time(block)}\n\n");
        if (block.Note is { Length: > 0 } note)
            text.Append("> Note: ").Append(Escape(note)).Append("\n\n");
        foreach (var part in block.Parts)
            Part(text, part, "###");
        if (block.Prompts.Count > 0)
        {
            text.Append("### ").Append(SheetWords.AirHeading).Append("\n\n");
            foreach (var part in block.Prompts)
                Part(text, part, "####");
        }
    }

    private static void Part(StringBuilder text, PrepPart part, string level)
    {
        if (part.Heading.Length > 0)
            text.Append(level).Append(' ').Append(Escape(part.Heading)).Append("\n\n");
        if (part.Form == PartForm.Prose)
            Paragraphs(text, part.Statements);
        else
            Lines(text, part.Statements);
    }

    private static void Paragraphs(StringBuilder text, IReadOnlyList<PrepStatement> statements)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            text.Append(i == 0 ? "" : statements[i].Begins ? "\n\n" : " ").Append(Sentence(statements[i]));
        }

        text.Append("\n\n");
    }

    /// <summary>One line an item; what belongs to the item above is indented under it.</summary>
    private static void Lines(StringBuilder text, IReadOnlyList<PrepStatement> statements)
    {
        for (var i = 0; i < statements.Count; i++)
            text.Append(i == 0 || statements[i].Begins ? "- " : "  ").Append(Label(statements[i])).Append(Sentence(statements[i])).Append('\n');
        text.Append('\n');
    }

    private static string Label(PrepStatement statement)
    {
        if (statement.Label is not { } label)
            return "";
        var below = statement.SubLabel is { } sub ? $" ({Escape(sub)})" : "";
        var turn = statement.TurningPoint ? $", {SheetWords.TurningPoint}" : "";
        return $"**{Escape(label)}**{below}{turn}: ";
    }

    private static string Sentence(PrepStatement statement)
    {
        var words = Escape(statement.Spoken);
        var text = new StringBuilder(statement.Kind == StatementKind.Craft ? $"*{words}*" : words);
        if (statement.Exact.Count > 0)
            text.Append(" ‹").Append(Escape(string.Join("; ", statement.Exact))).Append('›');
        if (statement.Worked is { } worked)
            text.Append(" ‹").Append(Escape(worked.Expression)).Append(", with ").AppendJoin(", ", worked.Inputs.Select(i => $"{i.Name} {Escape(i.Exact)}{Notes(i.Sources)}")).Append('›');
        if (statement.EditedFrom is not null)
            text.Append(" (").Append(SheetWords.Edited).Append(')');
        if (statement.Kind == StatementKind.Unsourced)
            text.Append(" **[").Append(SheetWords.Unsourced).Append("]**");
        if (statement.Unverified)
            text.Append(" (").Append(SheetWords.Unverified).Append(')');
        return text.Append(Notes(statement.Sources)).ToString();
    }

    private static string Notes(IEnumerable<int> sources) => string.Concat(sources.Select(n => string.Create(CultureInfo.InvariantCulture, $"[^{n}]")));

    private static void LeftOut(StringBuilder text, PrepSheet sheet)
    {
        if (sheet.LeftOut.Count == 0)
            return;
        text.Append("## Left out\n\n");
        foreach (var record in sheet.LeftOut.GroupBy(l => l.Title))
            text.Append(CultureInfo.InvariantCulture, $"- {Escape(record.Key)}: {string.Join("; ", record.Select(l => Escape(SheetWords.LeftOut(l))))}\n");
        text.Append('\n');
    }

    private static void Records(StringBuilder text, PrepSheet sheet, string baseUrl)
    {
        text.Append("## Records and sources\n\n");
        foreach (var record in sheet.Records)
            text.Append(CultureInfo.InvariantCulture, $"- [{Escape(record.Title)}]({baseUrl}/incidents/{record.Slug}), {Escape(SheetWords.Revision(record))}\n");
        text.Append("\nFrom IncidentDb, CC BY 4.0.\n\n");
    }

    private static string Links(SheetSource source)
    {
        var url = source.Source.Url is { } u ? $" <{u}>" : "";
        var archive = source.Source.ArchiveUrl is { } a ? $" Archived: <{a}>" : "";
        return url + archive;
    }

    /// <summary>Text that means itself in Markdown.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '&' or '~')
                escaped.Append('\\');
            escaped.Append(c is '\n' or '\r' ? ' ' : c);
        }

        return escaped.ToString();
    }
}
