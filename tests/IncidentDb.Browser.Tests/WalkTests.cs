using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>What visitors do, with scripts and without: nothing may need them.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WalkTests(FilledSite site, Chromium chromium)
{
    public static TheoryData<bool, int> Browsers => new() { { true, 1280 }, { false, 1280 }, { true, 390 }, { false, 390 } };

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task From_the_front_page_through_a_search_to_a_record_and_its_pattern(bool scripts, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;
        await page.GotoAsync("/");
        await page.FillAsync("#q", "retry storm");
        await page.PressAsync("#q", "Enter");
        await page.ArriveAsync("**/incidents?q=retry+storm");
        var total = await TotalAsync(page);
        total.ShouldBeGreaterThan(1);

        await ApplyAsync(page, "severity", "S2");
        new Uri(await page.AddressAsync()).Query.ShouldContain("severity=S2");
        (await TotalAsync(page)).ShouldBeLessThan(total);
        (await page.InputValueAsync("#q")).ShouldBe("retry storm");
        (await page.Locator(".chip").InnerTextAsync()).ShouldContain("S2 major");
        await page.Locator(".chip").ClickAsync();
        (await TotalAsync(page)).ShouldBe(total);

        await page.Locator(".card h3 a").First.ClickAsync();
        await page.ArriveAsync("**/incidents/*");
        var title = await page.Locator("h1").InnerTextAsync();
        (await page.TitleAsync()).ShouldStartWith(title);
        await page.Locator("#patterns h3 a").First.ClickAsync();
        await page.ArriveAsync("**/patterns/*");
        (await page.Locator("#ledger").InnerTextAsync()).ShouldContain(title);
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task Pages_of_a_search_follow_each_other_without_overlap(bool scripts, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents?sort=date");
        var seen = new List<string>(await page.Locator(".card h3").AllInnerTextsAsync());
        seen.Count.ShouldBe(20);
        await page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await page.ArriveAsync("**page=2");
        seen.AddRange(await page.Locator(".card h3").AllInnerTextsAsync());
        seen.ShouldBeUnique();
        (await page.Locator(".pager [aria-current]").InnerTextAsync()).ShouldContain("2");
        (await page.Locator(".links [aria-current]").AllInnerTextsAsync()).ShouldContain("Oldest");
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task Applying_a_filter_keeps_what_the_form_has_no_control_for(bool scripts, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents?company=-google&company=-microsoft&sort=loss&size=10&match=cause:all&cause=overload&year=2011..2019");
        await ApplyAsync(page, "severity", "S2");
        var query = Uri.UnescapeDataString(new Uri(await page.AddressAsync()).Query);
        foreach (var kept in new[] { "company=-google", "company=-microsoft", "sort=loss", "size=10", "match=cause:all", "cause=overload", "year=2011..2019", "severity=S2" })
            query.ShouldContain(kept);
        query.ShouldNotContain("page=");
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task A_cell_of_the_matrix_a_bar_and_an_exclusion_are_links(bool scripts, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;
        await page.GotoAsync("/patterns/matrix");
        var cell = page.Locator(".heat td a").First;
        var count = int.Parse((await cell.InnerTextAsync()).Split(' ', '\n')[0]);
        await cell.ClickAsync();
        await page.ArriveAsync("**/incidents?**");
        var total = await TotalAsync(page);
        total.ShouldBeGreaterThanOrEqualTo(count);
        (await page.Locator(".chip").CountAsync()).ShouldBe(2);

        await page.GotoAsync("/incidents");
        await page.Locator("a.bar").Last.ClickAsync();
        await page.ArriveAsync("**year=**");
        (await page.Locator("a.bar--on").CountAsync()).ShouldBe(1);
        (await page.Locator("a.bar").CountAsync()).ShouldBeGreaterThan(1);

        await page.GotoAsync("/incidents");
        var all = await TotalAsync(page);
        await OpenFiltersAsync(page);
        await page.Locator(".fv .not").First.ClickAsync();
        await page.ArriveAsync("**=-**");
        (await TotalAsync(page)).ShouldBeLessThan(all);
        (await page.Locator(".chip--not").CountAsync()).ShouldBe(1);
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task An_event_of_the_drawn_timeline_leads_to_its_line(bool scripts, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts);
        var page = tab.Page;
        await page.GotoAsync("/incidents/facebook-bgp-2021");
        var mark = page.Locator(".axis-svg a.ev").First;
        var anchor = (await mark.GetAttributeAsync("href"))!;
        await mark.ClickAsync();
        (await page.Locator($"{anchor}:target").CountAsync()).ShouldBe(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Key events" }).ClickAsync();
        await page.ArriveAsync("**events=key**");
        (await page.Locator(".event").CountAsync()).ShouldBe(await page.Locator(".event--key").CountAsync());
        tab.Complaints.ShouldBeEmpty();
    }

    private static async Task<int> TotalAsync(IPage page)
    {
        // With scripts the results are swapped; while they are asked for, they say so.
        await page.Locator(".with-facets:not([aria-busy])").WaitForAsync();
        return int.Parse((await page.Locator(".found__count").InnerTextAsync()).Split(' ')[0], System.Globalization.NumberStyles.AllowThousands);
    }

    /// <summary>On a phone the filters are behind their heading.</summary>
    private static async Task OpenFiltersAsync(IPage page)
    {
        var summary = page.Locator(".facets > summary");
        if (await summary.IsVisibleAsync())
            await summary.ClickAsync();
    }

    private static async Task ApplyAsync(IPage page, string facet, string value)
    {
        await OpenFiltersAsync(page);
        await page.CheckAsync($"input[name={facet}][value={value}]");
        await page.GetByRole(AriaRole.Button, new() { Name = "Apply filters" }).First.ClickAsync();
        await page.ArriveAsync($"**{facet}={value}**");
    }
}
