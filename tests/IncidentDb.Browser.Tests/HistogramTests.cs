using System.Globalization;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>A range of years drawn over the bars of a search, by pointer and by keyboard; without scripts the bars are links.</summary>
[Collection(BrowserCollection.Name)]
public sealed class HistogramTests(FilledSite site, Chromium chromium)
{
    private const string Search = "/incidents?q=outage&sector=cloud&page=2";

    private static ILocator Plot(IPage page) => page.Locator("svg[data-range]");

    private static async Task<int> NumberAsync(IPage page, string name) => int.Parse((await Plot(page).GetAttributeAsync($"data-{name}"))!, CultureInfo.InvariantCulture);

    /// <summary>The middle of a bar's place, where records have come to the page or not.</summary>
    private static async Task<(float X, float Y)> MiddleAsync(IPage page, int bar)
    {
        var box = (await Plot(page).BoundingBoxAsync())!;
        return (box.X + (box.Width * (bar + 0.5f) / await NumberAsync(page, "places")), box.Y + (box.Height / 2));
    }

    /// <summary>The years from one bar to another, as the address says them.</summary>
    private static async Task<string> YearsAsync(IPage page, int from, int to)
    {
        var (first, step) = (await NumberAsync(page, "first"), await NumberAsync(page, "years"));
        return $"{first + (from * step)}..{first + (to * step) + step - 1}";
    }

    [Theory]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task Dragging_over_bars_narrows_to_their_years(int width, bool backwards)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage&view=table");
        await page.EvaluateAsync("() => { window.same = true; }");
        await Plot(page).ScrollIntoViewIfNeededAsync();
        var last = await NumberAsync(page, "bars") - 1;
        var years = await YearsAsync(page, last - 3, last - 1);
        var (from, to) = (await MiddleAsync(page, last - 3), await MiddleAsync(page, last - 1));
        if (backwards)
            (from, to) = (to, from);
        await page.Mouse.MoveAsync(from.X, from.Y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync((from.X + to.X) / 2, from.Y);
        await page.Mouse.MoveAsync(to.X, to.Y);
        await page.Locator(".brush").WaitForAsync();
        (await page.Locator("body > span[role=status]").InnerTextAsync()).ShouldBe(years.Replace("..", " to ", StringComparison.Ordinal));
        (await page.Locator(".brush-years:visible").InnerTextAsync()).ShouldBe(years.Replace("..", " to ", StringComparison.Ordinal));
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
            await tab.PictureAsync($"histogram-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        await page.Mouse.UpAsync();
        await page.ArriveAsync($"**/incidents?q=outage&year={years}&view=table");
        await page.Locator(".chip").WaitForAsync();
        (await page.EvaluateAsync<bool>("() => window.same === true")).ShouldBeTrue("results are swapped, not loaded");
        (await page.Locator(".brush").CountAsync()).ShouldBe(0);
        var json = System.Text.Json.JsonDocument.Parse(await site.Client.GetStringAsync($"/incidents.json?q=outage&year={years}"));
        (await page.Locator(".found__count").InnerTextAsync()).ShouldStartWith($"{json.RootElement.GetProperty("total").GetInt32()} records");
        (await page.Locator("input[name='year.from']").InputValueAsync()).ShouldBe(years[..4]);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Shift_and_arrows_draw_a_range_from_a_bar_and_Enter_takes_it()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        var bar = page.Locator("svg[data-range] [data-bar]").Last;
        var place = int.Parse((await bar.GetAttributeAsync("data-bar"))!, CultureInfo.InvariantCulture);
        var years = await YearsAsync(page, place - 2, place);
        await bar.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Locator(".brush").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        (await page.Locator(".brush").CountAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        (await page.Locator("body > span[role=status]").InnerTextAsync()).ShouldBe((await YearsAsync(page, place, place)).Replace("..", " to ", StringComparison.Ordinal), "there is nothing beyond the last bar");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        (await page.Locator("body > span[role=status]").InnerTextAsync()).ShouldBe(years.Replace("..", " to ", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync($"**/incidents?q=outage&year={years}");
        // A range is drawn by whoever stays with it.
        var other = page.Locator("svg[data-range] [data-bar]").Last;
        await other.FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowLeft");
        await page.Locator(".brush").WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        (await page.Locator(".brush").CountAsync()).ShouldBe(0);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_range_leaves_the_page_of_results_and_keeps_the_other_filters()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync(Search);
        var range = (await Plot(page).GetAttributeAsync("data-range"))!;
        range.ShouldContain("sector=cloud");
        range.ShouldContain("year=1..9999");
        range.ShouldNotContain("page=");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_click_on_a_bar_is_a_click_on_a_link(bool scripts)
    {
        await using var tab = await chromium.OpenAsync(site, scripts: scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        var bar = page.Locator("svg[data-range] a.bar").Last;
        var address = await bar.GetAttributeAsync("href");
        (await page.Locator(".with-scripts").IsVisibleAsync()).ShouldBe(scripts, "what needs scripts is only offered with them");
        await bar.ClickAsync();
        await page.ArriveAsync("**" + address);
        (await page.Locator(".chip").CountAsync()).ShouldBe(1);
        tab.Complaints.ShouldBeEmpty();
    }
}
