using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>
/// The rules of axe in the page itself: the script is put in once and run as often as asked. The package's own runner puts it in each time
/// and opens a tab more, which takes five times as long.
/// </summary>
internal static class Axe
{
    private static readonly string _script = new BundledAxeScriptProvider().GetScript();

    private const string Run =
        """
        async rules => {
          const options = { runOnly: rules, resultTypes: ['violations'], elementRef: false };
          const { violations } = await axe.run(document, options);
          return violations.flatMap(v => v.nodes.slice(0, 3).map(n =>
            `${v.id}: ${v.help}\n    ${n.html.slice(0, 200)}\n    ${[...n.any, ...n.all, ...n.none].map(c => c.message).join('; ')}`));
        }
        """;

    /// <summary>WCAG 2.2 AA and what axe calls best practice.</summary>
    public static readonly object Everything = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" } };

    /// <summary>What can differ between the light and the dark form of one page.</summary>
    public static readonly object Colours = new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };

    /// <summary>What is violated, one line a place, at most three places a rule. Only of a page with scripts: without them it would wait for ever.</summary>
    public static async Task<string[]> ViolationsAsync(IPage page, object rules)
    {
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window"))
            await page.EvaluateAsync(_script);
        return await page.EvaluateAsync<string[]>(Run, rules).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
