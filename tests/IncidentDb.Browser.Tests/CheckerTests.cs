namespace IncidentDb.Browser.Tests;

/// <summary>What checks must be able to complain: each of the browser's checkers meets something that is wrong.</summary>
[Collection(BrowserCollection.Name)]
public sealed class CheckerTests(FilledSite site, Chromium chromium)
{
    [Fact]
    public async Task Bad_contrast_a_nameless_picture_and_a_wide_page_are_noticed()
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync("/about");
        (await Axe.ViolationsAsync(tab.Page, Axe.Everything)).ShouldBeEmpty();
        (await tab.OverflowAsync()).ShouldBe(0);
        await tab.Page.EvaluateAsync(
            """
            () => {
              const image = document.querySelector('main .wrap').appendChild(document.createElement('img'));
              image.src = '/favicon.svg';
              image.width = 3000;
              image.style.maxWidth = 'none';
              document.querySelector('.standfirst').style.color = '#eee';
            }
            """);
        var violations = await Axe.ViolationsAsync(tab.Page, Axe.Everything);
        violations.ShouldContain(v => v.StartsWith("image-alt", StringComparison.Ordinal));
        (await Axe.ViolationsAsync(tab.Page, Axe.Colours)).ShouldContain(v => v.StartsWith("color-contrast", StringComparison.Ordinal));
        (await tab.OverflowAsync()).ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task A_breach_of_the_policy_and_a_call_elsewhere_are_noticed()
    {
        await using var tab = await chromium.OpenAsync(site);
        await tab.Page.GotoAsync("/about");
        tab.Complaints.ShouldBeEmpty();
        await tab.Page.EvaluateAsync("() => { new Image().src = 'https://elsewhere.invalid/picture.png'; }");
        await tab.Page.WaitForTimeoutAsync(300);
        tab.Complaints.ShouldContain(c => c.Contains("Content Security Policy", StringComparison.Ordinal));
        await tab.Page.EvaluateAsync("() => { location.href = 'http://127.0.0.2:9/'; }");
        await tab.Page.WaitForTimeoutAsync(300);
        tab.Complaints.ShouldContain(c => c.StartsWith("off-site request", StringComparison.Ordinal));
    }
}
