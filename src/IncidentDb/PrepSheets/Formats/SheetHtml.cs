using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.Markup;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>
/// A sheet as HTML, for the page and for a file of its own. Cited sentences carry the numbers of their sources, unsourced ones a dashed line and the word,
/// craft stands in italics behind a double rule or with the word: none of the three needs colour.
/// </summary>
public static partial class SheetHtml
{
    /// <summary>Everything below the head of the page.</summary>
    /// <param name="baseUrl">Before links to records: empty on the site, its address in a file.</param>
    public static SafeHtml Body(PrepSheet sheet, string baseUrl = "")
    {
        var html = new HtmlText();
        html.Add(RunDownDrawing.Of(sheet));
        Audit(html, sheet);
        foreach (var remark in sheet.Remarks)
            html.Element("p", remark, "remark");
        Figures(html, sheet);
        html.Open("div", "blocks section");
        foreach (var block in sheet.Blocks)
            Block(html, block);
        html.Close();
        Disputes(html, sheet);
        LeftOut(html, sheet, baseUrl);
        Sources(html, sheet, baseUrl);
        return html.ToHtml();
    }

    /// <summary>The line below the title.</summary>
    public static SafeHtml Standfirst(PrepSheet sheet)
    {
        var html = new HtmlText();
        if (sheet.Standfirst is { } standfirst)
            Sentence(html, standfirst);
        return html.ToHtml();
    }

    private static void Audit(HtmlText html, PrepSheet sheet)
    {
        html.Open("div", "audit", ("role", "group"), ("aria-label", "What stands behind this sheet")).Open("dl");
        Row("Statements", sheet.Statements.Count());
        Row("cited", sheet.Count(StatementKind.Cited));
        Row("craft", sheet.Count(StatementKind.Craft));
        Row("unsourced", sheet.Count(StatementKind.Unsourced));
        html.Open("div").Element("dt", "Reads in").Element("dd", $"{SheetWords.Length(sheet.ReadingSeconds)} of {SheetWords.Length(sheet.Minutes * 60)}").Close();
        html.Close();
        html.Open("p").Text("A number in brackets leads to the source. ").Element("span", "A dashed line", "unsourced").Element("span", SheetWords.Unsourced, "flag")
            .Text(" means that nothing on file supports it: do not say it as fact. Italics are craft, yours to change. Figures stand as they are said; what is in ‹angle brackets› is exact.").Close();
        html.Close();

        void Row(string name, int count) => html.Open("div").Element("dt", name).Element("dd", count.ToString(CultureInfo.InvariantCulture)).Close();
    }

    private static void Figures(HtmlText html, PrepSheet sheet)
    {
        if (sheet.Figures.Count == 0)
            return;
        html.Open("section", "section", ("aria-labelledby", "h-say"));
        Head(html, "h-say", "Figures to say", "rounded for speech, exact beside it");
        html.Open("div", "scroll-x", ("role", "region"), ("aria-label", "Table of figures"), ("tabindex", "0")).Open("table", "table").Open("thead").Open("tr");
        foreach (var heading in new[] { "Say", "Exactly", "What" })
            html.Element("th", heading, null, ("scope", "col"));
        html.Close(2).Open("tbody");
        foreach (var figure in sheet.Figures)
        {
            var record = sheet.Records.Count(r => r.IsTold) > 1 ? $"{sheet.Records.First(r => r.Slug == figure.Record).Name}. " : "";
            html.Open("tr").Element("th", $"“{figure.Say}”", null, ("scope", "row")).Element("td", Unbroken().Replace(figure.Exactly, "\u00a0")).Open("td").Text(record + figure.What);
            Cites(html, figure.Sources);
            html.Close(2);
        }

        html.Close(4);
    }

    private static void Block(HtmlText html, PrepBlock block)
    {
        html.Open("section", "block", ("aria-labelledby", $"b-{block.Id}"));
        html.Open("div", "block__time").Element("span", SheetWords.Mark(block.Start), "at")
            .Element("span", $"{SheetWords.Length(block.Budget)}, to {SheetWords.Mark(block.Start + block.Budget)}", "for")
            .Element("span", $"reads in {SheetWords.Length(block.ReadingSeconds)}", "for")
            .Element("span", block.AirSeconds >= 1 ? $"{SheetWords.Length(block.AirSeconds)} of air" : block.AirSeconds < -0.5 ? $"{SheetWords.Length(-block.AirSeconds)} too long" : null, "for")
            .Close();
        html.Open("div", "block__body").Element("h2", block.Title, null, ("id", $"b-{block.Id}"));
        if (block.Note is { Length: > 0 } note)
            html.Open("div", "notice hostnote").Element("p", "Your note", "label").Element("p", note).Close();
        foreach (var part in block.Parts)
            Part(html, part, "h3");
        if (block.Prompts.Count > 0)
        {
            html.Open("div", "air").Element("h3", block.AirSeconds >= 1 ? $"{SheetWords.AirHeading}, {SheetWords.Length(block.AirSeconds)}" : SheetWords.AirHeading);
            foreach (var part in block.Prompts)
                Part(html, part, "h4");
            html.Close();
        }

        html.Close(2);
    }

    private static void Part(HtmlText html, PrepPart part, string level)
    {
        var craft = part.Statements.All(s => s.Kind == StatementKind.Craft);
        html.Open("div", craft ? "prep-part craft" : "prep-part");
        if (part.Heading.Length > 0)
            html.Element(level, part.Heading, "minor");
        if (craft)
            html.Element("p", "Craft", "label");
        switch (part.Form)
        {
            case PartForm.Prose:
                Paragraphs(html, part.Statements, craft);
                break;
            case PartForm.Beats:
                html.Open("ol", "beats");
                foreach (var s in part.Statements)
                {
                    html.Open("li").Open("span", "tplus").Text(s.Label).Element("span", s.SubLabel, "sub").Close().Open("span");
                    if (s.TurningPoint)
                        html.Element("b", "Turning point. ");
                    Sentence(html, s);
                    html.Close(2);
                }

                html.Close();
                break;
            default:
                Items(html, part, craft);
                break;
        }

        html.Close();
    }

    private static void Paragraphs(HtmlText html, IReadOnlyList<PrepStatement> statements, bool craft)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (i == 0 || statements[i].Begins)
                html.Open("p", "say");
            else
                html.Text(" ");
            Sentence(html, statements[i], craft);
            if (i == statements.Count - 1 || statements[i + 1].Begins)
                html.Close();
        }
    }

    /// <summary>A list; what belongs to the item above stands in it.</summary>
    private static void Items(HtmlText html, PrepPart part, bool craft)
    {
        html.Open("ul", part.Form == PartForm.List ? "saylist" : "saylist saylist--terms");
        for (var i = 0; i < part.Statements.Count; i++)
        {
            var s = part.Statements[i];
            html.Open(i == 0 || s.Begins ? "li" : "p");
            var opened = i == 0 || s.Begins;
            if (s.Label is { } label)
                html.Element("b", label).Text(s.SubLabel is { } sub ? $" ({sub}): " : ": ");
            Sentence(html, s, craft);
            if (!opened)
                html.Close();
            if (i == part.Statements.Count - 1 || part.Statements[i + 1].Begins)
                html.Close();
        }

        html.Close();
    }

    private static void Sentence(HtmlText html, PrepStatement s, bool inCraft = false)
    {
        html.Element(s.Kind == StatementKind.Craft ? "i" : "span", s.Spoken, s.Kind == StatementKind.Unsourced ? "unsourced" : null);
        if (s.Kind == StatementKind.Unsourced)
            html.Element("span", SheetWords.Unsourced, "flag");
        if (s.Kind == StatementKind.Craft && !inCraft)
            html.Text(" ").Element("span", "craft", "craftmark");
        if (s.EditedFrom is { } from)
            html.Text(" ").Element("span", SheetWords.Edited, "craftmark").Text(" ").Element("span", $"‹the record: {from}›", "exact");
        if (s.Exact.Count > 0)
            html.Text(" ").Element("span", $"‹{string.Join("; ", s.Exact)}›", "exact");
        if (s.Unverified)
            html.Text(" ").Element("span", $"({SheetWords.Unverified})", "meta");
        Cites(html, s.Sources);
        if (s.Worked is not { } worked)
            return;
        html.Open("span", "exact").Text($" ‹{worked.Expression}; ");
        for (var i = 0; i < worked.Inputs.Count; i++)
        {
            html.Text($"{(i > 0 ? ", " : "")}{worked.Inputs[i].Name} {worked.Inputs[i].Exact}");
            Cites(html, worked.Inputs[i].Sources);
        }

        html.Text("›").Close();
    }

    private static void Cites(HtmlText html, IReadOnlyList<int> sources)
    {
        if (sources.Count == 0)
            return;
        // The word joiner keeps the numbers with the last word.
        html.Text("\u2060").Open("span", "cite");
        foreach (var n in sources)
            html.Element("a", string.Create(CultureInfo.InvariantCulture, $"[{n}]"), null, ("href", string.Create(CultureInfo.InvariantCulture, $"#source-{n}")), ("aria-label", string.Create(CultureInfo.InvariantCulture, $"Source {n}")));
        html.Close();
    }

    private static void Disputes(HtmlText html, PrepSheet sheet)
    {
        if (sheet.Disputes.Count == 0)
            return;
        html.Open("section", "section", ("aria-labelledby", "h-disputes"));
        Head(html, "h-disputes", SheetWords.DisputesHeading, SheetWords.DisputesLead);
        html.Open("ul", "saylist");
        foreach (var s in sheet.Disputes)
        {
            html.Open("li");
            Sentence(html, s);
            html.Close();
        }

        html.Close(2);
    }

    private static void LeftOut(HtmlText html, PrepSheet sheet, string baseUrl)
    {
        if (sheet.LeftOut.Count == 0)
            return;
        html.Open("section", "section", ("aria-labelledby", "h-left"));
        Head(html, "h-left", "Left out", "in the records, with no time for it here");
        html.Open("dl", "facts");
        foreach (var record in sheet.LeftOut.GroupBy(l => l.Record))
        {
            html.Open("div").Element("dt", record.First().Title);
            foreach (var left in record)
                html.Open("dd").Element("a", left.What, null, ("href", $"{baseUrl}/incidents/{left.Record}{(left.Anchor.Length > 0 ? "#" + left.Anchor : "")}")).Text(string.Create(CultureInfo.InvariantCulture, $", {left.Statements} {(left.Statements == 1 ? "statement" : "statements")}, {SheetWords.Length(left.Seconds)}")).Close();
            html.Close();
        }

        html.Close(2);
    }

    private static void Sources(HtmlText html, PrepSheet sheet, string baseUrl)
    {
        html.Open("section", "section", ("aria-labelledby", "h-src"));
        Head(html, "h-src", "Records and sources", null);
        html.Open("ul", "plainrules");
        foreach (var record in sheet.Records)
            html.Open("li").Element("a", record.Title, null, ("href", $"{baseUrl}/incidents/{record.Slug}")).Text(" ").Element("span", $"{record.Name}, {SheetWords.Role(record.Role)}, revision {record.Revision.ToString(CultureInfo.InvariantCulture)}", "meta").Close();
        html.Close().Open("ol", "sources section");
        foreach (var source in sheet.Sources)
            Source(html, source);
        html.Close(2);
    }

    private static void Source(HtmlText html, SheetSource entry)
    {
        var (n, source) = (entry.Number.ToString(CultureInfo.InvariantCulture), entry.Source);
        html.Open("li", "source", ("id", $"source-{n}")).Element("span", n, "source__n").Open("div").Open("p");
        if (source.Url is { } url && SourceUrl.IsValid(url))
            html.Element("a", source.Title, "url", ("href", url), ("rel", "nofollow noopener"));
        else
            html.Element("cite", source.Title);
        html.Close().Element("p", SheetWords.Credit(source), "meta").Open("p", "links").Element("span", SheetWords.Read(source.Read));
        if (source.ArchiveUrl is { } archive && SourceUrl.IsValid(archive))
            html.Element("a", "Archived copy", null, ("href", archive), ("rel", "nofollow noopener"));
        else
            html.Element("span", "no archived copy yet", "blank");
        html.Close(3);
    }

    private static void Head(HtmlText html, string id, string heading, string? lead)
    {
        html.Open("div", "section-head").Element("h2", heading, null, ("id", id));
        if (lead is not null)
            html.Element("p", lead);
        html.Close();
    }

    /// <summary>The blank between a number and its unit, where a narrow column must not break.</summary>
    [GeneratedRegex(@"(?<=\d) (?=(?:s|min|h|d|M|bn|T|thousand|million|billion|trillion|months|years)\b)|(?<=US\$|[£€¥≤]) (?=\d)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: RegexLimit.Milliseconds)]
    private static partial Regex Unbroken();
}
