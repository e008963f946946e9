using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>The search box as a combobox, by keyboard and by mouse, and as a plain box without scripts.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ComboboxTests(FilledSite site, Chromium chromium)
{
    private static ILocator Box(IPage page) => page.GetByRole(AriaRole.Combobox, new() { Name = "Search incidents and case studies" });

    private static async Task<string> ActiveAsync(IPage page) =>
        await page.EvaluateAsync<string>("() => { const id = document.querySelector('#q').getAttribute('aria-activedescendant'); return id ? document.getElementById(id).textContent : ''; }");

    [Theory]
    [InlineData("/", 1280)]
    [InlineData("/incidents", 390)]
    [InlineData("/nowhere", 1280)]
    public async Task Arrows_choose_and_Enter_opens(string path, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync(path);
        await Box(page).FocusAsync();
        await page.Keyboard.TypeAsync("circuit");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        (await Box(page).GetAttributeAsync("aria-expanded")).ShouldBe("true");
        (await ActiveAsync(page)).ShouldBe("", "typing alone chooses nothing");
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
        (await tab.OverflowAsync()).ShouldBe(0);

        await page.Keyboard.PressAsync("ArrowDown");
        var first = await ActiveAsync(page);
        first.ShouldContain("Circuit breaker");
        await tab.PictureAsync($"combobox-{width}");
        (await page.Locator("[role=option][aria-selected=true]").CountAsync()).ShouldBe(1);
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
        await page.Keyboard.PressAsync("ArrowUp");
        (await ActiveAsync(page)).ShouldBe("", "above the first option lies the box itself");
        (await Box(page).InputValueAsync()).ShouldBe("circuit");
        await page.Keyboard.PressAsync("ArrowUp");
        (await ActiveAsync(page)).ShouldNotBe(first);
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        (await ActiveAsync(page)).ShouldBe(first);
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?pattern=circuit-breaker");
        tab.Complaints.Where(c => !c.Contains("404", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Escape_closes_the_list_and_keeps_the_text_and_Enter_without_a_choice_searches()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/");
        await Box(page).FocusAsync();
        await page.Keyboard.TypeAsync("retry");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        (await page.GetByRole(AriaRole.Listbox).CountAsync()).ShouldBe(0);
        (await Box(page).GetAttributeAsync("aria-expanded")).ShouldBe("false");
        (await Box(page).InputValueAsync()).ShouldBe("retry");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?q=retry");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Leaving_the_box_closes_the_list_and_a_click_opens_what_it_says()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/");
        await Box(page).FocusAsync();
        await page.Keyboard.TypeAsync("kubern");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        (await page.GetByRole(AriaRole.Option).CountAsync()).ShouldBe(0);
        await Box(page).FocusAsync();
        await page.Keyboard.TypeAsync("e");
        var option = page.GetByRole(AriaRole.Option, new() { Name = "Kubernetes technology" });
        var said = await option.Locator(".count").InnerTextAsync();
        await option.ClickAsync();
        await page.ArriveAsync("**/incidents?technology=kubernetes");
        (await page.Locator(".found__count").InnerTextAsync()).ShouldBe(said);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_late_answer_takes_no_choice_away_and_further_letters_do()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        var (asked, held) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/suggest.json?q=circuit", async route =>
        {
            asked.SetResult();
            await held.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync("/");
        await Box(page).FillAsync("circ");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await Box(page).FillAsync("circuit");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await page.Keyboard.PressAsync("ArrowDown");
        var chosen = await ActiveAsync(page);
        chosen.ShouldNotBeEmpty();
        await page.RunAndWaitForResponseAsync(() => { held.SetResult(); return Task.CompletedTask; }, r => r.Url.EndsWith("q=circuit", StringComparison.Ordinal));
        await page.WaitForTimeoutAsync(200);
        (await ActiveAsync(page)).ShouldBe(chosen);
        await Box(page).PressSequentiallyAsync("s");
        (await ActiveAsync(page)).ShouldBeEmpty();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_scripts_it_is_a_plain_search_box()
    {
        await using var tab = await chromium.OpenAsync(site, scripts: false);
        var page = tab.Page;
        await page.GotoAsync("/");
        (await page.GetByRole(AriaRole.Combobox).CountAsync()).ShouldBe(0);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("circuit");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?q=circuit");
        tab.Complaints.ShouldBeEmpty();
    }
}
