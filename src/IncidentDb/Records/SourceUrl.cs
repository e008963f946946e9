using System.Text.RegularExpressions;

namespace IncidentDb.Records;

/// <summary>The address of a source in the one form that finds duplicates.</summary>
public static partial class SourceUrl
{
    public const int MaxLength = 2000;

    /// <summary>True for an absolute http or https address without credentials, spaces or control characters.</summary>
    public static bool IsValid(string url) =>
        url.Length <= MaxLength
        && !url.Any(c => c <= ' ' || c is '"' or '<' or '>' or '\\' or '`' or '\u007f')
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && uri.Host.Length > 0 && uri.UserInfo.Length == 0;

    /// <summary>
    /// Archive unwrapped, https, lower-case host without <c>www.</c>, no default port, fragment, tracking parameters or trailing slash;
    /// null for an address that is not valid.
    /// </summary>
    public static string? Canonical(string url)
    {
        url = url.Trim();
        if (!IsValid(url))
            return null;
        if (Archive().Match(url) is { Success: true } archived)
        {
            var inner = archived.Groups["inner"].Value;
            if (!inner.Contains("://", StringComparison.Ordinal))
                inner = "https://" + inner;
            return Canonical(inner) ?? inner;
        }

        var uri = new Uri(url);
        var host = uri.IdnHost.ToLowerInvariant();
        if (host.StartsWith("www.", StringComparison.Ordinal))
            host = host[4..];
        var port = uri.IsDefaultPort || uri.Port is 80 or 443 ? "" : $":{uri.Port}";
        var path = uri.AbsolutePath.TrimEnd('/');
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Tracking().IsMatch(p)));
        return $"https://{host}{port}{path}{(query.Length > 0 ? "?" + query : "")}";
    }

    [GeneratedRegex(@"^https?://(?:web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/|archive\.(?:ph|is|today|li|md|vn|fo)/(?:\d{4,14}|newest|o/\w+)/)(?<inner>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Archive();

    [GeneratedRegex(@"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref_src|igshid)=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tracking();
}
