namespace IncidentDb.Browser.Tests;

/// <summary>The site without a mouse.</summary>
[Collection(BrowserCollection.Name)]
public sealed class KeyboardTests(FilledSite site, Chromium chromium)
{
    /// <summary>What has the focus, and how it shows it.</summary>
    private const string Focused =
        """
        () => {
          const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
          // In a drawing the mark itself is framed.
          const framed = [...e.querySelectorAll('.hit, .dot')].map(m => getComputedStyle(m)).some(m => m.stroke !== 'none' && parseFloat(m.strokeWidth) >= 3);
          return { tag: e.tagName, id: e.id, text: (e.textContent || '').trim(), href: e.getAttribute('href') || '',
            shown: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || framed,
            inView: r.width > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth };
        }
        """;

    private sealed record Focus
    {
        public string Tag { get; init; } = "";

        public string Id { get; init; } = "";

        public string Text { get; init; } = "";

        public string Href { get; init; } = "";

        public bool Shown { get; init; }

        public bool InView { get; init; }
    }

    private static async Task<Focus> TabAsync(Tab tab)
    {
        await tab.Page.Keyboard.PressAsync("Tab");
        return await tab.Page.EvaluateAsync<Focus>(Focused);
    }

    /// <summary>Presses Tab until something is reached; the steps that it took.</summary>
    private static async Task<int> TabToAsync(Tab tab, Func<Focus, bool> reached, int most)
    {
        for (var step = 1; step <= most; step++)
        {
            var focus = await TabAsync(tab);
            if (reached(focus))
                return step;
        }

        throw new ShouldAssertException($"Not reached within {most} steps.");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents?q=control+plane")]
    [InlineData("/incidents/facebook-bgp-2021")]
    [InlineData("/nowhere")]
    public async Task The_first_stop_of_a_page_skips_to_its_content(string path)
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync(path);
        var first = await TabAsync(tab);
        first.Text.ShouldBe("Skip to content");
        first.InView.ShouldBeTrue();
        await tab.Page.Keyboard.PressAsync("Enter");
        (await TabAsync(tab)).Tag.ShouldNotBe("BODY");
        (await tab.Page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("cards")]
    [InlineData("table")]
    public async Task Search_box_and_first_result_are_a_few_steps_away(string view)
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync($"/incidents?q=control+plane&view={view}");
        (await TabToAsync(tab, f => f.Id == "q", 12)).ShouldBeLessThan(12);
        await TabToAsync(tab, f => f.Text == "Skip the filters", 6);
        await tab.Page.Keyboard.PressAsync("Enter");
        // View, bars, sort: what stands above the list.
        await TabToAsync(tab, f => f.Href.StartsWith("/incidents/", StringComparison.Ordinal), 36);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.ArriveAsync("**/incidents/*");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents?q=control+plane&cause=overload")]
    [InlineData("/incidents/facebook-bgp-2021")]
    [InlineData("/patterns/failover")]
    [InlineData("/patterns/matrix")]
    [InlineData("/timeline")]
    public async Task Every_stop_shows_that_it_has_the_focus_and_lies_in_view(string path)
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync(path);
        for (var step = 0; step < 60; step++)
        {
            var focus = await TabAsync(tab);
            if (focus.Tag == "BODY")
                break;
            focus.Shown.ShouldBeTrue($"step {step}: {focus}");
            focus.InView.ShouldBeTrue($"step {step}: {focus}");
        }
    }

    [Fact]
    public async Task Slash_and_control_K_go_to_the_search_box()
    {
        await using var tab = await chromium.OpenAsync(site);
        foreach (var key in new[] { "/", "Control+k" })
        {
            await tab.Page.GotoAsync("/incidents?q=dns");
            await tab.Page.Keyboard.PressAsync(key);
            await tab.Page.Keyboard.TypeAsync("bgp");
            (await tab.Page.InputValueAsync("#q")).ShouldBe("bgp");
        }
    }
}
