using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;

namespace IncidentDb.Web.Http;

/// <summary>
/// Errors in the form the caller understands: a page for people, <c>application/problem+json</c> for programs. The three kinds are never
/// mixed: bad input is 400 with a sentence, absent is 404, a fault of ours is 500 with a number to quote.
/// </summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            // What failed may have begun to use the request's services; the error page gets its own.
            CreateScopeForErrors = true,
            ExceptionHandler = async context =>
            {
                var fault = context.Features.Get<IExceptionHandlerFeature>()?.Error;
                var (status, sentence) = fault switch
                {
                    Storage.DatabaseBusyException => (StatusCodes.Status503ServiceUnavailable, "The database is busy; try again in a few seconds."),
                    Storage.DiskFullException => (StatusCodes.Status507InsufficientStorage, "The disk of the server is full; nothing was written."),
                    BadHttpRequestException bad => (bad.StatusCode, bad.Message),
                    // The reader of forms: a name, a value or their number is beyond its limits.
                    InvalidDataException form => (StatusCodes.Status400BadRequest, $"The form can't be read: {form.Message}"),
                    _ => (StatusCodes.Status500InternalServerError, "The fault is ours and has been noted. Nothing you sent was lost."),
                };
                if (status == StatusCodes.Status503ServiceUnavailable)
                    context.Response.Headers.RetryAfter = "5";
                await WriteAsync(context, status, sentence);
            },
        });
        app.UseStatusCodePages(async pages =>
        {
            var context = pages.HttpContext;
            await WriteAsync(context, context.Response.StatusCode, context.Response.StatusCode switch
            {
                StatusCodes.Status404NotFound => "There is nothing at this address.",
                StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
                _ => "The request could not be answered.",
            });
        });
    }

    /// <summary>
    /// A page takes any text as a slug, also one that ends like a twin it doesn't have (<c>/companies/amazon.bib</c>): whoever asks for that reads no page.
    /// </summary>
    public static void UseTwinErrors(this WebApplication app) => app.Use((context, next) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && IsTwin(context.Request.Path.Value ?? "")
            ? WriteAsync(context, StatusCodes.Status404NotFound, "There is nothing at this address.")
            : next(context));

    private static bool IsTwin(string path) => Twins.Extensions.Any(e => path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address of the router's own page for what is not there: asked for directly, it isn't there either.</summary>
    public static void MapNotFound(this WebApplication app) => app.MapGet("/not-found", () => Results.NotFound()).WithOrder(-1).AllowAnonymous();

    /// <summary>True for twins and the API: their callers read JSON.</summary>
    public static bool WantsJson(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        return path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase)
            || IsTwin(path)
            || !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An error as a page or as JSON, whichever the caller reads.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string sentence)
    {
        if (WantsJson(context))
        {
            await new Problem(status, sentence).ExecuteAsync(context);
            return;
        }

        context.Response.StatusCode = status;
        await new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<Layout.ErrorPage>(new { Status = status, Sentence = sentence, TraceId = context.TraceIdentifier })
        {
            StatusCode = status,
        }.ExecuteAsync(context);
    }
}
