using System.Globalization;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>The teleprompter by keyboard and by tap.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PrompterTests(FilledSite site, Chromium chromium)
{
    private const string Address = "/prep/prompter?incident=knight-capital-2012&minutes=5";

    /// <summary>The lines that stand whole between the two bars.</summary>
    private const string Visible =
        """
        () => {
          const top = document.querySelector('.prompter__bar').getBoundingClientRect().bottom, bottom = document.querySelector('.prompter__taps').getBoundingClientRect().top;
          return [...document.querySelectorAll('.prompter__script :is(h1, h2, h3, p):not(.prompter__help)')].map((l, i) => [i, l.getBoundingClientRect()])
            .filter(([, r]) => r.top >= top - 1 && r.bottom <= bottom + 1).map(([i]) => i);
        }
        """;

    private static Task<int[]> VisibleAsync(IPage page) => page.EvaluateAsync<int[]>(Visible);

    private static async Task<int> SecondsAsync(IPage page, string id)
    {
        var parts = (await page.Locator("#" + id).InnerTextAsync()).TrimStart('−').Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToList();
        return (parts[0] * 60) + parts[1];
    }

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 844)]
    public async Task Space_pages_through_the_whole_script_and_no_line_is_passed_over(int width, int height)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        await tab.Page.SetViewportSizeAsync(width, height);
        await tab.Page.GotoAsync(Address);
        var lines = await tab.Page.Locator(".prompter__script :is(h1, h2, h3, p):not(.prompter__help)").CountAsync();
        var seen = new HashSet<int>(await VisibleAsync(tab.Page));
        for (var step = 0; step < 300 && !seen.Contains(lines - 1); step++)
        {
            var before = seen.Max();
            await tab.Page.Keyboard.PressAsync("Space");
            seen.UnionWith(await VisibleAsync(tab.Page));
            seen.Max().ShouldBeGreaterThanOrEqualTo(before);
        }

        // A line that is taller than the window is passed through in parts; at this size there is none.
        Enumerable.Range(0, lines).Except(seen).ShouldBeEmpty();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Arrows_turn_back_home_returns_and_plus_enlarges()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync(Address);
        Task<double> Scrolled() => page.EvaluateAsync<double>("() => scrollY");
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("PageDown");
        var far = await Scrolled();
        far.ShouldBeGreaterThan(300);
        await page.Keyboard.PressAsync("ArrowLeft");
        (await Scrolled()).ShouldBeLessThan(far);
        await page.Keyboard.PressAsync("Home");
        (await Scrolled()).ShouldBe(0);
        Task<double> Size() => page.EvaluateAsync<double>("() => parseFloat(getComputedStyle(document.querySelector('.prompter__script p')).fontSize)");
        var size = await Size();
        size.ShouldBeGreaterThan(40);
        await page.Keyboard.PressAsync("+");
        (await Size()).ShouldBeGreaterThan(size);
        await page.Keyboard.PressAsync("-");
        await page.Keyboard.PressAsync("-");
        (await Size()).ShouldBeLessThan(size);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_clock_counts_up_and_down_and_stops()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.Clock.InstallAsync();
        await page.GotoAsync(Address);
        (await SecondsAsync(page, "elapsed")).ShouldBe(0);
        (await SecondsAsync(page, "remaining")).ShouldBe(300);
        await page.Keyboard.PressAsync("s");
        await page.Clock.RunForAsync(65_000);
        (await SecondsAsync(page, "elapsed")).ShouldBeInRange(64, 66);
        (await SecondsAsync(page, "remaining")).ShouldBeInRange(234, 236);
        (await page.Locator(".prompter__bar nav [aria-current]").InnerTextAsync()).ShouldContain("Stakes");
        await page.Keyboard.PressAsync("s");
        await page.Clock.RunForAsync(60_000);
        (await SecondsAsync(page, "elapsed")).ShouldBeInRange(64, 66);
        await page.Locator("#clock").ClickAsync();
        await page.Clock.RunForAsync(300_000);
        (await page.Locator("#remaining").InnerTextAsync()).ShouldStartWith("−");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tap_on_the_right_goes_on_and_one_on_the_left_goes_back()
    {
        await using var tab = await chromium.OpenAsync(site, 390);
        var page = tab.Page;
        await page.GotoAsync(Address);
        Task<double> Scrolled() => page.EvaluateAsync<double>("() => scrollY");
        await page.Mouse.ClickAsync(330, 500);
        var on = await Scrolled();
        on.ShouldBeGreaterThan(100);
        await page.Locator("#on").ClickAsync();
        (await Scrolled()).ShouldBeGreaterThan(on);
        await page.Locator("#back").ClickAsync();
        await page.Mouse.ClickAsync(40, 500);
        (await Scrolled()).ShouldBeLessThan(on);
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_scripts_the_script_is_a_page_with_links_to_its_blocks()
    {
        await using var tab = await chromium.OpenAsync(site, scripts: false);
        var page = tab.Page;
        await page.GotoAsync(Address);
        (await page.Locator(".prompter__taps").IsVisibleAsync()).ShouldBeFalse();
        await page.GetByRole(AriaRole.Link, new() { Name = "Lessons" }).ClickAsync();
        (await page.EvaluateAsync<bool>("() => document.querySelector('#p-lessons h2').getBoundingClientRect().top < innerHeight")).ShouldBeTrue();
    }
}
