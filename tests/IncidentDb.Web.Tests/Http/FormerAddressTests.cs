using System.Net;
using IncidentDb.Incidents;

namespace IncidentDb.Web.Tests.Http;

/// <summary>Names change, addresses go on answering: 301 to the one that is right now, 404 where there never was one.</summary>
[Collection(WritingSite.Name)]
public sealed class FormerAddressTests(EditedSite site)
{
    [Theory]
    [InlineData("/companies/aws", "/companies/amazon-web-services")]
    [InlineData("/companies/AWS", "/companies/amazon-web-services")]
    [InlineData("/companies/amazon%20web%20services", "/companies/amazon-web-services")]
    [InlineData("/companies/aws.json", "/companies/amazon-web-services.json")]
    [InlineData("/patterns/breaker", "/patterns/circuit-breaker")]
    [InlineData("/patterns/breaker.json", "/patterns/circuit-breaker.json")]
    public async Task An_alias_leads_to_the_name(string from, string to) => await LeadsAsync(from, to);

    [Theory]
    [InlineData("causes")]
    [InlineData("technologies")]
    [InlineData("laws")]
    public async Task Every_alias_of_a_word_leads_to_the_word(string noun)
    {
        foreach (var term in site.Library.Catalogue.Words[noun]!.Terms)
        {
            foreach (var alias in term.Aliases.Where(a => a != term.Slug && !a.Contains('/')))
            {
                await LeadsAsync($"/{noun}/{Uri.EscapeDataString(alias)}", $"/{noun}/{term.Slug}");
                await LeadsAsync($"/{noun}/{Uri.EscapeDataString(alias)}.json", $"/{noun}/{term.Slug}.json");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".json")]
    [InlineData(".md")]
    [InlineData(".bib")]
    [InlineData(".ris")]
    [InlineData("/history")]
    [InlineData("/history.json")]
    public async Task A_former_slug_of_a_record_leads_to_it(string rest)
    {
        var incident = site.Library.Incidents.Find("facebook-bgp-2021")!.Incident;
        var text = IncidentWriter.Write(incident with { FormerSlugs = ["facebook-six-hours-2021"] });
        site.Library.Save(incident.Slug, text, "a test", "renamed").Where(p => p.IsError).ShouldBeEmpty();
        await LeadsAsync($"/incidents/facebook-six-hours-2021{rest}", $"/incidents/facebook-bgp-2021{rest}");
    }

    [Theory]
    [InlineData("/incidents/KNIGHT-Capital-2012", "/incidents/knight-capital-2012")]
    [InlineData("/incidents/KNIGHT-Capital-2012.json", "/incidents/knight-capital-2012.json")]
    [InlineData("/incidents/KNIGHT-Capital-2012.bib", "/incidents/knight-capital-2012.bib")]
    [InlineData("/incidents/Knight-Capital-2012/history", "/incidents/knight-capital-2012/history")]
    [InlineData("/incidents/Knight-Capital-2012/history.json", "/incidents/knight-capital-2012/history.json")]
    [InlineData("/incidents/knight_capital_2012", "/incidents/knight-capital-2012")]
    [InlineData("/episodes/Incident-Documentaries-02-Knight-Capital", "/episodes/incident-documentaries-02-knight-capital")]
    [InlineData("/episodes/Incident-Documentaries-02-Knight-Capital.json", "/episodes/incident-documentaries-02-knight-capital.json")]
    [InlineData("/patterns/Circuit-Breaker", "/patterns/circuit-breaker")]
    public async Task Other_letters_lead_to_the_slug(string from, string to) => await LeadsAsync(from, to);

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/not-found")]
    [InlineData("/incidents/nowhere")]
    [InlineData("/incidents/nowhere/history")]
    [InlineData("/companies/nowhere")]
    [InlineData("/causes/nowhere")]
    [InlineData("/patterns/nowhere")]
    [InlineData("/technologies/nowhere")]
    [InlineData("/laws/nowhere")]
    [InlineData("/episodes/nowhere")]
    [InlineData("/docs/nowhere")]
    [InlineData("/about/nowhere")]
    public async Task What_never_was_is_404_as_page_and_as_twin(string path)
    {
        using var page = await site.Client.GetAsync(path);
        var body = await page.ShouldAnswerAsync(HttpStatusCode.NotFound, path);
        page.Content.Headers.ContentType?.MediaType.ShouldBe("text/html");
        body.ShouldContain("There is nothing at this address");
        body.ShouldContain("role=\"search\"");
        using var twin = await site.Client.GetAsync(path + ".json");
        await twin.ShouldAnswerAsync(HttpStatusCode.NotFound, path + ".json");
        twin.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }

    private async Task LeadsAsync(string from, string to)
    {
        using var response = await site.Client.GetAsync(from);
        await response.ShouldAnswerAsync(HttpStatusCode.MovedPermanently, from);
        response.Headers.Location?.OriginalString.ShouldBe(to);
        using var there = await site.Client.GetAsync(to);
        await there.ShouldAnswerAsync(HttpStatusCode.OK, to);
    }
}
