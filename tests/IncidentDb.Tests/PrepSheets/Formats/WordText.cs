using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace IncidentDb.Tests.PrepSheets.Formats;

/// <summary>What stands in a Word document, read from its parts as they are in the file: one pass each, without the model that wrote them.</summary>
internal sealed class WordText
{
    private const string Main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    public WordText(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        var text = new StringBuilder();
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("word/", StringComparison.Ordinal) && e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
        {
            var part = entry.Name.TrimEnd('.', 'x', 'm', 'l', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            using var xml = XmlReader.Create(entry.Open());
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element || xml.NamespaceURI != Main)
                    continue;
                switch (part, xml.LocalName)
                {
                    case ("document", "t"):
                        text.Append(xml.ReadString());
                        break;
                    case ("document", "footnoteReference"):
                        References.Add(int.Parse(xml.GetAttribute("id", Main)!, CultureInfo.InvariantCulture));
                        break;
                    case ("document", "pStyle") when xml.GetAttribute("val", Main) == "Heading1":
                        Headings++;
                        break;
                    case ("document", "hyperlink") when xml.GetAttribute("anchor", Main) is not null:
                        Anchors++;
                        break;
                    case ("document", "instrText"):
                        Fields.Add(xml.ReadString());
                        break;
                    case ("footer", "instrText"):
                        FooterFields.Add(xml.ReadString());
                        break;
                    case ("footnotes", "footnote") when int.Parse(xml.GetAttribute("id", Main)!, CultureInfo.InvariantCulture) is > 0 and var id:
                        Footnotes.Add(id);
                        break;
                    case ("settings", "updateFields"):
                        UpdatesFields = true;
                        break;
                }
            }
        }

        Text = text.ToString();
    }

    public string Text { get; }

    /// <summary>The numbers of footnotes in the order in which the text refers to them.</summary>
    public List<int> References { get; } = [];

    public List<int> Footnotes { get; } = [];

    public List<string> Fields { get; } = [];

    public List<string> FooterFields { get; } = [];

    public int Headings { get; private set; }

    public int Anchors { get; private set; }

    public bool UpdatesFields { get; private set; }
}
