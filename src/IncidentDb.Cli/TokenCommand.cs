using System.CommandLine;
using IncidentDb.Accounts;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>token create</c>, <c>token list</c> and <c>token revoke</c>: API tokens of an account, where nobody can or should sign in to make one.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var account = new Argument<string>("account") { Description = "The sign-in name of the owner." };
        var json = Output.JsonOption();

        var name = new Option<string>("--name") { Description = $"What it is for, in at most {TokenStore.MaxName} characters.", DefaultValueFactory = _ => "command line" };
        var scopes = new Option<string[]>("--scope") { Description = "What it may be used for: read, submit, review or admin; several may be given. Never more than the owner may do.", Required = true };
        scopes.AcceptOnlyFromAmong([.. Scopes.All]);
        var days = new Option<int>("--days") { Description = $"How long it lives, 1 to {TokenStore.LongestLife.TotalDays:0} days.", DefaultValueFactory = _ => (int)TokenStore.DefaultLife.TotalDays };
        var create = new Command("create", "Make an API token and print it, this once.") { account, name, scopes, days, json };
        create.SetAction(parsed => Run(parsed.GetValue(account)!, (library, owner, now) =>
            Make(library, owner, AccountRules.Tidy(parsed.GetValue(name)!), parsed.GetValue(scopes)!, parsed.GetValue(days), parsed.GetValue(json), now)));

        var list = new Command("list", "The tokens of an account that can still be used; their texts are not kept.") { account, json };
        list.SetAction(parsed => Run(parsed.GetValue(account)!, (library, owner, now) => List(library.Tokens.Of(owner.Id, now), parsed.GetValue(json))));

        var number = new Argument<long>("number") { Description = "The token's number, as “token list” prints it." };
        var revoke = new Command("revoke", "End a token; it stops working with its next request.") { account, number, json };
        revoke.SetAction(parsed => Run(parsed.GetValue(account)!, (library, owner, now) => Revoke(library, owner, parsed.GetValue(number), parsed.GetValue(json), now)));

        return new Command("token", "API tokens of an account.") { create, list, revoke };
    }

    private static int Make(KnowledgeBase library, Account owner, string name, string[] scopes, int days, bool json, DateTimeOffset now)
    {
        if (name.Length is 0 or > TokenStore.MaxName)
            return Output.Fail(ExitCode.Usage, $"--name: give the token a name of at most {TokenStore.MaxName} characters.");
        if (days < 1 || days > TokenStore.LongestLife.TotalDays)
            return Output.Fail(ExitCode.Usage, $"--days {days}: a token lives 1 to {TokenStore.LongestLife.TotalDays:0} days.");
        if (scopes.Except(Scopes.Grantable(owner.Role)).FirstOrDefault() is { } more)
            return Output.Fail(ExitCode.DataProblems, $"--scope {more}: “{owner.Name}” is a {owner.Role} and may not do that.");
        if (library.Tokens.Create(owner, name, scopes, TimeSpan.FromDays(days), now) is not var (token, text))
            return Output.Fail(ExitCode.DataProblems, $"“{owner.Name}” has {TokenStore.MaxPerAccount} tokens already; revoke one first.");
        library.Audit.Write(AuditEvents.TokenCreated, owner.Id, null, $"{token.Name}: {string.Join(' ', token.Scopes)}, by the command line", now);
        if (json)
            Output.Json(new { number = token.Id, account = owner.Name, token.Name, token.Scopes, expires = token.ExpiresAt, token = text });
        else
            Console.WriteLine($"{text}\nNumber {token.Id} of “{owner.Name}”: {string.Join(", ", token.Scopes)}, until {token.ExpiresAt:yyyy-MM-dd}. It is shown this once.");
        return ExitCode.Done;
    }

    private static int List(IReadOnlyList<ApiToken> tokens, bool json)
    {
        if (json)
            Output.Json(tokens.Select(t => new { number = t.Id, t.Name, t.Scopes, created = t.CreatedAt, expires = t.ExpiresAt, used = t.UsedAt }));
        else
        {
            foreach (var t in tokens)
                Console.WriteLine($"{t.Id,5}  {t.Name}: {string.Join(", ", t.Scopes)}, until {t.ExpiresAt:yyyy-MM-dd}, {(t.UsedAt is { } used ? $"last used {used:yyyy-MM-dd}" : "never used")}");
            Console.WriteLine(Output.Count(tokens.Count, "token"));
        }

        return ExitCode.Done;
    }

    private static int Revoke(KnowledgeBase library, Account owner, long number, bool json, DateTimeOffset now)
    {
        if (!library.Tokens.Revoke(owner.Id, number, now))
            return Output.Fail(ExitCode.DataProblems, $"“{owner.Name}” has no token {number} that can still be used.");
        library.Audit.Write(AuditEvents.TokenRevoked, owner.Id, null, $"{number}, by the command line", now);
        if (json)
            Output.Json(new { number, account = owner.Name, revoked = now });
        else
            Console.WriteLine($"Token {number} of “{owner.Name}” has ended.");
        return ExitCode.Done;
    }

    private static int Run(string name, Func<KnowledgeBase, Account, DateTimeOffset, int> run)
    {
        try
        {
            using var library = KnowledgeBase.Open(Locations.DataDirectory(), "incidentdb token");
            return library.Accounts.FindByName(AccountRules.Normalize(name)) is { IsActive: true } owner
                ? run(library, owner, TimeProvider.System.GetUtcNow())
                : Output.Fail(ExitCode.DataProblems, $"There is no account “{name}”, or it is disabled.");
        }
        catch (Exception e) when (e is DirectoryHeldException or DatabaseUnusableException or DatabaseBusyException or DiskFullException)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }
}
