using System.Net;
using AngleSharp.Dom;
using IncidentDb.Accounts;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>What the form's script asks while somebody types.</summary>
[Collection(Contributing.Name)]
public sealed class LookAlikeTests(ContributingSite site)
{
    private const string Address = "/submit/look-alikes";

    private static async Task<IReadOnlyList<IElement>> AskAsync(Person person, params (string Name, string Value)[] fields)
    {
        using var answer = await person.PostAsync(Address, [new("__RequestVerificationToken", await person.FormTokenAsync("/account")), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        answer.Headers.CacheControl?.NoStore.ShouldBe(true);
        var page = await Person.ReadAsync(answer, HttpStatusCode.OK, string.Join(", ", fields));
        page.QuerySelector("h1, header, form").ShouldBeNull("it is a part of a page");
        return [.. page.QuerySelectorAll(".alikes__record")];
    }

    private static string Words(IElement record) => string.Join(' ', record.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public async Task Each_record_comes_with_what_it_shares_and_opens_beside_the_form()
    {
        using var author = site.Sign();
        var slug = site.Published();
        var there = site.Library.Incidents.Find(slug)!.Incident;
        var start = there.Started!.At.Earliest;

        // By what it cites, before anything else is known; an archived copy is the same address.
        var byUrl = await AskAsync(author, ("sources[0].url", $"https://web.archive.org/web/2020/https://paper.example/{slug}"));
        var link = byUrl.ShouldHaveSingleItem().QuerySelector("a")!;
        (link.GetAttribute("href"), link.GetAttribute("target"), link.GetAttribute("rel")).ShouldBe(($"/incidents/{slug}", "_blank", "noopener"));
        Words(byUrl[0]).ShouldContain($"the same address: https://paper.example/{slug}");

        // By company and time.
        var near = await AskAsync(author, ("title", "Something else entirely"), ("companies[0].key", "Google"), ("started", start.AddDays(2).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
        Words(near.First(r => r.QuerySelector("a")!.GetAttribute("href") == $"/incidents/{slug}")).ShouldSatisfyAllConditions(w => w.ShouldContain("the same company: Google"), w => w.ShouldMatch("(one day|2 days) apart"));

        // By its words.
        var word = (await AskAsync(author, ("title", "A maintenance command takes Facebook offline")))[0];
        word.QuerySelector("a")!.GetAttribute("href").ShouldBe("/incidents/facebook-bgp-2021");
        Words(word).ShouldContain("words in common:");

        (await AskAsync(author, ("title", ""))).ShouldBeEmpty();
        (await AskAsync(author, ("title", "Zebras play chess quietly"), ("started", "not a day"), ("sources[0].url", "nor an address"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_others_wrote_and_nobody_accepted_is_not_told()
    {
        using var author = site.Sign();
        using var other = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var fields = Drafts.Record(Drafts.NewSlug(), "Pangolins unplug the northern exchange twice", Drafts.NewDay());
        site.Desk().Begin(other.Actor(), fields);
        site.Sent(other, form: fields);
        var rejected = site.Sent(other, form: fields);
        site.Desk().Reject(rejected.Id, reviewer.Actor(), "No").IsDone.ShouldBeTrue();
        var asked = fields.All.Select(f => (f.Key, f.Value)).ToArray();
        foreach (var person in new[] { author, other, reviewer })
            (await AskAsync(person, asked)).ShouldAllBe(r => !r.TextContent.Contains("Pangolins"));
        // The question finds it once everybody can read it.
        var published = site.Sent(other, form: fields);
        site.Desk().Accept(published.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        (await AskAsync(author, asked))[0].TextContent.ShouldContain("Pangolins");
    }

    [Fact]
    public async Task Whoever_may_not_submit_gets_no_answer_and_a_title_is_text()
    {
        using var nobody = site.Nobody();
        using var stranger = await nobody.PostAsync(Address, [new("__RequestVerificationToken", await nobody.FormTokenAsync("/login")), new("title", "A maintenance command takes Facebook offline")]);
        stranger.StatusCode.ShouldNotBe(HttpStatusCode.OK);
        using var author = site.Sign();
        foreach (var title in new[] { "title:(", "\" OR *:*", "<b>Facebook</b> withdrawal BGP routes offline", new string('a', 60_000), string.Join(' ', Enumerable.Range(0, 5_000)) })
            await AskAsync(author, ("title", title));
    }
}
