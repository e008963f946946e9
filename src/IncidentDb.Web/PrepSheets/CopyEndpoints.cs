using System.Text;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;
using IncidentDb.Web.Copies;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace IncidentDb.Web.PrepSheets;

/// <summary>
/// A host's copy goes from form to form and into a file; nothing of it is stored here (<see cref="KeptCopyEndpoints"/> does that). A post changes nothing on
/// the site, so it needs no token against forgery: whoever sends it sees its answer and that is all.
/// </summary>
internal static class CopyEndpoints
{
    private static readonly FormOptions _limits = new()
    {
        ValueCountLimit = 8_000,
        KeyLengthLimit = 400,
        ValueLengthLimit = HostCopy.MostBytes,
        BufferBodyLengthLimit = MostBytes,
        MultipartBodyLengthLimit = HostCopy.MostBytes + 64 * 1024,
    };

    /// <summary>The form holds the state of the copy and every sentence once more, percent-encoded.</summary>
    private const int MostBytes = 4 * HostCopy.MostBytes;

    public static void MapCopies(this WebApplication app)
    {
        app.MapPost("/prep/copy", (HttpContext context, KnowledgeBase library) => Posted(context, library, withFields: true)).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        app.MapPost("/prep/copy/go-on", (HttpContext context, KnowledgeBase library) => Posted(context, library, withFields: false)).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        app.MapPost("/prep/copy/load", Load).AllowAnonymous().DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    private static async Task<IResult> Load(HttpContext context, KnowledgeBase library)
    {
        if (await FormOf(context) is not { } form)
            return Refused("file: choose the file that “Download the copy” gave.");
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return Refused("file: choose the file that “Download the copy” gave.");
        using var content = new MemoryStream();
        await file.CopyToAsync(content, context.RequestAborted);
        var (copy, problem) = HostCopy.Read(content.GetBuffer().AsSpan(0, (int)content.Length));
        return copy is null ? Refused(problem!) : Answer("form", copy.WithTodaysNames(library), KeptFields.None, library, context);
    }

    private static async Task<IResult> Posted(HttpContext context, KnowledgeBase library, bool withFields)
    {
        if (await FormOf(context) is not { } form)
            return Refused("The form arrived in pieces; go back and send it again.");
        var (copy, problem) = HostCopy.Read(Encoding.UTF8.GetBytes(form["copy"].ToString()));
        if (copy is null)
            return Refused(problem!);
        copy = copy.WithTodaysNames(library);
        var notices = new List<string>();
        if (withFields)
        {
            if (PrepRequest.Compose(library, copy with { LeftOut = [] }) is not { } whole)
                return Refused("What the copy is of is no longer in the library.");
            copy = CopyFields.Read(copy, whole, form, notices);
        }

        return Answer(form["do"].ToString(), copy, KeptFields.Read(form, notices), library, context, notices);
    }

    private static IResult Answer(string what, HostCopy copy, KeptFields kept, KnowledgeBase library, HttpContext context, List<string>? notices = null)
    {
        var sentences = notices ?? [];
        if (PrepRequest.Compose(library, copy, sentences) is not { } copied)
            return Refused("What the copy is of is no longer in the library.");
        switch (what)
        {
            case "file":
                return Results.Bytes(copy.Write(), "application/json; charset=utf-8", CopyWords.FileName(copy.Request));
            case "word":
                return PrepEndpoints.File(copied.Sheet, SheetFormat.Word, ".docx", context);
            case "markdown":
                return PrepEndpoints.File(copied.Sheet, SheetFormat.Markdown, ".md", context);
            case "show":
                return Page(new { Show = "sheet", Copy = copy, Copied = copied, Sentences = sentences, Kept = kept });
            case "prompter":
                return Page(new { Show = "prompter", Copy = copy, Copied = copied, Sentences = sentences, Kept = kept });
            case "accept":
                copy = (copy with { Edits = [.. copy.Edits.Except(copied.Report.Orphans)] }).WithStateOf(PrepRequest.Compose(library, copy with { LeftOut = [] })!.Sheet);
                break;
        }

        if (kept.IsKept)
            sentences.Add("“Keep with my account” keeps what you have changed.");
        // The form also shows what is left out, with its box empty.
        return Page(new { Show = "form", Copy = copy, Copied = PrepRequest.Compose(library, copy with { LeftOut = [] })!, Sentences = sentences, Kept = kept });
    }

    private static async Task<IFormCollection?> FormOf(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
            return null;
        try
        {
            return await context.Request.ReadFormAsync(_limits, context.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    public static IResult Refused(string sentence) => Page(new { Copy = (HostCopy?)null, Sentences = new List<string> { sentence } }, StatusCodes.Status400BadRequest);

    public static RazorComponentResult<CopyDocument> Page(object parameters, int status = StatusCodes.Status200OK) => new(parameters) { StatusCode = status };
}
