using System.Text.RegularExpressions;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>A company is corrected by whoever reads of it, with scripts and without.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class NounJourneyTests(ContributingSite site, Chromium chromium)
{
    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    [InlineData(false, 390)]
    public async Task From_the_page_of_a_company_to_its_corrected_page(bool scripts, int width)
    {
        var about = $"Runs shops for other people’s goods, {Guid.NewGuid():N}.";
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        await tab.SignInAsync(site, author);
        var page = tab.Page;
        await page.GotoAsync("/companies/allegro");
        await page.Locator(".record-head").GetByRole(AriaRole.Link, new() { Name = "Suggest a correction" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin the correction" }).ClickAsync();
        await page.ArriveAsync("**/submissions/*/edit");
        var id = Drafts.IdIn(await page.AddressAsync());

        // An error leads to its field; what else was typed is there.
        await page.FillAsync("#f-about", about);
        await page.FillAsync("#f-name", "");
        await page.FillAsync("#f-why", "It runs more than one");
        await page.ClickAsync("button[value=send]");
        await page.Locator("[role=alert] a[href='#f-name']").ClickAsync();
        (await page.InputValueAsync("#f-about")).ShouldBe(about);
        await page.FillAsync("#f-name", "Allegro");
        if (scripts)
        {
            // It saves itself, and the preview follows.
            await page.Locator("[data-saved]", new() { HasTextRegex = new Regex("^Saved ") }).WaitForAsync();
            await page.ClickAsync("button[value=preview]");
            await page.Locator("#preview .preview", new() { HasText = about }).WaitForAsync();
            await page.Keyboard.PressAsync("Escape");
        }

        // A row more, and taken out again.
        await page.ClickAsync("button[value='add:key_patterns']");
        await page.ArriveAsync("**/edit#row-key_patterns-1");
        await page.ClickAsync("button[value='remove:key_patterns:1']");
        await page.ArriveAsync("**/edit#f-key_patterns");

        // The file's text instead, and sent.
        await page.ClickAsync("button[value=text]");
        await page.ArriveAsync("**/edit#f-text");
        (await page.InputValueAsync("#f-text")).ShouldContain(about);
        await page.FillAsync("#f-text", (await page.InputValueAsync("#f-text")).Replace("country: Poland", "country: Poland, in Poznań", StringComparison.Ordinal));
        await page.ClickAsync("button[value=send]");
        await page.ArriveAsync("**done=sent");

        await using var desk = await chromium.OpenAsync(site, width, scripts);
        await desk.SignInAsync(site, reviewer);
        await desk.Page.GotoAsync("/review");
        await desk.Page.ClickAsync($"a[href='/review/{id}']");
        (await desk.Page.Locator("#changes dt").AllInnerTextsAsync()).ShouldBe(["Country", "About"]);
        (await desk.Page.Locator("#changes .diffs__text ins.diff").First.InnerTextAsync()).ShouldContain("Poznań");
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Accept and publish" }).ClickAsync();
        await desk.Page.ArriveAsync("**done=accepted**");
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = "Open the company" }).ClickAsync();
        await desk.Page.ArriveAsync("**/companies/allegro");
        (await desk.Page.Locator(".standfirst").InnerTextAsync()).ShouldBe(about);
        (await desk.Page.Locator("#credits").InnerTextAsync()).ShouldContain("Contributed by Test contributor");

        // As it was, for the next test.
        var back = site.Desk().Begin(author.Actor(), site.Desk().FormOf("allegro", site.Library.Changes.Revision(site.Library.Records.Find(Noun.Company, "allegro")!.Id, 1)!, Noun.Company), "allegro", "back", Noun.Company)!.Value.Draft;
        site.Desk().Send(back.Id, author.Actor()).IsDone.ShouldBeTrue();
        site.Desk().Accept(back.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        tab.Complaints.Concat(desk.Complaints).ShouldBeEmpty();
    }
}
