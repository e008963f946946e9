using IncidentDb.Accounts;
using IncidentDb.PrepSheets;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Copies;
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
public sealed class ContributingPageTests(ContributingSite site, Chromium chromium) : IClassFixture<ContributingSite>, IClassFixture<Chromium>
{
    public static TheoryData<string> Kinds =>
    [
        "login", "signup", "submit-nobody", "submit", "upload", "edit-empty", "edit-errors", "edit-full", "paste", "preview", "submission-sent", "submission-conflict", "submissions",
        "review", "review-new", "review-edit", "account", "accounts", "begin-edit", "compare", "tombstone", "contributor", "history-reviewer", "history-mistakes", "changes",
        "begin-edit-company", "edit-company", "edit-company-errors", "edit-company-text", "edit-pattern", "edit-episode", "preview-company", "preview-pattern", "preview-episode", "review-company", "review-episode", "submission-pattern",
        "conflict-company", "history-company", "compare-company", "company-corrected", "pattern-corrected", "episode-corrected",
        "copies", "copies-empty", "copy-new", "copy-kept", "copy-conflict", "copy-delete", "copy-gone", "copy-of-this-sheet", "copy-sign-in",
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_is_accessible_quiet_and_fits_its_window(string kind)
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(kind == "accounts" ? Roles.Admin : Roles.Reviewer);
        var (who, path) = Prepare(kind, author, reviewer);
        // A page that is typed into asks before it is left.
        var acts = kind is "edit-errors" or "history-mistakes" or "copy-conflict" or "copy-sign-in";
        await using var own = acts ? await chromium.OpenAsync(site) : null;
        var tab = own ?? await chromium.OpenAgainAsync(site);
        await tab.SignInAsync(site, who);
        await tab.Page.GotoAsync(path);
        if (kind == "edit-errors")
            await tab.Page.Locator("button[value=send]").ClickAsync();
        if (kind == "history-mistakes")
            await tab.Page.Locator("form[action$='/merge'] button").ClickAsync();
        if (kind == "copy-conflict")
            await SaveElsewhereAsync(tab.Page, author);
        if (kind is "copy-conflict" or "copy-sign-in")
            await tab.Page.Locator(".copybar button[value=keep]").ClickAsync();
        if (kind == "copy-conflict")
            await tab.Page.Locator("#saved-elsewhere").WaitForAsync();
        if (kind == "copy-sign-in")
            await tab.Page.Locator("form[action='/login/again']").WaitForAsync();
        var wrong = await PageLook.WrongAsync(tab, "contributing-" + kind);
        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(390)]
    public async Task The_record_that_another_goes_into_is_found_by_words_of_it(int width)
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        var slug = site.Published();
        await using var tab = await chromium.OpenAsync(site, width);
        await tab.SignInAsync(site, reviewer);
        var page = tab.Page;
        await page.GotoAsync($"/incidents/{slug}/history");
        var box = page.GetByRole(AriaRole.Combobox, new() { Name = "Merge into the record" });
        await box.FocusAsync();
        await page.Keyboard.TypeAsync("knight capi");
        var option = page.GetByRole(AriaRole.Option).First;
        await option.WaitForAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
            await tab.PictureAsync($"merge-into-{width}-{scheme.ToString().ToLowerInvariant()}");
        }

        (await tab.OverflowAsync()).ShouldBe(0);
        await page.Keyboard.PressAsync("Enter");
        (await box.InputValueAsync()).ShouldBe("knight-capital-2012");
        // Its hint is still read out, and then its title.
        (await box.GetAttributeAsync("aria-describedby")).ShouldBe("f-into-h f-into-title");
        (await page.Locator("#f-into-title").InnerTextAsync()).ShouldStartWith("Retired trading code wakes up");
        await tab.PictureAsync($"merge-into-{width}-chosen");
        await page.Locator("form[action$='/merge'] button").ClickAsync();
        await page.Locator("#f-why-e").WaitForAsync();
        await tab.PictureAsync($"merge-into-{width}-no-reason");
        (await page.Locator("#f-into").InputValueAsync()).ShouldBe("knight-capital-2012");
        await page.FillAsync("#f-into", "knight capital");
        await page.FillAsync("#f-why", "The same event");
        await page.Locator("form[action$='/merge'] button").ClickAsync();
        await page.Locator("#f-into-e").WaitForAsync();
        await tab.PictureAsync($"merge-into-{width}-words");
        (await Axe.ViolationsAsync(page, Axe.Everything)).ShouldBeEmpty();
        (await tab.OverflowAsync()).ShouldBe(0);
        await page.FillAsync("#f-into", "knight-capital-2012");
        await page.Locator("form[action$='/merge'] button").ClickAsync();
        await page.ArriveAsync("**/incidents/knight-capital-2012");
        tab.Complaints.Where(c => !c.Contains("400", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    /// <summary>Another tab keeps the copy that the page has open, and the page is typed into.</summary>
    private async Task SaveElsewhereAsync(IPage page, Person host)
    {
        var there = site.Library.Copies.Of(host.Account!.Id).Single();
        var copy = site.Library.Copies.Find(host.Account.Id, there.Id)!.Copy!;
        site.Library.Copies.Keep(host.Account.Id, there.Id, there.Version, there.Name, copy with { Notes = [new CopyNote("hook", "What the other tab says at the end.")], LeftOut = [copy.Seen.Keys.ElementAt(2)] }, site.Clock.GetUtcNow());
        await page.FillAsync("#note-hook", "What this tab says at the end.");
        await page.FillAsync("#title", "Another title");
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

    private static Noun NounOf(string kind) => kind.Contains("pattern", StringComparison.Ordinal) ? Noun.Pattern : kind.Contains("episode", StringComparison.Ordinal) ? Noun.Episode : Noun.Company;

    /// <summary>A correction of a record that has nearly everything its noun can have.</summary>
    private Submission Correction(Person author, Noun noun, params (string Field, string Value)[] changes)
    {
        var slug = noun switch { Noun.Company => "amazon-web-services", Noun.Pattern => "failover", _ => "incident-documentaries-01-cascading-failure-chronicles" };
        var (draft, _) = site.Desk().Begin(author.Actor(), null, slug, "Said better", noun)!.Value;
        return site.Desk().Save(draft.Id, author.Actor(), draft.Form.With(changes.Select(c => KeyValuePair.Create(c.Field, c.Value))), "Said better", null).Submission!;
    }

    private Submission SentCorrection(Person author, Noun noun, params (string Field, string Value)[] changes)
    {
        var field = noun switch { Noun.Company => "say_as", Noun.Pattern => "sections.trade_offs", _ => "sections.notes" };
        var draft = Correction(author, noun, changes.Length > 0 ? changes : [(field, $"Said in other words than before, {Guid.NewGuid():N}.{(noun == Noun.Pattern ? " [^?]" : "")}")]);
        var answer = site.Desk().Send(draft.Id, author.Actor());
        answer.IsDone.ShouldBeTrue($"{answer.Sentence} {string.Join("; ", answer.Problems)}");
        return answer.Submission!;
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
            case "compare" or "history-reviewer" or "history-mistakes":
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
            case "begin-edit-company":
                Correction(author, Noun.Company);
                return (author, "/companies/amazon-web-services/edit");
            case "edit-company" or "edit-pattern" or "edit-episode":
                return (author, $"/submissions/{Correction(author, NounOf(kind)).Id}/edit");
            case "edit-company-errors":
                return (author, $"/submissions/{Correction(author, Noun.Company, ("sector", "nosuch"), ("scale_metrics[0].source", "nowhere"), ("parent", "nobody")).Id}/edit?check=1");
            case "edit-company-text":
                var asText = Correction(author, Noun.Company);
                desk.Save(asText.Id, author.Actor(), FormFields.Empty.With(FormFields.Text, desk.Read(asText).Text! + "nosuch: key\nparent: [\n"), "As text", null).IsDone.ShouldBeTrue();
                return (author, $"/submissions/{asText.Id}/edit?check=1");
            case "preview-company" or "preview-pattern" or "preview-episode":
                return (author, $"/submissions/{Correction(author, NounOf(kind)).Id}/preview");
            case "review-company" or "review-episode" or "submission-pattern":
                var waits = SentCorrection(author, NounOf(kind));
                desk.Comment(waits.Id, reviewer.Actor(), "", "Where does it say so?").IsDone.ShouldBeTrue();
                return kind == "submission-pattern" ? (author, $"/submissions/{waits.Id}") : (reviewer, $"/review/{waits.Id}");
            case "conflict-company":
                var ours = SentCorrection(author, Noun.Company, ("about", "Rents out computing, by the hour."));
                using (var other = site.Sign())
                    desk.Accept(SentCorrection(other, Noun.Company, ("about", $"Rents out computing and storage as services, {Guid.NewGuid():N}.")).Id, reviewer.Actor()).IsDone.ShouldBeTrue();
                return (author, $"/submissions/{ours.Id}");
            case "history-company" or "compare-company" or "company-corrected" or "pattern-corrected" or "episode-corrected":
                var corrected = SentCorrection(author, NounOf(kind));
                desk.Accept(corrected.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
                var page = $"/{IncidentDb.Import.DataFolder.FolderOf(corrected.Noun)}/{corrected.RecordSlug}";
                return (kind == "company-corrected" ? null : author, page + (kind == "history-company" ? "/history" : kind == "compare-company" ? $"/history/compare?from={corrected.BaseRevision}" : ""));
            case "copies":
                site.Kept(author, "The eighth server, for Thursday’s show with the long name that nobody shortened");
                site.Kept(author, new string('w', 300));
                site.Kept(author, "One that is out of date", change: c => c with { Records = [.. c.Records.Select(r => r with { Revision = 0, Hash = "another" })] });
                site.Kept(author, "Two storms", new PrepRequest { Incidents = ["aws-s3-2017", "facebook-bgp-2021", "knight-capital-2012"], Minutes = 150 });
                site.Kept(author, "Silence", new PrepRequest { Episode = "incident-documentaries-04-six-hours-of-silence", Minutes = 60 });
                return (author, "/copies");
            case "copies-empty":
                return (author, "/copies");
            case "copy-new" or "copy-sign-in":
                return (kind == "copy-new" ? author : null, "/prep/copy?incident=knight-capital-2012&minutes=5");
            case "copy-kept" or "copy-conflict":
                return (author, $"/copies/{site.Kept(author, "For Thursday", change: c => kind == "copy-kept" ? c with { Title = new string('w', 300) } : c).Id}?kept=1");
            case "copy-delete":
                return (author, $"/copies/{site.Kept(author, new string('w', 300)).Id}/delete");
            case "copy-gone":
                var withdrawn = site.Published();
                var ofIt = site.Kept(author, "Of a town", new PrepRequest { Incidents = [withdrawn], Minutes = 5 }, c => c with { Notes = [new CopyNote("hook", "A note of mine.")] });
                site.Library.Withdraw(withdrawn, reviewer.Actor().Name, "It was wrong").ShouldBeTrue();
                return (author, $"/copies/{ofIt.Id}");
            case "copy-of-this-sheet":
                site.Kept(author, "For Thursday");
                site.Kept(author, new string('w', 300));
                return (author, "/prep?incident=knight-capital-2012&minutes=20");
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
