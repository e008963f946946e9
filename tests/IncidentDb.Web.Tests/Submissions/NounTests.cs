using System.Net;
using IncidentDb.Accounts;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Api;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>Companies, patterns and episodes are corrected in the same forms, by the same queue, as incidents.</summary>
[Collection(Contributing.Name)]
public sealed class NounTests(ContributingSite site)
{
    private static string Url(Noun noun, string slug) => $"/{DataFolder.FolderOf(noun)}/{slug}";

    /// <summary>A record of each noun that no other test changes.</summary>
    public static TheoryData<Noun, string, string, string> Nouns => new()
    {
        { Noun.Company, "airbnb", "about", "Lets people rent out rooms, homes and quokka burrows." },
        { Noun.Pattern, "quorum", "oneLine", "Act only when more than half of the quokkas agree." },
        { Noun.Episode, "incident-documentaries-01-cascading-failure-chronicles", "title", "Chronicles of quokkas that fall" },
    };

    [Theory]
    [MemberData(nameof(Nouns))]
    public async Task A_correction_goes_from_the_link_on_the_page_to_the_page(Noun noun, string slug, string field, string value)
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var url = Url(noun, slug);
        var revision = site.Library.Records.Find(noun, slug)!.Revision;
        var page = await site.PageAsync(url);
        page.QuerySelector($"main .links a[href='{url}/edit']")!.TextContent.ShouldBe("Suggest a correction");
        page.QuerySelector($"main .links a[href='{url}/history']").ShouldNotBeNull();
        (await author.PageAsync($"{url}/edit")).QuerySelector("h1")!.TextContent.ShouldBe("Suggest a correction");
        var edit = (await author.SubmitAsync($"{url}/edit", $"{url}/edit")).LeadsTo();
        var id = Drafts.IdIn(edit);

        // The form holds the record as it stands, and nothing that is about incidents.
        page = await author.PageAsync(edit);
        var there = site.Library.Records.Find(noun, slug)!;
        Person.Fields(page.QuerySelector("form.record-form")!).Where(f => RecordForm.IsField(f.Key, noun) && f.Value!.Length > 0).Select(f => f.Key).ShouldContain(NounFormat.Of(noun).TitleKey);
        page.QuerySelector("[data-lacks]").ShouldBeNull();
        page.QuerySelector("button[value=paste]").ShouldBeNull();
        page.QuerySelectorAll("[id]").Select(e => e.Id).ShouldBeUnique();

        // Saved as it stands it changes nothing, whatever a browser makes of the fields.
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("do", "save"))).LeadsTo();
        site.Desk().Read(site.Desk().Find(id, author.Actor())!).Text.ShouldBe(there.Content);

        // Checked: every error leads to its field, and what was typed is there.
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", (NounFormat.Of(noun).TitleKey, ""), (field, field == NounFormat.Of(noun).TitleKey ? "" : value), ("why", "Because of the quokkas"), ("do", "check"))).LeadsTo().ShouldBe($"/submissions/{id}/edit?check=1");
        page = await author.PageAsync($"/submissions/{id}/edit?check=1");
        page.QuerySelectorAll("[role=alert] a").Select(a => a.GetAttribute("href")).ShouldContain($"#f-{NounFormat.Of(noun).TitleKey}");
        page.QuerySelectorAll("[role=alert] a").ShouldAllBe(a => page.GetElementById(a.GetAttribute("href")!.Substring(1)) != null);
        page.QuerySelector("#f-why")!.GetAttribute("value").ShouldBe("Because of the quokkas");

        // As text and back; then sent.
        var name = NounFormat.Of(noun).TitleKey;
        var original = site.Desk().FormOf(slug, there.Content, noun)[name];
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", (name, original), (field, value), ("do", "text"))).LeadsTo().ShouldBe($"/submissions/{id}/edit#f-text");
        page = await author.PageAsync(edit);
        page.GetElementById("f-text")!.TextContent.ShouldContain(value);
        page.GetElementById("f-text")!.ClassName!.ShouldContain("input--code");
        page.QuerySelector($"a[href='/docs/data-format#{DataFolder.FolderOf(noun)}']").ShouldNotBeNull();
        (await site.PageAsync("/docs/data-format")).GetElementById(DataFolder.FolderOf(noun)).ShouldNotBeNull();
        var text = page.GetElementById("f-text")!.TextContent;
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("text", text + "\n## Nothing\n\tno\n"), ("do", "check"))).LeadsTo();
        (await author.PageAsync($"/submissions/{id}/edit?check=1")).GetElementById("f-text")!.TextContent.ShouldContain("## Nothing");
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("text", text), ("do", "fields"))).LeadsTo();
        (await author.PageAsync(edit)).GetElementById($"f-{field}")!.ShouldNotBeNull();
        (await author.PageAsync($"/submissions/{id}/preview")).QuerySelector(".preview")!.TextContent.ShouldContain(value);
        (await author.SubmitAsync(edit, $"/submissions/{id}/edit", ("do", "send"))).LeadsTo().ShouldBe($"/submissions/{id}?done=sent");

        // The tracking page, the queue, the difference, the decision.
        (await author.PageAsync($"/submissions/{id}")).QuerySelector($".kicker a[href='{url}']").ShouldNotBeNull();
        (await author.PageAsync("/submissions")).QuerySelector($"tbody a[href='{url}']").ShouldNotBeNull();
        (await reviewer.PageAsync("/review")).QuerySelectorAll("tbody tr").Single(r => r.QuerySelector($"a[href='/review/{id}']") != null).TextContent.ShouldContain($"edit of the {NounFormat.Of(noun).Name} {slug}");
        (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/claim")).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{id}", $"/submissions/{id}/comments", ("field", field), ("comment", "Quokkas?"))).LeadsTo();
        page = await reviewer.PageAsync($"/review/{id}");
        page.QuerySelector("#similar").ShouldBeNull();
        page.QuerySelectorAll("#changes dt").Length.ShouldBe(1);
        page.QuerySelectorAll("#changes ins.diff").ShouldContain(i => i.TextContent.Contains("uokka", StringComparison.Ordinal));
        var accepted = (await reviewer.SubmitAsync($"/review/{id}", $"/review/{id}/accept")).LeadsTo();
        (await reviewer.PageAsync(accepted)).QuerySelector($"[role=status] a[href='{url}']").ShouldNotBeNull();

        // It is on the page, with its credit, in the log and in the history; the earlier revision can come back.
        page = await site.PageAsync(url);
        page.QuerySelector(".record-head")!.TextContent.ShouldContain(value);
        page.QuerySelector($"#credits a[href='/contributors/{author.Account!.Slug}']").ShouldNotBeNull();
        (await site.PageAsync("/changes")).QuerySelectorAll($"main a[href='{url}']").ShouldNotBeEmpty();
        (await site.PageAsync($"/contributors/{author.Account!.Slug}")).QuerySelector($"main a[href='{url}']").ShouldNotBeNull();
        var history = await site.PageAsync($"{url}/history");
        history.QuerySelector("main")!.TextContent.ShouldContain("Because of the quokkas");
        (await site.JsonAsync($"{url}/history.json")).GetProperty("total").GetInt32().ShouldBeGreaterThan(1);
        var compared = await site.PageAsync($"{url}/history/compare?from={revision}&to={revision + 1}");
        compared.QuerySelectorAll(".diffs__text ins.diff").ShouldContain(i => i.TextContent.Contains("uokka", StringComparison.Ordinal));
        var restoring = Drafts.IdIn((await author.SubmitAsync(compared.QuerySelector("main .links a[href*='/edit?revision=']")!.GetAttribute("href")!, $"{url}/edit")).LeadsTo());
        (await author.SubmitAsync($"/submissions/{restoring}/edit", $"/submissions/{restoring}/edit", ("do", "send"))).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{restoring}", $"/review/{restoring}/accept")).LeadsTo();
        site.Library.Records.Find(noun, slug)!.Content.ShouldBe(there.Content);
        (await reviewer.PageAsync($"{url}/history")).QuerySelector("#h-moderate").ShouldBeNull("withdrawing and merging are for incidents");
    }

    [Theory]
    [MemberData(nameof(Nouns))]
    public async Task A_conflict_is_shown_in_its_place_and_settled_by_the_author(Noun noun, string slug, string field, string value)
    {
        using var one = site.Sign();
        using var two = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        Submission Sent(Person author, string text)
        {
            var (draft, _) = site.Desk().Begin(author.Actor(), null, slug, "a test", noun)!.Value;
            site.Desk().Save(draft.Id, author.Actor(), draft.Form.With(field, text), "a test", draft.Version).IsDone.ShouldBeTrue();
            return site.Desk().Send(draft.Id, author.Actor()).Submission!;
        }

        var before = site.Library.Records.Find(noun, slug)!;
        var (first, second) = (Sent(one, "What the first one says"), Sent(two, value));
        site.Desk().Accept(first.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        using (var refused = await reviewer.SubmitAsync($"/review/{second.Id}", $"/review/{second.Id}/accept"))
            (await Person.ReadAsync(refused, HttpStatusCode.Conflict, "a conflict")).QuerySelector("[role=alert]")!.TextContent.ShouldContain("changed in the same places");
        var page = await two.PageAsync($"/submissions/{second.Id}");
        page.GetElementById($"f-choice-{field}")!.TextContent.ShouldContain("first one");
        (await two.SubmitAsync($"/submissions/{second.Id}", $"/submissions/{second.Id}/rebase", ($"choice-{field}", "mine"))).LeadsTo();
        (await reviewer.SubmitAsync($"/review/{second.Id}", $"/review/{second.Id}/accept")).LeadsTo();
        (await site.PageAsync(Url(noun, slug))).QuerySelector(".record-head")!.TextContent.ShouldContain(value);
        var (back, _) = site.Desk().Begin(one.Actor(), site.Desk().FormOf(slug, before.Content, noun), slug, "back", noun)!.Value;
        site.Desk().Send(back.Id, one.Actor()).IsDone.ShouldBeTrue();
        site.Desk().Accept(back.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        site.Library.Records.Find(noun, slug)!.Content.ShouldBe(before.Content);
    }

    [Theory]
    [InlineData("/companies/")]
    [InlineData("/patterns/")]
    [InlineData("/episodes/")]
    public async Task A_record_that_is_not_there_has_no_form_and_no_history(string noun)
    {
        using var author = site.Sign();
        foreach (var path in new[] { "nowhere/edit", "nowhere/history", "nowhere/history.json", "nowhere/history/compare?from=1&to=2" })
        {
            using var answer = await author.GetAsync(noun + path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, noun + path);
        }

        using var begun = await author.PostAsync($"{noun}nowhere/edit", [new("__RequestVerificationToken", await author.FormTokenAsync("/account"))]);
        begun.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_alias_leads_to_the_form_of_what_it_stands_for()
    {
        using var author = site.Sign();
        using var answer = await author.GetAsync("/companies/aws/edit");
        (answer.StatusCode, answer.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.MovedPermanently, "/companies/amazon-web-services/edit"));
    }

    /// <summary>reliability.md Q3, a sample: naughty strings in every field of the first rows; kept as they are, judged without a failure, and what passes the rules is a file that reads back the same.</summary>
    [Theory]
    [MemberData(nameof(Nouns))]
    public async Task Every_field_keeps_what_is_typed_and_what_passes_reads_back_the_same(Noun noun, string slug, string field, string value)
    {
        var strings = System.Text.Json.JsonSerializer.Deserialize<string[]>(await File.ReadAllTextAsync(Clone.Shared("security-data/blns.json")))!;
        using var author = site.Sign();
        var format = NounFormat.Of(noun);
        var (draft, _) = site.Desk().Begin(author.Actor(), null, slug, value, noun)!.Value;
        var names = draft.Form.Names.Concat(format.Form.SelectMany(s => s.Fields).Where(n => format.FieldOf(n) is { Shape: not (FieldShape.Map or FieldShape.List { Item: FieldShape.Part }) } || n.StartsWith("sections.", StringComparison.Ordinal)))
            .Except([RecordForm.Slug]).Distinct(StringComparer.Ordinal).ToList();
        var random = Seed.Draw(out var seed);
        for (var turn = 0; turn < 60; turn++)
        {
            var at = random.Next(strings.Length);
            var typed = names.Select((n, i) => KeyValuePair.Create(n, strings[(at + i) % strings.Length])).ToList();
            site.Desk().Save(draft.Id, author.Actor(), new FormFields(typed), strings[at], null).IsDone.ShouldBeTrue(seed);
            var kept = site.Desk().Find(draft.Id, author.Actor())!;
            foreach (var (name, text) in typed)
                kept.Form[name].ShouldBe(FormFields.Clean(text), $"{name} {seed}");
            Should.NotThrow(() => site.Desk().Review(kept), seed);
            if (turn % 20 == 0)
            {
                foreach (var page in new[] { $"/submissions/{draft.Id}/edit?check=1", $"/submissions/{draft.Id}/preview", $"/submissions/{draft.Id}" })
                    await author.PageAsync(page);
            }
        }

        foreach (var s in strings.Select(s => FormFields.Clean(s).Replace('\n', ' ')))
        {
            if (FormReading.Of(draft.Form.With(field, $"Somebody wrote: {s} [^?]"), slug, site.Library.Context(), noun) is not { Text: { } text, Record: { } record })
                continue;
            FormReading.Of(RecordForm.Of(record), slug, site.Library.Context(), noun).Text.ShouldBe(text, s);
            FormReading.Of(FormFields.Empty.With(FormFields.Text, text), slug, site.Library.Context(), noun).Text.ShouldBe(text, s);
        }
    }

    [Fact]
    public async Task Programs_name_the_noun_and_correct_what_is_there()
    {
        using var author = site.Sign();
        using var client = new Client(site, author.Account, Scopes.Read, Scopes.Submit);
        var text = site.Library.Records.Find(Noun.Company, "airbnb")!.Content.Replace("about: ", "about: Now: ", StringComparison.Ordinal).Replace("about: Now: ", "about: Today it ", StringComparison.Ordinal);
        var (response, json) = await client.SendAsync(HttpMethod.Post, "/submissions", new { noun = "company", slug = "airbnb", text, why = "for a test" });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, json.ToString());
        (json.GetProperty("noun").GetString(), json.GetProperty("slug").GetString(), json.GetProperty("correction").GetBoolean(), json.GetProperty("title").GetString()).ShouldBe(("company", "airbnb", true, "Airbnb"));
        var id = json.GetProperty("id").GetString();
        (_, json) = await client.SendAsync(HttpMethod.Get, $"/submissions/{id}");
        json.GetProperty("problems").GetArrayLength().ShouldBe(0);
        (response, json) = await client.SendAsync(HttpMethod.Put, $"/submissions/{id}", new { fields = new Dictionary<string, string> { ["name"] = "Airbnb", ["sector"] = "nosuch" }, why = "x" }, ("If-Match", "1"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK, json.ToString());
        (response, json) = await client.SendAsync(HttpMethod.Post, $"/submissions/{id}/send", null);
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        json.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("field").GetString()).ShouldBe(["sector"]);

        foreach (var (body, status, words) in new (object, HttpStatusCode, string)[]
        {
            (new { noun = "vocabulary", slug = "causes", text = "x" }, HttpStatusCode.BadRequest, "incident, company, pattern, episode"),
            (new { noun = "company", slug = "nowhere", text = "name: Nowhere\n" }, HttpStatusCode.NotFound, "no company “nowhere” to correct"),
            (new { noun = "company", slug = "airbnb", fields = new Dictionary<string, string> { ["timeline[0].at"] = "x" } }, HttpStatusCode.BadRequest, "no field “timeline[0].at”"),
        })
        {
            (response, json) = await client.SendAsync(HttpMethod.Post, "/submissions", body);
            response.StatusCode.ShouldBe(status, json.ToString());
            json.GetProperty("detail").GetString()!.ShouldContain(words);
        }

        var schemas = (await site.JsonAsync("/openapi/v1.json")).GetProperty("components").GetProperty("schemas");
        foreach (var shape in new[] { "NewSubmission", "SubmissionShape" })
            schemas.GetProperty(shape).GetProperty("properties").TryGetProperty("noun", out _).ShouldBeTrue(shape);
    }
}
