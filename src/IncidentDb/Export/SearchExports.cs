using System.Globalization;
using System.Text;
using System.Xml;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Wording;

namespace IncidentDb.Export;

/// <summary>Whole results of a search in formats for spreadsheets, notes and feed readers.</summary>
public static class SearchExports
{
    private static readonly string[] _columns =
    [
        "slug", "title", "kind", "companies", "started", "ended", "severity", "loss", "loss_usd_min", "loss_usd_max", "duration_minutes_min",
        "duration_minutes_max", "root_causes", "causes", "patterns_violated", "patterns_absent", "patterns_misapplied", "patterns_worked", "patterns_introduced_after",
        "episodes", "completeness", "one_line", "url",
    ];

    /// <summary>RFC 4180 with a header; cells that a spreadsheet would run as a formula are defused.</summary>
    public static void Csv(TextWriter writer, IEnumerable<IncidentSummary> summaries, Catalogue catalogue, string baseUrl)
    {
        WriteRow(writer, _columns);
        foreach (var s in summaries)
        {
            string Patterns(string relation) => string.Join("; ", s.Patterns.Where(p => p.Value == relation).Select(p => catalogue.PatternName(p.Key)));
            string Causes(IEnumerable<KeyValuePair<string, string>> causes) => string.Join("; ", causes.Select(c => catalogue.Words.Label("causes", c.Key)));
            WriteRow(
                writer,
                s.Slug,
                s.Title,
                s.Kind,
                string.Join("; ", s.Companies.Select(c => catalogue.CompanyName(c.Slug))),
                s.Started?.ToString() ?? "",
                s.Ended?.ToString() ?? "",
                s.Severity ?? "",
                s.Loss?.Text ?? s.LossBlank ?? "",
                Number((double?)s.Loss?.UsdMin),
                Number((double?)s.Loss?.UsdMax),
                Number(s.Lasted?.Min.TotalMinutes),
                Number(s.Lasted?.Max.TotalMinutes),
                Causes(s.Causes.Where(c => c.Value == "root")),
                Causes(s.Causes),
                Patterns(PatternRelations.Violated),
                Patterns(PatternRelations.Absent),
                Patterns(PatternRelations.Misapplied),
                Patterns(PatternRelations.Worked),
                Patterns(PatternRelations.IntroducedAfter),
                string.Join("; ", IncidentShapes.EpisodesOf(s, catalogue).Select(e => e.Title)),
                s.Completeness,
                System.Net.WebUtility.HtmlDecode(s.OneLine.Html),
                $"{baseUrl}/incidents/{s.Slug}");
        }
    }

    private static string Number(double? value) => value?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    private static void WriteRow(TextWriter writer, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i > 0)
                writer.Write(',');
            writer.Write(Cell(cells[i]));
        }

        writer.Write("\r\n");
    }

    /// <summary>A cell as it must be written: defused, and quoted where RFC 4180 asks for it.</summary>
    public static string Cell(string text)
    {
        text = Defuse(text);
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 && !text.StartsWith(' ') && !text.EndsWith(' ') ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>An apostrophe in front of what a spreadsheet would take for a formula (OWASP ASVS 1.2.10), and of an apostrophe that stands there already.</summary>
    public static string Defuse(string text)
    {
        if (text.Length == 0)
            return text;
        var first = text.AsSpan().TrimStart(' ');
        var risky = text[0] is '\t' or '\r' or '\n' or '\'' || (first.Length > 0 && first[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠');
        return risky ? "'" + text : text;
    }

    /// <summary>Takes back what <see cref="Defuse"/> put in front.</summary>
    public static string Restore(string cell) => cell.StartsWith('\'') && Defuse(cell[1..]) == cell ? cell[1..] : cell;

    /// <summary>A list in Markdown, one item a record.</summary>
    public static void Markdown(TextWriter writer, string heading, IEnumerable<IncidentSummary> summaries, Catalogue catalogue, string baseUrl)
    {
        writer.Write($"# {Escape(heading)}\n\n");
        foreach (var s in summaries)
        {
            var facts = new List<string> { string.Join(", ", s.Companies.Select(c => Escape(catalogue.CompanyName(c.Slug)))) };
            if (s.Started is { } started)
                facts.Add(WhenWords.Date(started));
            if (s.Severity is { } severity)
                facts.Add(severity);
            if (s.Lasted is { } lasted)
                facts.Add("lasted " + DurationWords.Of(lasted));
            if (s.Loss is { } loss)
                facts.Add("loss " + AmountWords.Of(loss));
            writer.Write($"- [{Escape(s.Title)}]({baseUrl}/incidents/{s.Slug}) · {string.Join(" · ", facts.Where(f => f.Length > 0))}\n  {Escape(System.Net.WebUtility.HtmlDecode(s.OneLine.Html))}\n");
        }

        writer.Write("\nFrom IncidentDb, CC BY 4.0.\n");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings(" "))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>An Atom feed (RFC 4287) of records.</summary>
    public static void Atom(Stream stream, string title, string selfUrl, string htmlUrl, IEnumerable<(IncidentSummary Summary, DateTimeOffset Changed)> entries, Catalogue catalogue, string baseUrl)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, CheckCharacters = true });
        xml.WriteStartDocument();
        xml.WriteStartElement("feed", "http://www.w3.org/2005/Atom");
        xml.WriteElementString("title", title);
        xml.WriteElementString("id", htmlUrl);
        Link(xml, "self", selfUrl, "application/atom+xml");
        Link(xml, "alternate", htmlUrl, "text/html");
        xml.WriteElementString("rights", "CC BY 4.0");
        var list = entries.ToList();
        xml.WriteElementString("updated", Time(list.Count > 0 ? list.Max(e => e.Changed) : DateTimeOffset.UnixEpoch));
        foreach (var (s, changed) in list)
        {
            var url = $"{baseUrl}/incidents/{s.Slug}";
            xml.WriteStartElement("entry");
            xml.WriteElementString("title", s.Title);
            xml.WriteElementString("id", url);
            Link(xml, "alternate", url, "text/html");
            xml.WriteElementString("updated", Time(changed));
            xml.WriteStartElement("author");
            xml.WriteElementString("name", "IncidentDb contributors");
            xml.WriteEndElement();
            foreach (var company in s.Companies)
            {
                xml.WriteStartElement("category");
                xml.WriteAttributeString("term", company.Slug);
                xml.WriteAttributeString("label", catalogue.CompanyName(company.Slug));
                xml.WriteEndElement();
            }

            xml.WriteElementString("summary", System.Net.WebUtility.HtmlDecode(s.OneLine.Html));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string rel, string url, string type)
    {
        xml.WriteStartElement("link");
        xml.WriteAttributeString("rel", rel);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", url);
        xml.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
