using IncidentDb.Export;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentDb.Web.Http;

/// <summary>
/// An error as programs read it (RFC 9457). The framework's own answer leaves keys out for callers whose Accept header names no JSON, and a
/// browser at a twin is one: so that there is one shape, it is written here.
/// </summary>
internal sealed class Problem(int status, string sentence) : IResult
{
    public Task ExecuteAsync(HttpContext context)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, detail = sentence, traceId = context.TraceIdentifier },
            JsonText.Options,
            "application/problem+json");
    }
}
