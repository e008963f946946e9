using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Hosting;

namespace IncidentDb.Web.Http;

/// <summary>How often one address, or one account, may ask. Whoever asks more gets 429 and the time to wait.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Write = "write";

    /// <summary>What a page asks while somebody types: as often as a search, and nothing is written.</summary>
    public const string Typing = "typing";

    public static void AddLimits(this IServiceCollection services, SiteSettings settings) => services.AddRateLimiter(limiter =>
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = async (rejected, cancelled) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await ErrorPages.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "That was asked too often. Wait a little and try again.");
        };
        limiter.AddPolicy(SignIn, context => Window($"sign-in {AddressOf(context)}", settings.SignInsPerMinute));
        limiter.AddPolicy(Write, context => Window($"write {WhoOf(context)}", settings.WritesPerMinute));
        limiter.AddPolicy(Typing, context => Window($"typing {WhoOf(context)}", settings.SearchesPerMinute));
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var exempt = settings.ExemptLoopback && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address);
            // As the router reads it, or other letters and a slash at the end would be a way round.
            var path = (context.Request.Path.Value ?? "").TrimEnd('/');
            if (exempt || !HttpMethods.IsGet(context.Request.Method) || path.StartsWith("/healthz/", StringComparison.Ordinal))
                return RateLimitPartition.GetNoLimiter("");
            if (IsExport(path))
                return Window($"export {AddressOf(context)}", settings.ExportsPerMinute);
            return _searches.Any(s => path.StartsWith(s, StringComparison.OrdinalIgnoreCase)) ? Window($"search {AddressOf(context)}", settings.SearchesPerMinute) : RateLimitPartition.GetNoLimiter("");
        });
    });

    /// <summary>What searches: the search and its records, its figures, one of its records by chance.</summary>
    private static readonly string[] _searches = ["/incidents", "/stats", "/random"];

    private static readonly string[] _exports = [".csv", ".ndjson", ".md", ".bib", ".ris"];

    /// <summary>Whole results of a search; single records are cheap.</summary>
    private static bool IsExport(string path) => _exports.Any(e => path.Equals("/incidents" + e, StringComparison.OrdinalIgnoreCase));

    private static RateLimitPartition<string> Window(string key, int perMinute) => RateLimitPartition.GetSlidingWindowLimiter(
        key,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = perMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6 });

    private static string WhoOf(HttpContext context) => context.Visitor().Account?.Id.ToString(CultureInfo.InvariantCulture) ?? AddressOf(context);

    /// <summary>The address, of IPv6 the /64: a household has a whole one, and could take a new address for each request.</summary>
    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "local";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
