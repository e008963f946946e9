using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>
/// Where a page has got to, asked of the page itself. <see cref="IPage.WaitForURLAsync(string, PageWaitForURLOptions?)"/> and <see cref="IPage.Url"/> go by
/// what has been reported so far: on a busy machine an address that is reported between the look and the wait is never seen, and the wait is for ever.
/// </summary>
internal static class Arrivals
{
    /// <summary>Waits until the page has an address like this and is loaded; two stars stand for anything, one for anything but a slash.</summary>
    public static async Task ArriveAsync(this IPage page, string address)
    {
        var pattern = Regex.Escape(address).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        while (await page.EvaluateAsync<string>("() => document.readyState") != "complete")
            await Task.Delay(20);
    }

    /// <summary>The page's own word for its address.</summary>
    public static Task<string> AddressAsync(this IPage page) => page.EvaluateAsync<string>("() => location.href");
}
