namespace IncidentDb.Browser.Tests;

/// <summary>What holds for every kind of page, wide and narrow, light and dark. INCIDENTDB_SCREENSHOTS=1 also writes a picture of each.</summary>
public sealed class PageKindTests(FilledSite site, Chromium chromium) : IClassFixture<FilledSite>, IClassFixture<Chromium>
{
    [Theory]
    [MemberData(nameof(PageKinds.Names), MemberType = typeof(PageKinds))]
    public async Task A_page_is_accessible_quiet_and_fits_its_window(string kind)
    {
        var tab = await chromium.OpenAgainAsync(site);
        await tab.Page.GotoAsync(PageKinds.All[kind]);
        var wrong = await PageLook.WrongAsync(tab, kind);
        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }
}
