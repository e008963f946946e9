using System.Text;
using System.Text.RegularExpressions;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Api;
using IncidentDb.Web.Tests.Copies;
using IncidentDb.Web.Tests.Submissions;

namespace IncidentDb.Web.Tests.Accounts;

/// <summary>
/// Who may do what: every address of the running site × everybody who may ask, compared with the table beside this file. A new address that is not in
/// the table fails; INCIDENTDB_UPDATE_DOCS=1 writes it anew, for a person to read before it is committed.
/// </summary>
public sealed partial class AccessTests(ContributingSite site) : IClassFixture<ContributingSite>
{
    private static readonly string[] _who = ["nobody", "owner", "other", "reviewer", "admin", "revoked"];

    /// <summary>A host's copy of a prep sheet travels in its own form and is kept nowhere: readers have no token.</summary>
    private static readonly string[] _keepNothing = ["/prep/copy", "/prep/copy/go-on", "/prep/copy/load"];

    private static string TablePath => Path.Combine(Clone.Root, "tests", "IncidentDb.Web.Tests", "Accounts", "access.txt");

    [Fact]
    public void Every_address_says_who_may_use_it() =>
        // The framework's own two are refused to everybody.
        Endpoints.Of(site).Where(e => !e.HasPolicy).Select(e => e.Path).ShouldBe(["/_framework/opaque-redirect", "/{**path:file}"]);

    [Fact]
    public async Task Everybody_may_do_what_the_table_says_and_nothing_else()
    {
        var rows = new StringBuilder("# address, then what it answers to nobody, the owner of the submission, another contributor, a reviewer, an administrator, a revoked session or token\n");
        foreach (var endpoint in Endpoints.Of(site).Where(e => e.Path != "/login/again"))
        {
            var answers = await Task.WhenAll(_who.Select(who => AskAsync(endpoint, who)));
            rows.Append($"{endpoint.Method,-6} {endpoint.Path,-45} {string.Join(' ', answers)}\n");
        }

        if (Environment.GetEnvironmentVariable("INCIDENTDB_UPDATE_DOCS") == "1")
            await File.WriteAllTextAsync(TablePath, rows.ToString());
        rows.ToString().ShouldBe(await File.ReadAllTextAsync(TablePath));
    }

    /// <summary>
    /// In the table: ok done or shown · in to the sign-in · no 401, 403 or 404 · bad 400 or 409, the request passed who may ask. Each request gets a
    /// submission of its own, in the state in which the act is possible.
    /// </summary>
    private async Task<string> AskAsync(EndpointOf endpoint, string who)
    {
        using var owner = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        using var another = who switch { "other" => site.Sign(), "admin" => site.Sign(Roles.Admin), _ => site.Nobody() };
        var person = who switch { "owner" or "revoked" => owner, "reviewer" => reviewer, _ => another };
        var submission = Prepare(endpoint.Path, owner, reviewer);
        var path = Parameter().Replace(endpoint.Path, m => m.Value switch
        {
            "{id}" or "{Id}" when endpoint.Path.Contains("tokens", StringComparison.Ordinal) => "1",
            "{id}" or "{Id}" when endpoint.Path.StartsWith("/copies", StringComparison.Ordinal) => site.Kept(owner).Id,
            "{id}" or "{Id}" => submission?.Id ?? "nosuchid",
            "{documentName}" => "v1",
            "{name}" or "{Name}" => "data-format",
            "{link}" or "{Link}" => "nosuchlink",
            _ when endpoint.Path.StartsWith("/incidents", StringComparison.Ordinal) => "facebook-bgp-2021",
            _ when endpoint.Path.StartsWith("/companies", StringComparison.Ordinal) => "google",
            _ when endpoint.Path.StartsWith("/patterns", StringComparison.Ordinal) => "failover",
            _ when endpoint.Path.StartsWith("/causes", StringComparison.Ordinal) => "capacity",
            _ when endpoint.Path.StartsWith("/technologies", StringComparison.Ordinal) => "dns",
            _ when endpoint.Path.StartsWith("/laws", StringComparison.Ordinal) => "emergent-chaos",
            _ when endpoint.Path.StartsWith("/contributors", StringComparison.Ordinal) => owner.Account!.Slug,
            _ => "incident-documentaries-04-six-hours-of-silence",
        });
        if (path.StartsWith("/api/", StringComparison.Ordinal))
            return await AskApiAsync(endpoint, path, who, person);
        var token = endpoint.Method == "GET" ? "" : await person.FormTokenAsync(who is "nobody" or "revoked" ? "/login" : "/account");
        if (who == "revoked")
            site.Library.Sessions.EndOthers(owner.Account!.Id, null);
        if (endpoint.Method == "GET")
        {
            using var shown = await person.GetAsync(path);
            return Word(shown);
        }

        // What the act needs besides permission is there, so that nothing but permission decides.
        using var answer = await person.PostAsync(path, [new("__RequestVerificationToken", token), new("comment", "x"), new("field", ""), new("note", "x"), new("reason", "x"), new("why", ""), new("title", "x"), new("do", "save"), new("version", $"{submission?.Version ?? 1}")]);
        return Word(answer);
    }

    private async Task<string> AskApiAsync(EndpointOf endpoint, string path, string who, Person person)
    {
        using var client = new Client(site, person.Account, [.. Scopes.All]);
        if (who == "revoked")
            site.Library.Tokens.Revoke(person.Account!.Id, client.Token!.Id, site.Clock.GetUtcNow());
        var body = endpoint.Method is "POST" or "PUT" ? new { body = "x", reason = "x", name = "x", fields = new Dictionary<string, string> { ["title"] = "x" } } : null;
        var (response, _) = await client.SendAsync(new HttpMethod(endpoint.Method), path["/api/v1".Length..], body, ("If-Match", "999"));
        return Word(response);
    }

    private Submission? Prepare(string path, Person owner, Person reviewer)
    {
        if (!path.Contains("{id}", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/copies", StringComparison.Ordinal))
            return null;
        var draft = path.EndsWith("/edit", StringComparison.Ordinal) || path.EndsWith("/timeline", StringComparison.Ordinal) || path.EndsWith("/take", StringComparison.Ordinal) || path.EndsWith("/send", StringComparison.Ordinal) || path == "/api/v1/submissions/{id}";
        var fields = Drafts.Record(Drafts.NewSlug(), started: Drafts.NewDay());
        if (draft)
            return site.Desk().Begin(owner.Actor(), fields)!.Value.Draft;
        var sent = site.Sent(owner, form: fields);
        if (path.EndsWith("/release", StringComparison.Ordinal))
            site.Desk().Claim(sent.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        if (path.EndsWith("/reopen", StringComparison.Ordinal))
            return site.Desk().Withdraw(sent.Id, owner.Actor()).Submission;
        return sent;
    }

    private static string Word(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        302 when answer.Headers.Location!.OriginalString.StartsWith("/login?return", StringComparison.Ordinal) => "in",
        401 or 403 or 404 => "no",
        400 or 409 or 412 or 415 or 422 or 428 => "bad",
        >= 200 and < 400 => "ok",
        var status => status.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    [Fact]
    public async Task What_waits_is_read_by_nobody_but_its_author_and_the_reviewers()
    {
        var word = $"axolotl{Guid.NewGuid():N}"[..16];
        using var author = site.Sign();
        using var other = site.Sign();
        using var nobody = site.Nobody();
        using var reviewer = site.Sign(Roles.Reviewer);
        var before = (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32();
        var slug = Drafts.NewSlug();
        var sent = site.Sent(author, form: Drafts.Record(slug, $"An {word} waits", Drafts.NewDay()).With("tags", word));
        var rejected = site.Sent(author, form: Drafts.Record(Drafts.NewSlug(), $"An {word} is rejected", Drafts.NewDay()));
        site.Desk().Reject(rejected.Id, reviewer.Actor(), "No source").IsDone.ShouldBeTrue();
        var edit = site.SentEdit(author, "facebook-bgp-2021", "title", $"An {word} in an edit");
        string[] addresses =
        [
            "/", $"/incidents?q={word}", $"/incidents.json?q={word}", $"/incidents.atom?q={word}", $"/incidents.csv?tag={word}", $"/incidents.ndjson?q={word}", $"/incidents/{slug}", $"/incidents/{slug}.json", $"/incidents/{slug}/history",
            $"/incidents/{slug}/history/compare?from=0&to=1", "/incidents/facebook-bgp-2021", "/incidents/facebook-bgp-2021/history", "/incidents/facebook-bgp-2021/history.json", $"/suggest.json?q={word}", "/changes", "/changes.json", "/changes/acts.json", "/sitemap.txt", "/companies/google", "/timeline",
            "/stats", "/about/data", "/about/data.json", $"/contributors/{author.Account!.Slug}", "/lookup.json?url=https://paper.example/" + slug, $"/submissions/{sent.Id}", $"/submissions/{sent.Id}/preview", $"/submissions/{sent.Id}/edit", $"/submissions/{rejected.Id}", $"/submissions/{edit.Id}", $"/review/{sent.Id}", "/review", "/submissions", "/submit",
        ];
        foreach (var person in new[] { nobody, other })
        {
            foreach (var address in addresses)
            {
                using var answer = await person.GetAsync(address);
                (await answer.Content.ReadAsStringAsync()).Replace(address, "", StringComparison.Ordinal).Replace($"value=\"{word}\"", "", StringComparison.Ordinal)
                    .Contains($"n {word} ", StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{address} tells {(person == other ? "another contributor" : "nobody")}");
            }
        }

        (await site.JsonAsync("/incidents.json")).GetProperty("total").GetInt32().ShouldBe(before);
        // The check can fail: the author and a reviewer do see it.
        foreach (var person in new[] { author, reviewer })
            (await (await person.GetAsync($"/submissions/{sent.Id}")).Content.ReadAsStringAsync()).ShouldContain($"An {word} waits");
        // And who may not see it can't tell it from what is not there.
        foreach (var id in new[] { sent.Id, "nosuchsubmis" })
            ((int)(await other.GetAsync($"/submissions/{id}")).StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Every_form_refuses_what_comes_from_elsewhere_and_what_has_no_token_or_a_stale_one()
    {
        using var admin = site.Sign(Roles.Admin);
        using var author = site.Sign();
        var draft = site.Desk().Begin(admin.Actor(), FormFields.Empty)!.Value.Draft;
        var sent = site.Sent(author);
        var acts = site.Desk().Acts.Latest(1)[0].Seq;
        var token = await admin.FormTokenAsync("/account");
        var tried = 0;
        foreach (var endpoint in Endpoints.Of(site).Where(e => e.Method is not ("GET" or "*") && !e.Path.StartsWith("/api/", StringComparison.Ordinal)))
        {
            endpoint.TakesForm.ShouldBe(!_keepNothing.Contains(endpoint.Path), $"{endpoint}: an address that changes something is a form with a token");
            var path = Parameter().Replace(endpoint.Path, m => m.Value is "{id}" ? endpoint.Path.StartsWith("/review", StringComparison.Ordinal) ? sent.Id : draft.Id : "facebook-bgp-2021");
            foreach (var (site1, origin) in new (string?, string?)[] { ("cross-site", null), ("same-site", null), (null, "https://evil.example"), (null, "null"), (null, null) })
            {
                using var answer = await admin.PostAsync(path, [new("__RequestVerificationToken", token), new("do", "save")], request =>
                {
                    request.Headers.Remove("Origin");
                    if (site1 is not null)
                        request.Headers.Add("Sec-Fetch-Site", site1);
                    if (origin is not null)
                        request.Headers.Add("Origin", origin);
                });
                ((int)answer.StatusCode).ShouldBe(403, $"{path} from {site1 ?? origin ?? "nowhere"}");
                tried++;
            }

            foreach (var wrong in endpoint.TakesForm ? new[] { null, "stale", token[..^4] + "AAAA" } : [])
            {
                using var answer = await admin.PostAsync(path, wrong is null ? [new("do", "save")] : [new("__RequestVerificationToken", wrong), new("do", "save")]);
                ((int)answer.StatusCode).ShouldBeOneOf(400, 415);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(200);
        site.Desk().Acts.Latest(1)[0].Seq.ShouldBe(acts, "nothing was done");
        site.Desk().Find(draft.Id, admin.Actor())!.Version.ShouldBe(1);
        site.Library.Accounts.Find(admin.Account!.Id)!.IsActive.ShouldBeTrue();
    }

    [GeneratedRegex(@"\{\w+\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Parameter();
}
