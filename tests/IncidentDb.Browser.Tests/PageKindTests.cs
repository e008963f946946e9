using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>What holds for every kind of page, wide and narrow, light and dark. INCIDENTDB_SCREENSHOTS=1 also writes a picture of each.</summary>
[Collection(BrowserCollection.Name)]
public sealed class PageKindTests(FilledSite site, Chromium chromium)
{
    [Theory]
    [MemberData(nameof(PageKinds.Names), MemberType = typeof(PageKinds))]
    public async Task A_page_is_accessible_quiet_and_fits_its_window(string kind)
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync(PageKinds.All[kind]);
        var wrong = new List<string>();
        foreach (var width in new[] { 1280, 390 })
        {
            await tab.Page.SetViewportSizeAsync(width, 900);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var violations = await Axe.ViolationsAsync(tab.Page, scheme == ColorScheme.Light ? Axe.Everything : Axe.Colours);
                wrong.AddRange(violations.Select(v => $"{width} {scheme}: {v}"));
                await tab.PictureAsync($"{kind}-{width}-{scheme.ToString().ToLowerInvariant()}", fullPage: true);
            }
        }

        foreach (var width in new[] { 1280, 768, 390, 320 })
        {
            await tab.Page.SetViewportSizeAsync(width, 900);
            if (await tab.OverflowAsync() is var overflow && overflow > 0)
                wrong.Add($"{width}: the page is {overflow} px wider than the window: {await tab.WidestAsync()}");
        }

        wrong.AddRange(tab.Complaints);
        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }
}
