using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>Those who wrote a record are named wherever it is cited.</summary>
[Collection(Contributing.Name)]
public sealed class CreditTests(ContributingSite site)
{
    [Theory]
    [InlineData(".bib", "@")]
    [InlineData(".ris", "TY  - ")]
    public async Task The_citations_of_a_whole_search_name_the_same_people_as_that_of_a_record(string extension, string begins)
    {
        var slug = site.Published();
        var author = site.Library.CreditsOf(slug).ShouldHaveSingleItem();
        var one = await site.Client.GetStringAsync($"/incidents/{slug}{extension}");
        one.ShouldContain(author);

        var all = await site.Client.GetStringAsync($"/incidents{extension}");
        all.Split(begins).Select(e => e.Trim()).ShouldContain(one.Trim()[begins.Length..]);
    }
}
