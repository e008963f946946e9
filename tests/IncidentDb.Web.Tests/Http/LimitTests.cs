using System.Net;
using Microsoft.AspNetCore.Hosting;

namespace IncidentDb.Web.Tests.Http;

/// <summary>A site on which nobody may ask often.</summary>
public sealed class ImpatientSite : Site
{
    protected override bool ImportsClone => false;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("IncidentDb:ExemptLoopback", "false");
        builder.UseSetting("IncidentDb:KeepPages", "false");
        builder.UseSetting("IncidentDb:ExportsPerMinute", "4");
        builder.UseSetting("IncidentDb:SearchesPerMinute", "6");
    }
}

/// <summary>How often one address may ask: one count for an address in whatever letters, and the time to wait with every refusal.</summary>
public sealed class LimitTests(ImpatientSite site) : IClassFixture<ImpatientSite>
{
    [Fact]
    public async Task Other_letters_are_no_way_round_a_limit()
    {
        await ShouldEndAfterAsync(4, "/incidents.csv", "/Incidents.CSV", "/incidents.csv/", "/incidents.bib//", "/INCIDENTS.ndjson");
        await ShouldEndAfterAsync(6, "/incidents", "/Incidents?q=a", "/incidents/", "/stats", "/STATS.json", "/random", "/incidents.json/");
        foreach (var path in new[] { "/healthz/live", "/", "/causes" })
        {
            using var response = await site.Client.GetAsync(path);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }
    }

    private async Task ShouldEndAfterAsync(int allowed, params string[] paths)
    {
        foreach (var (n, path) in paths.Index())
        {
            using var response = await site.Client.GetAsync(path);
            (response.StatusCode == HttpStatusCode.TooManyRequests).ShouldBe(n >= allowed, $"{path}: {(int)response.StatusCode}");
            if (n >= allowed)
                response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60, path);
        }
    }
}
