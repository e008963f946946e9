using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using IncidentDb.Accounts;
using IncidentDb.PrepSheets;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;

namespace IncidentDb.Web.Tests.Copies;

/// <summary>A site of its own: one test changes a record.</summary>
public sealed class CopyingSite : ContributingSite;

/// <summary>A host's copy kept with the account, by plain forms.</summary>
public sealed class KeptCopyTests(CopyingSite site) : IClassFixture<CopyingSite>
{
    private const string New = "/prep/copy?incident=knight-capital-2012&minutes=5";

    private static IElement FormOf(IParentNode page) => page.QuerySelector("form#copy").ShouldNotBeNull();

    /// <summary>Presses a button of the form of a copy that leads to the account.</summary>
    private static Task<HttpResponseMessage> KeepAsync(Person person, IParentNode page, params IEnumerable<(string, string?)> changes) =>
        person.PostAsync("/copies", Person.Fields(FormOf(page), [("do", "keep"), .. changes]));

    private static async Task<IHtmlDocument> AnswerAsync(Task<HttpResponseMessage> sent, HttpStatusCode status)
    {
        using var response = await sent;
        return await Person.ReadAsync(response, status, "/copies");
    }

    private static async Task<(string Url, IHtmlDocument Page)> KeptAsync(Person person, params IEnumerable<(string, string?)> changes)
    {
        using var response = await KeepAsync(person, await person.PageAsync(New), changes);
        var to = response.LeadsTo();
        to.ShouldStartWith("/copies/");
        to.ShouldEndWith("?kept=1");
        return (to[..^"?kept=1".Length], await person.PageAsync(to));
    }

    private static string Value(IParentNode page, string id) => page.QuerySelector($"#{id}") switch
    {
        IHtmlTextAreaElement area => area.Value,
        IHtmlInputElement input => input.Value,
        _ => throw new ShouldAssertException($"there is no field {id}"),
    };

    [Fact]
    public async Task A_copy_is_kept_named_changed_listed_downloaded_and_deleted()
    {
        using var host = site.Sign();
        (await host.PageAsync("/copies")).QuerySelector(".empty")!.TextContent.ShouldContain("You keep no copy yet");
        var (url, page) = await KeptAsync(host, ("note.story", "Breathe here.\r\nThen go on."), ("title", "The eighth server"), ("order.story", "1"));
        page.QuerySelector(".notice--good")!.TextContent.ShouldBe("The copy is kept with your account. Your copies");
        page.QuerySelector("h1")!.TextContent.ShouldBe("The eighth server");
        page.QuerySelectorAll("legend").First().TextContent.ShouldBe("What happened");
        Value(page, "note-story").ShouldBe("Breathe here.\nThen go on.");
        Value(page, "name").ShouldBe("The eighth server", "without a name it is the title");
        page.QuerySelector(".notice--error").ShouldBeNull();

        // Again: a new version of the same, and the way through the other forms leads back to it.
        var changed = await AnswerAsync(host.PostAsync("/prep/copy", Person.Fields(FormOf(page), ("note.story", "Or do not."), ("name", "For Thursday"), ("do", "show"))), HttpStatusCode.OK);
        var back = await AnswerAsync(host.PostAsync("/prep/copy/go-on", Person.Fields(changed.QuerySelector("form.copybar")!, ("do", "form"))), HttpStatusCode.OK);
        Value(back, "name").ShouldBe("For Thursday");
        back.QuerySelector(".notice[role=status]")!.TextContent.ShouldContain("“Keep with my account” keeps what you have changed.");
        using (var again = await KeepAsync(host, back))
            again.LeadsTo().ShouldBe(url + "?kept=1");
        var list = await host.PageAsync("/copies");
        var row = list.QuerySelectorAll("tbody tr").ShouldHaveSingleItem();
        row.TextContent.ShouldContain("For Thursday");
        row.TextContent.ShouldContain("5 min");
        row.QuerySelector("a")!.GetAttribute("href").ShouldBe(url);
        Value(await host.PageAsync(url), "note-story").ShouldBe("Or do not.");
        // From the sheet itself, too, whose form has the copy and no fields.
        using (var fromSheet = await host.PostAsync("/copies", Person.Fields(changed.QuerySelector("form.copybar")!, ("do", "keep"))))
            fromSheet.StatusCode.ShouldBe(HttpStatusCode.Redirect, "the same words once more are one save");

        // What is downloaded is what can be loaded.
        using (var file = await host.GetAsync(url + ".json"))
        {
            file.Content.Headers.ContentDisposition!.FileName.ShouldBe("knight-capital-2012-5-min.copy.json");
            HostCopy.Read(await file.Content.ReadAsByteArrayAsync()).Copy!.Notes.ShouldHaveSingleItem().Text.ShouldBe("Or do not.");
            file.Headers.CacheControl!.ShouldSatisfyAllConditions(c => c.NoStore.ShouldBeTrue(), c => c.Private.ShouldBeTrue());
        }

        (await host.PageAsync(url + "/delete")).QuerySelector("h1")!.TextContent.ShouldBe("Delete this copy?");
        using (var deleted = await host.SubmitAsync(url + "/delete", url + "/delete"))
            deleted.LeadsTo().ShouldBe("/copies?done=deleted");
        (await host.PageAsync("/copies?done=deleted")).QuerySelector(".notice--good")!.TextContent.ShouldBe("The copy is deleted.");
        foreach (var gone in new[] { url, url + ".json", url + "/delete" })
            ((int)(await host.GetAsync(gone)).StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task What_was_saved_elsewhere_is_not_overwritten_and_what_was_typed_is_not_lost()
    {
        using var host = site.Sign();
        var (url, mine) = await KeptAsync(host, ("note.hook", "Smile."));
        var theirs = await host.PageAsync(url);
        using (var saved = await KeepAsync(host, theirs, ("note.hook", "Frown."), ("title", "Another title")))
            saved.LeadsTo().ShouldBe(url + "?kept=1");

        var conflict = await AnswerAsync(KeepAsync(host, mine, ("note.hook", "Laugh."), ("order.hook", "1")), HttpStatusCode.Conflict);
        var told = conflict.QuerySelector("#saved-elsewhere")!;
        told.QuerySelectorAll("dt").Select(d => d.TextContent).ShouldBe(["Title", "Order of the blocks", "Note to “Hook”"]);
        told.QuerySelectorAll("del").Select(d => d.TextContent).ShouldContain(t => t.Contains("Frown", StringComparison.Ordinal));
        told.QuerySelectorAll("ins").Select(d => d.TextContent).ShouldContain(t => t.Contains("Laugh", StringComparison.Ordinal));
        Value(conflict, "note-hook").ShouldBe("Laugh.");
        FormOf(conflict).HasAttribute("data-unkept").ShouldBeTrue();
        Value(await host.PageAsync(url), "note-hook").ShouldBe("Frown.");

        // Both can be kept, ...
        using (var both = await host.PostAsync("/copies", Person.Fields(FormOf(conflict), ("do", "keep-new"))))
        {
            var other = both.LeadsTo()[..^"?kept=1".Length];
            other.ShouldNotBe(url);
            Value(await host.PageAsync(other), "note-hook").ShouldBe("Laugh.");
            Value(await host.PageAsync(url), "note-hook").ShouldBe("Frown.");
        }

        // ... or what was typed takes the place, knowingly.
        using (var replaced = await KeepAsync(host, conflict))
            replaced.LeadsTo().ShouldBe(url + "?kept=1");
        Value(await host.PageAsync(url), "note-hook").ShouldBe("Laugh.");
    }

    [Fact]
    public async Task A_copy_that_was_deleted_meanwhile_can_be_kept_anew()
    {
        using var host = site.Sign();
        var (url, page) = await KeptAsync(host);
        site.Library.Copies.Delete(host.Account!.Id, url.Split('/')[^1]).ShouldBeTrue();
        var answer = await AnswerAsync(KeepAsync(host, page, ("note.hook", "Smile.")), HttpStatusCode.NotFound);
        answer.QuerySelector("[role=alert]")!.TextContent.ShouldContain("no longer among your copies");
        Value(answer, "note-hook").ShouldBe("Smile.");
        using var again = await KeepAsync(host, answer);
        Value(await host.PageAsync(again.LeadsTo()), "note-hook").ShouldBe("Smile.");
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_asked_to_and_what_was_typed_comes_along()
    {
        const string password = "a quiet harbour wall at noon";
        using var nobody = site.Nobody();
        var page = await nobody.PageAsync(New);
        page.QuerySelector(".standfirst")!.TextContent.ShouldContain("lets you sign in, and what you typed comes along");
        page.QuerySelector("[name=__RequestVerificationToken]").ShouldBeNull("the page is kept for everybody who is not signed in");
        var name = $"host-{Guid.NewGuid():N}"[..16];
        using (var other = site.Nobody())
        {
            var form = await other.PageAsync("/signup");
            site.Clock.Ahead += TimeSpan.FromSeconds(3);
            using var made = await other.PostAsync("/signup", Person.Fields(form.QuerySelector("form[action='/signup']")!, ("name", name), ("credit_name", "A host"), ("password", password)));
            made.LeadsTo().ShouldBe("/account");
        }

        var asked = await AnswerAsync(KeepAsync(nobody, page, ("note.story", "\"quoted\"\r\n\r\n<b>& more</b>"), ("title", "Über alles")), HttpStatusCode.Unauthorized);
        asked.QuerySelector("h1")!.TextContent.ShouldBe("Sign in to go on");
        var signIn = asked.QuerySelector("form[action='/login/again']")!;
        var wrong = await AnswerAsync(nobody.PostAsync("/login/again", Person.Fields(signIn, ("name", name), ("password", "wrong words here"))), HttpStatusCode.Unauthorized);
        var done = await AnswerAsync(nobody.PostAsync("/login/again", Person.Fields(wrong.QuerySelector("form[action='/login/again']")!, ("name", name), ("password", password))), HttpStatusCode.OK);
        using var kept = await nobody.PostAsync("/copies", Person.Fields(done.QuerySelector("form[action='/copies']")!));
        var copy = await nobody.PageAsync(kept.LeadsTo());
        copy.QuerySelector("h1")!.TextContent.ShouldBe("Über alles");
        Value(copy, "note-story").ShouldBe("\"quoted\"\n\n<b>& more</b>");
    }

    [Fact]
    public async Task Who_signed_in_in_another_tab_meanwhile_goes_on_from_there()
    {
        using var host = site.Sign();
        using var nobody = site.Nobody();
        var asked = await AnswerAsync(KeepAsync(nobody, await nobody.PageAsync(New), ("note.story", "Typed before.")), HttpStatusCode.Unauthorized);
        // The token of the page is that of somebody unknown; the cookie is the host's by now.
        var goOn = await AnswerAsync(host.PostAsync("/login/again", Person.Fields(asked.QuerySelector("form[action='/login/again']")!)), HttpStatusCode.BadRequest);
        goOn.QuerySelector("h1")!.TextContent.ShouldBe("You are signed in");
        using var kept = await host.PostAsync("/copies", Person.Fields(goOn.QuerySelector("form[action='/copies']")!));
        Value(await host.PageAsync(kept.LeadsTo()), "note-story").ShouldBe("Typed before.");
    }

    [Fact]
    public async Task A_form_that_is_too_old_comes_back_with_what_was_typed()
    {
        using var host = site.Sign();
        var page = await host.PageAsync(New);
        var answer = await AnswerAsync(KeepAsync(host, page, ("note.hook", "Smile."), ("name", "Mine"), ("__RequestVerificationToken", "stale")), HttpStatusCode.BadRequest);
        answer.QuerySelector("[role=alert]")!.TextContent.ShouldContain("too old");
        Value(answer, "note-hook").ShouldBe("Smile.");
        Value(answer, "name").ShouldBe("Mine");
        site.Library.Copies.Of(host.Account!.Id).ShouldBeEmpty();
        using var kept = await KeepAsync(host, answer);
        kept.LeadsTo().ShouldStartWith("/copies/");
    }

    [Fact]
    public async Task A_copy_shows_what_the_record_says_otherwise_since_until_its_host_takes_it()
    {
        using var host = site.Sign();
        var (words, then, now) = ("They pull the plug.", "Knight and GETCO combine into KCG Holdings.", "Knight and GETCO become KCG Holdings.");
        var of = new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 20 };
        var said = of.Compose(site.Library)!.Blocks.SelectMany(b => b.Statements).First(s => s.Text.StartsWith("Knight and GETCO combine", StringComparison.Ordinal));
        var kept = site.Kept(host, of: of, change: c => c with { Edits = [new CopyEdit(said.Id, said.Text, words)], Notes = [new CopyNote("no-such-block", "Not lost.")] });
        var record = site.Library.Records.Find(IncidentDb.Records.Noun.Incident, "knight-capital-2012")!.Content;
        record.ShouldContain(then);
        site.Library.Save("knight-capital-2012", record.Replace(then, now, StringComparison.Ordinal), "a test", "other words").ShouldNotContain(p => p.IsError);

        var page = await host.PageAsync($"/copies/{kept.Id}");
        var notice = page.QuerySelector(".notice--error")!.TextContent;
        notice.ShouldContain("one revision since");
        notice.ShouldContain($"You say: “{words}”");
        (await host.PageAsync("/copies")).QuerySelector(".flag")!.TextContent.ShouldBe("records changed");
        // Keeping it again forgets nothing, and taking the records as they are is kept too.
        using (var again = await KeepAsync(host, page, ("note.hook", "Smile.")))
            page = await host.PageAsync(again.LeadsTo());
        page.QuerySelector(".notice--error")!.TextContent.ShouldContain(words);
        site.Library.Copies.Find(host.Account!.Id, kept.Id)!.Copy!.Notes.ShouldContain(new CopyNote("no-such-block", "Not lost."));
        var accepted = await AnswerAsync(host.PostAsync("/prep/copy", Person.Fields(FormOf(page), ("do", "accept"))), HttpStatusCode.OK);
        using (var last = await KeepAsync(host, accepted))
            page = await host.PageAsync(last.LeadsTo());
        page.QuerySelector(".notice--error").ShouldBeNull();
        Value(page, "note-hook").ShouldBe("Smile.");
        (await host.PageAsync("/copies")).QuerySelector(".flag").ShouldBeNull();
    }

    [Fact]
    public async Task A_copy_of_what_is_no_longer_in_the_library_still_shows_its_words()
    {
        using var host = site.Sign();
        var slug = site.Published();
        var kept = site.Kept(host, "Of a town", new PrepRequest { Incidents = [slug], Minutes = 5 }, c => c with { Notes = [new CopyNote("hook", "A note <i>of mine</i>")] });
        site.Library.Withdraw(slug, "a test", "It was wrong").ShouldBeTrue();
        var page = await host.PageAsync($"/copies/{kept.Id}");
        page.QuerySelector("main")!.TextContent.ShouldContain("no longer in the library");
        page.QuerySelector("main dd")!.TextContent.ShouldBe("A note <i>of mine</i>");
        using var file = await host.GetAsync($"/copies/{kept.Id}.json");
        HostCopy.Read(await file.Content.ReadAsByteArrayAsync()).Copy!.Notes[0].Text.ShouldBe("A note <i>of mine</i>");
    }

    /// <summary>A later version may take less than an earlier one; what lies there is still its owner's.</summary>
    [Fact]
    public async Task A_copy_that_can_not_be_read_is_listed_says_why_and_can_be_downloaded_and_deleted()
    {
        using var host = site.Sign();
        var (broken, whole) = (site.Kept(host, "Of another time"), site.Kept(host, "Of today"));
        site.Library.Database.Write(c =>
        {
            using var command = c.CreateCommand();
            command.CommandText = "update host_copies set file = replace(file, '\"incidentdb-prep-copy-1\"', '\"incidentdb-prep-copy-0\"') where id = $id";
            command.Parameters.AddWithValue("$id", broken.Id);
            command.ExecuteNonQuery().ShouldBe(1);
            return 0;
        });
        var list = await host.PageAsync("/copies");
        list.QuerySelectorAll("tbody tr").Length.ShouldBe(2);
        list.QuerySelectorAll(".flag").Select(f => f.TextContent).ShouldBe(["can’t be read"]);
        var page = await host.PageAsync($"/copies/{broken.Id}");
        page.QuerySelector("[role=alert]")!.TextContent.ShouldContain("one of another version");
        page.QuerySelector($"a[href='/copies/{broken.Id}.json']").ShouldNotBeNull();
        using (var file = await host.GetAsync($"/copies/{broken.Id}.json"))
        {
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
            file.Content.Headers.ContentDisposition!.FileName.ShouldBe("knight-capital-2012-5-min.copy.json");
            (await file.Content.ReadAsStringAsync()).ShouldContain("incidentdb-prep-copy-0");
        }

        // A tab that still has it open keeps what was typed there in its place, knowingly.
        var stale = await AnswerAsync(KeepAsync(host, await host.PageAsync($"/copies/{whole.Id}"), ("kept", broken.Id), ("version", "0"), ("note.hook", "Smile.")), HttpStatusCode.Conflict);
        stale.QuerySelector("[role=alert]")!.TextContent.ShouldContain("can’t be read here");
        Value(stale, "note-hook").ShouldBe("Smile.");
        site.Library.Copies.Find(host.Account!.Id, broken.Id)!.Copy.ShouldBeNull("nothing was overwritten");

        page = await host.PageAsync($"/copies/{broken.Id}/delete");
        page.QuerySelector(".notice")!.TextContent.ShouldContain("can’t read it");
        using (var deleted = await host.SubmitAsync($"/copies/{broken.Id}/delete", $"/copies/{broken.Id}/delete"))
            deleted.LeadsTo().ShouldBe("/copies?done=deleted");
        site.Library.Copies.Of(host.Account.Id).ShouldHaveSingleItem().Id.ShouldBe(whole.Id);
    }

    [Fact]
    public async Task A_full_account_says_so_and_keeps_what_was_typed_in_the_page()
    {
        using var host = site.Sign();
        for (var i = 0; i < CopyStore.MostCopies; i++)
            site.Kept(host, $"Copy {i}");
        var answer = await AnswerAsync(KeepAsync(host, await host.PageAsync(New), ("note.hook", "Smile.")), HttpStatusCode.Conflict);
        answer.QuerySelector("[role=alert]")!.TextContent.ShouldContain("You keep 50 copies, as many as an account can");
        Value(answer, "note-hook").ShouldBe("Smile.");
        site.Library.Copies.Of(host.Account!.Id).Count.ShouldBe(CopyStore.MostCopies);
    }

    [Fact]
    public async Task A_field_that_could_not_be_taken_whole_is_named_and_the_rest_is_kept()
    {
        using var host = site.Sign();
        var page = await AnswerAsync(KeepAsync(host, await host.PageAsync(New), ("order.story", "first"), ("name", new string('n', 299) + "😀tail"), ("note.hook", "kept")), HttpStatusCode.OK);
        page.QuerySelector(".notice--good")!.TextContent.ShouldBe("The copy is kept with your account. Your copies");
        var notices = page.QuerySelectorAll(".notice[role=status]").Select(n => n.TextContent).ToList();
        notices.ShouldContain(n => n.Contains("“first” is no number", StringComparison.Ordinal) && n.Contains("The name was cut after 300 characters.", StringComparison.Ordinal));
        Value(page, "name").ShouldBe(new string('n', 299), "a character is not cut in two");
        site.Library.Copies.Of(host.Account!.Id).ShouldHaveSingleItem().Version.ShouldBe(1);
    }

    [Fact]
    public async Task A_script_gets_the_version_it_goes_on_with_and_problems_as_json()
    {
        using var host = site.Sign();
        var page = await host.PageAsync(New);
        Task<HttpResponseMessage> SendAsync(params IEnumerable<(string, string?)> changes) =>
            host.PostAsync("/copies", Person.Fields(FormOf(page), [("do", "keep"), .. changes]), r => r.Headers.Add("Accept", "application/json"));

        using var kept = await SendAsync(("name", "By a script"));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        var said = System.Text.Json.JsonDocument.Parse(await kept.Content.ReadAsStringAsync()).RootElement;
        said.GetProperty("version").GetInt32().ShouldBe(1);
        said.GetProperty("name").GetString().ShouldBe("By a script");
        said.GetProperty("url").GetString().ShouldBe($"/copies/{said.GetProperty("id").GetString()}");
        using var stale = await SendAsync(("kept", said.GetProperty("id").GetString()), ("version", "7"), ("note.hook", "Smile."));
        stale.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        stale.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_sheet_tells_its_reader_of_copies_of_the_same_records_and_nobody_else()
    {
        using var host = site.Sign();
        using var other = site.Sign();
        using var nobody = site.Nobody();
        string[] records = ["aws-s3-2017", "knight-capital-2012"];
        site.Kept(host, "Two storms", new PrepRequest { Incidents = [.. records.Reverse()], Minutes = 20 });
        site.Kept(host, "Only one", new PrepRequest { Incidents = [records[0]], Minutes = 5 });
        var address = $"/prep?incident={records[0]}&incident={records[1]}&minutes=5";
        // Whoever asks first fills the cache for those who are not signed in.
        foreach (var person in new[] { nobody, host, nobody, other, nobody })
        {
            var text = (await person.PageAsync(address)).QuerySelector("main")!.TextContent;
            text.Contains("You have a copy of this: Two storms (20 min, changed", StringComparison.Ordinal).ShouldBe(person == host);
            text.ShouldNotContain("Only one");
        }

        const string episode = "incident-documentaries-04-six-hours-of-silence";
        site.Kept(host, "Silence, mine", new PrepRequest { Episode = episode, Minutes = 60 });
        (await host.PageAsync($"/episodes/{episode}/prep?minutes=5")).QuerySelector("main")!.TextContent.ShouldContain("Silence, mine");
    }

    [Fact]
    public async Task Nobody_else_reads_a_copy_not_even_an_administrator_and_no_page_tells_of_it()
    {
        var word = $"axolotl{Guid.NewGuid():N}"[..16];
        using var host = site.Sign();
        var before = (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32();
        var (seq, acts) = (site.Library.Changes.LastSeq(), site.Library.Database.Announced);
        var kept = site.Kept(host, $"An {word}", change: c => c with { Title = $"An {word} title", Notes = [new CopyNote("hook", $"An {word} note")] });
        (site.Library.Changes.LastSeq(), site.Library.Database.Announced).ShouldBe((seq, acts));
        string[] own = [$"/copies/{kept.Id}", $"/copies/{kept.Id}.json", $"/copies/{kept.Id}/delete"];
        string[] pages =
        [
            "/", $"/incidents?q={word}", $"/incidents.json?q={word}", "/incidents/knight-capital-2012", "/incidents/knight-capital-2012.json", $"/suggest.json?q={word}", "/prep?incident=knight-capital-2012&minutes=5",
            "/prep.json?incident=knight-capital-2012&minutes=5", "/prep", "/prep/copy?incident=knight-capital-2012&minutes=5", "/changes", "/changes.json", "/changes/acts.json", "/incidents.atom", "/sitemap.txt", "/stats", "/about/data.json", $"/contributors/{host.Account!.Slug}", "/copies", "/account", "/accounts", "/review",
        ];
        using var other = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        using var admin = site.Sign(Roles.Admin);
        using var nobody = site.Nobody();
        foreach (var person in new[] { nobody, other, reviewer, admin })
        {
            foreach (var address in own.Concat(pages))
            {
                using var answer = await person.GetAsync(address);
                (await answer.Content.ReadAsStringAsync()).ShouldNotContain($"An {word}", Case.Insensitive, $"{address} tells {person.Account?.Role ?? "nobody"}");
                if (own.Contains(address))
                    ((int)answer.StatusCode).ShouldBe(person != nobody ? 404 : address.EndsWith(".json", StringComparison.Ordinal) ? 401 : 302, address);
                // What is not there answers the same.
                using var missing = await person.GetAsync(address.Replace(kept.Id, "nosuchcopyab", StringComparison.Ordinal));
                missing.StatusCode.ShouldBe(answer.StatusCode);
            }

            if (person == nobody)
                continue;
            // By their forms neither: to keep over it, or to delete it.
            var form = await person.PageAsync(New);
            await AnswerAsync(KeepAsync(person, form, ("kept", kept.Id), ("version", "1"), ("note.hook", "taken over")), HttpStatusCode.NotFound);
            using var deleted = await person.PostAsync($"/copies/{kept.Id}/delete", [new("__RequestVerificationToken", await person.FormTokenAsync("/account"))]);
            ((int)deleted.StatusCode).ShouldBe(404);
        }

        (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32().ShouldBe(before);
        foreach (var address in own[..1].Append("/copies"))
        {
            using var mine = await host.GetAsync(address);
            (await mine.Content.ReadAsStringAsync()).ShouldContain($"An {word}", Case.Sensitive, "the check can fail");
            mine.Headers.CacheControl!.ShouldSatisfyAllConditions(c => c.NoStore.ShouldBeTrue(), c => c.Private.ShouldBeTrue());
            mine.Headers.ETag.ShouldBeNull();
            mine.Content.Headers.ContentEncoding.ShouldBeEmpty();
        }

        Value(await host.PageAsync(own[0]), "note-hook").ShouldBe($"An {word} note");
    }

    [Fact]
    public async Task A_deleted_account_takes_its_copies_along()
    {
        using var host = site.Sign();
        site.Kept(host);
        using var deleted = await host.SubmitAsync("/account", "/account/delete", ("confirm", host.Account!.Name));
        deleted.LeadsTo().ShouldBe("/");
        site.Library.Copies.Of(host.Account.Id).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_longest_sheet_with_every_sentence_in_other_words_is_kept_by_way_of_the_sign_in_too()
    {
        using var host = site.Sign();
        using var nobody = site.Nobody();
        const string address = "/episodes/incident-documentaries-01-cascading-failure-chronicles/prep/copy?minutes=150";
        List<KeyValuePair<string, string>> Reworded(IParentNode page) =>
            [.. Person.Fields(FormOf(page), ("do", "keep")).Select(f => f.Key.StartsWith("text.", StringComparison.Ordinal) ? new(f.Key, "Ünd so: " + f.Value) : f)];
        var fields = Reworded(await host.PageAsync(address));
        var sentences = fields.Count(f => f.Key.StartsWith("text.", StringComparison.Ordinal));
        sentences.ShouldBeGreaterThan(200);
        using (var kept = await host.PostAsync("/copies", fields))
            kept.LeadsTo().ShouldStartWith("/copies/");
        var about = site.Library.Copies.Of(host.Account!.Id).ShouldHaveSingleItem();
        about.Bytes.ShouldBeLessThan(HostCopy.MostBytes / 2);
        site.Library.Copies.Find(host.Account.Id, about.Id)!.Copy!.Edits.Count.ShouldBe(sentences);

        var asked = await AnswerAsync(nobody.PostAsync("/copies", Reworded(await nobody.PageAsync(address))), HttpStatusCode.Unauthorized);
        var carried = Person.Fields(asked.QuerySelector("form[action='/login/again']")!);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in carried)
            content.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login/again") { Content = content };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        request.Headers.Add("Cookie", $"incidentdb-form={nobody.Cookie("incidentdb-form")}");
        using var wrong = await site.Client.SendAsync(request);
        var again = await Person.ReadAsync(wrong, HttpStatusCode.Unauthorized, "a form without a password");
        again.QuerySelectorAll("textarea").Count(t => t.GetAttribute("name")!.StartsWith("carried.text.", StringComparison.Ordinal)).ShouldBe(sentences);
    }

    [Fact]
    public void Every_form_of_copies_counts_how_often_it_is_sent() =>
        Endpoints.Of(site).Where(e => e.Path.StartsWith("/copies", StringComparison.Ordinal) && e.Method == "POST")
            .Select(e => e.Endpoint.Metadata.OfType<Microsoft.AspNetCore.RateLimiting.EnableRateLimitingAttribute>().Single().PolicyName).ShouldBe(["write", "write"]);
}
