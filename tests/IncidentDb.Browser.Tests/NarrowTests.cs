namespace IncidentDb.Browser.Tests;

/// <summary>What a narrow window changes: the masthead has two rows, and what is wider than its box says so.</summary>
[Collection(BrowserCollection.Name)]
public sealed class NarrowTests(FilledSite site, Chromium chromium)
{
    [Theory]
    [InlineData(390)]
    [InlineData(320)]
    public async Task The_masthead_has_two_rows_and_leads_everywhere_without_scripts(int width)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts: false);
        var page = tab.Page;
        await page.GotoAsync("/causes");
        var rows = new HashSet<int>();
        foreach (var link in await page.Locator(".masthead a:visible, .masthead summary:visible").AllAsync())
            rows.Add((int)((await link.BoundingBoxAsync())!.Y / 30));
        rows.Count.ShouldBe(2);

        var more = page.Locator(".nav__more summary");
        (await more.EvaluateAsync<int>("e => parseInt(getComputedStyle(e).fontWeight)")).ShouldBe(600, "the page is one of those behind it");
        (await page.Locator(".nav__more a").First.IsVisibleAsync()).ShouldBeFalse();
        await more.ClickAsync();
        (await page.Locator(".nav__more a").AllInnerTextsAsync()).ShouldBe(["Timeline", "Causes", "Companies"]);
        await page.Locator(".nav__more a", new() { HasTextString = "Companies" }).ClickAsync();
        await page.ArriveAsync("**/companies");
    }

    [Fact]
    public async Task The_open_menu_of_the_masthead_is_accessible()
    {
        await using var tab = await chromium.OpenAsync(site, 390);
        await tab.Page.GotoAsync("/causes");
        await tab.Page.ClickAsync(".nav__more summary");
        (await Axe.ViolationsAsync(tab.Page, Axe.Everything)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/patterns/matrix", 390, true)]
    [InlineData("/patterns/matrix", 1280, true)]
    [InlineData("/timeline", 390, true)]
    [InlineData("/about/data", 1280, false)]
    public async Task What_is_wider_than_its_box_says_so(string address, int width, bool hinted)
    {
        await using var tab = await chromium.OpenAsync(site, width, scripts: false);
        await tab.Page.GotoAsync(address);
        var box = tab.Page.Locator(".scroll-x").First;
        (await box.EvaluateAsync<bool>("e => e.scrollWidth > e.clientWidth")).ShouldBe(hinted, "else the test asks about nothing");
        (await box.EvaluateAsync<string>("e => getComputedStyle(e, '::before').visibility")).ShouldBe(hinted ? "visible" : "hidden");
        if (hinted)
            (await box.EvaluateAsync<string>("e => getComputedStyle(e, '::before').content")).ShouldContain("Scroll sideways");
    }

    [Fact]
    public async Task The_causes_of_the_matrix_stay_while_it_scrolls()
    {
        await using var tab = await chromium.OpenAsync(site, 390);
        await tab.Page.GotoAsync("/patterns/matrix");
        var cause = tab.Page.Locator(".heat tbody th").First;
        var before = (await cause.BoundingBoxAsync())!.X;
        await tab.Page.Locator(".scroll-x").First.EvaluateAsync("e => { e.scrollLeft = 200; }");
        // The space between cells may go, the column may not.
        (await cause.BoundingBoxAsync())!.X.ShouldBe(before, 4);
    }
}
