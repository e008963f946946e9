using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>Fields that take a record: words are typed, the record that is meant is chosen, and without scripts the next page offers it.</summary>
[Collection(BrowserCollection.Name)]
public sealed class RecordFieldTests(FilledSite site, Chromium chromium)
{
    [Theory]
    [InlineData("/compare", 1280)]
    [InlineData("/compare", 390)]
    [InlineData("/prep", 1280)]
    public async Task A_record_is_found_by_words_of_it_and_its_slug_is_filled_in(string path, int width)
    {
        await using var tab = await chromium.OpenAsync(site, width);
        var page = tab.Page;
        await page.GotoAsync(path);
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Record 1" });
        await box.FocusAsync();
        await page.Keyboard.TypeAsync("knight capi");
        var option = page.GetByRole(AriaRole.Option).First;
        await option.WaitForAsync();
        (await option.InnerTextAsync()).ShouldContain("Retired trading code wakes up");
        await page.Keyboard.PressAsync("ArrowDown");
        (await option.GetAttributeAsync("aria-selected")).ShouldBe("true");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
            await tab.PictureAsync($"record-field{path.Replace('/', '-')}-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        (await tab.OverflowAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("Enter");
        (await box.InputValueAsync()).ShouldBe("knight-capital-2012");
        (await page.Locator($"#{await box.GetAttributeAsync("aria-describedby")}").InnerTextAsync()).ShouldStartWith("Retired trading code wakes up");
        (await page.GetByRole(AriaRole.Listbox).CountAsync()).ShouldBe(0);
        (await page.AddressAsync()).ShouldEndWith(path, Case.Sensitive, "choosing fills in; the button sends");

        // By mouse, in another field.
        var second = page.GetByRole(AriaRole.Combobox, new() { Name = "Record 2" });
        await second.FocusAsync();
        await page.Keyboard.TypeAsync("facebook backbone");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = new("facebook-bgp-2021") }).ClickAsync();
        (await second.InputValueAsync()).ShouldBe("facebook-bgp-2021");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        await page.ArriveAsync($"**{path}?incident=knight-capital-2012&incident=facebook-bgp-2021**");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Knight Capital");
        tab.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/compare")]
    [InlineData("/prep")]
    public async Task Without_scripts_the_next_page_offers_what_may_be_meant(string path)
    {
        await using var tab = await chromium.OpenAsync(site, scripts: false);
        var page = tab.Page;
        await page.GotoAsync(path);
        await page.FillAsync("input[name=incident] >> nth=0", "knight");
        await page.Locator("main form button[type=submit]").First.ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("There is no record “knight”.");
        (await page.Locator("input[name=incident]").First.InputValueAsync()).ShouldBe("knight", "nothing typed is lost");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Retired trading code wakes up") }).ClickAsync();
        await page.ArriveAsync($"**{path}?incident=knight-capital-2012**");
        tab.Complaints.ShouldBeEmpty();
    }
}
