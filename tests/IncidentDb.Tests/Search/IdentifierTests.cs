using IncidentDb.Search;
using IncidentDb.Tests.PrepSheets;

namespace IncidentDb.Tests.Search;

/// <summary>A record is found by what addresses, other catalogues and reports call it.</summary>
public sealed class IdentifierTests(ClonedLibrary cloned) : IClassFixture<ClonedLibrary>
{
    [Fact]
    public void Every_slug_that_is_typed_or_pasted_finds_its_record_first()
    {
        foreach (var incident in cloned.Library.Incidents.All())
            Found(incident.Slug).FirstOrDefault().ShouldBe(incident.Slug);
    }

    [Theory]
    [InlineData("log4shell", "log4shell-2021")]
    [InlineData("Log4Shell 2021", "log4shell-2021")]
    [InlineData("CVE-2021-44228", "log4shell-2021")]
    [InlineData("cve-2014-0160", "heartbleed-2014")]
    [InlineData("\"CVE-2024-3094\"", "xz-backdoor-2024")]
    public void A_name_of_another_catalogue_finds_its_record_alone(string query, string slug) => Found(query).ShouldBe([slug]);

    private List<string> Found(string query) =>
        [.. cloned.Library.Search.Search(new SearchQuery { Text = query, Size = 5 }, cloned.Library.SearchOptions() with { Limit = TimeSpan.FromSeconds(30) }).Hits.Select(h => h.Slug)];
}
