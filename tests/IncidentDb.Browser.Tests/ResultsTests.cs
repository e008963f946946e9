using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>Results that are swapped in place: no page load, and focus, history and scroll as a reader expects them.</summary>
[Collection(BrowserCollection.Name)]
public sealed class ResultsTests(FilledSite site, Chromium chromium)
{
    /// <summary>What is set on a page is gone after the next load.</summary>
    private static Task MarkAsync(IPage page) => page.EvaluateAsync("() => { window.same = true; }");

    private static Task<bool> IsSamePageAsync(IPage page) => page.EvaluateAsync<bool>("() => window.same === true");

    private static Task<string> TotalAsync(IPage page) => page.Locator(".found__count").InnerTextAsync();

    private static async Task OpenFiltersAsync(IPage page)
    {
        if (await page.Locator(".facets > summary").IsVisibleAsync())
            await page.Locator(".facets > summary").ClickAsync();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_ticked_value_is_applied_at_once_and_keeps_focus_place_and_history(int width)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        var all = await TotalAsync(page);
        await MarkAsync(page);
        await OpenFiltersAsync(page);
        var box = page.Locator("input[name=sector][value=internet]");
        await box.ScrollIntoViewIfNeededAsync();
        await box.FocusAsync();
        var top = (await box.BoundingBoxAsync())!.Y;
        await page.Keyboard.PressAsync("Space");
        await page.ArriveAsync("**/incidents?q=outage&sector=internet");
        await page.Locator(".chip").WaitForAsync();
        (await IsSamePageAsync(page)).ShouldBeTrue("results are swapped, not loaded");
        (await page.EvaluateAsync<string>("() => document.activeElement.value")).ShouldBe("internet");
        (await box.IsCheckedAsync()).ShouldBeTrue();
        Math.Abs((await box.BoundingBoxAsync())!.Y - top).ShouldBeLessThan(2, "the control stays where it was");
        (await page.Locator(".facets").GetAttributeAsync("open") is not null).ShouldBe(width < 960);
        (await page.TitleAsync()).ShouldContain(await page.Locator(".found__count").EvaluateAsync<string>("e => e.textContent.split(' ')[0]"));
        (await page.Locator("link[rel=alternate][type='application/json']").GetAttributeAsync("href")).ShouldBe("/incidents.json?q=outage&sector=internet");
        var narrowed = await TotalAsync(page);
        narrowed.ShouldNotBe(all);
        (await page.Locator("body > p[role=status]").InnerTextAsync()).ShouldBe(narrowed);
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();

        await page.GoBackAsync();
        await page.ArriveAsync("**/incidents?q=outage");
        await Assertions.Expect(page.Locator(".found__count")).ToHaveTextAsync(all);
        (await box.IsCheckedAsync()).ShouldBeFalse();
        await page.GoForwardAsync();
        await Assertions.Expect(page.Locator(".found__count")).ToHaveTextAsync(narrowed);
        (await IsSamePageAsync(page)).ShouldBeTrue();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Next_page_shows_its_first_result_and_back_returns_to_where_one_was()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/incidents?sort=date");
        await MarkAsync(page);
        var first = await page.Locator(".card h3").First.InnerTextAsync();
        await page.Locator(".pager").ScrollIntoViewIfNeededAsync();
        await page.WaitForTimeoutAsync(300);
        var scroll = await page.EvaluateAsync<double>("() => scrollY");
        scroll.ShouldBeGreaterThan(500);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await page.ArriveAsync("**page=2");
        await Assertions.Expect(page.Locator(".card h3").First).Not.ToHaveTextAsync(first);
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("results");
        (await page.EvaluateAsync<double>("() => scrollY")).ShouldBeLessThan(scroll);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".card h3").First).ToHaveTextAsync(first);
        await page.WaitForFunctionAsync($"() => Math.abs(scrollY - {scroll}) < 5");
        (await IsSamePageAsync(page)).ShouldBeTrue();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bars_chips_and_the_search_box_swap_too_and_a_suggestion_goes_where_it_says()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        await MarkAsync(page);
        await page.Locator("a.bar").Last.ClickAsync();
        await page.ArriveAsync("**year=**");
        await page.Locator(".chip").ClickAsync();
        await page.ArriveAsync("**/incidents?q=outage");
        await page.FillAsync("#q", "retry storm");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?q=retry+storm");
        await Assertions.Expect(page.Locator(".found__count b")).ToHaveTextAsync("retry storm");
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("q");
        await page.FillAsync("#q", "circuit");
        await page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?pattern=circuit-breaker");
        await Assertions.Expect(page.Locator(".chip .value")).ToHaveTextAsync("Circuit breaker");
        (await page.InputValueAsync("#q")).ShouldBe("");
        (await IsSamePageAsync(page)).ShouldBeTrue();
        await page.Locator(".card h3 a").First.ClickAsync();
        await page.ArriveAsync("**/incidents/*");
        (await IsSamePageAsync(page)).ShouldBeFalse("a record is a page of its own");
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_that_is_no_page_of_results_is_loaded_as_it_is()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        await page.RouteAsync("**/incidents?q=dns", route => route.Request.IsNavigationRequest ? route.ContinueAsync() : route.FulfillAsync(new() { Status = 503, ContentType = "text/plain", Body = "busy" }));
        await MarkAsync(page);
        await page.FillAsync("#q", "dns");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?q=dns");
        await Assertions.Expect(page.Locator(".found__count b")).ToHaveTextAsync("dns");
        (await IsSamePageAsync(page)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task A_value_of_a_long_facet_is_found_by_typing_and_ticked_by_keyboard(int width)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync("/incidents");
        await OpenFiltersAsync(page);
        var company = page.Locator("[data-facet=company]");
        var rows = company.Locator(".fv:visible");
        (await rows.CountAsync()).ShouldBeLessThan(12);
        await company.GetByRole(AriaRole.Searchbox, new() { Name = "Find in Company" }).FocusAsync();
        await page.Keyboard.TypeAsync("gïtla");
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        (await page.Locator("body > p[role=status]").InnerTextAsync()).ShouldBe("1 value of Company");
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
        await tab.PictureAsync($"facet-find-{width}");
        await page.Keyboard.PressAsync("Enter");
        (await page.AddressAsync()).ShouldEndWith("/incidents");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");
        await page.ArriveAsync("**company=**");
        (await page.Locator(".chip").CountAsync()).ShouldBe(1);
        (await page.EvaluateAsync<string>("() => document.activeElement.name")).ShouldBe("company");
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_shows_all_values_and_fewer_the_first_again(bool scripts)
    {
        await using var tab = await chromium.OpenAsync(site, scripts: scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        var pattern = page.Locator("[data-facet=pattern]");
        var some = await pattern.Locator(".fv").CountAsync();
        await pattern.Locator("a.more").ClickAsync();
        await page.ArriveAsync("**more=pattern");
        await Assertions.Expect(pattern.Locator("a.more")).ToContainTextAsync("Fewer");
        var all = await pattern.Locator(".fv").CountAsync();
        all.ShouldBeGreaterThan(some);
        (await pattern.Locator(".fv--child").CountAsync()).ShouldBeGreaterThan(some / 2);
        await pattern.Locator("a.more").ClickAsync();
        await Assertions.Expect(pattern.Locator(".fv")).ToHaveCountAsync(some);
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_range_is_typed_in_two_fields_and_has_one_address(bool scripts)
    {
        await using var tab = await chromium.OpenAsync(site, scripts: scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents?q=outage");
        var all = await TotalAsync(page);
        await page.GetByLabel("Year, from").FillAsync("2011");
        await page.GetByLabel("Year, to").FillAsync("2019");
        await page.GetByLabel("Lasted, from").FillAsync("45m");
        await page.Keyboard.PressAsync("Enter");
        await page.ArriveAsync("**/incidents?q=outage&year=2011..2019&duration=45m..");
        (await page.InputValueAsync("#f-year-from")).ShouldBe("2011");
        await Assertions.Expect(page.Locator(".chip .value")).ToHaveTextAsync(["2011–2019", "45 min or more"]);
        (await TotalAsync(page)).ShouldNotBe(all);
        tab.Complaints.ShouldBeEmpty();
    }

    /// <summary>Sideways scrolling hides columns from whoever does not know of it.</summary>
    [Theory]
    [InlineData(1280, true)]
    [InlineData(1100, false)]
    [InlineData(390, false)]
    public async Task The_table_shows_all_its_columns_where_there_is_room_and_else_keeps_the_title(int width, bool fits)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync("/incidents?view=table&sort=loss&size=50");
        var box = page.Locator(".scroll-x:has(> .table--wide)");
        (await box.EvaluateAsync<bool>("e => e.scrollWidth <= e.clientWidth")).ShouldBe(fits);
        var title = page.Locator(".table--wide tbody th").First;
        var left = (await title.BoundingBoxAsync())!.X;
        await box.EvaluateAsync("e => { e.scrollLeft = e.scrollWidth; }");
        (await title.BoundingBoxAsync())!.X.ShouldBe(left, 1, "the title stays in sight");
        // What stands in a cell stays in it.
        (await page.Locator(".table--wide td").EvaluateAllAsync<int>("cells => cells.filter(c => c.scrollWidth > c.clientWidth + 1).length")).ShouldBe(0);
        tab.Complaints.ShouldBeEmpty();
    }
}
