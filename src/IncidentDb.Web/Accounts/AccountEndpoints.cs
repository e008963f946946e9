using System.Globalization;
using IncidentDb.Accounts;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Identity;
using Problem = IncidentDb.Records.Problem;

namespace IncidentDb.Web.Accounts;

/// <summary>What the forms of signing in and of one's own account do.</summary>
internal static class AccountEndpoints
{
    private const string Wrong = "The name or the password is wrong, or the account is locked after five wrong tries; a lock opens after 15 minutes.";
    private const string Busy = "Too many people are signing in at this moment. Try again in a few seconds.";

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton(p => p.GetRequiredService<KnowledgeBase>().Accounts);
        services.AddSingleton<SignIn>();
        // Registered before Identity's own, which then stand back.
        services.AddScoped<IUserStore<Account>, AccountUserStore>();
        services.AddScoped<IPasswordValidator<Account>, AccountPasswordValidator>();
        services.AddScoped<IUserValidator<Account>, AccountNameValidator>();
        services.AddIdentityCore<Account>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = SignIn.MaxTries;
            identity.Lockout.DefaultLockoutTimeSpan = SignIn.Lock;
        });
        // OWASP's figure for PBKDF2 with SHA-512; the framework's is 100,000.
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 220_000);
        services.AddAuthentication(auth =>
        {
            auth.DefaultScheme = "either";
            auth.AddScheme<SessionHandler>(SessionHandler.SchemeName, null);
            auth.AddScheme<TokenHandler>(TokenHandler.SchemeName, null);
        }).AddPolicyScheme("either", null, either => either.ForwardDefaultSelector = context =>
            context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) ? TokenHandler.SchemeName : SessionHandler.SchemeName);
        services.AddAuthorization(Visitor.AddPolicies);
    }

    public static void MapAccounts(this WebApplication app)
    {
        app.MapForm("/login", LogInAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapForm("/login/again", LogInAgainAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn).WithBody(BodyLimit.Record).WithMetadata(new KeepsTyped());
        app.MapForm("/logout", LogOut).AllowAnonymous();
        app.MapForm("/signup", SignUpAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapForm("/setup", SetupAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapForm("/account/password/{link}", SetPasswordAsync).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapForm("/account/password", ChangePasswordAsync).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.SignIn);
        app.MapForm("/account/credit", ChangeCreditAsync).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapForm("/account/sessions/end", EndSession).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapForm("/account/tokens", MakeToken).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapForm("/account/tokens/revoke", RevokeToken).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapForm("/account/delete", Delete).RequireAuthorization(Permissions.Submit).RequireRateLimiting(Limits.Write);
        app.MapAdministration();
    }

    private static async Task<IResult> LogInAsync(HttpContext context, SignIn signIn, SiteSettings settings, KnowledgeBase library, TimeProvider time)
    {
        var (name, to, keep) = (context.Field("name"), Pages.Local(context.Field("return"), "/account"), context.Field("keep") == "yes");
        if (!SessionCookie.IsAllowedHere(context, settings))
            return Pages.Show<LoginPage>(StatusCodes.Status403Forbidden, new { Return = to });
        var (status, sentence) = await TryAsync(context, signIn, library, time, keep);
        return sentence is null ? Pages.Done(to) : Pages.Show<LoginPage>(status, new { Name = name, Sentence = sentence, Keep = keep, Return = to });
    }

    private static async Task<IResult> LogInAgainAsync(HttpContext context, SignIn signIn, SiteSettings settings, KnowledgeBase library, TimeProvider time)
    {
        var target = Pages.Local(context.Field("target"), "/account");
        var fields = SignInAgain.Carried(context.Request.Form);
        // Somebody who signed in, or up, in another tab meanwhile has another token; what the form carries goes on from there.
        if (Forms.IsStale(context))
            return Pages.Show<SignInAgainPage>(StatusCodes.Status400BadRequest, new { Target = target, Fields = fields, SignedIn = context.Visitor().IsKnown, Name = context.Field("name"), Sentence = "The form was too old to be taken. Everything you typed is still here: sign in once more." });
        if (!SessionCookie.IsAllowedHere(context, settings))
            return new ErrorResult(StatusCodes.Status403Forbidden, "Open the site under its https address to sign in.");
        var (status, sentence) = await TryAsync(context, signIn, library, time, keep: false);
        return Pages.Show<SignInAgainPage>(sentence is null ? StatusCodes.Status200OK : status, new { Target = target, Fields = fields, SignedIn = sentence is null, Name = context.Field("name"), Sentence = sentence });
    }

    /// <summary>Checks and signs in; a status and a sentence when it did not.</summary>
    private static async Task<(int Status, string? Sentence)> TryAsync(HttpContext context, SignIn signIn, KnowledgeBase library, TimeProvider time, bool keep)
    {
        var (outcome, account) = await signIn.CheckAsync(context.Field("name"), context.Field("password"), context.RequestAborted);
        if (outcome == SignInOutcome.Done)
        {
            SessionCookie.Begin(context, account!, keep);
            // The page that answers belongs to whoever has just signed in.
            if (library.Sessions.Of(account!.Id, time.GetUtcNow()) is [var session, ..])
            {
                context.SetVisitor(Visitor.Browser(account, session));
                context.User = context.Visitor().ToPrincipal(SessionHandler.SchemeName);
            }

            return (StatusCodes.Status200OK, null);
        }

        if (outcome == SignInOutcome.Busy)
        {
            context.Response.Headers.RetryAfter = "5";
            return (StatusCodes.Status429TooManyRequests, Busy);
        }

        var locked = account?.LockedUntil > time.GetUtcNow();
        library.Audit.Write(locked ? AuditEvents.LockedOut : AuditEvents.SignInFailed, account?.Id, context.Connection.RemoteIpAddress, account is null ? "unknown name" : "wrong password", time.GetUtcNow());
        return (StatusCodes.Status401Unauthorized, Wrong);
    }

    private static IResult LogOut(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        if (context.Visitor() is { Session: { } session, Account: { } account })
        {
            library.Sessions.End(account.Id, session.Id);
            library.Audit.Write(AuditEvents.SignedOut, account.Id, context.Connection.RemoteIpAddress, "", time.GetUtcNow());
        }

        SessionCookie.End(context);
        return Pages.Done("/");
    }

    private static async Task<IResult> SignUpAsync(HttpContext context, SignIn signIn, SiteSettings settings, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        var (name, credit, to) = (context.Field("name").Trim(), AccountRules.Tidy(context.Field("credit_name")), Pages.Local(context.Field("return"), "/account?done=welcome"));
        if (settings.SignUp != "open" || !SessionCookie.IsAllowedHere(context, settings))
            return Pages.Show<SignUpPage>(StatusCodes.Status403Forbidden);
        // A program fills every field, and at once.
        var shown = long.TryParse(context.Field("shown"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;
        if (context.Field("website").Length > 0 || time.GetUtcNow().ToUnixTimeSeconds() - shown < 2)
            return Pages.Show<SignUpPage>(StatusCodes.Status400BadRequest, new { Name = name, CreditName = credit, Return = to, Problems = One("", "That was quicker than anybody types. Look the form over and send it again.") });
        var (account, problems, busy) = await CreateAsync(new Account { Name = name, CreditName = credit }, context.Field("password"), signIn, users, context.RequestAborted);
        if (busy)
            return Pages.Show<SignUpPage>(StatusCodes.Status429TooManyRequests, new { Name = name, CreditName = credit, Return = to, Problems = One("", Busy) });
        if (problems.Count > 0)
            return Pages.Show<SignUpPage>(StatusCodes.Status400BadRequest, new { Name = name, CreditName = credit, Return = to, Problems = problems });
        library.Audit.Write(AuditEvents.AccountCreated, account.Id, context.Connection.RemoteIpAddress, "signed up", time.GetUtcNow());
        SessionCookie.Begin(context, account, keep: false);
        return Pages.Done(to);
    }

    private static async Task<IResult> SetupAsync(HttpContext context, SignIn signIn, SiteSettings settings, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        if (!library.Links.IsOpenForSetup())
            return new ErrorResult(StatusCodes.Status404NotFound, "There is nothing at this address.");
        if (!SessionCookie.IsAllowedHere(context, settings))
            return Pages.Show<SetupPage>(StatusCodes.Status403Forbidden);
        var now = time.GetUtcNow();
        var (token, name, credit, password) = (context.Field("token").Trim(), context.Field("name").Trim(), AccountRules.Tidy(context.Field("credit_name")), context.Field("password"));
        IResult Again(IReadOnlyList<Problem> problems) => Pages.Show<SetupPage>(StatusCodes.Status400BadRequest, new { Token = token, Name = name, CreditName = credit, Problems = problems });
        if (!library.Links.IsSetupToken(token, now))
        {
            library.Audit.Write(AuditEvents.SetupRefused, null, context.Connection.RemoteIpAddress, "wrong token", now);
            return Again(One("token", "This is not the token of this installation, or it is older than a day. A restart of the site makes a new one."));
        }

        var admin = new Account { Name = name, NormalizedName = AccountRules.Normalize(name), CreditName = credit, Role = Roles.Admin, SecurityStamp = Secret.New(), CreatedAt = now };
        var problems = new[] { AccountRules.CheckName(name), AccountRules.CheckCreditName(credit), PasswordRules.Check(password, name, credit) }.OfType<Problem>().ToList();
        if (problems.Count > 0)
            return Again(problems);
        admin.PasswordHash = await signIn.HashAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(admin, password)), context.RequestAborted);
        if (admin.PasswordHash is null)
            return Again(One("", Busy));
        if (!library.Links.ClaimSetup(token, admin, now))
            return Again(One("token", "Somebody else has just claimed this installation."));
        library.Audit.Write(AuditEvents.SetupClaimed, admin.Id, context.Connection.RemoteIpAddress, admin.Name, now);
        SessionCookie.Begin(context, admin, keep: false);
        return Pages.Done("/account?done=welcome");
    }

    private static async Task<IResult> SetPasswordAsync(string link, HttpContext context, SignIn signIn, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        var now = time.GetUtcNow();
        if (library.Links.PasswordAccount(link, now) is not { } id || library.Accounts.Find(id) is not { } account)
            return new ErrorResult(StatusCodes.Status404NotFound, "There is nothing at this address.");
        var password = context.Field("password");
        if (PasswordRules.Check(password, account.Name, account.CreditName) is { } problem)
            return Pages.Show<PasswordPage>(StatusCodes.Status400BadRequest, new { Link = link, Problems = (IReadOnlyList<Problem>)[problem] });
        var hash = await signIn.HashAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(account, password)), context.RequestAborted);
        if (hash is null)
            return Pages.Show<PasswordPage>(StatusCodes.Status429TooManyRequests, new { Link = link, Problems = One("", Busy) });
        if (!library.Links.Use(link, now))
            return new ErrorResult(StatusCodes.Status404NotFound, "There is nothing at this address.");
        account.PasswordHash = hash;
        account.FailedCount = 0;
        account.LockedUntil = null;
        await users.UpdateSecurityStampAsync(account);
        library.Sessions.EndOthers(account.Id, null);
        library.Tokens.RevokeAll(account.Id, now);
        library.Audit.Write(AuditEvents.PasswordChanged, account.Id, context.Connection.RemoteIpAddress, "by link", now);
        SessionCookie.Begin(context, account, keep: false);
        return Pages.Done("/account?done=password");
    }

    private static async Task<IResult> ChangePasswordAsync(HttpContext context, SignIn signIn, KnowledgeBase library, TimeProvider time, UserManager<Account> users)
    {
        var now = time.GetUtcNow();
        var visitor = context.Visitor();
        var password = context.Field("password");
        if (PasswordRules.Check(password, visitor.Account!.Name, visitor.Account.CreditName) is { } problem)
            return Pages.Show<AccountPage>(StatusCodes.Status400BadRequest, new { Problems = (IReadOnlyList<Problem>)[problem] });
        var (outcome, account) = await signIn.CheckAsync(visitor.Account.Name, context.Field("old_password"), context.RequestAborted);
        if (outcome != SignInOutcome.Done)
            return Pages.Show<AccountPage>(StatusCodes.Status400BadRequest, new { Problems = One(outcome == SignInOutcome.Busy ? "" : "old_password", outcome == SignInOutcome.Busy ? Busy : "That is not your present password, or it was wrong five times: then wait 15 minutes.") });
        var hash = await signIn.HashAsync(() => Task.FromResult(users.PasswordHasher.HashPassword(account!, password)), context.RequestAborted);
        if (hash is null)
            return Pages.Show<AccountPage>(StatusCodes.Status429TooManyRequests, new { Problems = One("", Busy) });
        account!.PasswordHash = hash;
        await users.UpdateSecurityStampAsync(account);
        library.Sessions.Refresh(visitor.Session!.Id, account.SecurityStamp, now);
        library.Sessions.EndOthers(account.Id, visitor.Session.Id);
        library.Tokens.RevokeAll(account.Id, now);
        library.Audit.Write(AuditEvents.PasswordChanged, account.Id, context.Connection.RemoteIpAddress, "by its owner", now);
        return Pages.Done("/account?done=password");
    }

    private static async Task<IResult> ChangeCreditAsync(HttpContext context, KnowledgeBase library, UserManager<Account> users)
    {
        var account = library.Accounts.Find(context.Visitor().Account!.Id)!;
        account.CreditName = AccountRules.Tidy(context.Field("credit_name"));
        var result = await users.UpdateAsync(account);
        library.Database.Announce();
        return result.Succeeded
            ? Pages.Done("/account?done=credit")
            : Pages.Show<AccountPage>(StatusCodes.Status400BadRequest, new { account.CreditName, Problems = Problems(result) });
    }

    private static IResult EndSession(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var account = context.Visitor().Account!;
        if (!long.TryParse(context.Field("session"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !library.Sessions.End(account.Id, id))
            return new ErrorResult(StatusCodes.Status404NotFound, "That session has already ended.");
        library.Audit.Write(AuditEvents.SessionEnded, account.Id, context.Connection.RemoteIpAddress, "", time.GetUtcNow());
        return Pages.Done("/account?done=session");
    }

    private static IResult MakeToken(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var account = context.Visitor().Account!;
        var name = AccountRules.Tidy(context.Field("token_name"));
        var days = int.TryParse(context.Field("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var d) ? Math.Clamp(d, 1, 366) : 90;
        if (name.Length is 0 or > TokenStore.MaxName)
            return Pages.Show<AccountPage>(StatusCodes.Status400BadRequest, new { Problems = One("token_name", $"Give the token a name of at most {TokenStore.MaxName} characters.") });
        if (library.Tokens.Create(account, name, context.Request.Form["scope"].OfType<string>(), TimeSpan.FromDays(days), time.GetUtcNow()) is not var (token, text))
            return Pages.Show<AccountPage>(StatusCodes.Status409Conflict, new { Problems = One("token_name", $"You have {TokenStore.MaxPerAccount} tokens already; revoke one first.") });
        library.Audit.Write(AuditEvents.TokenCreated, account.Id, context.Connection.RemoteIpAddress, $"{token.Name}: {string.Join(' ', token.Scopes)}", time.GetUtcNow());
        return Pages.Show<AccountPage>(StatusCodes.Status200OK, new { NewToken = text });
    }

    private static IResult RevokeToken(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var account = context.Visitor().Account!;
        if (!long.TryParse(context.Field("token"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !library.Tokens.Revoke(account.Id, id, time.GetUtcNow()))
            return new ErrorResult(StatusCodes.Status404NotFound, "There is no such token any more.");
        library.Audit.Write(AuditEvents.TokenRevoked, account.Id, context.Connection.RemoteIpAddress, context.Field("token"), time.GetUtcNow());
        return Pages.Done("/account?done=token");
    }

    private static IResult Delete(HttpContext context, KnowledgeBase library, SubmissionDesk desk, TimeProvider time)
    {
        var account = context.Visitor().Account!;
        if (!string.Equals(context.Field("confirm").Trim(), account.Name, StringComparison.OrdinalIgnoreCase))
            return Pages.Show<AccountPage>(StatusCodes.Status400BadRequest, new { Problems = One("confirm", $"Write “{account.Name}” to confirm.") });
        if (account.Role == Roles.Admin && library.Accounts.All().Count(a => a.Role == Roles.Admin && a.IsActive) == 1)
            return Pages.Show<AccountPage>(StatusCodes.Status409Conflict, new { Problems = One("confirm", "You are the only administrator. Give somebody else the role first.") });
        foreach (var waiting in desk.Store.OfAuthor(account.Id).Where(s => SubmissionStatus.Waiting.Contains(s.Status)))
            desk.Withdraw(waiting.Id, new Actor(account.Id, false));
        library.Accounts.Delete(account.Id, time.GetUtcNow());
        library.Database.Announce();
        library.Audit.Write(AuditEvents.AccountDeleted, account.Id, context.Connection.RemoteIpAddress, "by its owner", time.GetUtcNow());
        SessionCookie.End(context);
        return Pages.Done("/");
    }

    /// <summary>A new account with a password; problems by field, or <c>busy</c> when too many passwords are being hashed.</summary>
    private static async Task<(Account Account, IReadOnlyList<Problem> Problems, bool Busy)> CreateAsync(Account account, string password, SignIn signIn, UserManager<Account> users, CancellationToken cancelled)
    {
        // All that is wrong at once, before the costly part.
        var problems = new[] { AccountRules.CheckName(account.Name), AccountRules.CheckCreditName(account.CreditName), PasswordRules.Check(password, account.Name, account.CreditName) }.OfType<Problem>().ToList();
        if (problems.Count > 0)
            return (account, problems, false);
        var result = await signIn.HashAsync(() => users.CreateAsync(account, password), cancelled);
        return result is null ? (account, [], true) : (account, result.Succeeded ? [] : Problems(result), false);
    }

    public static IReadOnlyList<Problem> Problems(IdentityResult result) =>
        [.. result.Errors.Select(e => new Rule(e.Code, ProblemLevel.Error, "").At("", 0, FieldOf(e.Code), e.Description))];

    private static string FieldOf(string code) => code switch
    {
        "account-name" or "name-taken" => "name",
        "credit-name" => "credit_name",
        "password-length" or "password-common" => "password",
        _ => "",
    };

    public static IReadOnlyList<Problem> One(string field, string sentence) => [new Rule("account", ProblemLevel.Error, "").At("", 0, field, sentence)];
}
