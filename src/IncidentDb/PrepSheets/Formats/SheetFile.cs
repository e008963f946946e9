using IncidentDb.Markup;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>A sheet as one HTML file that needs nothing else: it opens, prints and can be handed on without the site.</summary>
public static class SheetFile
{
    private static readonly string _style = ReadStyle();

    public static string Write(PrepSheet sheet, string baseUrl)
    {
        var html = new HtmlText();
        html.Open("html", null, ("lang", "en")).Open("head").Void("meta", null, ("charset", "utf-8")).Void("meta", null, ("name", "viewport"), ("content", "width=device-width, initial-scale=1"))
            .Element("title", $"Prep sheet: {sheet.Title}").Add(new SafeHtml($"<style>{_style}</style>")).Close();
        html.Open("body").Open("main").Open("header").Element("p", $"Prep sheet, {sheet.Minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)} minutes", "meta").Element("h1", sheet.Title);
        html.Open("p", "standfirst").Add(SheetHtml.Standfirst(sheet)).Close(2);
        html.Add(SheetHtml.Body(sheet, baseUrl));
        html.Element("p", "From IncidentDb, CC BY 4.0.", "meta").Close(3);
        return "<!doctype html>\n" + html.ToHtml().Html + "\n";
    }

    private static string ReadStyle()
    {
        using var stream = typeof(SheetFile).Assembly.GetManifestResourceStream("IncidentDb.PrepSheets.Formats.sheet.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
