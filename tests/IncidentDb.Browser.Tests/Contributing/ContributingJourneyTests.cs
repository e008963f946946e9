using System.Text.RegularExpressions;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>The whole way, as a new contributor and a reviewer go it, with scripts and without.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class ContributingJourneyTests(ContributingSite site, Chromium chromium)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    [InlineData(false, 390)]
    public async Task From_signing_up_to_a_restored_revision(bool scripts, int width)
    {
        var word = $"quokka{Guid.NewGuid():N}"[..14];
        var slug = Drafts.NewSlug();
        var twin = site.Published();
        var there = site.Library.Incidents.Find(twin)!.Incident;
        var record = Drafts.Record(slug, $"A {word} is pulled and a town goes quiet", there.Started!.At.ToString());
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;

        // Sign up, from the page that needs it.
        await page.GotoAsync("/submit");
        await page.Locator("main a", new() { HasText = "make an account" }).ClickAsync();
        await page.FillAsync("#f-name", word);
        await page.FillAsync("#f-credit_name", $"Contributor {word}");
        await page.FillAsync("#f-password", "a quiet harbour wall at noon");
        await page.WaitForTimeoutAsync(2_200);
        await page.ClickAsync("main button[type=submit]");
        await page.ArriveAsync("**/submit");

        // A draft from an address; an error; its repair.
        await page.FillAsync("#f-url", $"https://paper.example/{slug}");
        await page.FillAsync("#f-title", record["title"]);
        await page.ClickAsync("button[value=quick]");
        await page.ArriveAsync("**/edit");
        var id = Drafts.IdIn(await page.AddressAsync());
        await FillAsync(page, record, except: ["severity"]);
        await page.ClickAsync("button[value=send]");
        await page.Locator("[role=alert] a[href='#f-severity']").First.ClickAsync();
        (await page.EvaluateAsync<string>("() => location.hash")).ShouldBe("#f-severity");
        (await page.InputValueAsync("[id='f-sections.summary']")).ShouldBe(record["sections.summary"]);
        await page.SelectOptionAsync("#f-severity", "S3");

        // It looks like the record that is there; it is another.
        await page.ClickAsync("button[value=send]");
        await page.Locator("[role=alert] a[href='#f-matches']").First.WaitForAsync();
        await page.CheckAsync($"[name='match.{twin}'][value=different]");
        await page.FillAsync($"[name='reason.{twin}']", "Another town");
        await page.ClickAsync("button[value=send]");
        await page.ArriveAsync("**done=sent");
        (await page.Locator(".kicker").InnerTextAsync()).ShouldContain("waits for a reviewer");

        // A reviewer asks for changes; the author sends it again; it is accepted and found by the next who asks.
        using var reviewer = site.Sign(Roles.Reviewer);
        await using var desk = await chromium.OpenAsync(site, width, scripts);
        await desk.SignInAsync(site, reviewer);
        await desk.Page.GotoAsync("/review");
        await desk.Page.ClickAsync($"a[href='/review/{id}']");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Claim it" }).ClickAsync();
        await desk.Page.FillAsync("#f-note", "Say that nobody was hurt.");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Ask for changes" }).ClickAsync();
        await desk.Page.ArriveAsync("**done=changes**");
        await page.GotoAsync($"/submissions/{id}/edit");
        (await page.Locator("#h-asked + ul").InnerTextAsync()).ShouldContain("nobody was hurt");
        await page.FillAsync("[id='f-sections.aftermath']", "Nobody was hurt. [^paper]", new() { Force = true });
        await page.ClickAsync("button[value=send]");
        await page.ArriveAsync("**done=sent");
        await desk.Page.GotoAsync($"/review/{id}");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Accept and publish" }).ClickAsync();
        await desk.Page.ArriveAsync("**done=accepted**");
        await desk.Page.GotoAsync($"/incidents?q={word}");
        (await desk.Page.Locator(".card h3").AllInnerTextsAsync()).ShouldBe([record["title"]]);

        // A correction with its difference, and the way back.
        await page.GotoAsync($"/incidents/{slug}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Suggest an edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the edit" }).ClickAsync();
        await page.FillAsync("#f-title", $"A {word} is cut and a town goes quiet");
        await page.FillAsync("#f-why", "It was cut");
        await page.ClickAsync("button[value=send]");
        await page.ArriveAsync("**done=sent");
        await AcceptAsync(desk.Page, Drafts.IdIn(await page.AddressAsync()), async review => (await review.Locator("#changes .diffs__text ins").InnerTextAsync()).ShouldContain("cut"));
        await page.GotoAsync($"/incidents/{slug}/history");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what changed" }).ClickAsync();
        (await page.Locator(".diffs__text del").InnerTextAsync()).ShouldContain("pulled");
        await page.GetByRole(AriaRole.Link, new() { Name = "Restore revision 1" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await page.ClickAsync("button[value=send]");
        await page.ArriveAsync("**done=sent");
        await AcceptAsync(desk.Page, Drafts.IdIn(await page.AddressAsync()), _ => Task.CompletedTask);
        await page.GotoAsync($"/incidents/{slug}");
        (await page.Locator("h1").InnerTextAsync()).ShouldBe(record["title"]);
        (await page.Locator("#cite").InnerTextAsync()).ShouldContain($"Contributor {word}");
        tab.Complaints.Concat(desk.Complaints).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_typed_is_saved_by_itself_and_what_is_lacking_follows()
    {
        using var author = site.Sign();
        var (draft, _) = site.Desk().Begin(author.Actor(), Drafts.Record(Drafts.NewSlug()))!.Value;
        await using var tab = await chromium.OpenAsync(site);
        await tab.SignInAsync(site, author);
        await tab.Page.GotoAsync($"/submissions/{draft.Id}/edit");
        (await tab.Page.Locator("[data-lacks]").InnerTextAsync()).ShouldContain("a hook");
        await tab.Page.Locator("#hosts summary").ClickAsync();
        await tab.Page.FillAsync("[id='f-sections.hook']", "One cable, one digger.");
        await tab.Page.Locator("[data-saved]", new() { HasTextRegex = new Regex("^Saved ") }).WaitForAsync();
        site.Desk().Find(draft.Id, author.Actor())!.Form["sections.hook"].ShouldBe("One cable, one digger.");
        (await tab.Page.Locator("[data-lacks]").InnerTextAsync()).ShouldNotContain("a hook");
        // And again: the form knows the version that it saved.
        await tab.Page.RunAndWaitForResponseAsync(() => tab.Page.FillAsync("[id='f-sections.hook']", "One digger, one cable."), r => r.Request.Method == "POST" && r.Status == 200);
        site.Desk().Find(draft.Id, author.Actor())!.Form["sections.hook"].ShouldBe("One digger, one cable.");
        tab.Complaints.ShouldBeEmpty();
    }

    private static async Task AcceptAsync(IPage review, string id, Func<IPage, Task> look)
    {
        await review.GotoAsync($"/review/{id}");
        await look(review);
        await review.GetByRole(AriaRole.Button, new() { Name = "Accept and publish" }).ClickAsync();
        await review.ArriveAsync("**done=accepted**");
    }

    /// <summary>Fills the form in as somebody would: choosing, checking, typing.</summary>
    private static async Task FillAsync(IPage page, FormFields record, string[] except)
    {
        foreach (var (name, value) in record.All)
        {
            if (except.Contains(name))
                continue;
            var field = page.Locator($"[name='{name}']");
            if (await page.Locator($"input[type=checkbox][name='{name}']").CountAsync() > 0)
                await page.CheckAsync($"[name='{name}'][value='{value}']");
            else if (await page.Locator($"select[name='{name}']").CountAsync() > 0)
                await field.SelectOptionAsync(value);
            else
                await field.FillAsync(value);
        }
    }
}
