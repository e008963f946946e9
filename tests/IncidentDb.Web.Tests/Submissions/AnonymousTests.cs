using System.Net;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using Microsoft.AspNetCore.Hosting;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>Where the site takes submissions without an account, the link is the author.</summary>
public sealed class AnonymousTests
{
    private sealed class OpenSite : ContributingSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("IncidentDb:AnonymousSubmissions", "true");
        }
    }

    [Fact]
    public async Task Somebody_without_an_account_submits_and_comes_back_by_the_link_and_nobody_else_does()
    {
        using var site = new OpenSite();
        using var author = site.Nobody();
        using var elsewhere = site.Nobody();
        using var stranger = site.Nobody();
        using var reviewer = site.Sign(Roles.Reviewer);
        var record = Drafts.Record(Drafts.NewSlug(), started: Drafts.NewDay());
        var edit = (await author.SubmitAsync("/submit", "/submit", ("url", record["sources[0].url"]), ("title", record["title"]), ("do", "quick"))).LeadsTo();
        var id = Drafts.IdIn(edit);
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", [.. record.All.Select(f => (f.Key, (string?)f.Value)), ("do", "send")])).LeadsTo().ShouldBe($"/submissions/{id}?done=sent");
        var link = (await author.PageAsync($"/submissions/{id}")).QuerySelector(".quotebox")!.TextContent;
        link.ShouldContain($"/submissions/{id}?key=");

        // From another browser, by the link and by nothing else.
        (await elsewhere.GetAsync(new Uri(link).PathAndQuery)).LeadsTo().ShouldBe($"/submissions/{id}");
        (await elsewhere.PageAsync($"/submissions/{id}")).QuerySelector("h1")!.TextContent.ShouldBe(record["title"]);
        (await stranger.GetAsync($"/submissions/{id}")).LeadsTo().ShouldStartWith("/login");
        (await stranger.GetAsync($"/submissions/{id}?key={Secret.New()}")).LeadsTo().ShouldStartWith("/login");
        using (var refused = await stranger.PostAsync($"/submissions/{id}/withdraw", [new("__RequestVerificationToken", await stranger.FormTokenAsync())]))
            refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/submissions")).LeadsTo().ShouldStartWith("/login");

        (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/accept")).LeadsTo().ShouldStartWith("/review?done=accepted");
        (await elsewhere.PageAsync($"/submissions/{id}")).QuerySelector(".kicker")!.TextContent.ShouldContain(SubmissionStatus.Accepted);
    }

    [Theory]
    [InlineData("/companies/airbnb", "country", "Iceland")]
    [InlineData("/patterns/quorum", "aliases", "half of all and one more")]
    [InlineData("/episodes/incident-documentaries-04-six-hours-of-silence", "sections.notes", "Say it slowly")]
    public async Task Companies_patterns_and_episodes_are_corrected_without_an_account_there_too(string url, string field, string value)
    {
        using var site = new OpenSite();
        using var author = site.Nobody();
        using var stranger = site.Nobody();
        var edit = (await author.SubmitAsync($"{url}/edit", $"{url}/edit")).LeadsTo();
        var id = Drafts.IdIn(edit);
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", (field, value), ("why", "It was wrong"), ("do", "send"))).LeadsTo().ShouldBe($"/submissions/{id}?done=sent");
        (await author.PageAsync($"/submissions/{id}")).QuerySelector(".diffs__text ins.diff")!.TextContent.ShouldContain(value);
        (await stranger.GetAsync($"/submissions/{id}")).LeadsTo().ShouldStartWith("/login");
    }

    [Fact]
    public async Task Elsewhere_it_is_refused()
    {
        using var site = new ContributingSite();
        using var nobody = site.Nobody();
        using var answer = await nobody.PostAsync("/submit", [new("__RequestVerificationToken", await nobody.FormTokenAsync()), new("title", "x"), new("do", "form")]);
        // Asked to sign in, with what was typed carried along.
        var page = await Person.ReadAsync(answer, HttpStatusCode.Unauthorized, "not signed in");
        page.QuerySelector("[name='carried.title']")!.TextContent.Trim().ShouldBe("x");
        site.Desk().Acts.Latest(1).ShouldBeEmpty();
    }
}
