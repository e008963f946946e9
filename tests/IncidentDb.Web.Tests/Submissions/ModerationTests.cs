using System.Net;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>What reviewers do with a whole record, in the forms of its history.</summary>
[Collection(Contributing.Name)]
public sealed class ModerationTests(ContributingSite site)
{
    private static string History(string slug) => $"/incidents/{slug}/history";

    [Fact]
    public async Task A_withdrawn_record_leaves_its_reason_and_comes_back()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        using var nobody = site.Nobody();
        var slug = site.Published();
        var title = site.Library.Incidents.Find(slug)!.Incident.Title;
        var total = (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32();
        using (var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/withdraw", ("why", "It was a <b>drill</b>, not an incident")))
            answer.LeadsTo().ShouldBe($"/incidents/{slug}");

        var stone = await nobody.PageAsync($"/incidents/{slug}", HttpStatusCode.Gone);
        stone.QuerySelector("h1")!.TextContent.ShouldBe("This record was withdrawn");
        stone.QuerySelector(".standfirst")!.TextContent.ShouldSatisfyAllConditions(t => t.ShouldContain("Test reviewer"), t => t.ShouldContain("It was a <b>drill</b>, not an incident"));
        stone.Body!.TextContent.ShouldNotContain(title);
        foreach (var twin in new[] { ".json", ".md", ".bib", ".ris" })
        {
            using var gone = await nobody.GetAsync($"/incidents/{slug}{twin}");
            gone.StatusCode.ShouldBe(HttpStatusCode.Gone, twin);
            (await gone.Content.ReadAsStringAsync()).ShouldContain("not an incident");
        }

        (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32().ShouldBe(total - 1);
        site.Library.Changes.Of(Noun.Incident, slug)[0].ShouldSatisfyAllConditions(c => c.Act.ShouldBe("withdrawn"), c => c.Who.ShouldBe(reviewer.Actor().Name), c => c.Why.ShouldBe("It was a <b>drill</b>, not an incident"));
        (await nobody.PageAsync(History(slug))).QuerySelector("form[action$='/republish']").ShouldBeNull();

        using (var back = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/republish", ("why", "It was none")))
            back.LeadsTo().ShouldBe($"/incidents/{slug}");
        (await nobody.PageAsync($"/incidents/{slug}")).QuerySelector("h1")!.TextContent.ShouldBe(title);
        (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32().ShouldBe(total);
    }

    [Fact]
    public async Task Words_where_a_record_is_named_are_answered_with_the_records_that_may_be_meant()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        var slug = site.Published();
        var field = (await reviewer.PageAsync(History(slug))).QuerySelector("form[action$='/merge'] input[name=into]")!;
        (field.HasAttribute("data-records"), field.GetAttribute("type"), field.GetAttribute("aria-describedby")).ShouldBe((true, null, "f-into-h"));
        using (var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/merge", ("into", "knight capital"), ("why", "The same event")))
        {
            var page = await Person.ReadAsync(answer, HttpStatusCode.BadRequest, "words");
            var into = page.QuerySelector("input[name=into]")!;
            new[] { "value", "aria-invalid", "aria-describedby" }.Select(into.GetAttribute).ShouldBe(["knight capital", "true", "f-into-h f-into-e"]);
            page.QuerySelector("#f-into-e")!.TextContent.ShouldSatisfyAllConditions(
                t => t.ShouldContain("There is no published record “knight capital”. Perhaps “knight-capital-2012” (Retired trading code"),
                t => t.ShouldEndWith(": write the slug of the one that you mean."));
            page.QuerySelector("form[action$='/merge'] input[name=why]")!.GetAttribute("value").ShouldBe("The same event");
        }

        // A record that is named, without a reason: its title stands below it.
        using (var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/merge", ("into", "knight-capital-2012"), ("why", "")))
            (await Person.ReadAsync(answer, HttpStatusCode.BadRequest, "into")).QuerySelector("#f-into-title")!.TextContent.ShouldStartWith("Retired trading code");
        using (var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/merge", ("into", "zzqxv wwkqj"), ("why", "x")))
            (await Person.ReadAsync(answer, HttpStatusCode.BadRequest, "into")).QuerySelector("#f-into-e")!.TextContent.ShouldEndWith("There is no published record “zzqxv wwkqj”.");
    }

    [Fact]
    public async Task A_merged_record_leads_to_the_other_for_good()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        using var nobody = site.Nobody();
        var (slug, into) = (site.Published(), site.Published());
        // A whole address is understood, too.
        using (var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/merge", ("into", $" https://incidents.example.org/incidents/{into}/ "), ("why", "The same event")))
            answer.LeadsTo().ShouldBe($"/incidents/{into}");
        foreach (var rest in new[] { "", ".json", ".md", ".bib", ".ris", "/history" })
        {
            using var leads = await nobody.GetAsync($"/incidents/{slug}{rest}");
            (leads.StatusCode, leads.Headers.Location?.OriginalString).ShouldBe((HttpStatusCode.MovedPermanently, $"/incidents/{into}{rest}"));
        }

        site.Library.Changes.Of(Noun.Incident, slug)[0].Act.ShouldBe("merged");
        (await site.JsonAsync($"/incidents/{into}.json")).GetProperty("slug").GetString().ShouldBe(into);

        // What was merged is no place to merge into; the page says where it is now, and keeps what was typed.
        var third = site.Published();
        using (var answer = await reviewer.SubmitAsync(History(third), $"/incidents/{third}/merge", ("into", slug), ("why", "Typed once")))
        {
            var page = await Person.ReadAsync(answer, HttpStatusCode.BadRequest, "merged before");
            page.QuerySelector("[role=alert] a[href='#f-into']")!.TextContent.ShouldBe($"The record “{slug}” is “{into}” now: write that.");
            (page.QuerySelector("#f-into")!.GetAttribute("value"), page.QuerySelector("#f-why")!.GetAttribute("value")).ShouldBe((slug, "Typed once"));
        }

        // It can be undone.
        using (var back = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/republish", ("why", "Two events after all")))
            back.LeadsTo().ShouldBe($"/incidents/{slug}");
        (await nobody.PageAsync($"/incidents/{slug}")).QuerySelector("h1").ShouldNotBeNull();
    }

    [Fact]
    public async Task What_can_not_be_done_is_said_at_its_field_and_nothing_is_done()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        var slug = site.Published();
        var seq = site.Library.Changes.LastSeq();
        foreach (var (act, into, why, field, sentence) in new[]
        {
            ("merge", slug, "x", "into", "A record can’t be merged into itself"),
            ("merge", "", "x", "into", "Name the record that it goes into"),
            ("merge", "no-such-record-1999", "x", "into", "There is no published record “no-such-record-1999”"),
            ("merge", "facebook-bgp-2021", " ", "why", "Give the reason in at most 500 characters"),
            ("merge", "facebook-bgp-2021", new string('w', 501), "why", "Give the reason in at most 500 characters"),
            ("withdraw", "", "", "withdraw-why", "and in place of the record"),
        })
        {
            using var answer = await reviewer.SubmitAsync(History(slug), $"/incidents/{slug}/{act}", [.. act == "merge" ? [("into", into)] : Array.Empty<(string, string?)>(), ("why", why)]);
            var page = await Person.ReadAsync(answer, HttpStatusCode.BadRequest, $"{act} {into} {why}");
            page.QuerySelector($"[role=alert] a[href='#f-{field}']").ShouldNotBeNull($"{act} {into}").TextContent.ShouldContain(sentence);
            page.QuerySelector($"[id='f-{field}']")!.GetAttribute("aria-invalid").ShouldBe("true");
            if (act == "merge" && into.Length > 0)
                page.QuerySelector("#f-into")!.GetAttribute("value").ShouldBe(into);
        }

        using (var nowhere = await reviewer.PostAsync("/incidents/no-such-record-1999/withdraw", [new("__RequestVerificationToken", await reviewer.FormTokenAsync("/account")), new("why", "x")]))
            nowhere.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using (var there = await reviewer.PostAsync($"/incidents/{slug}/republish", [new("__RequestVerificationToken", await reviewer.FormTokenAsync("/account")), new("why", "x")]))
            (await Person.ReadAsync(there, HttpStatusCode.Conflict, "published")).QuerySelector("[role=alert]")!.TextContent.ShouldContain("nothing to bring back");
        site.Library.Changes.LastSeq().ShouldBe(seq);
    }

    [Fact]
    public async Task Two_at_once_do_it_once()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        var slug = site.Published();
        var token = await reviewer.FormTokenAsync("/account");
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => reviewer.PostAsync($"/incidents/{slug}/withdraw", [new("__RequestVerificationToken", token), new("why", "x")])));
        answers.Count(a => a.StatusCode == HttpStatusCode.Redirect).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
        site.Library.Changes.Of(Noun.Incident, slug).Count(c => c.Act == "withdrawn").ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_is_no_reviewer_has_no_such_forms_and_no_such_right()
    {
        using var contributor = site.Sign();
        using var nobody = site.Nobody();
        var slug = site.Published();
        foreach (var person in new[] { contributor, nobody })
        {
            (await person.PageAsync(History(slug))).QuerySelectorAll("form[action$='/merge'], form[action$='/withdraw']").ShouldBeEmpty();
            var token = await person.FormTokenAsync(person == nobody ? "/login" : "/account");
            foreach (var act in new[] { "merge", "withdraw", "republish" })
            {
                using var answer = await person.PostAsync($"/incidents/{slug}/{act}", [new("__RequestVerificationToken", token), new("into", "facebook-bgp-2021"), new("why", "x")]);
                answer.StatusCode.ShouldNotBe(HttpStatusCode.OK);
                answer.Headers.Location?.OriginalString.ShouldStartWith("/login");
            }
        }

        site.Library.Records.Find(Noun.Incident, slug)!.Status.ShouldBe("published");
    }
}
