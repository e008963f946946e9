using IncidentDb.Accounts;
using IncidentDb.Export;
using IncidentDb.Incidents;

namespace IncidentDb.Tests.Export;

public sealed class CitationTests
{
    [Fact]
    public void A_citation_names_those_in_the_file_and_those_who_changed_the_record_on_the_site()
    {
        using var directory = new TempDirectory();
        Sample.Folder(directory, ("sample-record", Sample.Record));
        using var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        library.Import(IncidentDb.Import.DataFolder.Open(directory.Path));
        var account = new Account { Name = "x", NormalizedName = AccountRules.Normalize("x"), CreditName = "Ada & Co", Role = Roles.Contributor, SecurityStamp = Secret.New(), CreatedAt = DateTimeOffset.UnixEpoch };
        library.Accounts.Create(account).ShouldBeTrue();
        var text = library.Records.Find(IncidentDb.Records.Noun.Incident, "sample-record")!.Content;
        library.Save("sample-record", text.With("tags: [trading]", "tags: [trading, flag]"), Who.Of(account.Id), "a tag").ShouldBeEmpty();

        var document = library.Incidents.Find("sample-record")!;
        var credits = library.CreditsOf(document.Incident);
        credits.ShouldBe(["Somebody", "Ada & Co"]);
        Citation.Line(document, credits).ShouldStartWith("Somebody, Ada & Co. “A reused flag");
        Citation.Line(document, []).ShouldStartWith("“A reused flag");
        var summary = IncidentSummary.Of(document.Incident, Derivation.Of(document.Incident));
        Citation.BibTeX(summary, library.Catalogue, "https://example.org", credits).ShouldContain("author = {{Somebody} and {Ada \\& Co} and {IncidentDb contributors}}");
        Citation.BibTeX(summary, library.Catalogue, "https://example.org").ShouldContain("author = {{IncidentDb contributors}}");
        Citation.Ris(summary, library.Catalogue, "https://example.org", credits).ShouldContain("AU  - Somebody\r\nAU  - Ada & Co\r\nAU  - IncidentDb contributors\r\n");
    }
}
