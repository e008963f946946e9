using System.Globalization;
using System.IO.Compression;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace IncidentDb.Web.Http;

/// <summary>
/// What reading addresses answer to somebody who is not signed in depends on the records alone: it is kept until the library changes, confirmed by a
/// 304, and compressed. Nothing else is: an answer to a request with a cookie or credentials may hold a secret, and compression would betray its length
/// (BREACH). An answer that a search was stopped in, for its time, or that shows what is being made anew, is not kept either: the next one may lack
/// nothing.
/// </summary>
internal static class PublicPages
{
    private const long MaxKeptBody = 512 * 1024;
    private const long MaxKept = 64 * 1024 * 1024;

    /// <summary>The first part of every address that shows records and what is said about them.</summary>
    private static readonly HashSet<string> _nouns = new(StringComparer.Ordinal)
    {
        "", "incidents", "companies", "causes", "patterns", "technologies", "laws", "timeline", "episodes", "prep", "changes", "about", "docs", "compare", "stats", "sitemap",
    };

    private static readonly string[] _compressed = ["application/atom+xml", "application/x-ndjson", "application/x-bibtex", "application/x-research-info-systems", "text/markdown", "text/csv", "image/svg+xml"];

    /// <summary>Another number for every start: a program of another build may print the same records otherwise.</summary>
    private static readonly string _start = Guid.NewGuid().ToString("N")[..8];

    public static void AddPublicPages(this WebApplicationBuilder builder, bool kept)
    {
        builder.Services.AddOutputCache(options =>
        {
            options.UseCaseSensitivePaths = true;
            options.SizeLimit = MaxKept;
            options.MaximumBodySize = MaxKeptBody;
            // What the library no longer says is under an old key; it goes when there is no room, or by itself.
            options.DefaultExpirationTimeSpan = TimeSpan.FromHours(1);
            options.AddBasePolicy(new StatePolicy(kept));
        });
        builder.Services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, .. _compressed];
            options.Providers.Add<TimedBrotli>();
            options.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public static void UsePublicPages(this WebApplication app) => app.UseWhen(Is, branch =>
    {
        branch.Use(Confirm);
        branch.UseOutputCache();
        branch.UseResponseCompression();
        branch.Use(PageTimes.Measure);
    });

    private static bool Is(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) || request.Headers.ContainsKey(HeaderNames.Cookie) || request.Headers.ContainsKey(HeaderNames.Authorization))
            return false;
        var path = (request.Path.Value ?? "/").AsSpan(1);
        // A correction begins with a form, whose token is a secret.
        if (path.EndsWith("/edit", StringComparison.OrdinalIgnoreCase))
            return false;
        var end = path.IndexOfAny('/', '.');
        return _nouns.GetAlternateLookup<ReadOnlySpan<char>>().Contains(end < 0 ? path : path[..end]);
    }

    /// <summary>The state that an answer depends on besides its address: the last change and act, the day, and the program.</summary>
    private static string State(HttpContext context)
    {
        var library = context.RequestServices.GetRequiredService<KnowledgeBase>();
        var today = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{_start}-{library.Search.Seq:x}-{library.Database.Announced:x}-{today:yyyyMMdd}");
    }

    /// <summary>What had been answered with less than all there is when the answer was begun; any more, and it may lack something.</summary>
    private sealed record Began(KnowledgeBase Library, long Lacking)
    {
        public bool MayLackSomething => Library.Lacking != Lacking;
    }

    /// <summary>Answers 304 to whoever has the answer of this state; puts its mark on every other good one that is whole.</summary>
    private static Task Confirm(HttpContext context, RequestDelegate next)
    {
        var tag = $"W/\"{State(context)}\"";
        var library = context.RequestServices.GetRequiredService<KnowledgeBase>();
        context.Features.Set(new Began(library, library.Lacking));
        context.Response.OnStarting(static state =>
        {
            var (context, tag) = ((HttpContext, string))state;
            if (context.Features.Get<Began>()!.MayLackSomething)
                context.Response.Headers.CacheControl = "no-store";
            else if (context.Response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            {
                context.Response.Headers.ETag = tag;
                context.Response.Headers.CacheControl = "no-cache";
                context.Response.Headers.Vary = "Accept-Encoding, Cookie, Authorization";
            }

            return Task.CompletedTask;
        }, (context, tag));
        foreach (var known in context.Request.Headers.IfNoneMatch)
        {
            if (known is null || !known.Contains(tag, StringComparison.Ordinal))
                continue;
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return next(context);
    }

    /// <summary>Keeps good answers under their address, their encoding and the state of the library.</summary>
    private sealed class StatePolicy(bool kept) : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            var encodings = context.HttpContext.Request.Headers.AcceptEncoding.ToString();
            // An export of everything is sent while it is read, and asked for rarely.
            var path = context.HttpContext.Request.Path.Value ?? "";
            context.EnableOutputCaching = kept && (!Path.HasExtension(path) || path.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
            context.AllowCacheLookup = true;
            context.AllowCacheStorage = true;
            // Nobody waits for another's answer: whoever reads slowly would hold up the others.
            context.AllowLocking = false;
            // Word for word: the framework's own key sorts the values of a parameter, in the request itself too, and their order can matter.
            context.CacheVaryByRules.VaryByValues["query"] = context.HttpContext.Request.QueryString.Value ?? "";
            context.CacheVaryByRules.VaryByHost = true;
            context.CacheVaryByRules.VaryByValues["state"] = State(context.HttpContext);
            context.CacheVaryByRules.VaryByValues["encoding"] = encodings.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br" : encodings.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip" : "";
            return ValueTask.CompletedTask;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
        {
            var response = context.HttpContext.Response;
            if (response.StatusCode != StatusCodes.Status200OK || response.Headers.ContainsKey(HeaderNames.SetCookie) || context.HttpContext.Features.Get<Began>()!.MayLackSomething)
                context.AllowCacheStorage = false;
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>Brotli at the level at which a page costs least time for its size, with the time it takes noted.</summary>
internal sealed class TimedBrotli(IOptions<BrotliCompressionProviderOptions> options) : ICompressionProvider
{
    public string EncodingName => "br";

    public bool SupportsFlush => true;

    public Stream CreateStream(Stream outputStream) => new TimedStream(new BrotliStream(outputStream, options.Value.Level, leaveOpen: true));
}
