using System.Text;
using IncidentDb.Submissions;
using IncidentDb.Web.Http;

namespace IncidentDb.Web.Submissions;

/// <summary>Files of records: a dry run first, drafts when it is confirmed. Nothing is kept in between; the content travels in the form.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this WebApplication app)
    {
        app.MapForm("/submit/upload", DryRunAsync).ForAuthors().WithBody(BodyLimit.File);
        app.MapForm("/submit/upload/take", Take).ForAuthors().WithBody(BodyLimit.File);
        app.MapGet("/submit/template.csv", () => Results.Text(string.Join(',', UploadReader.Template) + "\r\n", "text/csv; charset=utf-8")).AllowAnonymous();
    }

    private static async Task<IResult> DryRunAsync(HttpContext context, KnowledgeBase library)
    {
        var file = context.Request.Form.Files.GetFile("file");
        if (file is null or { Length: 0 })
            return Pages.Show<UploadPage>(StatusCodes.Status400BadRequest, new { Sentence = "Choose a file first." });
        if (file.Length > UploadReader.MaxBytes)
            return Pages.Show<UploadPage>(StatusCodes.Status413PayloadTooLarge, new { Sentence = $"The file is larger than {UploadReader.MaxBytes >> 20} MB; part it." });
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory, context.RequestAborted);
        var name = Path.GetFileName(file.FileName.Replace('\\', '/'));
        var rows = new UploadReader(library).Read(name, memory.GetBuffer().AsSpan(0, (int)memory.Length));
        // What could not be read as text is not carried on; there is nothing to take from it.
        var content = rows.Any(r => r.Form is not null) ? Encoding.UTF8.GetString(memory.ToArray()) : "";
        return Pages.Show<UploadPage>(rows.Any(r => r.Form is not null) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, new { Name = name, Content = content, Rows = rows });
    }

    private static IResult Take(HttpContext context, KnowledgeBase library, SubmissionDesk desk)
    {
        var (name, content) = (context.Field("name"), context.Field("content"));
        var chosen = context.Request.Form["row"].ToHashSet(StringComparer.Ordinal);
        var rows = new UploadReader(library).Read(name, Encoding.UTF8.GetBytes(content));
        var actor = context.Actor();
        var taken = rows.Where(r => r.Form is not null && !r.IsEqual && chosen.Contains(r.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))).ToList();
        if (taken.Count == 0)
            return Pages.Show<UploadPage>(StatusCodes.Status400BadRequest, new { Name = name, Content = content, Rows = rows, Sentence = "Choose at least one row." });
        if (actor.AccountId is null && taken.Count > 1)
            return Pages.Show<UploadPage>(StatusCodes.Status403Forbidden, new { Name = name, Content = content, Rows = rows, Sentence = "Without an account one record at a time can be submitted." });
        (Submission Draft, string? Key)? begun = null;
        foreach (var row in taken)
            begun = desk.Begin(actor, row.Form, row.IsThere ? row.Slug : null, row.IsThere ? $"From {name}" : "");
        return taken.Count == 1 ? SubmissionEndpoints.Begun(context, begun) : Pages.Done("/submissions");
    }
}
