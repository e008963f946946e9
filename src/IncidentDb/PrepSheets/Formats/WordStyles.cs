using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>The styles, the bullet list and the settings of a Word document.</summary>
internal static class WordStyles
{
    /// <summary>The numbering of bulleted lists.</summary>
    public const int Bullets = 1;

    private const string Sans = "Liberation Sans";
    private const string Serif = "Georgia";

    public static void AddTo(MainDocumentPart main)
    {
        main.AddNewPart<StyleDefinitionsPart>("styles").Styles = Styles();
        main.AddNewPart<NumberingDefinitionsPart>("numbering").Numbering = new Numbering(
            new AbstractNum(
                new MultiLevelType { Val = MultiLevelValues.SingleLevel },
                new Level(
                    new StartNumberingValue { Val = 1 },
                    new NumberingFormat { Val = NumberFormatValues.Bullet },
                    new LevelText { Val = "•" },
                    new LevelJustification { Val = LevelJustificationValues.Left },
                    new PreviousParagraphProperties(new Indentation { Left = "360", Hanging = "260" })) { LevelIndex = 0 }) { AbstractNumberId = 0 },
            new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = Bullets });
        main.AddNewPart<DocumentSettingsPart>("settings").Settings = new Settings(
            new FootnoteDocumentWideProperties(new FootnoteSpecialReference { Id = -1 }, new FootnoteSpecialReference { Id = 0 }));
    }

    private static Styles Styles()
    {
        var styles = new Styles(new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = Sans, HighAnsi = Sans, ComplexScript = Sans }, new FontSize { Val = "21" }, new Languages { Val = "en-GB" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "100", Line = "276", LineRule = LineSpacingRuleValues.Auto }))));
        styles.Append(
            Paragraph("Normal", "Normal", null, isDefault: true),
            Paragraph("Title", "Title", "44", serif: true, bold: true, before: "0", after: "120"),
            Paragraph("Subtitle", "Subtitle", "26", serif: true),
            Paragraph("Heading1", "heading 1", "32", serif: true, bold: true, before: "360", after: "80", outline: 0),
            Paragraph("Heading2", "heading 2", "25", serif: true, bold: true, before: "240", after: "60", outline: 1),
            Paragraph("Heading3", "heading 3", "22", bold: true, before: "160", after: "40", outline: 2),
            Paragraph("Script", "Script", "24", serif: true, after: "140"),
            Paragraph("Meta", "Sheet notes", "19"),
            Paragraph("Note", "Host note", "21", bold: true),
            Paragraph("ListBullet", "List Bullet", "22", after: "80"),
            Paragraph("ContentsHeading", "Contents heading", "25", serif: true, bold: true, before: "240"),
            Paragraph("TOC1", "toc 1", "21", after: "40"),
            Paragraph("FootnoteText", "footnote text", "17", after: "0"),
            Paragraph("SourceEntry", "Source", "19", after: "60"),
            Character("FootnoteReference", "footnote reference", new VerticalTextAlignment { Val = VerticalPositionValues.Superscript }),
            Character("Hyperlink", "Hyperlink", new Underline { Val = UnderlineValues.Single }));
        return styles;
    }

    private static Style Paragraph(string id, string name, string? size, bool serif = false, bool bold = false, string? before = null, string? after = null, int? outline = null, bool isDefault = false)
    {
        var style = new Style { Type = StyleValues.Paragraph, StyleId = id, Default = isDefault ? true : null };
        style.AppendChild(new StyleName { Val = name });
        if (!isDefault)
            style.AppendChild(new BasedOn { Val = "Normal" });
        if (outline is not null)
            style.AppendChild(new NextParagraphStyle { Val = "Script" });
        style.AppendChild(new PrimaryStyle());
        var paragraph = new StyleParagraphProperties();
        if (outline is not null)
            paragraph.Append(new KeepNext(), new KeepLines());
        if (before is not null || after is not null)
        {
            var spacing = new SpacingBetweenLines();
            // An attribute set to nothing would be written empty.
            if (before is not null)
                spacing.Before = before;
            if (after is not null)
                spacing.After = after;
            paragraph.AppendChild(spacing);
        }

        if (outline is { } level)
            paragraph.AppendChild(new OutlineLevel { Val = level });
        if (paragraph.HasChildren)
            style.AppendChild(paragraph);
        var run = new StyleRunProperties();
        if (serif)
            run.AppendChild(new RunFonts { Ascii = Serif, HighAnsi = Serif, ComplexScript = Serif });
        if (bold)
            run.AppendChild(new Bold());
        if (size is not null)
            run.AppendChild(new FontSize { Val = size });
        if (run.HasChildren)
            style.AppendChild(run);
        return style;
    }

    private static Style Character(string id, string name, OpenXmlElement look) => new(new StyleName { Val = name }, new StyleRunProperties(look)) { Type = StyleValues.Character, StyleId = id };
}
