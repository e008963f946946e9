using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>What holds for every page, wide and narrow, light and dark.</summary>
internal static class PageLook
{
    private const int Enough = 8;

    /// <summary>
    /// Takes rows, items and paragraphs away of which the page has shown as many already: of the same tags, classes, roles and styles, in the same place
    /// and in all they hold. What is left has examples of everything, and axe has less to walk.
    /// </summary>
    private const string Shorten =
        """
        enough => {
          const own = e => [e.tagName, ...['class', 'role', 'style', 'aria-current', 'hidden', 'open', 'disabled'].map(a => e.getAttribute(a) ?? '')].join('|');
          const shapes = new Map(), seen = new Map();
          const shape = e => {
            const within = [...new Set([...e.children].map(shape))].sort();
            shapes.set(e, own(e) + '(' + within + ')');
            return shapes.get(e);
          };
          const walk = (e, path) => {
            const key = path + shapes.get(e), times = (seen.get(key) ?? 0) + 1;
            seen.set(key, times);
            if (times > enough && e.matches('tr, li, p, article, section, dl > div')) e.remove();
            else for (const child of [...e.children]) walk(child, path + own(e));
          };
          shape(document.body);
          walk(document.body, '');
        }
        """;

    /// <summary>What is wrong with the page of a tab: what it complains of, what axe finds, and where it is wider than its window.</summary>
    /// <remarks>The whole page is looked at in its wide, light form; in the three others only the colours of what is left, and narrow everything of it.</remarks>
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
            if (!Tab.TakesPictures)
                await page.EvaluateAsync(Shorten, Enough);
        }

        wrong.AddRange(tab.Complaints);
        return wrong;
    }
}
