using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>One site that is written to, and one browser, for the tests of contributing.</summary>
[CollectionDefinition(Name)]
public sealed class ContributingBrowser : ICollectionFixture<ContributingSite>, ICollectionFixture<Chromium>
{
    public const string Name = "contributing in a browser";
}

/// <summary>What holds for every page that takes something from people, as for those that are read.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class ContributingPageTests(ContributingSite site, Chromium chromium)
{
    public static TheoryData<string> Kinds =>
    [
        "login", "signup", "submit-nobody", "submit", "upload", "edit-empty", "edit-errors", "edit-full", "paste", "preview", "submission-sent", "submission-conflict", "submissions",
        "review", "review-new", "review-edit", "account", "accounts", "begin-edit", "compare", "tombstone", "contributor", "history-reviewer", "changes",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_is_accessible_quiet_and_fits_its_window(string kind)
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(kind == "accounts" ? Roles.Admin : Roles.Reviewer);
        var (who, path) = Prepare(kind, author, reviewer);
        await using var tab = await chromium.OpenAsync(site);
        await tab.SignInAsync(site, who);
        await tab.Page.GotoAsync(path);
        if (kind == "edit-errors")
            await tab.Page.Locator("button[value=send]").ClickAsync();
        var wrong = new List<string>();
        foreach (var width in new[] { 1280, 390 })
        {
            await tab.Page.SetViewportSizeAsync(width, 900);
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await tab.Page.EmulateMediaAsync(new() { ColorScheme = scheme });
                var violations = await Axe.ViolationsAsync(tab.Page, scheme == ColorScheme.Light ? Axe.Everything : Axe.Colours);
                wrong.AddRange(violations.Select(v => $"{width} {scheme}: {v}"));
                await tab.PictureAsync($"contributing-{kind}-{width}-{scheme.ToString().ToLowerInvariant()}", fullPage: true);
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

    /// <summary>Titles are typed by anybody: a word longer than a line is broken, and the page stays as wide as its window.</summary>
    [Fact]
    public async Task A_word_longer_than_a_line_does_not_widen_a_page()
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var title = new string('m', 130);
        Submission Sent() => site.Sent(author, form: Drafts.Record(Drafts.NewSlug(), title, Drafts.NewDay()));
        var desk = site.Desk();
        var waits = Sent();
        var slug = Sent() is var sent && desk.Accept(sent.Id, reviewer.Actor()).IsDone ? sent.Slug : throw new InvalidOperationException("not accepted");
        desk.Accept(site.SentEdit(author, slug, "title", title + "n").Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        var wrong = new List<string>();
        await using var tab = await chromium.OpenAsync(site);
        foreach (var (who, paths) in new[]
        {
            (reviewer, new[] { "/review", $"/review/{waits.Id}", "/changes", $"/incidents/{slug}/history", $"/incidents/{slug}/history/compare?from=1&to=2" }),
            (author, ["/submissions", $"/submissions/{waits.Id}", $"/submissions/{waits.Id}/edit", $"/contributors/{author.Account!.Slug}"]),
            (null, ["/", $"/incidents/{slug}", $"/incidents?q={title}n", $"/incidents/{slug}/edit", $"/prep?incident={slug}&minutes=5"]),
        })
        {
            await tab.SignInAsync(site, who);
            foreach (var path in paths)
            {
                await tab.Page.GotoAsync(path);
                foreach (var width in new[] { 1280, 320 })
                {
                    await tab.Page.SetViewportSizeAsync(width, 900);
                    if (await tab.OverflowAsync() is var overflow && overflow > 0)
                        wrong.Add($"{path.Replace(title, "m…", StringComparison.Ordinal)} at {width}: {overflow} px wider than the window: {await tab.WidestAsync()}");
                }
            }
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    private (Person? Who, string Path) Prepare(string kind, Person author, Person reviewer)
    {
        var desk = site.Desk();
        string Draft(FormFields form) => desk.Begin(author.Actor(), form)!.Value.Draft.Id;
        string Big(Person who) => desk.Begin(who.Actor(), null, "facebook-bgp-2021")!.Value.Draft.Id;
        switch (kind)
        {
            case "login" or "signup":
                return (null, "/" + kind);
            case "submit-nobody":
                return (null, "/submit");
            case "submit" or "submissions":
                Draft(Drafts.Record(Drafts.NewSlug()));
                site.Sent(author);
                return (author, "/" + kind);
            case "upload":
                return (author, "/submit/upload");
            case "edit-empty" or "edit-errors":
                return (author, $"/submissions/{Draft(FormFields.Empty)}/edit");
            case "edit-full":
                return (author, $"/submissions/{Big(author)}/edit?check=1");
            case "paste":
                return (author, $"/submissions/{Draft(Drafts.Record(Drafts.NewSlug()))}/timeline");
            case "preview":
                return (author, $"/submissions/{Big(author)}/preview");
            case "submission-sent" or "review-new":
                var sent = site.Sent(author);
                desk.Comment(sent.Id, reviewer.Actor(), "title", "Which town?").IsDone.ShouldBeTrue();
                return kind == "review-new" ? (reviewer, $"/review/{sent.Id}") : (author, $"/submissions/{sent.Id}");
            case "submission-conflict":
                var slug = site.Published();
                var mine = site.SentEdit(author, slug, "title", "A cable is cut and a town is cut off");
                using (var other = site.Sign())
                    desk.Accept(site.SentEdit(other, slug, "title", "A town loses its telephones").Id, reviewer.Actor()).IsDone.ShouldBeTrue();
                return (author, $"/submissions/{mine.Id}");
            case "review-edit":
                var id = Big(author);
                var form = desk.Find(id, author.Actor())!.Form;
                desk.Save(id, author.Actor(), form.With("sections.background", "A shorter background.").With("title", "Another title"), "Shorter", null).IsDone.ShouldBeTrue();
                desk.Send(id, author.Actor()).IsDone.ShouldBeTrue();
                return (reviewer, $"/review/{id}");
            case "begin-edit":
                Big(author);
                return (author, "/incidents/facebook-bgp-2021/edit");
            case "compare" or "history-reviewer":
                var record = site.Published();
                desk.Accept(site.SentEdit(author, record, "title", "A town loses its telephones").Id, reviewer.Actor()).IsDone.ShouldBeTrue();
                return (reviewer, kind == "compare" ? $"/incidents/{record}/history/compare?from=1&to=2" : $"/incidents/{record}/history");
            case "tombstone":
                var gone = site.Published();
                site.Library.Withdraw(gone, reviewer.Actor().Name, "It was the same as another").ShouldBeTrue();
                return (null, $"/incidents/{gone}");
            case "contributor":
                site.Sent(author);
                desk.Accept(site.Sent(author).Id, reviewer.Actor()).IsDone.ShouldBeTrue();
                return (null, $"/contributors/{author.Account!.Slug}");
            default:
                site.Sent(author);
                return (reviewer, "/" + kind);
        }
    }
}

/// <summary>A tab whose browser is signed in.</summary>
internal static class SignedInTab
{
    public static Task SignInAsync(this Tab tab, ContributingSite site, Person? who) => who is null
        ? Task.CompletedTask
        : tab.Page.Context.AddCookiesAsync([new Cookie { Name = "incidentdb", Value = who.Cookie("incidentdb")!, Url = site.Client.BaseAddress!.ToString() }]);
}
