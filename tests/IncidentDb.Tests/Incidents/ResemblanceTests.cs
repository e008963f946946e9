using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

/// <summary>The one measure of likeness, for drafts and for the files of a folder.</summary>
public sealed class ResemblanceTests
{
    private static Traits One(string started, string company = "acme", string title = "A queue fills", params string[] urls) => new()
    {
        Companies = company.Length == 0 ? [] : [company],
        Urls = urls.ToHashSet(),
        Started = started.Length == 0 ? null : WhenText.Parse(started, null, out _),
        Words = title.Split(' ').ToDictionary(w => w),
    };

    [Theory]
    [InlineData("2019-03-04T10:00Z", "2019-03-04T22:00Z", true)]
    [InlineData("2019-03-04", "2019-03-06T12:00Z", true)]
    [InlineData("2019-03-04T00:00Z", "2019-03-06T20:00Z", false)]
    [InlineData("2019-03-04", "2019-03-09", false)]
    [InlineData("2019-03", "2019-03-09", false)]
    [InlineData("2019", "2019-03-09", false)]
    public void One_company_has_one_outage_in_two_days(string one, string other, bool same)
    {
        Resemblance.Of(One(one), One(other)).SameOutage.ShouldBe(same);
        Resemblance.Of(One(one), One(other, "another")).SameOutage.ShouldBeFalse();
    }

    [Fact]
    public void A_document_may_tell_of_many_incidents_but_not_of_two_in_a_month()
    {
        Resemblance.Of(One("2019-03-04", "a", "One", "paper"), One("2019-03-20", "b", "Two", "paper")).SameDocument.ShouldBeTrue();
        Resemblance.Of(One("2019-03-04", "a", "Queue bound memory", "paper"), One("2020-03-20", "a", "Queue bound memory", "paper")).SameDocument.ShouldBeFalse();
        // While a day is not known, words decide.
        Resemblance.Of(One("", "a", "Queue bound memory", "paper"), One("2020-03-20", "a", "Queue bound memory", "paper")).SameDocument.ShouldBeTrue();
        Resemblance.Of(One("", "a", "Queue bound", "paper"), One("2020-03-20", "a", "Queue bound", "paper")).SameDocument.ShouldBeFalse();
    }

    [Fact]
    public void Words_are_compared_by_stem_and_common_ones_say_nothing()
    {
        foreach (var file in Clone.Data.Incidents().Take(50))
        {
            var (whole, summary) = (Traits.Of(file.Incident!), Traits.Of(IncidentSummary.Of(file.Incident!, Derivation.Of(file.Incident!)), new HashSet<string>()));
            summary.Words.Keys.ShouldBe(whole.Words.Keys, file.Slug);
            var same = Resemblance.Of(whole, whole);
            (same.SameWords, same.WordShare, same.SameOutage || whole.Companies.Count == 0 || !same.ToTheDay).ShouldBe((true, 1, true), file.Slug);
            whole.Words.Keys.ShouldNotContain("outag");
        }
    }
}
