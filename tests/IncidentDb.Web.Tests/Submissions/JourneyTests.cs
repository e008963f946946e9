using System.Net;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>From the first draft to a restored revision, as a browser without scripts does it.</summary>
[Collection(Contributing.Name)]
public sealed class JourneyTests(ContributingSite site)
{
    private static (string, string?)[] Typed(FormFields form) => [.. form.All.Select(f => (f.Key, (string?)f.Value))];

    [Fact]
    public async Task A_record_goes_from_a_draft_to_a_page_and_back_to_an_earlier_revision()
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var slug = Drafts.NewSlug();
        var record = Drafts.Record(slug, "A quokkaphone falls silent in a town", Drafts.NewDay());

        // Begun by the address of a source.
        var edit = (await author.SubmitAsync("/submit", "/submit", ("url", record["sources[0].url"]), ("title", "A quokkaphone"), ("do", "quick"))).LeadsTo();
        var id = Drafts.IdIn(edit);
        var page = await author.PageAsync(edit);
        page.QuerySelector("#f-title")!.GetAttribute("value").ShouldBe("A quokkaphone");
        page.GetElementById("f-sources[0].url")!.GetAttribute("value").ShouldBe(record["sources[0].url"]);
        page.QuerySelector("[data-lacks]")!.TextContent.ShouldContain("a cold open");

        // Sent too early: every error leads to its field, and what was typed is there.
        var half = record.With("severity", "").With("sections.summary", "It happened in 1871.");
        using (var refused = await author.SubmitAsync(edit, $"/submissions/{id}/edit", [.. Typed(half), ("do", "send")]))
        {
            page = await Person.ReadAsync(refused, HttpStatusCode.BadRequest, "sent too early");
            var links = page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")![1..]).ToList();
            links.ShouldContain("f-severity");
            links.ShouldContain("f-sections.summary");
            links.ShouldAllBe(l => page.GetElementById(l) != null);
            page.GetElementById("f-sections.summary")!.TextContent.ShouldBe("It happened in 1871.");
            page.GetElementById("f-sections.summary")!.GetAttribute("aria-invalid").ShouldBe("true");
        }

        // A row more, a row less: the buttons send the form.
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("do", "add:timeline"))).LeadsTo().ShouldBe($"/submissions/{id}/edit#row-timeline-1");
        (await author.PageAsync(edit)).QuerySelectorAll("[data-rows=timeline] .rows__row").Length.ShouldBe(2);
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("do", "remove:timeline:1"))).LeadsTo();
        (await author.PageAsync(edit)).QuerySelectorAll("[data-rows=timeline] .rows__row").Length.ShouldBe(1);

        // Nobody else sees the draft.
        using (var hidden = await reviewer.GetAsync($"/submissions/{id}"))
            hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", [.. Typed(record), ("do", "preview")])).LeadsTo().ShouldBe($"/submissions/{id}/preview");
        (await author.PageAsync($"/submissions/{id}/preview")).QuerySelector(".preview")!.TextContent.ShouldContain("one cable of a town");
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", [.. Typed(record), ("do", "send")])).LeadsTo().ShouldBe($"/submissions/{id}?done=sent");
        (await TotalAsync("quokkaphone")).ShouldBe(0);

        // The queue, the claim, a remark on a field, changes.
        (await reviewer.PageAsync("/review")).QuerySelectorAll("tbody th a").Select(a => a.GetAttribute("href")).ShouldContain($"/review/{id}");
        (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/claim")).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{id}", $"/submissions/{id}/comments", ("field", "title"), ("comment", "Which town?"))).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/changes", ("note", "One thing, see the title."))).LeadsTo();
        (await author.PageAsync(edit)).QuerySelector("#h-asked")!.ParentElement!.TextContent.ShouldContain("Which town?");
        var better = record.With("title", "A quokkaphone falls silent in Littleton");
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", [.. Typed(better), ("do", "send")])).LeadsTo().ShouldBe($"/submissions/{id}?done=sent");
        var reviewed = await reviewer.PageAsync($"/review/{id}");
        reviewed.QuerySelectorAll("ins.diff").Select(i => i.TextContent).ShouldContain(t => t.Contains("Littleton"));

        // Accepted, and found by the next who asks.
        (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/accept")).LeadsTo().ShouldStartWith("/review?done=accepted");
        (await TotalAsync("quokkaphone")).ShouldBe(1);
        var published = await site.PageAsync($"/incidents/{slug}");
        published.QuerySelector("h1")!.TextContent.ShouldBe("A quokkaphone falls silent in Littleton");
        published.QuerySelector($"#cite a[href='/contributors/{author.Account!.Slug}']").ShouldNotBeNull();
        var contributor = await site.JsonAsync($"/contributors/{author.Account!.Slug}.json");
        contributor.GetProperty("name").GetString().ShouldBe(author.Account!.CreditName);
        contributor.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("slug").GetString()).ShouldContain(slug);
        (await site.PageAsync("/changes")).QuerySelectorAll("#acts code").Select(c => c.TextContent).ShouldContain(id);

        // A correction, its difference, and the way back.
        var correction = Drafts.IdIn((await author.SubmitAsync($"/incidents/{slug}/edit", $"/incidents/{slug}/edit")).LeadsTo());
        (await author.SubmitAsync($"/submissions/{correction}/edit", $"/submissions/{correction}/edit", ("title", "A quokkaphone falls silent in Bigton"), ("why", "It was the other town"), ("do", "send"))).LeadsTo();
        var difference = await reviewer.PageAsync($"/review/{correction}");
        difference.QuerySelector("#changes .diffs__text del.diff")!.TextContent.ShouldContain("Littleton");
        difference.QuerySelector("#changes .diffs__text ins.diff")!.TextContent.ShouldContain("Bigton");
        difference.QuerySelectorAll("#changes dt").Length.ShouldBe(1);
        (await reviewer.SubmitAsync($"/review/{correction}", $"/review/{correction}/accept")).LeadsTo();
        (await site.PageAsync($"/incidents/{slug}")).QuerySelector("h1")!.TextContent.ShouldBe("A quokkaphone falls silent in Bigton");
        var compared = await site.PageAsync($"/incidents/{slug}/history/compare?from=1&to=2");
        compared.QuerySelector(".diffs__text del.diff")!.TextContent.ShouldContain("Littleton");
        var around = await site.PageAsync(compared.QuerySelectorAll("main .links a").Select(a => a.GetAttribute("href")!).Single(h => h.Contains("/compare", StringComparison.Ordinal)));
        around.QuerySelector("h1")!.TextContent.ShouldBe("Revision 2 and revision 1");
        around.QuerySelector(".diffs__text del.diff")!.TextContent.ShouldContain("Bigton");
        var restoring = Drafts.IdIn((await author.SubmitAsync($"/incidents/{slug}/edit?revision=1", $"/incidents/{slug}/edit")).LeadsTo());
        (await author.SubmitAsync($"/submissions/{restoring}/edit", $"/submissions/{restoring}/edit", ("do", "send"))).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{restoring}", $"/review/{restoring}/accept")).LeadsTo();
        (await site.PageAsync($"/incidents/{slug}")).QuerySelector("h1")!.TextContent.ShouldBe("A quokkaphone falls silent in Littleton");
        var history = site.Library.Changes.Of(IncidentDb.Records.Noun.Incident, slug);
        history.Select(c => (c.Act, c.Why, c.AfterRevision)).ShouldBe([("restored", "Restores revision 1", 3), ("changed", "It was the other town", 2), ("added", "New record", 1)]);
        site.Library.Changes.FirstBrokenLink().ShouldBeNull();
        site.Desk().Acts.FirstBrokenLink().ShouldBeNull();
    }

    [Fact]
    public async Task Every_record_of_the_clone_is_the_same_after_its_form_was_loaded_and_sent_as_it_stands()
    {
        using var author = site.Sign(Roles.Reviewer);
        var random = Seed.Draw(out var seed);
        var slugs = site.Library.Incidents.All().Select(i => i.Slug).Where(s => !s.StartsWith("town-", StringComparison.Ordinal)).ToArray();
        random.Shuffle(slugs);
        foreach (var slug in slugs.Take(25))
        {
            var (draft, _) = site.Desk().Begin(author.Actor(), null, slug)!.Value;
            using var saved = await author.SubmitAsync($"/submissions/{draft.Id}/edit", $"/submissions/{draft.Id}/edit", ("do", "save"));
            saved.LeadsTo();
            var after = site.Desk().Find(draft.Id, author.Actor())!;
            site.Desk().Review(after).Changes.Select(c => $"{slug} {c.Name}: {c.Before} → {c.After}").ShouldBeEmpty(seed);
            site.Desk().Read(after).Text.ShouldBe(site.Library.Records.Find(IncidentDb.Records.Noun.Incident, slug)!.Content, $"{slug} {seed}");
        }
    }

    [Fact]
    public async Task A_draft_saved_in_another_tab_is_not_overwritten_and_what_was_typed_is_shown_beside_it()
    {
        using var author = site.Sign();
        var (draft, _) = site.Desk().Begin(author.Actor(), Drafts.Record(Drafts.NewSlug()))!.Value;
        var page = await author.PageAsync($"/submissions/{draft.Id}/edit");
        var stale = Person.Fields(page.QuerySelector("form.record-form")!, ("title", "Typed in this tab"), ("do", "save"));
        (await author.SubmitAsync($"/submissions/{draft.Id}/edit", $"/submissions/{draft.Id}/edit", ("title", "Typed in the other tab"))).LeadsTo();
        using var conflict = await author.PostAsync($"/submissions/{draft.Id}/edit", stale);
        var shown = await Person.ReadAsync(conflict, HttpStatusCode.Conflict, "a stale version");
        shown.QuerySelector("#saved-elsewhere")!.TextContent.ShouldContain("other");
        shown.QuerySelector("#f-title")!.GetAttribute("value").ShouldBe("Typed in this tab");
        site.Desk().Find(draft.Id, author.Actor())!.Title.ShouldBe("Typed in the other tab");
        (await author.PostAsync($"/submissions/{draft.Id}/edit", Person.Fields(shown.QuerySelector("form.record-form")!, ("do", "save")))).LeadsTo();
        site.Desk().Find(draft.Id, author.Actor())!.Title.ShouldBe("Typed in this tab");
    }

    [Fact]
    public async Task A_form_with_a_stale_token_keeps_what_was_typed_and_saves_nothing()
    {
        using var author = site.Sign();
        var (draft, _) = site.Desk().Begin(author.Actor(), FormFields.Empty)!.Value;
        using var answer = await author.PostAsync($"/submissions/{draft.Id}/edit", [new("title", "An hour of typing"), new("version", "1"), new("do", "save"), new("__RequestVerificationToken", "stale")]);
        var page = await Person.ReadAsync(answer, HttpStatusCode.BadRequest, "a stale token");
        page.QuerySelector("#f-title")!.GetAttribute("value").ShouldBe("An hour of typing");
        site.Desk().Find(draft.Id, author.Actor())!.Title.ShouldBe("");
    }

    [Fact]
    public async Task A_known_source_is_named_before_a_draft_is_begun()
    {
        using var author = site.Sign();
        var slug = site.Published();
        var url = site.Library.Incidents.Find(slug)!.Incident.Sources[0].Url!;
        using var known = await author.SubmitAsync("/submit", "/submit", ("url", $"https://web.archive.org/web/20200101000000/{url.Replace("https", "http")}#top"), ("do", "quick"));
        (await Person.ReadAsync(known, HttpStatusCode.Conflict, "a known source")).QuerySelector($"[role=alert] a[href='/incidents/{slug}']").ShouldNotBeNull();
    }

    [Fact]
    public async Task A_record_that_looks_like_another_is_judged_before_it_is_sent()
    {
        using var author = site.Sign();
        var slug = site.Published();
        var there = site.Library.Incidents.Find(slug)!.Incident;
        var twin = Drafts.Record(Drafts.NewSlug(), "A cable goes and a town is quiet", there.Started!.At.ToString()).With("sources[0].url", there.Sources[0].Url!);
        var (draft, _) = site.Desk().Begin(author.Actor(), twin)!.Value;
        var edit = $"/submissions/{draft.Id}/edit";
        using (var refused = await author.SubmitAsync(edit, edit, ("do", "send")))
        {
            var page = await Person.ReadAsync(refused, HttpStatusCode.BadRequest, "a duplicate");
            page.QuerySelector("[role=alert] a[href='#f-matches']").ShouldNotBeNull();
            var marks = page.QuerySelectorAll($"[id='f-match-{slug}'] mark").Select(m => m.TextContent).ToList();
            marks.ShouldContain("the same time");
            marks.ShouldContain("Google");
            marks.ShouldContain(there.Sources[0].Url);
            marks.ShouldContain("cable");
        }

        using (var noReason = await author.SubmitAsync(edit, edit, ($"match.{slug}", "different"), ("do", "send")))
            noReason.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await author.SubmitAsync(edit, edit, ($"match.{slug}", "different"), ($"reason.{slug}", "Another town"), ("do", "send"))).LeadsTo();
        site.Desk().Store.Matches(draft.Id).ShouldBe([new SubmissionMatch(slug, "different", "Another town")]);
        using var reviewer = site.Sign(Roles.Reviewer);
        (await reviewer.PageAsync($"/review/{draft.Id}")).QuerySelector("#similar")!.TextContent.ShouldContain("Another town");

        // Or it is the same: the source goes to the record that is there.
        var (same, _) = site.Desk().Begin(author.Actor(), twin.With("sources[0].url", "https://paper.example/second"))!.Value;
        var correction = Drafts.IdIn((await author.SubmitAsync($"/submissions/{same.Id}/edit", $"/submissions/{same.Id}/edit", ("do", $"same:{slug}"))).LeadsTo());
        var edited = site.Desk().Find(correction, author.Actor())!;
        edited.RecordSlug.ShouldBe(slug);
        site.Desk().Review(edited).Changes.Select(c => c.Name).ShouldBe(["sources.paper-2"]);
        site.Desk().Find(same.Id, author.Actor())!.Status.ShouldBe(SubmissionStatus.Withdrawn);
    }

    [Fact]
    public async Task A_company_that_nobody_has_written_about_is_added_by_the_reviewer()
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var company = $"waterworks-{Guid.NewGuid():N}"[..20];
        var sent = site.Sent(author, form: Drafts.Record(Drafts.NewSlug(), started: Drafts.NewDay()).With("companies[0].key", company));
        site.Desk().Accept(sent.Id, reviewer.Actor()).Outcome.ShouldBe(DeskOutcome.Invalid, "the record needs its company");
        using (var nameless = await reviewer.SubmitAsync($"/review/{sent.Id}", $"/review/{sent.Id}/company"))
            nameless.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await reviewer.SubmitAsync($"/review/{sent.Id}", $"/review/{sent.Id}/company", ("name", $"The {company}"), ("country", "Iceland"))).LeadsTo().ShouldBe($"/review/{sent.Id}");
        (await reviewer.SubmitAsync($"/review/{sent.Id}", $"/review/{sent.Id}/accept")).LeadsTo().ShouldStartWith("/review?done=accepted");
        (await site.PageAsync($"/companies/{company}")).QuerySelector("h1")!.TextContent.ShouldBe($"The {company}");
        site.Library.AddCompany(new IncidentDb.Companies.Company { Slug = "x-" + company, Name = $"The {company}" }, "x", "y").ShouldContain(p => p.IsError, "a name is taken");
    }

    private async Task<int> TotalAsync(string words) => (await site.JsonAsync($"/incidents.json?q={words}")).GetProperty("total").GetInt32();
}
