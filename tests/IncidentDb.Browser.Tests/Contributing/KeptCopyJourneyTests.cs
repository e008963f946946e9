using System.Text.RegularExpressions;
using IncidentDb.PrepSheets;
using IncidentDb.Web.Tests.Accounts;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>A host's copy from the first word, before there is an account, to its deletion, with scripts and without.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class KeptCopyJourneyTests(ContributingSite site, Chromium chromium)
{
    private const string Password = "a quiet harbour wall at noon";

    [Theory]
    [InlineData(true, 1280)]
    [InlineData(false, 1280)]
    [InlineData(true, 390)]
    [InlineData(false, 390)]
    public async Task From_a_sheet_to_a_copy_with_the_account(bool scripts, int width)
    {
        var name = $"host{Guid.NewGuid():N}"[..14];
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;

        // Typed before there is an account; the account is made in another tab.
        await page.GotoAsync("/prep?incident=knight-capital-2012&minutes=5");
        await page.GetByRole(AriaRole.Link, new() { Name = "Make it yours" }).ClickAsync();
        await page.FillAsync("#note-hook", "Smile.\nThen stop.");
        await page.FillAsync("#title", "The eighth server");
        await MoveUpAsync(page, scripts);
        await KeepAsync(page);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Sign in to go on");
        await LookAsync(tab, scripts);
        await SignUpAsync(page, name);
        await page.FillAsync("#f-name", name);
        await page.FillAsync("#f-password", Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in and go on" }).ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("You are signed in");
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await page.ArriveAsync("**/copies/*kept=1");
        (await page.Locator(".notice--good").InnerTextAsync()).ShouldStartWith("The copy is kept with your account.");
        await ShowsAsync(page, "The eighth server", "Smile.\nThen stop.");
        await LookAsync(tab, scripts);

        // Kept again: with scripts the page stays where it is, and goes on with the version that it kept.
        for (var turn = 1; turn <= 2; turn++)
        {
            await page.FillAsync("#note-hook", $"Smile. {turn}");
            await page.FillAsync("#name", $"For Thursday {turn}");
            await KeepAsync(page);
            if (scripts)
                await page.Locator("[data-kept]", new() { HasTextRegex = new Regex("^Kept ") }).WaitForAsync();
            else
                await page.Locator(".notice--good").WaitForAsync();
            (await page.InputValueAsync("#note-hook")).ShouldBe($"Smile. {turn}");
            await page.WaitForTimeoutAsync(20);
        }

        var account = site.Library.Accounts.FindByName(IncidentDb.Accounts.AccountRules.Normalize(name))!;
        var kept = site.Library.Copies.Of(account.Id).ShouldHaveSingleItem();
        kept.ShouldSatisfyAllConditions(k => k.Version.ShouldBe(3), k => k.Name.ShouldBe("For Thursday 2"));

        // Another tab saves; neither text is lost, and both are kept.
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync($"/copies/{kept.Id}");
        await other.FillAsync("#note-hook", "Frown.");
        await KeepAsync(other);
        await (scripts ? other.Locator("[data-kept]", new() { HasTextRegex = new Regex("^Kept ") }) : other.Locator(".notice--good")).WaitForAsync();
        await other.CloseAsync();
        await page.FillAsync("#note-hook", "Laugh.");
        await KeepAsync(page);
        var told = page.Locator("#saved-elsewhere");
        await told.WaitForAsync();
        (await told.Locator(".diffs__text del").First.InnerTextAsync()).ShouldContain("Frown");
        (await told.Locator(".diffs__text ins").First.InnerTextAsync()).ShouldContain("Laugh");
        (await page.InputValueAsync("#note-hook")).ShouldBe("Laugh.");
        await LookAsync(tab, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep both: mine as a new copy" }).ClickAsync();
        await page.ArriveAsync("**/copies/*kept=1");
        (await page.InputValueAsync("#note-hook")).ShouldBe("Laugh.");
        NotesOf(account.Id).ShouldBe(["Frown.", "Laugh."], ignoreOrder: true);

        // The list, the file, the sheet that knows of them, and the deletion.
        await page.GotoAsync("/copies");
        (await page.Locator("tbody tr").CountAsync()).ShouldBe(2);
        await LookAsync(tab, scripts);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"a[href='/copies/{kept.Id}.json']").ClickAsync());
        download.SuggestedFilename.ShouldBe("knight-capital-2012-5-min.copy.json");
        using (var file = new MemoryStream())
        {
            await (await download.CreateReadStreamAsync()).CopyToAsync(file);
            HostCopy.Read(file.ToArray()).Copy!.Notes.ShouldHaveSingleItem().Text.ShouldBe("Frown.");
        }

        // To the page a download is a navigation that ended early.
        tab.Complaints.ShouldAllBe(c => c == $"failed request: {site.Client.BaseAddress}copies/{kept.Id}.json");
        await page.GotoAsync("/prep?incident=knight-capital-2012&minutes=20");
        (await page.Locator("main .notice").InnerTextAsync()).ShouldContain("You have 2 copies of this");
        await LookAsync(tab, scripts);
        await page.Locator($"main .notice a[href='/copies/{kept.Id}']").ClickAsync();
        await ShowsAsync(page, "The eighth server", "Frown.");
        await page.GotoAsync("/copies");
        await page.Locator($"a[href='/copies/{kept.Id}/delete']").ClickAsync();
        await LookAsync(tab, scripts);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the copy" }).ClickAsync();
        (await page.Locator(".notice--good").InnerTextAsync()).ShouldBe("The copy is deleted.");
        NotesOf(account.Id).ShouldBe(["Laugh."]);
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("show")]
    [InlineData("form")]
    public async Task What_is_pressed_before_the_answer_goes_on_with_the_copy_that_was_kept(string then)
    {
        using var host = site.Sign();
        await using var tab = await chromium.OpenAsync(site);
        await tab.SignInAsync(site, host);
        var page = tab.Page;
        await page.GotoAsync("/prep/copy?incident=knight-capital-2012&minutes=5");
        await page.FillAsync("#note-hook", "Smile.");
        var answer = new TaskCompletionSource();
        await page.RouteAsync("**/copies", async route =>
        {
            await answer.Task;
            await route.ContinueAsync();
        });
        await KeepAsync(page);
        await page.Locator("[data-kept]", new() { HasTextString = "Keeping…" }).WaitForAsync();
        await page.Locator($".copybar button[value={then}]").ClickAsync();
        (await page.AddressAsync()).ShouldContain("/prep/copy?", Case.Sensitive, "it waits for the answer");
        answer.SetResult();
        await page.Locator("input[name=kept]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.ArriveAsync("**/prep/copy");
        var kept = site.Library.Copies.Of(host.Account!.Id).ShouldHaveSingleItem();
        (await page.Locator("input[name=kept]").First.GetAttributeAsync("value")).ShouldBe(kept.Id);
        (await page.Locator("input[name=version]").First.GetAttributeAsync("value")).ShouldBe("1");
        tab.Complaints.ShouldBeEmpty();
    }

    private List<string> NotesOf(long account) => [.. site.Library.Copies.Of(account).Select(k => site.Library.Copies.Find(account, k.Id)!.Copy!.Notes.Single().Text)];

    private static Task KeepAsync(IPage page) => page.Locator(".copybar button[value=keep]").ClickAsync();

    private static async Task MoveUpAsync(IPage page, bool scripts)
    {
        if (scripts)
            await page.Locator(".copyblock").Filter(new() { HasText = "What happened" }).First.GetByRole(AriaRole.Button, new() { Name = "Up" }).ClickAsync();
        else
            await page.FillAsync("#order-story", "3");
    }

    private static async Task ShowsAsync(IPage page, string title, string note)
    {
        (await page.Locator("h1").InnerTextAsync()).ShouldBe(title);
        (await page.InputValueAsync("#note-hook")).ShouldBe(note);
        (await page.Locator(".copyblock legend").AllInnerTextsAsync())[2].ShouldBe("What happened");
    }

    private static async Task SignUpAsync(IPage page, string name)
    {
        var other = await page.Context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Make one in another tab" }).ClickAsync());
        await other.FillAsync("#f-name", name);
        await other.FillAsync("#f-credit_name", "A host");
        await other.FillAsync("#f-password", Password);
        await other.WaitForTimeoutAsync(2_200);
        await other.ClickAsync("main button[type=submit]");
        await other.ArriveAsync("**/account**");
        await other.CloseAsync();
    }

    private static async Task LookAsync(Tab tab, bool scripts)
    {
        (await tab.OverflowAsync()).ShouldBe(0);
        // Axe is a script itself.
        if (scripts)
            (await Axe.ViolationsAsync(tab.Page, Axe.Everything)).ShouldBeEmpty();
    }
}
