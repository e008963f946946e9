using System.Net;

namespace IncidentDb.Web.Tests;

[Collection(ReadingSite.Name)]
public sealed class PagesTests(Site site)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/incidents")]
    [InlineData("/incidents/facebook-bgp-2021")]
    public async Task A_page_answers(string path)
    {
        using var response = await site.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
