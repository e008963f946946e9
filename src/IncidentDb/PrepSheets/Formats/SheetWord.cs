using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>
/// A sheet as a Word document: headings that the navigation pane and screen readers see, a table of contents, a footnote behind every cited sentence. Each
/// block begins on a page of its own from an hour on.
/// </summary>
public static class SheetWord
{
    /// <summary>No clock enters: the same sheet gives the same bytes.</summary>
    private static readonly DateTimeOffset _noTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(PrepSheet sheet, string baseUrl)
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            // Its own name for the part is drawn by chance.
            document.ChangeIdOfPart(main, "document");
            WordStyles.AddTo(main);
            var writer = new Writer(sheet, main, baseUrl);
            main.Document = new Document(writer.Body());
            main.AddNewPart<FootnotesPart>("footnotes").Footnotes = writer.Footnotes;
        }

        return Timeless(stream);
    }

    /// <summary>The container writes the time of day into every entry: they are written once more without it, in the order of their names.</summary>
    private static byte[] Timeless(MemoryStream stream)
    {
        stream.Position = 0;
        using var plain = new MemoryStream();
        using (var from = new ZipArchive(stream, ZipArchiveMode.Read))
        using (var to = new ZipArchive(plain, ZipArchiveMode.Create, leaveOpen: true))
        {
            // The list of content types comes first: some readers look for it there.
            foreach (var entry in from.Entries.OrderBy(e => e.FullName.StartsWith('[') ? 0 : 1).ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = to.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = _noTime;
                using var source = entry.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }

        return plain.ToArray();
    }

    private sealed class Writer(PrepSheet sheet, MainDocumentPart main, string baseUrl)
    {
        private readonly Body _body = new();
        private readonly List<(string Title, string Bookmark)> _contents = [];
        private readonly HashSet<int> _named = [];
        private int _marks;
        private int _links;

        public Footnotes Footnotes { get; } = new(
            new Footnote(new Paragraph(new Run(new SeparatorMark()))) { Type = FootnoteEndnoteValues.Separator, Id = -1 },
            new Footnote(new Paragraph(new Run(new ContinuationSeparatorMark()))) { Type = FootnoteEndnoteValues.ContinuationSeparator, Id = 0 });

        public Body Body()
        {
            Add("Title", Plain(sheet.Title));
            if (sheet.Standfirst is { } standfirst)
                Add("Subtitle", Sentence(standfirst));
            Add("Meta", Plain($"Prep sheet, {sheet.Minutes.ToString(CultureInfo.InvariantCulture)} minutes. {SheetWords.Audit(sheet)}"));
            foreach (var remark in sheet.Remarks)
                Add("Meta", Plain(remark));
            Add("Meta", Plain(SheetWords.Legend.Replace("A number leads to the source", "A footnote names the source", StringComparison.Ordinal)));
            var contentsAt = _body.ChildElements.Count;
            Figures();
            foreach (var block in sheet.Blocks)
                Block(block);
            if (sheet.Disputes.Count > 0)
            {
                Heading("Heading1", SheetWords.DisputesHeading);
                Add("Meta", Plain(SheetWords.DisputesLead));
                foreach (var s in sheet.Disputes)
                    Add("ListBullet", Sentence(s));
            }

            LeftOut();
            Records();
            foreach (var (element, i) in Contents().Select((e, i) => (e, i)).ToList())
                _body.InsertAt(element, contentsAt + i);
            _body.AppendChild(new SectionProperties(
                new FooterReference { Type = HeaderFooterValues.Default, Id = Footer() },
                // A4; Word and LibreOffice scale to the paper at hand.
                new PageSize { Width = 11906, Height = 16838 },
                new PageMargin { Top = 1134, Bottom = 1134, Left = 1134, Right = 1134, Header = 567, Footer = 567, Gutter = 0 }));
            return _body;
        }

        /// <summary>The title and the page, so that printed sheets can be put back in order; programs count it themselves wherever it stands at the foot.</summary>
        private string Footer()
        {
            const string id = "footer";
            main.AddNewPart<FooterPart>(id).Footer = new Footer(new Paragraph(
                new ParagraphProperties(new ParagraphStyleId { Val = "Meta" }),
                Text($"{sheet.Title} · "), Field(FieldCharValues.Begin), Code(" PAGE "), Field(FieldCharValues.Separate), Text("1"), Field(FieldCharValues.End)));
            return id;
        }

        private void Figures()
        {
            if (sheet.Figures.Count == 0)
                return;
            Heading("Heading1", "Figures to say");
            var table = new Table(new TableProperties(
                new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
                new TableBorders(new TopBorder { Val = BorderValues.Single, Size = 4 }, new BottomBorder { Val = BorderValues.Single, Size = 4 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 })));
            table.AppendChild(new TableGrid(new GridColumn { Width = "3800" }, new GridColumn { Width = "2400" }, new GridColumn { Width = "3400" }));
            table.AppendChild(new TableRow(new TableRowProperties(new TableHeader()), Cell([Bold("Say")]), Cell([Bold("Exactly")]), Cell([Bold("What")])));
            foreach (var figure in sheet.Figures)
            {
                var what = new List<OpenXmlElement> { Text(figure.What) };
                what.AddRange(Cites(figure.Sources));
                table.AppendChild(new TableRow(Cell([Text($"“{figure.Say}”")]), Cell([Text(figure.Exactly)]), Cell(what)));
            }

            _body.AppendChild(table);
            Add("Meta", []);
        }

        private static TableCell Cell(IEnumerable<OpenXmlElement> runs) => new(new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Auto }), new Paragraph(runs));

        private void Block(PrepBlock block)
        {
            Heading("Heading1", $"{SheetWords.Mark(block.Start)} {block.Title}", newPage: sheet.Minutes >= 60);
            Add("Meta", Plain(SheetWords.Time(block)));
            if (block.Note is { Length: > 0 } note)
                Add("Note", Plain($"Note: {note}"));
            foreach (var part in block.Parts)
                Part(part, "Heading2");
            if (block.Prompts.Count == 0)
                return;
            Heading("Heading2", SheetWords.AirHeading);
            foreach (var part in block.Prompts)
                Part(part, "Heading3");
        }

        private void Part(PrepPart part, string level)
        {
            if (part.Heading.Length > 0)
                Heading(level, part.Heading);
            var runs = new List<OpenXmlElement>();
            for (var i = 0; i < part.Statements.Count; i++)
            {
                var s = part.Statements[i];
                if (i > 0 && s.Begins)
                    Flush();
                if (runs.Count > 0)
                    runs.Add(Text(" "));
                if (part.Form != PartForm.Prose && s.Label is { } label)
                {
                    runs.Add(Bold(label));
                    runs.Add(Text((s.SubLabel is { } sub ? $" ({sub})" : "") + (s.TurningPoint ? $", {SheetWords.TurningPoint}: " : ": ")));
                }

                runs.AddRange(Sentence(s));
            }

            Flush();

            void Flush()
            {
                Add(part.Form == PartForm.Prose ? "Script" : "ListBullet", runs);
                runs = [];
            }
        }

        private List<OpenXmlElement> Sentence(PrepStatement s)
        {
            var run = Text(s.Spoken);
            if (s.Kind == StatementKind.Craft)
                run.RunProperties = new RunProperties(new Italic());
            else if (s.Kind == StatementKind.Unsourced)
                run.RunProperties = new RunProperties(new Underline { Val = UnderlineValues.Dash });
            var runs = new List<OpenXmlElement> { run };
            if (s.Exact.Count > 0)
                runs.Add(Small($" ‹{string.Join("; ", s.Exact)}›"));
            if (s.EditedFrom is { } from)
                runs.Add(Small($" ({SheetWords.Edited}; the record: {from})"));
            if (s.Kind == StatementKind.Unsourced)
                runs.Add(Bold($" [{SheetWords.Unsourced}]"));
            if (s.Unverified)
                runs.Add(Small($" ({SheetWords.Unverified})"));
            runs.AddRange(Cites(s.Sources));
            if (s.Worked is { } worked)
            {
                runs.Add(Small($" ‹{worked.Expression}; "));
                foreach (var (input, i) in worked.Inputs.Select((input, i) => (input, i)))
                {
                    runs.Add(Small($"{(i > 0 ? ", " : "")}{input.Name} {input.Exact}"));
                    runs.AddRange(Cites(input.Sources));
                }

                runs.Add(Small("›"));
            }

            return runs;
        }

        /// <summary>A footnote for each source: in full the first time, then by its number, publisher and date, so that a page can be read by itself.</summary>
        private IEnumerable<OpenXmlElement> Cites(IReadOnlyList<int> sources)
        {
            foreach (var number in sources)
            {
                var source = sheet.Sources.First(x => x.Number == number).Source;
                var id = Footnotes.ChildElements.Count - 1;
                var address = source.ArchiveUrl ?? source.Url;
                var words = _named.Add(number) ? $"{SheetWords.Source(source)}.{(address is null ? "" : " " + address)}" : $"{SheetWords.Credit(source)}.";
                Footnotes.AppendChild(new Footnote(new Paragraph(
                    new ParagraphProperties(new ParagraphStyleId { Val = "FootnoteText" }),
                    new Run(new RunProperties(new RunStyle { Val = "FootnoteReference" }), new FootnoteReferenceMark()),
                    Text($" Source {number.ToString(CultureInfo.InvariantCulture)}: {words}"))) { Id = id });
                yield return new Run(new RunProperties(new RunStyle { Val = "FootnoteReference" }), new FootnoteReference { Id = id });
            }
        }

        private void LeftOut()
        {
            if (sheet.LeftOut.Count == 0)
                return;
            Heading("Heading1", "Left out");
            foreach (var record in sheet.LeftOut.GroupBy(l => l.Title))
                Add("ListBullet", [Bold(record.Key), Text(": " + string.Join("; ", record.Select(SheetWords.LeftOut)) + ".")]);
        }

        private void Records()
        {
            Heading("Heading1", "Records and sources");
            foreach (var record in sheet.Records)
                Add("ListBullet", [Link($"{baseUrl}/incidents/{record.Slug}", record.Title), Text($", {SheetWords.Revision(record)}, {SheetWords.Role(record.Role)}")]);
            foreach (var source in sheet.Sources)
            {
                var runs = new List<OpenXmlElement> { Text($"{source.Number.ToString(CultureInfo.InvariantCulture)}. {SheetWords.Source(source.Source)}. ") };
                if (source.Source.Url is { } url && SourceUrl.IsValid(url))
                    runs.Add(Link(url, url));
                if (source.Source.ArchiveUrl is { } copy && SourceUrl.IsValid(copy))
                    runs.AddRange([Text(" Archived: "), Link(copy, copy)]);
                Add("SourceEntry", runs);
            }

            Add("Meta", Plain("From IncidentDb, CC BY 4.0."));
        }

        /// <summary>
        /// The field of a table of contents with its entries. Pages are known only to the program that lays the document out, and a page number that is missing until
        /// somebody updates the field is worse than none: the entries name the minute instead, which does not depend on the paper, and lead to their headings.
        /// </summary>
        private IEnumerable<OpenXmlElement> Contents()
        {
            yield return new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "ContentsHeading" }), Text("Contents"));
            for (var i = 0; i < _contents.Count; i++)
            {
                var (title, bookmark) = _contents[i];
                var paragraph = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "TOC1" }));
                if (i == 0)
                    paragraph.Append(Field(FieldCharValues.Begin), Code(" TOC \\o \"1-1\" \\n \\h \\z \\u "), Field(FieldCharValues.Separate));
                paragraph.AppendChild(new Hyperlink(Text(title)) { Anchor = bookmark, History = true });
                if (i == _contents.Count - 1)
                    paragraph.AppendChild(Field(FieldCharValues.End));
                yield return paragraph;
            }
        }

        private void Heading(string style, string title, bool newPage = false)
        {
            var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
            if (newPage)
                properties.PageBreakBefore = new PageBreakBefore();
            var paragraph = new Paragraph(properties);
            if (style == "Heading1")
            {
                var id = (++_marks).ToString(CultureInfo.InvariantCulture);
                _contents.Add((title, $"_Toc{id}"));
                paragraph.Append(new BookmarkStart { Id = id, Name = $"_Toc{id}" }, Text(title), new BookmarkEnd { Id = id });
            }
            else
            {
                paragraph.AppendChild(Text(title));
            }

            _body.AppendChild(paragraph);
        }

        private void Add(string style, IEnumerable<OpenXmlElement> runs)
        {
            var properties = new ParagraphProperties(new ParagraphStyleId { Val = style });
            if (style == "ListBullet")
                properties.NumberingProperties = new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = WordStyles.Bullets });
            var paragraph = new Paragraph(properties);
            paragraph.Append(runs);
            _body.AppendChild(paragraph);
        }

        private Hyperlink Link(string url, string text)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
                return new Hyperlink(Text(text));
            var id = string.Create(CultureInfo.InvariantCulture, $"link{++_links}");
            main.AddHyperlinkRelationship(address, true, id);
            return new Hyperlink(new Run(new RunProperties(new RunStyle { Val = "Hyperlink" }), Words(text))) { Id = id };
        }

        private static Run Text(string text) => new(Words(text));

        /// <summary>Control characters that a host may have pasted have no place in XML.</summary>
        private static Text Words(string text) => new(text.All(XmlConvert.IsXmlChar) ? text : string.Concat(text.EnumerateRunes().Where(IsXml))) { Space = SpaceProcessingModeValues.Preserve };

        private static bool IsXml(Rune rune) => rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value);

        private static IEnumerable<OpenXmlElement> Plain(string text) => [Text(text)];

        private static Run Bold(string text) => new(new RunProperties(new Bold()), Words(text));

        private static Run Small(string text) => new(new RunProperties(new FontSize { Val = "17" }), Words(text));

        private static Run Field(FieldCharValues type) => new(new FieldChar { FieldCharType = type });

        private static Run Code(string code) => new(new FieldCode(code) { Space = SpaceProcessingModeValues.Preserve });
    }
}
