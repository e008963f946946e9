using IncidentDb.Storage;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>Prep sheets in the browser: a host's copy, and paper. INCIDENTDB_SCREENSHOTS=1 keeps the printed pages.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PrepTests(FilledSite site, Chromium chromium)
{
    public static TheoryData<bool> Scripts => [true, false];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_copy_is_reordered_reworded_downloaded_and_loaded(bool scripts)
    {
        await using var tab = await chromium.OpenAsync(site, scripts: scripts);
        var page = tab.Page;
        await page.GotoAsync("/prep/copy?incident=knight-capital-2012&minutes=5");
        if (scripts)
            await page.Locator(".copyblock").Filter(new() { HasText = "What happened" }).First.GetByRole(AriaRole.Button, new() { Name = "Up" }).ClickAsync();
        else
            await page.FillAsync("#order-story", "3");
        await page.FillAsync("#note-hook", "Smile.");
        var first = page.Locator(".copyline textarea").First;
        await first.FillAsync("It is a Wednesday in New York.");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download the copy" }).ClickAsync());
        var file = Path.Combine(Path.GetTempPath(), $"incidentdb-copy-{Guid.NewGuid():N}.json");
        await download.SaveAsAsync(file);
        // To the page a download is a navigation that ended early.
        tab.Complaints.ShouldAllBe(c => c.StartsWith("failed request", StringComparison.Ordinal) && c.EndsWith("/prep/copy", StringComparison.Ordinal));
        try
        {
            await page.GotoAsync("/prep");
            await page.SetInputFilesAsync("#file", file);
            await page.GetByRole(AriaRole.Button, new() { Name = "Load" }).ClickAsync();
            (await page.Locator(".copyblock legend").AllInnerTextsAsync())[2].ShouldBe("What happened");
            await AccessibleAsync(tab, scripts);
            await page.GetByRole(AriaRole.Button, new() { Name = "Show the sheet" }).ClickAsync();
            var text = await page.Locator(".blocks").InnerTextAsync();
            text.ShouldContain("It is a Wednesday in New York.");
            text.ShouldContain("Smile.");
            (await page.Locator(".block h2").AllInnerTextsAsync())[2].ShouldBe("What happened");
            await AccessibleAsync(tab, scripts);
            await page.GetByRole(AriaRole.Button, new() { Name = "Teleprompter" }).ClickAsync();
            (await page.Locator(".prompter__script").InnerTextAsync()).ShouldContain("It is a Wednesday in New York.");
            await AccessibleAsync(tab, scripts);
        }
        finally
        {
            File.Delete(file);
        }

        tab.Complaints.ShouldBeEmpty();
    }

    /// <summary>Axe is a script itself.</summary>
    private static async Task AccessibleAsync(Tab tab, bool scripts)
    {
        if (scripts)
            (await Axe.ViolationsAsync(tab.Page, Axe.Everything)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reading_times_follow_what_is_chosen()
    {
        await using var tab = await chromium.OpenAsync(site);
        var page = tab.Page;
        await page.GotoAsync("/prep/copy?incident=knight-capital-2012&minutes=5");
        var reads = page.Locator("[data-reads]").First;
        var before = await reads.InnerTextAsync();
        await page.Locator(".copyline__say").First.ClickAsync();
        (await reads.InnerTextAsync()).ShouldNotBe(before);
    }

    [Theory]
    [InlineData("A4", 5)]
    [InlineData("Letter", 5)]
    [InlineData("A4", 60)]
    [InlineData("Letter", 60)]
    public async Task A_sheet_prints(string paper, int minutes)
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync($"/prep?incident=knight-capital-2012&minutes={minutes}");
        var pdf = await tab.Page.PdfAsync(new() { Format = paper, PrintBackground = false });
        pdf.AsSpan(0, 4).ToArray().ShouldBe("%PDF"u8.ToArray());
        if (Environment.GetEnvironmentVariable("INCIDENTDB_SCREENSHOTS") == "1")
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Locations.CloneRoot()!, "artifacts", "screenshots")).FullName, $"prep-{minutes}-{paper}.pdf"), pdf);

        // Nothing that can only be clicked is on paper, and nothing is wider than it.
        await tab.Page.EmulateMediaAsync(new() { Media = Media.Print });
        (await tab.Page.Locator(".prep-options, .masthead, .links.no-print").EvaluateAllAsync<bool>("e => e.some(x => getComputedStyle(x).display !== 'none')")).ShouldBeFalse();
        await tab.Page.SetViewportSizeAsync(paper == "A4" ? 673 : 694, 900);
        (await tab.OverflowAsync()).ShouldBe(0);
    }
}
