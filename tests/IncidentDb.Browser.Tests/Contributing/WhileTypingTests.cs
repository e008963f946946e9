using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>What the form's script shows while somebody writes.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class WhileTypingTests(ContributingSite site, Chromium chromium)
{
    private const string Title = "A maintenance command takes Facebook off the internet";

    private async Task<Tab> FormAsync(Person author, FormFields form, int width = 1280, bool scripts = true)
    {
        var (draft, _) = site.Desk().Begin(author.Actor(), form)!.Value;
        var tab = await chromium.OpenAsync(site, width, scripts);
        await tab.SignInAsync(site, author);
        await tab.Page.GotoAsync($"/submissions/{draft.Id}/edit");
        return tab;
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_preview_opens_beside_the_form_and_follows_what_is_typed(int width)
    {
        using var author = site.Sign();
        await using var tab = await FormAsync(author, Drafts.Record(Drafts.NewSlug(), started: Drafts.NewDay()), width);
        var page = tab.Page;
        var address = await page.AddressAsync();
        var button = page.Locator("button[value=preview]");
        var drawer = page.Locator("#preview");
        (await drawer.IsVisibleAsync()).ShouldBeFalse();
        await page.FillAsync("#f-title", "A title that was just typed");
        await button.ClickAsync();
        await drawer.GetByText("A title that was just typed").WaitForAsync();
        (await button.GetAttributeAsync("aria-expanded")).ShouldBe("true");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
            await tab.PictureAsync($"typing-preview-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        (await tab.OverflowAsync()).ShouldBe(0);

        await page.FillAsync("[name='oneLine']", "A <b>digger</b> cut *the* cable. [^paper]");
        await drawer.GetByText("A <b>digger</b> cut the cable.").WaitForAsync();
        await drawer.Locator(".standfirst em").GetByText("the").WaitForAsync();

        // Saved in another tab meanwhile: the drawer says why it does not follow.
        site.Desk().Save(address.Split('/')[^2], author.Actor(), site.Desk().Find(address.Split('/')[^2], author.Actor())!.Form.With("title", "Saved elsewhere"), "", null).IsDone.ShouldBeTrue();
        await page.FillAsync("#f-title", "A title that was just typed, too");
        await drawer.GetByText("Saved elsewhere meanwhile").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        (await drawer.IsVisibleAsync()).ShouldBeFalse();
        (await page.InputValueAsync("#f-title")).ShouldBe("A title that was just typed, too");
        (await page.AddressAsync()).ShouldBe(address, "nobody was led away from the form");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_that_look_alike_stand_under_the_title_and_nobody_is_disturbed()
    {
        using var author = site.Sign();
        await using var tab = await FormAsync(author, FormFields.Empty);
        var page = tab.Page;
        var asked = new List<IRequest>();
        page.Request += (_, request) => { if (request.Url.EndsWith("/submit/look-alikes", StringComparison.Ordinal)) asked.Add(request); };
        await page.Locator("#f-title").PressSequentiallyAsync(Title, new() { Delay = 15 });
        var first = page.Locator(".alikes__record").First;
        await first.WaitForAsync();
        (await first.Locator("a").GetAttributeAsync("href")).ShouldBe("/incidents/facebook-bgp-2021");
        (await first.InnerTextAsync()).ShouldContain("words in common");
        asked.Count.ShouldBeLessThan(Title.Length / 4, "only a pause asks");
        (await page.Locator("#f-title").InputValueAsync()).ShouldBe(Title);
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("f-title");
        (await page.EvaluateAsync<int>("() => document.activeElement.selectionStart")).ShouldBe(Title.Length);
        (await page.Locator(".alikes").EvaluateAsync<string>("e => e.parentElement.nextElementSibling.getAttribute('role')")).ShouldBe("status");
        (await page.Locator("[role=status]", new() { HasTextRegex = new("under the title") }).CountAsync()).ShouldBe(1);
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
        await tab.PictureAsync("typing-alikes");

        // It opens beside the form.
        var opened = await page.Context.RunAndWaitForPageAsync(() => first.Locator("a").ClickAsync());
        await opened.ArriveAsync("**/incidents/facebook-bgp-2021");
        await opened.CloseAsync();
        (await page.Locator("#f-title").InputValueAsync()).ShouldBe(Title);

        // What grows far above a field being typed in does not move it.
        await page.FillAsync("#f-title", "");
        await page.Locator(".alikes").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        var url = page.Locator("[name='sources[0].url']");
        await url.FocusAsync();
        var before = (await url.BoundingBoxAsync())!.Y;
        await url.FillAsync("https://engineering.fb.com/2021/10/05/networking-traffic/outage-details/");
        await page.Locator(".alikes__record").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        Math.Abs((await url.BoundingBoxAsync())!.Y - before).ShouldBeLessThan(2);
        (await page.EvaluateAsync<string>("() => document.activeElement.name")).ShouldBe("sources[0].url");
        (await page.Locator(".alikes__record").First.InnerTextAsync()).ShouldContain("the same address");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_pause_counts_whatever_an_older_answer_says()
    {
        using var author = site.Sign();
        await using var tab = await FormAsync(author, FormFields.Empty);
        var page = tab.Page;
        // The first answer is held back until after the second.
        var held = new TaskCompletionSource();
        var first = new TaskCompletionSource();
        var asked = 0;
        await page.RouteAsync("**/submit/look-alikes", async route =>
        {
            if (asked++ == 0)
            {
                first.SetResult();
                await held.Task;
            }

            await route.ContinueAsync();
        });
        await page.FillAsync("#f-title", Title);
        await first.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.FillAsync("#f-title", "TSB moves all customers to a new banking platform in one weekend and locks many of them out");
        await page.Locator(".alikes__record a[href='/incidents/tsb-migration-2018']").WaitForAsync();
        held.SetResult();
        await page.WaitForTimeoutAsync(300);
        (await page.Locator(".alikes__record a[href='/incidents/facebook-bgp-2021']").CountAsync()).ShouldBe(0);
        asked.ShouldBe(2);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Look_alikes_fit_the_window_in_both_lights(int width)
    {
        using var author = site.Sign();
        await using var tab = await FormAsync(author, FormFields.Empty.With([new("title", Title), new("companies[0].key", "facebook"), new("started", "2021-10-04"), new("sources[0].url", "https://engineering.fb.com/2021/10/05/networking-traffic/outage-details/")]), width);
        await tab.Page.Locator(".alikes__record").First.WaitForAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.ViolationsAsync(tab.Page, scheme == ColorScheme.Light ? Axe.Everything : Axe.Colours)).ShouldBeEmpty();
            await tab.Page.Locator("#f-title").ScrollIntoViewIfNeededAsync();
            await tab.PictureAsync($"typing-alikes-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        (await tab.OverflowAsync()).ShouldBe(0);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_scripts_and_for_corrections_there_is_none()
    {
        using var author = site.Sign();
        await using var plain = await FormAsync(author, FormFields.Empty.With("title", Title), scripts: false);
        (await plain.Page.Locator(".alikes").CountAsync()).ShouldBe(0);
        await plain.Page.FillAsync("#f-title", Title);
        await plain.Page.ClickAsync("button[value=save]");
        await plain.Page.ArriveAsync("**saved=1");
        var (edit, _) = site.Desk().Begin(author.Actor(), null, "facebook-bgp-2021")!.Value;
        await using var tab = await chromium.OpenAsync(site);
        await tab.SignInAsync(site, author);
        await tab.Page.GotoAsync($"/submissions/{edit.Id}/edit");
        await tab.Page.Locator("#f-title").PressSequentiallyAsync(" now");
        await tab.Page.WaitForTimeoutAsync(600);
        (await tab.Page.Locator(".alikes").CountAsync()).ShouldBe(0);
    }
}
