using System.Net;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;

namespace IncidentDb.Web.Tests.Api;

/// <summary>The same desk for programs.</summary>
[Collection(Contributing.Name)]
public sealed class ApiTests(ContributingSite site)
{
    private static Dictionary<string, string?> Fields(string slug) =>
        Drafts.Record(slug, started: Drafts.NewDay()).All.Where(f => f.Key != "slug").ToDictionary(f => f.Key, f => (string?)f.Value);

    [Fact]
    public async Task A_program_submits_and_another_reviews()
    {
        using var author = new Client(site, site.NewAccount(), Scopes.Read, Scopes.Submit);
        using var reviewer = new Client(site, site.NewAccount(Roles.Reviewer), Scopes.Read, Scopes.Submit, Scopes.Review);
        var slug = Drafts.NewSlug();
        var (created, body) = await author.PostAsync("/submissions", new { slug, fields = Fields(slug), send = true });
        created.StatusCode.ShouldBe(HttpStatusCode.Created, body.ToString());
        var id = body.GetProperty("id").GetString();
        created.Headers.Location!.OriginalString.ShouldBe($"/api/v1/submissions/{id}");
        created.Headers.GetValues("RateLimit-Limit").Single().ShouldBe("100000");
        int.Parse(created.Headers.GetValues("RateLimit-Remaining").Single()).ShouldBeLessThan(100000);
        (await reviewer.GetAsync("/review")).Body.EnumerateArray().Select(s => s.GetProperty("id").GetString()).ShouldContain(id);
        (await reviewer.PostAsync($"/review/{id}/claim")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reviewer.PostAsync($"/submissions/{id}/comments", new { field = "title", body = "Which town?" })).Response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await reviewer.PostAsync($"/review/{id}/request-changes", new { reason = "See the title." })).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await author.GetAsync($"/submissions/{id}/comments")).Body.GetArrayLength().ShouldBe(2);
        var version = (await author.GetAsync($"/submissions/{id}")).Body.GetProperty("version").GetInt32();
        var changed = Fields(slug);
        changed["title"] = "A cable is pulled in Littleton";
        (await author.SendAsync(HttpMethod.Put, $"/submissions/{id}", new { fields = changed })).Response.StatusCode.ShouldBe((HttpStatusCode)428);
        (await author.SendAsync(HttpMethod.Put, $"/submissions/{id}", new { fields = changed }, ("If-Match", $"\"{version - 1}\""))).Response.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await author.SendAsync(HttpMethod.Put, $"/submissions/{id}", new { fields = changed }, ("If-Match", $"\"{version}\""))).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await author.PostAsync($"/submissions/{id}/send")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (accepted, decision) = await reviewer.PostAsync($"/review/{id}/accept", new { revision = 0 });
        accepted.StatusCode.ShouldBe(HttpStatusCode.OK, decision.ToString());
        decision.GetProperty("status").GetString().ShouldBe("accepted");
        (await site.JsonAsync($"/incidents/{slug}.json")).GetProperty("title").GetString().ShouldBe("A cable is pulled in Littleton");
        site.Library.Changes.Of(Noun.Incident, slug).Single().Seq.ShouldBe(decision.GetProperty("change").GetInt64());
    }

    [Fact]
    public async Task A_write_under_one_key_is_done_once_however_often_it_comes()
    {
        using var author = new Client(site, site.NewAccount(), Scopes.Read, Scopes.Submit);
        var slug = Drafts.NewSlug();
        var request = new { slug, fields = Fields(slug), send = true };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => author.PostAsync("/submissions", request, ("Idempotency-Key", "one-key"))));
        answers.ShouldAllBe(a => a.Response.StatusCode == HttpStatusCode.Created);
        answers.Select(a => a.Body.GetProperty("id").GetString()).Distinct().Count().ShouldBe(1);
        answers.Count(a => a.Response.Headers.Contains("Idempotency-Replayed")).ShouldBe(7);
        (await author.GetAsync("/submissions")).Body.GetArrayLength().ShouldBe(1);
        (await author.PostAsync("/submissions", new { slug = "another", text = "x" }, ("Idempotency-Key", "one-key"))).Response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await author.PostAsync("/submissions", request, ("Idempotency-Key", "two words"))).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_answer_that_could_not_be_kept_leaves_nothing_done_and_what_was_refused_but_kept_as_a_draft_is_one_draft()
    {
        using var author = new Client(site, site.NewAccount(), Scopes.Read, Scopes.Submit);
        var slug = Drafts.NewSlug();
        var request = new { slug, fields = Fields(slug), send = true };
        var only = $"when new.token_id = {author.Token!.Id}";
        void Run(string sql) => site.Library.Database.Write(c =>
        {
            using var command = c.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        });
        Run($"create trigger broken before insert on idempotency {only} begin select raise(abort, 'the power is out'); end");
        var (failed, _) = await author.PostAsync("/submissions", request, ("Idempotency-Key", "a-key"));
        Run("drop trigger broken");
        failed.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        (await author.GetAsync("/submissions")).Body.GetArrayLength().ShouldBe(0);
        (await author.PostAsync("/submissions", request, ("Idempotency-Key", "a-key"))).Response.StatusCode.ShouldBe(HttpStatusCode.Created);
        var (replayed, body) = await author.PostAsync("/submissions", request, ("Idempotency-Key", "a-key"));
        (replayed.StatusCode, replayed.Headers.Location!.OriginalString).ShouldBe((HttpStatusCode.Created, $"/api/v1/submissions/{body.GetProperty("id").GetString()}"));

        // Refused, but its draft is there: the same answer again, not another draft.
        var fields = Fields(Drafts.NewSlug());
        fields["severity"] = "S9";
        var drafts = new HashSet<string>();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            var (refused, problem) = await author.PostAsync("/submissions", new { slug = "refused-once", fields, send = true }, ("Idempotency-Key", "b-key"));
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            drafts.Add(problem.GetProperty("submission").GetProperty("id").GetString()!);
        }

        drafts.Count.ShouldBe(1);
        (await author.GetAsync("/submissions")).Body.GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Every_write_can_carry_a_key()
    {
        using var author = new Client(site, site.NewAccount(), Scopes.Read, Scopes.Submit);
        using var admin = new Client(site, site.NewAccount(Roles.Admin), [.. Scopes.All]);
        var n = 0;
        async Task<System.Text.Json.JsonElement> TwiceAsync(Client who, HttpMethod method, string path, object? body = null, HttpStatusCode status = HttpStatusCode.OK, int? version = null)
        {
            var key = $"key-{n++}";
            (string, string)[] headers = version is null ? [("Idempotency-Key", key)] : [("Idempotency-Key", key), ("If-Match", $"\"{version}\"")];
            var (first, one) = await who.SendAsync(method, path, body, headers);
            first.StatusCode.ShouldBe(status, $"{path}: {one}");
            var (second, two) = await who.SendAsync(method, path, body, headers);
            (second.StatusCode, second.Headers.Contains("Idempotency-Replayed")).ShouldBe((status, true), path);
            two.ToString().ShouldBe(one.ToString());
            return one;
        }

        var slug = Drafts.NewSlug();
        var id = (await TwiceAsync(author, HttpMethod.Post, "/submissions", new { slug, fields = Fields(slug) }, HttpStatusCode.Created)).GetProperty("id").GetString();
        await TwiceAsync(author, HttpMethod.Put, $"/submissions/{id}", new { fields = Fields(slug) }, version: 1);
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/send");
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/withdraw");
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/reopen");
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/send");
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/comments", new { body = "once" }, HttpStatusCode.Created);
        await TwiceAsync(admin, HttpMethod.Post, $"/review/{id}/claim");
        await TwiceAsync(admin, HttpMethod.Post, $"/review/{id}/release");
        await TwiceAsync(admin, HttpMethod.Post, $"/review/{id}/request-changes", new { reason = "more" });
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/send");
        await TwiceAsync(admin, HttpMethod.Post, $"/review/{id}/reject", new { reason = "no" });
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/reopen");
        await TwiceAsync(author, HttpMethod.Post, $"/submissions/{id}/send");
        await TwiceAsync(admin, HttpMethod.Post, $"/review/{id}/accept", new { revision = 0 });
        site.Library.Incidents.Find(slug).ShouldNotBeNull();
        (await author.GetAsync($"/submissions/{id}/comments")).Body.GetArrayLength().ShouldBe(2);

        // The text of a token is shown once: it is not in what is kept for a repeated request.
        var wish = new { name = "another", scopes = new[] { "read" } };
        var (_, token) = await admin.PostAsync("/tokens", wish, ("Idempotency-Key", "a-token"));
        token.GetProperty("token").GetString().ShouldNotBeNullOrEmpty();
        var (again, replayed) = await admin.PostAsync("/tokens", wish, ("Idempotency-Key", "a-token"));
        again.Headers.Contains("Idempotency-Replayed").ShouldBeTrue();
        replayed.GetProperty("id").GetInt64().ShouldBe(token.GetProperty("id").GetInt64());
        replayed.ToString().ShouldNotContain(token.GetProperty("token").GetString()!);
        await TwiceAsync(admin, HttpMethod.Delete, $"/tokens/{token.GetProperty("id").GetInt64()}", status: HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task What_is_wrong_is_a_problem_with_the_rules_findings_and_nothing_sent_is_lost()
    {
        using var author = new Client(site, site.NewAccount(), Scopes.Read, Scopes.Submit);
        var fields = Fields(Drafts.NewSlug());
        fields["severity"] = "S9";
        var (response, body) = await author.PostAsync("/submissions", new { slug = Drafts.NewSlug(), fields, send = true });
        response.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        body.GetProperty("problems").EnumerateArray().Where(p => p.GetProperty("level").GetString() == "error").Select(p => p.GetProperty("field").GetString()).ShouldBe(["severity"]);
        var kept = (await author.GetAsync($"/submissions/{body.GetProperty("submission").GetProperty("id").GetString()}")).Body;
        kept.GetProperty("fields").GetProperty("severity").GetString().ShouldBe("S9");
        foreach (var wrong in new object[] { new { }, new { text = "x", fields }, new { fields = new { nosuch = "x" } } })
            (await author.PostAsync("/submissions", wrong)).Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, wrong.ToString());
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_no_more()
    {
        var account = site.NewAccount(Roles.Admin);
        using var reader = new Client(site, account, Scopes.Read);
        using var submitter = new Client(site, account, Scopes.Submit);
        using var manager = new Client(site, account, Scopes.Admin);
        (await reader.GetAsync("/submissions")).Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await reader.PostAsync("/submissions", new { text = "x" })).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await submitter.GetAsync("/submissions")).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await submitter.GetAsync("/review")).Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var (made, token) = await manager.PostAsync("/tokens", new { name = "made", scopes = new[] { "admin", "review", "submit" } });
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        token.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["admin"], "a token hands on no more than it has");
        (await manager.SendAsync(HttpMethod.Delete, $"/tokens/{token.GetProperty("id").GetInt64()}")).Response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        site.Library.Audit.Latest(10, account.Id).Select(e => (e.Event, e.Detail)).ShouldBe([(AuditEvents.TokenRevoked, $"{token.GetProperty("id").GetInt64()}"), (AuditEvents.TokenCreated, "made: admin")], "who hands out keys stands in the log, by whatever door");
        site.Library.Tokens.Revoke(account.Id, reader.Token!.Id, site.Clock.GetUtcNow());
        var (refused, body) = await reader.GetAsync("/submissions");
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        body.GetProperty("detail").GetString()!.ShouldContain("token");
        refused.Headers.WwwAuthenticate.ToString().ShouldContain("Bearer");
    }

    [Fact]
    public async Task Cookies_count_for_nothing_there()
    {
        using var reviewer = site.Sign(Roles.Reviewer);
        using var answer = await reviewer.GetAsync("/api/v1/review");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Every_address_of_the_api_stands_in_its_description()
    {
        var document = await site.JsonAsync("/openapi/v1.json");
        var described = document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Where(m => m.Name is "get" or "post" or "put" or "delete").Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")).ToList();
        var mapped = Endpoints.Of(site).Where(e => e.Path.StartsWith("/api/v1", StringComparison.Ordinal)).Select(e => $"{e.Method} {e.Path}").ToList();
        described.ShouldBe(mapped, ignoreOrder: true);
        mapped.Count.ShouldBeGreaterThan(15);
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString().ShouldBe("bearer");
    }
}
