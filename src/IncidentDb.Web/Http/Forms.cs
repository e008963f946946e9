using Microsoft.AspNetCore.Antiforgery;

namespace IncidentDb.Web.Http;

/// <summary>Addresses that forms are sent to: each checks the form's token before anything else.</summary>
internal static class Forms
{
    /// <summary>Maps a form. A form whose token is missing or stale is refused, unless its handler keeps what was typed (<see cref="KeepsTyped"/>).</summary>
    public static RouteHandlerBuilder MapForm(this IEndpointRouteBuilder app, string pattern, Delegate handler) => app
        .MapPost(pattern, handler)
        .WithMetadata(new FormMetadata())
        .AddEndpointFilter(async (invocation, next) =>
        {
            var context = invocation.HttpContext;
            if (!context.Request.HasFormContentType)
                return Refuse(StatusCodes.Status415UnsupportedMediaType, "Send a form.");
            // First the form: what is wrong with it would else look like a fault of the token's reader.
            await context.Request.ReadFormAsync(context.RequestAborted);
            var valid = await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);
            if (!valid)
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<KeepsTyped>() is null)
                    return Refuse(StatusCodes.Status400BadRequest, "The form is too old or came from elsewhere. Nothing was done: go back, load the page again and send it once more.");
                context.Items[typeof(KeepsTyped)] = true;
            }

            return await next(invocation);
        });

    /// <summary>True when the form's token was stale: the handler prints the form again, with what was typed, and does nothing else.</summary>
    public static bool IsStale(HttpContext context) => context.Items.ContainsKey(typeof(KeepsTyped));

    /// <summary>A field of the form that was sent; the empty text when it is missing.</summary>
    public static string Field(this HttpContext context, string name) => context.Request.Form[name].ToString();

    private static ErrorResult Refuse(int status, string sentence) => new(status, sentence);

    /// <summary>Marks endpoints that take forms, for the inventory.</summary>
    internal sealed class FormMetadata;
}

/// <summary>The handler answers a form with a stale token itself and keeps what was typed.</summary>
internal sealed class KeepsTyped;

/// <summary>An error as a page or as JSON, whichever the caller reads.</summary>
internal sealed class ErrorResult(int status, string sentence) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => ErrorPages.WriteAsync(httpContext, status, sentence);
}

/// <summary>Forms that hold a whole record, or a file: larger than what other requests may send.</summary>
internal sealed class BodyLimit(long bytes) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata
{
    public const long Record = 4 << 20;
    public const long File = 20 << 20;

    public long? MaxRequestBodySize { get; } = bytes;
}

internal static class BodyLimits
{
    public static RouteHandlerBuilder WithBody(this RouteHandlerBuilder endpoint, long bytes) => endpoint.WithMetadata(new BodyLimit(bytes));
}
