using System.Net;
using IncidentDb.Accounts;

namespace IncidentDb.Web.Tests.Accounts;

[Collection(Contributing.Name)]
public sealed class SignInTests(ContributingSite site)
{
    private const string Password = "a quiet harbour wall";

    private async Task<(Person Person, string Name)> SignedUpAsync()
    {
        var person = site.Nobody();
        var name = $"test-{Guid.NewGuid():N}"[..20];
        using var response = await person.SubmitAsync("/signup", "/signup", ("name", name), ("credit_name", "Test contributor"), ("password", Password), ("shown", "1"));
        await response.ShouldAnswerAsync(HttpStatusCode.Redirect, "signing up");
        return (person, name);
    }

    private static Task<HttpResponseMessage> SignInAsync(Person person, string name, string password, string? to = null) =>
        person.SubmitAsync("/login" + (to is null ? "" : "?return=" + Uri.EscapeDataString(to)), "/login", ("name", name), ("password", password));

    [Fact]
    public async Task Somebody_signs_up_out_and_in_again()
    {
        var (person, name) = await SignedUpAsync();
        (await person.PageAsync("/account")).QuerySelector("h1")!.TextContent.ShouldBe("Your account");
        using (var signedOut = await person.SubmitAsync("/account", "/logout"))
            signedOut.Headers.Location!.ToString().ShouldBe("/");
        using (var closed = await person.GetAsync("/account"))
            closed.Headers.Location!.ToString().ShouldBe("/login?return=%2Faccount");
        using var signedIn = await SignInAsync(person, name.ToUpperInvariant(), Password, "/submissions");
        signedIn.Headers.Location!.ToString().ShouldBe("/submissions");
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("incidentdb=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldNotContain("max-age", Case.Insensitive, "it ends with the browser unless asked otherwise");
    }

    [Fact]
    public async Task A_page_for_somebody_signed_in_is_kept_by_no_cache()
    {
        var (person, _) = await SignedUpAsync();
        using var response = await person.GetAsync("/incidents");
        response.Headers.CacheControl!.ShouldSatisfyAllConditions(c => c.NoStore.ShouldBeTrue(), c => c.Private.ShouldBeTrue());
        using var anonymous = await site.Client.GetAsync("/incidents");
        anonymous.Headers.CacheControl!.ToString().ShouldBe("no-cache", "kept, and asked for again each time");
    }

    [Fact]
    public async Task After_five_wrong_tries_the_right_password_is_refused_too_with_the_same_words_and_a_session_goes_on()
    {
        var (person, name) = await SignedUpAsync();
        var guesser = site.Nobody();
        string? unknown = null;
        using (var response = await SignInAsync(guesser, "nobody-" + name, Password))
            unknown = (await Person.ReadAsync(response, HttpStatusCode.Unauthorized, "unknown")).QuerySelector(".notice--error")!.TextContent;
        for (var i = 0; i < 5; i++)
        {
            using var response = await SignInAsync(guesser, name, "wrong words here");
            (await Person.ReadAsync(response, HttpStatusCode.Unauthorized, "wrong")).QuerySelector(".notice--error")!.TextContent.ShouldBe(unknown);
        }

        using (var locked = await SignInAsync(guesser, name, Password))
            (await Person.ReadAsync(locked, HttpStatusCode.Unauthorized, "locked")).QuerySelector(".notice--error")!.TextContent.ShouldBe(unknown);
        await person.PageAsync("/account");
        site.Clock.Ahead += TimeSpan.FromMinutes(15);
        try
        {
            using var open = await SignInAsync(guesser, name, Password);
            await open.ShouldAnswerAsync(HttpStatusCode.Redirect, "after the lock");
        }
        finally
        {
            site.Clock.Ahead = TimeSpan.Zero;
        }
    }

    [Fact]
    public async Task Twenty_guesses_at_once_are_five_tries()
    {
        var (_, name) = await SignedUpAsync();
        var guesser = site.Nobody();
        var token = await guesser.FormTokenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var response = await guesser.PostAsync("/login", [new("__RequestVerificationToken", token), new("name", name), new("password", $"wrong words {i:00}")]);
            return response.StatusCode;
        }));
        answers.ShouldAllBe(s => s == HttpStatusCode.Unauthorized || s == HttpStatusCode.TooManyRequests);
        var id = site.Library.Accounts.FindByName(AccountRules.Normalize(name))!.Id;
        site.Library.Audit.Latest(100, id).Count(e => e.Event == AuditEvents.SignInFailed).ShouldBeLessThanOrEqualTo(4, "the fifth is the lock");
        site.Library.Accounts.Find(id)!.LockedUntil.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("\t//evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_to_this_site_only(string to)
    {
        var (_, name) = await SignedUpAsync();
        using var response = await SignInAsync(site.Nobody(), name, Password, to);
        response.Headers.Location!.ToString().ShouldBe("/account");
    }

    [Fact]
    public async Task A_new_password_ends_all_other_sessions_and_tokens()
    {
        var (person, name) = await SignedUpAsync();
        var other = site.Nobody();
        using (await SignInAsync(other, name, Password))
        {
        }

        var account = site.Library.Accounts.FindByName(AccountRules.Normalize(name))!;
        var (_, token) = site.Library.Tokens.Create(account, "test", [Scopes.Read], TokenStore.DefaultLife, DateTimeOffset.UnixEpoch.AddYears(60))!.Value;
        await other.PageAsync("/account");
        using (var wrong = await person.SubmitAsync("/account", "/account/password", ("old_password", "wrong words here"), ("password", "another quiet harbour")))
            await wrong.ShouldAnswerAsync(HttpStatusCode.BadRequest, "the old password is wrong");
        using (var changed = await person.SubmitAsync("/account", "/account/password", ("old_password", Password), ("password", "another quiet harbour")))
            changed.Headers.Location!.ToString().ShouldBe("/account?done=password");
        await person.PageAsync("/account");
        using var ended = await other.GetAsync("/account");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        site.Library.Tokens.Find(token, site.Clock.GetUtcNow()).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_is_ended_from_another()
    {
        var (person, name) = await SignedUpAsync();
        var other = site.Nobody();
        using (await SignInAsync(other, name, Password))
        {
        }

        using (var end = await person.SubmitAsync("/account", "/account/sessions/end"))
            end.Headers.Location!.ToString().ShouldBe("/account?done=session");
        using var ended = await other.GetAsync("/account");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var stranger = site.Sign();
        var session = site.Library.Sessions.Of(site.Library.Accounts.FindByName(AccountRules.Normalize(name))!.Id, site.Clock.GetUtcNow()).Single();
        using var foreign = await stranger.PostAsync("/account/sessions/end", [new("__RequestVerificationToken", await stranger.FormTokenAsync("/account")), new("session", $"{session.Id}")]);
        foreign.StatusCode.ShouldBe(HttpStatusCode.NotFound, "a session of somebody else");
        await person.PageAsync("/account");
    }

    [Fact]
    public async Task An_account_deletes_itself_and_its_name_is_gone()
    {
        var (person, name) = await SignedUpAsync();
        using (var unsure = await person.SubmitAsync("/account", "/account/delete", ("confirm", "no")))
            await unsure.ShouldAnswerAsync(HttpStatusCode.BadRequest, "not confirmed");
        using (var done = await person.SubmitAsync("/account", "/account/delete", ("confirm", name)))
            done.Headers.Location!.ToString().ShouldBe("/");
        using var ended = await person.GetAsync("/account");
        ended.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        site.Library.Accounts.FindByName(AccountRules.Normalize(name)).ShouldBeNull();
    }

    [Theory]
    [InlineData("password", "password1234", "name", "x-test")]
    [InlineData("name", "no good name", "password", Password)]
    public async Task What_is_wrong_with_a_new_account_stands_at_its_field_and_what_was_typed_is_still_there(string bad, string value, string other, string good)
    {
        using var response = await site.Nobody().SubmitAsync("/signup", "/signup", (bad, value), (other, good), ("credit_name", "Somebody & <Co>"), ("shown", "1"));
        var page = await Person.ReadAsync(response, HttpStatusCode.BadRequest, "signing up");
        page.QuerySelector($".notice--error a")!.GetAttribute("href").ShouldBe("#f-" + bad);
        page.QuerySelector($"#f-{bad}")!.GetAttribute("aria-invalid").ShouldBe("true");
        page.QuerySelector("#f-credit_name")!.GetAttribute("value").ShouldBe("Somebody & <Co>");
        page.QuerySelector("#f-password")!.GetAttribute("value").ShouldBeNull("a password is never printed");
    }

    [Fact]
    public async Task A_program_that_fills_in_everything_at_once_makes_no_account()
    {
        using var quick = await site.Nobody().SubmitAsync("/signup", "/signup", ("name", "quick-test"), ("credit_name", "Quick"), ("password", Password));
        await quick.ShouldAnswerAsync(HttpStatusCode.BadRequest, "too quick");
        using var trapped = await site.Nobody().SubmitAsync("/signup", "/signup", ("name", "quick-test"), ("credit_name", "Quick"), ("password", Password), ("shown", "1"), ("website", "https://spam.example"));
        await trapped.ShouldAnswerAsync(HttpStatusCode.BadRequest, "the trap");
        site.Library.Accounts.FindByName("QUICK-TEST").ShouldBeNull();
    }

    [Fact]
    public async Task A_role_is_given_by_an_administrator_who_gave_the_password_lately()
    {
        var admin = site.Sign(Roles.Admin);
        var account = site.NewAccount();
        (string, string?)[] fields = [("account", $"{account.Id}"), ("role", Roles.Reviewer)];
        using (var given = await admin.SubmitAsync("/accounts", "/accounts/role", fields))
            given.Headers.Location!.ToString().ShouldBe("/accounts?done=role");
        site.Library.Accounts.Find(account.Id)!.Role.ShouldBe(Roles.Reviewer);
        site.Clock.Ahead += TimeSpan.FromMinutes(11);
        try
        {
            using var stale = await admin.SubmitAsync("/accounts", "/accounts/role", ("account", $"{account.Id}"), ("role", Roles.Admin));
            stale.Headers.Location!.ToString().ShouldBe("/login?again=1&return=/accounts");
        }
        finally
        {
            site.Clock.Ahead = TimeSpan.Zero;
        }

        site.Library.Accounts.Find(account.Id)!.Role.ShouldBe(Roles.Reviewer);
    }

    [Fact]
    public async Task A_disabled_account_is_out_with_its_next_request()
    {
        var admin = site.Sign(Roles.Admin);
        var person = site.Sign();
        await person.PageAsync("/account");
        using (var disabled = await admin.SubmitAsync("/accounts", "/accounts/disable", ("account", $"{person.Account!.Id}")))
            disabled.Headers.Location!.ToString().ShouldBe("/accounts?done=disable");
        using var out_ = await person.GetAsync("/account");
        out_.StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_password_link_sets_the_password_once()
    {
        var admin = site.Sign(Roles.Admin);
        var name = $"test-{Guid.NewGuid():N}"[..20];
        using var made = await admin.SubmitAsync("/accounts", "/accounts/new", ("name", name), ("credit_name", "Made by hand"), ("role", Roles.Reviewer));
        var link = new Uri((await Person.ReadAsync(made, HttpStatusCode.OK, "making")).QuerySelector(".quotebox")!.TextContent).AbsolutePath;
        var owner = site.Nobody();
        using (var set = await owner.SubmitAsync(link, link, ("password", Password)))
            set.Headers.Location!.ToString().ShouldBe("/account?done=password");
        await owner.PageAsync("/review");
        using var again = await site.Nobody().GetAsync(link);
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
