using IncidentDb.Submissions;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>What the documentation promises is there, and what is there is documented.</summary>
[Collection(Contributing.Name)]
public sealed class DocumentationTests(ContributingSite site)
{
    private static string Text { get; } = File.ReadAllText(Path.Combine(Clone.Root, "docs", "contributing-online.md"));

    [Fact]
    public void Every_setting_every_address_of_the_api_and_every_column_is_documented()
    {
        var missing = typeof(SiteSettings).GetProperties().Select(p => p.Name)
            .Concat(Endpoints.Of(site).Where(e => e.Path.StartsWith("/api/", StringComparison.Ordinal)).Select(e => e.ToString()))
            .Concat(UploadReader.Template)
            .Where(word => !Text.Contains($"`{word}`", StringComparison.Ordinal));
        missing.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_a_page_of_the_site() =>
        (await site.PageAsync("/docs/contributing-online")).GetElementById("a-table").ShouldNotBeNull();
}
