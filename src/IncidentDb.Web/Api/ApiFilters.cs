using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.RateLimiting;
using IncidentDb.Accounts;
using IncidentDb.Export;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Hosting;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentDb.Web.Api;

/// <summary>An answer of the API: JSON with its status, or a problem (RFC 9457) with what the rules say.</summary>
internal sealed class ApiAnswer(int status, object? value, string? location = null) : IResult
{
    public int Status => status;

    public string? Location => location;

    public string Body { get; } = value is null ? "" : JsonSerializer.Serialize(value, value.GetType(), JsonText.Options);

    private string ContentType => status >= 400 ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8";

    public static ApiAnswer Problem(int status, string sentence, IReadOnlyList<Records.Problem>? problems = null, object? submission = null) => new(
        status,
        new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, detail = sentence, problems = (problems ?? []).Select(ProblemShape.Of).ToList(), submission });

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, status, Body, location, ContentType);

    public static async Task WriteAsync(HttpContext context, int status, string body, string? location, string contentType)
    {
        context.Response.StatusCode = status;
        if (location is not null)
            context.Response.Headers.Location = location;
        if (body.Length == 0)
            return;
        context.Response.ContentType = contentType;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }
}

/// <summary>How often a token may ask, said with every answer (RateLimit-Limit, -Remaining, -Reset in seconds).</summary>
internal sealed class ApiLimit(SiteSettings settings) : IDisposable
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
        key,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = settings.WritesPerMinute, Window = _window, SegmentsPerWindow = 6 }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var key = context.Visitor().Token?.Id.ToString(CultureInfo.InvariantCulture) ?? "nobody";
        using var lease = await _limiter.AcquireAsync(key, 1, context.RequestAborted);
        var headers = context.Response.Headers;
        headers["RateLimit-Limit"] = settings.WritesPerMinute.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = (_limiter.GetStatistics(key)?.CurrentAvailablePermits ?? 0).ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((int)_window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (lease.IsAcquired)
            return await next(invocation);
        headers.RetryAfter = "10";
        return ApiAnswer.Problem(StatusCodes.Status429TooManyRequests, "This token was used too often. Wait a little and try again.");
    }

    public void Dispose() => _limiter.Dispose();
}

/// <summary>A write that comes again under the same Idempotency-Key gets the answer it got the first time, and is not done twice.</summary>
internal sealed class Idempotency(IdempotencyStore store, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length == 0 || HttpMethods.IsGet(context.Request.Method) || context.Visitor().Token is not { } token)
            return await next(invocation);
        if (key.Length > IdempotencyStore.MaxKey || key.Any(c => c is < '!' or > '~'))
            return ApiAnswer.Problem(StatusCodes.Status400BadRequest, $"An Idempotency-Key has at most {IdempotencyStore.MaxKey} visible ASCII characters.");
        var hash = HashOf(context, invocation.Arguments);
        var gate = _gates[(uint)HashCode.Combine(token.Id, key) % _gates.Length];
        // Two at once under one key: the second waits and gets the answer of the first.
        await gate.WaitAsync(context.RequestAborted);
        try
        {
            if (store.Find(token.Id, key, time.GetUtcNow()) is { } kept)
            {
                if (kept.RequestHash != hash)
                    return ApiAnswer.Problem(StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for another request.");
                context.Response.Headers["Idempotency-Replayed"] = "true";
                await ApiAnswer.WriteAsync(context, kept.Status, kept.Body, kept.Location, "application/json; charset=utf-8");
                return Results.Empty;
            }

            var answer = await next(invocation);
            // What was refused may be tried again.
            if (answer is ApiAnswer { Status: < 300 } done)
                store.Keep(token.Id, key, new KeptAnswer(hash, done.Status, done.Body, done.Location), time.GetUtcNow());
            return answer;
        }
        finally
        {
            gate.Release();
        }
    }

    private static string HashOf(HttpContext context, IList<object?> arguments)
    {
        var text = new StringBuilder(context.Request.Method).Append(' ').Append(context.Request.Path);
        foreach (var argument in arguments.Where(a => a is NewSubmission or ChangedSubmission or NewComment or Decision or NewToken))
            text.Append('\n').Append(JsonSerializer.Serialize(argument, argument!.GetType()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public void Dispose()
    {
        foreach (var gate in _gates)
            gate.Dispose();
    }
}
