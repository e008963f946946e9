using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>What holds for every page, wide and narrow, light and dark.</summary>
internal static class PageLook
{
    /// <summary>What is wrong with the page of a tab: what it complains of, what axe finds, and where it is wider than its window.</summary>
    public static async Task<IReadOnlyList<string>> WrongAsync(Tab tab, string name)
    {
        var page = tab.Page;
        var wrong = new List<string>();
        foreach (var width in new[] { 320, 390, 768, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);
            if (await tab.OverflowAsync() is var overflow && overflow > 0)
                wrong.Add($"{width}: the page is {overflow} px wider than the window: {await tab.WidestAsync()}");
        }

        foreach (var (width, scheme) in new[] { (1280, ColorScheme.Light), (1280, ColorScheme.Dark), (390, ColorScheme.Dark), (390, ColorScheme.Light) })
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            await tab.PictureAsync($"{name}-{width}-{scheme.ToString().ToLowerInvariant()}", fullPage: true);
            var violations = await Axe.ViolationsAsync(page, scheme == ColorScheme.Light ? Axe.Everything : Axe.Colours);
            wrong.AddRange(violations.Select(v => $"{width} {scheme}: {v}"));
        }

        wrong.AddRange(tab.Complaints);
        return wrong;
    }
}
