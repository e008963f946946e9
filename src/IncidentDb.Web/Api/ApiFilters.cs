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
internal sealed class ApiAnswer : IResult
{
    public ApiAnswer(int status, object? value, string? location = null)
    {
        Status = status;
        Body = value is null ? "" : JsonSerializer.Serialize(value, value.GetType(), JsonText.Options);
        Location = location;
    }

    /// <summary>One that was given before.</summary>
    public ApiAnswer(KeptAnswer kept)
    {
        Status = kept.Status;
        Body = kept.Body;
        Location = kept.Location;
    }

    public int Status { get; }

    public string? Location { get; }

    public string Body { get; }

    /// <summary>What is kept of the answer for a repeated request: all of it, but for a secret that is shown once.</summary>
    public object? KeptAs { private get; init; }

    public KeptAnswer Keep(string requestHash) => new(requestHash, Status, KeptAs is null ? Body : new ApiAnswer(Status, KeptAs).Body, Location);

    public static ApiAnswer Problem(int status, string sentence, IReadOnlyList<Records.Problem>? problems = null, object? submission = null) => new(
        status,
        new { type = "about:blank", title = ReasonPhrases.GetReasonPhrase(status), status, detail = sentence, problems = (problems ?? []).Select(ProblemShape.Of).ToList(), submission });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;
        if (Location is not null)
            httpContext.Response.Headers.Location = Location;
        if (Body.Length == 0)
            return;
        httpContext.Response.ContentType = Status >= 400 ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8";
        await httpContext.Response.WriteAsync(Body, httpContext.RequestAborted);
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
internal sealed class Idempotency(IdempotencyStore store, TimeProvider time)
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        return key.Length == 0 || HttpMethods.IsGet(context.Request.Method) || context.Visitor().Token is not { } token
            ? next(invocation)
            : ValueTask.FromResult(key.Length > IdempotencyStore.MaxKey || key.Any(c => c is < '!' or > '~')
                ? ApiAnswer.Problem(StatusCodes.Status400BadRequest, $"An Idempotency-Key has at most {IdempotencyStore.MaxKey} visible ASCII characters.")
                : Once(token.Id, key, invocation, next));
    }

    private object? Once(long token, string key, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var hash = HashOf(invocation.HttpContext, invocation.Arguments);
        object? answer = null;
        var kept = store.Once(token, key, time.GetUtcNow(), () =>
        {
            var act = next(invocation);
            // The transaction is this thread's: an act that goes on elsewhere would not be part of it.
            answer = act.IsCompletedSuccessfully ? act.Result : act.IsFaulted ? act.AsTask().GetAwaiter().GetResult() : throw new InvalidOperationException("An act of the API is done in one go.");
            return answer is ApiAnswer done ? done.Keep(hash) : null;
        });
        if (kept is null)
            return answer;
        if (kept.RequestHash != hash)
            return ApiAnswer.Problem(StatusCodes.Status422UnprocessableEntity, "This Idempotency-Key was used for another request.");
        invocation.HttpContext.Response.Headers["Idempotency-Replayed"] = "true";
        return new ApiAnswer(kept);
    }

    private static string HashOf(HttpContext context, IList<object?> arguments)
    {
        var text = new StringBuilder(context.Request.Method).Append(' ').Append(context.Request.Path);
        foreach (var argument in arguments.Where(a => a is NewSubmission or ChangedSubmission or NewComment or Decision or NewToken))
            text.Append('\n').Append(JsonSerializer.Serialize(argument, argument!.GetType()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
