using System.Globalization;
using System.Text;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;

namespace IncidentDb.Export;

/// <summary>How a record is cited, as text and in the two formats that reference managers read.</summary>
public static class Citation
{
    private const string Everybody = "IncidentDb contributors";

    /// <summary>The credit line: who contributed, title, catalogue, record, revision, date.</summary>
    public static string Line(IncidentDocument document, IReadOnlyList<string> credits) => string.Create(
        CultureInfo.InvariantCulture,
        $"{string.Join(", ", credits)}{(credits.Count > 0 ? ". " : "")}“{document.Incident.Title}.” IncidentDb, record {document.Incident.Slug}, revision {document.Revision}, {document.Changed:d MMMM yyyy}. CC BY 4.0.");

    /// <param name="summary">The record.</param>
    /// <param name="catalogue">Names.</param>
    /// <param name="baseUrl">Address of the site.</param>
    /// <param name="credits">Who contributed to the record, by name; lists of many records name nobody singly.</param>
    public static string BibTeX(IncidentSummary summary, Catalogue catalogue, string baseUrl, IReadOnlyList<string>? credits = null)
    {
        var entry = new StringBuilder();
        entry.Append(CultureInfo.InvariantCulture, $"@misc{{incidentdb-{summary.Slug},\n");
        Field(entry, "title", "{" + BibEscape(summary.Title) + "}");
        Field(entry, "author", "{" + string.Join(" and ", (credits ?? []).Append(Everybody).Select(a => "{" + BibEscape(a) + "}")) + "}");
        Field(entry, "organization", "{" + BibEscape(string.Join(" and ", summary.Companies.Select(c => catalogue.CompanyName(c.Slug)))) + "}");
        if (summary.Started is { } started)
            Field(entry, "year", "{" + started.Start.Local.Year.ToString(CultureInfo.InvariantCulture) + "}");
        Field(entry, "howpublished", "{\\url{" + baseUrl + "/incidents/" + summary.Slug + "}}");
        Field(entry, "note", "{IncidentDb, " + BibEscape(catalogue.Words.Label("kinds", summary.Kind).ToLowerInvariant()) + ", CC BY 4.0}");
        return entry.Append("}\n").ToString();
    }

    private static void Field(StringBuilder entry, string name, string value) => entry.Append("  ").Append(name).Append(" = ").Append(value).Append(",\n");

    private static string BibEscape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => escaped.Append("\\textbackslash{}"),
                '{' or '}' or '&' or '%' or '$' or '#' or '_' => escaped.Append('\\').Append(c),
                '~' => escaped.Append("\\textasciitilde{}"),
                '^' => escaped.Append("\\textasciicircum{}"),
                '\n' or '\r' => escaped.Append(' '),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <inheritdoc cref="BibTeX"/>
    public static string Ris(IncidentSummary summary, Catalogue catalogue, string baseUrl, IReadOnlyList<string>? credits = null)
    {
        var entry = new StringBuilder("TY  - GEN\r\n");
        Tag(entry, "TI", summary.Title);
        foreach (var author in (credits ?? []).Append(Everybody))
            Tag(entry, "AU", author);
        foreach (var company in summary.Companies)
            Tag(entry, "KW", catalogue.CompanyName(company.Slug));
        foreach (var cause in summary.Causes)
            Tag(entry, "KW", catalogue.Words.Label("causes", cause.Key));
        if (summary.Started is { } started)
            Tag(entry, "PY", started.Start.Local.Year.ToString(CultureInfo.InvariantCulture));
        Tag(entry, "AB", System.Net.WebUtility.HtmlDecode(summary.OneLine.Html));
        Tag(entry, "PB", "IncidentDb");
        Tag(entry, "UR", $"{baseUrl}/incidents/{summary.Slug}");
        Tag(entry, "ID", summary.Slug);
        return entry.Append("ER  - \r\n\r\n").ToString();
    }

    private static void Tag(StringBuilder entry, string tag, string value) => entry.Append(tag).Append("  - ").Append(value.ReplaceLineEndings(" ")).Append("\r\n");
}
