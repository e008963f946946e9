using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;
using IncidentDb.Records;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.PrepSheets;

/// <summary>The twins of prep sheets. Pages are components; a host's copy is in <see cref="CopyEndpoints"/>.</summary>
internal static class PrepEndpoints
{
    private static readonly (string Form, SheetFormat Format, string Extension)[] _twins =
    [
        (".json", SheetFormat.Json, ".json"), (".md", SheetFormat.Markdown, ".md"), (".docx", SheetFormat.Word, ".docx"), ("/notes.md", SheetFormat.ShowNotes, ".notes.md"),
    ];

    public static void MapPrepSheets(this WebApplication app)
    {
        foreach (var (form, format, extension) in _twins)
        {
            app.MapGet("/prep" + form, (HttpContext context, KnowledgeBase library) => Sheet(context, library, null, form, format, extension)).AllowAnonymous();
            app.MapGet("/episodes/{slug}/prep" + form, (string slug, HttpContext context, KnowledgeBase library) => Sheet(context, library, slug, form, format, extension)).AllowAnonymous();
        }

        app.MapCopies();
    }

    private static IResult Sheet(HttpContext context, KnowledgeBase library, string? slug, string form, SheetFormat format, string extension)
    {
        var notices = new List<string>();
        var request = PrepRequest.Parse(slug, Twins.Parameters(context.Request.Query), notices);
        if (slug is not null && library.Catalogue.Episode(slug) is null)
            return Former.Follow(library.Catalogue.Resolve(Noun.Episode, slug) is { } now ? (request with { Episode = now }).Url(form) : null, $"There is no episode “{slug}”.");
        if (slug is null && request.Incidents.Count == 0)
            return Twins.BadRequest($"Name the records: /prep{form}?incident=…&minutes=20");
        if (request.Compose(library, notices) is not { } sheet)
            return Twins.NotFound(string.Join(' ', notices));
        // What was left out of the request must not go unsaid in a format without notices.
        if (notices.Count > 0)
            sheet = sheet with { Remarks = [.. sheet.Remarks, .. notices] };
        return File(sheet, format, extension, context);
    }

    public static IResult File(PrepSheet sheet, SheetFormat format, string extension, HttpContext context)
    {
        var name = $"{(sheet.Episode?.Slug ?? sheet.Records[0].Slug)}-{sheet.Minutes.ToString(System.Globalization.CultureInfo.InvariantCulture)}-min{extension}";
        return Results.Bytes(SheetFormats.Write(sheet, format, Twins.BaseUrl(context)), SheetFormats.ContentType(format), format is SheetFormat.Word or SheetFormat.Html ? name : null);
    }
}
