using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Records;

/// <summary>The address of a source in the one form that finds duplicates.</summary>
public static partial class SourceUrl
{
    public const int MaxLength = 2000;

    /// <summary>True for an absolute http or https address without credentials, spaces, control characters or characters that cannot be seen.</summary>
    public static bool IsValid(string url) =>
        url.Length <= MaxLength
        && !url.Any(c => c <= ' ' || c is '"' or '<' or '>' or '\\' or '`' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format)
        && Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https" && Host(uri).Length > 0 && !Authority(url).Contains('@');

    /// <summary>The host as it is looked up, lower case; empty for one that can't be.</summary>
    private static string Host(Uri uri)
    {
        try
        {
            return uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost.ToLowerInvariant();
        }
        catch (UriFormatException)
        {
            // A host of letters that names may not have passes the parser and fails here.
            return "";
        }
    }

    /// <summary>Host and port as they are written, with the credentials before them.</summary>
    private static ReadOnlySpan<char> Authority(string url)
    {
        var rest = url.AsSpan(url.IndexOf(':') + 1).TrimStart('/');
        return rest.IndexOfAny('/', '?', '#') is var end and >= 0 ? rest[..end] : rest;
    }

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
            if (Canonical(inner) is { } unwrapped)
                return unwrapped;
        }

        var uri = new Uri(url);
        var host = Host(uri);
        if (host.StartsWith("www.", StringComparison.Ordinal) && host.IndexOf('.', 4) > 0)
            host = host[4..];
        var port = uri.IsDefaultPort || uri.Port is 80 or 443 ? "" : $":{uri.Port}";
        var path = uri.AbsolutePath.TrimEnd('/');
        var query = string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(p => !Tracking().IsMatch(p)));
        return $"https://{host}{port}{path}{(query.Length > 0 ? "?" + query : "")}";
    }

    [GeneratedRegex(@"^https?://(?:www\.)?(?:web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/|archive\.(?:ph|is|today|li|md|vn|fo)/(?:\d{4,14}|newest|o/\w+)/)(?<inner>.+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Archive();

    [GeneratedRegex(@"^(utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref_src|igshid)=", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, RegexLimit.Milliseconds)]
    private static partial Regex Tracking();
}
