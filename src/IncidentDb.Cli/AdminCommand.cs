using System.CommandLine;
using IncidentDb.Accounts;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>admin create</c> and <c>admin reset-link</c>: the way in when nobody can sign in. They print a link that sets a password once.</summary>
internal static class AdminCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The sign-in name." };
        var credit = new Option<string?>("--credit-name") { Description = "The name printed beside contributions; without it the sign-in name." };
        var url = new Option<string>("--url") { Description = "Address of the site, for the link.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var json = Output.JsonOption();
        var create = new Command("create", "Make an administrator; the link printed sets the password.") { name, credit, url, json };
        create.SetAction(parsed => Run(library =>
        {
            var (signIn, printed) = (parsed.GetValue(name)!, AccountRules.Tidy(parsed.GetValue(credit) ?? parsed.GetValue(name)!));
            if ((AccountRules.CheckName(signIn) ?? AccountRules.CheckCreditName(printed)) is { } problem)
                return Output.Fail(ExitCode.Usage, problem.Sentence);
            var now = TimeProvider.System.GetUtcNow();
            var account = new Account { Name = signIn, NormalizedName = AccountRules.Normalize(signIn), CreditName = printed, Role = Roles.Admin, SecurityStamp = Secret.New(), CreatedAt = now };
            if (!library.Accounts.Create(account))
                return Output.Fail(ExitCode.DataProblems, $"The name “{signIn}” is taken; “incidentdb admin reset-link {signIn}” makes a new link for it.");
            library.Audit.Write(AuditEvents.AccountCreated, account.Id, null, "by the command line, admin", now);
            return Link(library, account, parsed.GetValue(url)!, parsed.GetValue(json), now);
        }));
        var reset = new Command("reset-link", "Make a link that sets the password of an account anew.") { name, url, json };
        reset.SetAction(parsed => Run(library => library.Accounts.FindByName(AccountRules.Normalize(parsed.GetValue(name)!)) is { IsActive: true } account
            ? Link(library, account, parsed.GetValue(url)!, parsed.GetValue(json), TimeProvider.System.GetUtcNow())
            : Output.Fail(ExitCode.DataProblems, $"There is no account “{parsed.GetValue(name)}”, or it is disabled.")));
        return new Command("admin", "Accounts of administrators.") { create, reset };
    }

    private static int Link(KnowledgeBase library, Account account, string url, bool json, DateTimeOffset now)
    {
        var link = $"{url.TrimEnd('/')}/account/password/{library.Links.IssuePassword(account.Id, now)}";
        library.Audit.Write(AuditEvents.PasswordLinkMade, account.Id, null, "by the command line", now);
        if (json)
            Output.Json(new { account.Name, account.Role, link, expires = now + LinkStore.Life });
        else
            Console.WriteLine($"{link}\nIt sets the password of “{account.Name}” once, within {LinkStore.Life.TotalHours:0} hours.");
        return ExitCode.Done;
    }

    private static int Run(Func<KnowledgeBase, int> run)
    {
        try
        {
            using var library = KnowledgeBase.Open(Locations.DataDirectory(), "incidentdb admin");
            return run(library);
        }
        catch (Exception e) when (e is DirectoryHeldException or DatabaseUnusableException or DatabaseBusyException or DiskFullException)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }
}
