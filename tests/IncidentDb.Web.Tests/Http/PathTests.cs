using System.Text.Json;

namespace IncidentDb.Web.Tests.Http;

/// <summary>reliability.md Q12: no path leads off the site or out of wwwroot. Sent byte by byte, as a browser never would.</summary>
[Collection(ReadingSite.Name)]
public sealed class PathTests(Site site)
{
    /// <summary>What stands in files that nobody may read: the system's, the program's, the library's.</summary>
    private static readonly string[] _secrets = ["root:x:0:0", "[fonts]", "\"AllowedHosts\"", "SQLite format 3", "runtimeTarget", "DynamicPGO", "the site\n"];

    [Fact]
    public async Task Climbing_out_of_wwwroot_reads_nothing()
    {
        foreach (var line in Clone.Lines("patt-path-traversal.txt"))
        {
            var path = line.TrimStart('/').Replace(" ", "%20", StringComparison.Ordinal);
            foreach (var target in new[] { "/" + path, "/docs/" + path, "/incidents/" + path, "/site.css/" + path })
                await ShouldTellNothingAsync(target);
        }
    }

    [Theory]
    [InlineData("/appsettings.json")]
    [InlineData("/../appsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    [InlineData("/..%2fappsettings.json")]
    [InlineData("/docs/..%2f..%2fappsettings.json")]
    [InlineData("/IncidentDb.Web.runtimeconfig.json")]
    [InlineData("/incidentdb.db")]
    [InlineData("/incidentdb.lock")]
    [InlineData("/keys/")]
    [InlineData("/.git/config")]
    [InlineData("/wwwroot/site.css")]
    [InlineData("//etc/passwd")]
    [InlineData("/file:///etc/passwd")]
    [InlineData("/site.css%00.html")]
    public async Task Files_of_the_program_and_of_the_library_are_not_served(string target) => await ShouldTellNothingAsync(target);

    [Fact]
    public async Task No_address_leads_off_the_site()
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Clone.Shared("security-data/open_redirect.json")));
        var values = file.RootElement.GetProperty("values").EnumerateArray().Select(v => v.GetString()!).Concat(Clone.Lines("patt-open-redirect.txt")).ToList();
        foreach (var value in values)
        {
            // Once as it stands, once as a value; alias and former addresses are the only ones that redirect.
            var raw = string.Concat(value.Where(c => c is > ' ' and < (char)127));
            foreach (var target in new[] { "/" + raw.TrimStart('/'), raw.StartsWith('/') ? raw : "/" + raw, "/companies/" + Uri.EscapeDataString(value), "/companies/aws?next=" + Uri.EscapeDataString(value), "/companies/aws/" + raw })
            {
                var answer = await RawHttp.GetAsync(site.Client.BaseAddress!, target);
                answer.Status.ShouldBeLessThan(500, target);
                if (answer.Location is { } location)
                    new Uri(site.Client.BaseAddress!, location).Authority.ShouldBe(site.Client.BaseAddress!.Authority, $"{target} → {location}");
            }
        }
    }

    private async Task ShouldTellNothingAsync(string target)
    {
        var answer = await RawHttp.GetAsync(site.Client.BaseAddress!, target);
        answer.Status.ShouldBeLessThan(500, target);
        foreach (var secret in _secrets)
            answer.Body.ShouldNotContain(secret, Case.Sensitive, target);
        if (answer.Status == 200)
            answer.Body.ShouldContain("<!doctype html>", customMessage: target);
    }
}
