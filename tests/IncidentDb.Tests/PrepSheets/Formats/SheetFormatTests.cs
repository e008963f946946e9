using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;

namespace IncidentDb.Tests.PrepSheets.Formats;

/// <summary>Every sheet in every medium: it can be made, it holds every statement with the mark of its kind, and it is the same twice.</summary>
[Collection(Sheets.Name)]
public sealed class SheetFormatTests(ClonedLibrary cloned)
{
    private const string Site = "https://example.org";

    [Fact]
    public void Every_medium_holds_every_statement_of_every_sheet()
    {
        var wrong = new List<string>();
        foreach (var sheet in cloned.All)
        {
            var name = $"{sheet.Title}, {sheet.Minutes} min";
            var said = sheet.Statements.Select(s => s.Spoken).ToList();
            var markdown = SheetMarkdown.Write(sheet, Site);
            wrong.AddRange(Missing(said.Select(SheetMarkdown.Escape), markdown).Select(s => $"{name}: not in Markdown: {s}"));
            foreach (var source in sheet.Sources)
            {
                if (!markdown.Contains($"\n[^{source.Number}]: ", StringComparison.Ordinal))
                    wrong.Add($"{name}: footnote {source.Number} leads nowhere in Markdown");
            }

            var page = new HtmlParser().ParseDocument(SheetFile.Write(sheet, Site)).Body!.TextContent;
            wrong.AddRange(Missing(said, page).Select(s => $"{name}: not in HTML: {s}"));
            using var json = JsonDocument.Parse(SheetFormats.Write(sheet, SheetFormat.Json, Site));
            var kinds = json.RootElement.GetProperty("blocks").EnumerateArray()
                .SelectMany(b => b.GetProperty("parts").EnumerateArray().Concat(b.GetProperty("prompts").EnumerateArray())).SelectMany(p => p.GetProperty("statements").EnumerateArray()).Count();
            if (kinds != sheet.Blocks.Sum(b => b.Statements.Count()))
                wrong.Add($"{name}: JSON holds {kinds} statements");
            var notes = ShowNotes.Write(sheet, Site);
            wrong.AddRange(sheet.Blocks.Where(b => !notes.Contains($"- {SheetWords.Mark(b.Start)} {SheetMarkdown.Escape(b.Title)}\n", StringComparison.Ordinal)).Select(b => $"{name}: no chapter {b.Title} in the notes"));
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong.Take(30)));
    }

    [Fact]
    public void Every_Word_document_is_valid_and_holds_every_statement()
    {
        var wrong = new List<string>();
        var validator = new OpenXmlValidator();
        foreach (var sheet in cloned.All)
        {
            var name = $"{sheet.Title}, {sheet.Minutes} min";
            var bytes = SheetWord.Write(sheet, Site);
            // The whole schema is walked for a part of them: it takes half a second for the largest.
            if (sheet.Minutes == 20)
            {
                using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
                wrong.AddRange(validator.Validate(document).Select(e => $"{name}: {e.Path?.XPath}: {e.Description}"));
            }

            var word = new WordText(bytes);
            wrong.AddRange(Missing(sheet.Statements.Select(s => s.Spoken), word.Text).Select(s => $"{name}: not in Word: {s}"));
            if (!word.References.SequenceEqual(word.Footnotes))
                wrong.Add($"{name}: {word.References.Count} references to {word.Footnotes.Count} footnotes");
            if (word.Headings < sheet.Blocks.Count || word.Fields.All(f => !f.Contains("TOC", StringComparison.Ordinal)) || word.Anchors != word.Headings)
                wrong.Add($"{name}: headings and contents do not agree");
            // Nothing waits for somebody to update it: the contents have no page numbers, and the pages number themselves.
            if (word.Fields.Any(f => !f.Contains("\\n", StringComparison.Ordinal)) || word.UpdatesFields || !word.FooterFields.Select(f => f.Trim()).SequenceEqual(["PAGE"]))
                wrong.Add($"{name}: page numbers");
        }

        wrong.ShouldBeEmpty(string.Join('\n', wrong.Take(30)));
    }

    /// <summary>The parts that the text does not hold. They mostly stand in their order, so each is looked for after the one before it first.</summary>
    private static IEnumerable<string> Missing(IEnumerable<string> parts, string text)
    {
        var after = 0;
        foreach (var part in parts)
        {
            var at = text.IndexOf(part, after, StringComparison.Ordinal);
            if (at >= 0)
                after = at;
            else if (!text.Contains(part, StringComparison.Ordinal))
                yield return part;
        }
    }

    [Fact]
    public void The_three_kinds_are_told_apart_in_every_medium()
    {
        var sheet = cloned.Compose(20, "knight-capital-2012");
        var cited = sheet.Statements.First(s => s.Kind == StatementKind.Cited && s.Origin.Path == "sections.stakes");
        var unsourced = sheet.Statements.First(s => s.Kind == StatementKind.Unsourced && s.Origin.Path == "sections.stakes");
        var craft = sheet.Statements.First(s => s.Origin.Path == "sections.hook");

        var markdown = SheetMarkdown.Write(sheet, Site);
        markdown.ShouldContain($"{cited.Spoken}[^{cited.Sources[0]}]");
        markdown.ShouldContain($"{unsourced.Spoken} **[unsourced]**");
        markdown.ShouldContain($"*{craft.Spoken}*");

        var page = new HtmlParser().ParseDocument(SheetFile.Write(sheet, Site));
        page.QuerySelectorAll("span").First(e => e.TextContent == cited.Spoken).NextElementSibling!.ClassName.ShouldBe("cite");
        page.QuerySelectorAll(".unsourced").First(e => e.TextContent == unsourced.Spoken).NextElementSibling!.ClassName.ShouldBe("flag");
        page.QuerySelectorAll(".craft i").Select(e => e.TextContent).ShouldContain(craft.Spoken);

        using var stream = new MemoryStream(SheetWord.Write(sheet, Site));
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        Run RunOf(string text) => document.MainDocumentPart!.Document.Body!.Descendants<Run>().First(r => r.InnerText == text);
        RunOf(cited.Spoken).NextSibling<Run>()!.GetFirstChild<FootnoteReference>().ShouldNotBeNull();
        RunOf(unsourced.Spoken).NextSibling<Run>()!.InnerText.ShouldBe(" [unsourced]");
        RunOf(craft.Spoken).RunProperties!.Italic.ShouldNotBeNull();
    }

    [Fact]
    public void The_same_input_gives_the_same_bytes_in_another_library()
    {
        using var directory = new TempDirectory();
        using var other = KnowledgeBase.Open(directory.Path, "another test");
        other.Import(Clone.Data);
        foreach (var request in cloned.Requests().Where((_, i) => i % 7 == 0))
        {
            var (one, two) = (request.Compose(cloned.Library)!, request.Compose(other)!);
            foreach (var format in Enum.GetValues<SheetFormat>())
                SheetFormats.Write(one, format, Site).AsSpan().SequenceEqual(SheetFormats.Write(two, format, Site)).ShouldBeTrue($"{one.Title}, {one.Minutes} min, {format}");
        }
    }

    [Fact]
    public void Hostile_words_stay_words()
    {
        const string hostile = "<script>alert(1)</script> [x](javascript:alert(1)) | ` * _ & \" \u0001";
        var sheet = cloned.Compose(5, "knight-capital-2012");
        sheet = sheet with { Title = hostile, Blocks = [.. sheet.Blocks.Select(b => b with { Title = hostile, Note = hostile })], Remarks = [hostile] };
        var page = new HtmlParser().ParseDocument(SheetFile.Write(sheet, Site));
        page.QuerySelectorAll("script, a[href^=javascript]").ShouldBeEmpty();
        page.QuerySelector("h1")!.TextContent.ShouldContain("<script>alert(1)</script>");
        SheetMarkdown.Write(sheet, Site).ShouldNotContain("<script>");
        ShowNotes.Write(sheet, Site).ShouldNotContain("[x](javascript");
        using var stream = new MemoryStream(SheetWord.Write(sheet, Site));
        using var document = WordprocessingDocument.Open(stream, isEditable: false);
        document.MainDocumentPart!.Document.Body!.InnerText.ShouldContain("<script>alert(1)</script>");
        Encoding.UTF8.GetString(SheetFormats.Write(sheet, SheetFormat.Json, Site)).ShouldContain("alert(1)");
    }
}
