using IncidentDb.Accounts;

namespace IncidentDb.Tests.Accounts;

/// <summary>The contract that Identity's manager and the pages rely on.</summary>
public sealed class AccountStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly KnowledgeBase _library;

    public AccountStoreTests() => _library = KnowledgeBase.Open(_directory.Path, "a test", _time);

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    private Account Made(string name = "contributor-test", string role = Roles.Contributor)
    {
        var account = New(name, role);
        _library.Accounts.Create(account).ShouldBeTrue();
        return account;
    }

    private Account New(string name, string role = Roles.Contributor) => new()
    {
        Name = name,
        NormalizedName = AccountRules.Normalize(name),
        CreditName = "Test contributor",
        Role = role,
        SecurityStamp = Secret.New(),
        CreatedAt = _time.Now,
    };

    [Fact]
    public void What_was_saved_is_read_back_whole()
    {
        var account = Made();
        account.PasswordHash = "hash";
        account.FailedCount = 3;
        account.LockedUntil = _time.Now.AddMinutes(15);
        account.DisabledAt = _time.Now;
        account.Role = Roles.Reviewer;
        account.CreditName = "Another name";
        _library.Accounts.Update(account).ShouldBeTrue();
        _library.Accounts.Find(account.Id).ShouldBe(account);
        _library.Accounts.FindByName("CONTRIBUTOR-TEST").ShouldBe(account);
        _library.Accounts.FindBySlug("test-contributor").ShouldBe(account);
    }

    [Fact]
    public void Of_two_who_take_one_name_at_once_one_gets_it()
    {
        var made = Enumerable.Range(0, 40).AsParallel().WithDegreeOfParallelism(8).Count(_ => _library.Accounts.Create(New("Same-Name")));
        made.ShouldBe(1);
        _library.Accounts.All().Count.ShouldBe(1);
    }

    [Fact]
    public void A_save_over_somebody_elses_save_is_refused()
    {
        var (mine, theirs) = (Made(), _library.Accounts.FindByName("CONTRIBUTOR-TEST")!);
        theirs.CreditName = "Theirs";
        _library.Accounts.Update(theirs).ShouldBeTrue();
        mine.CreditName = "Mine";
        _library.Accounts.Update(mine).ShouldBeFalse();
        _library.Accounts.Find(mine.Id)!.CreditName.ShouldBe("Theirs");
    }

    [Fact]
    public void Two_of_one_credit_name_have_addresses_of_their_own() =>
        new[] { Made("first").Slug, Made("second").Slug, Made("third").Slug }.ShouldBe(["test-contributor", "test-contributor-2", "test-contributor-3"]);

    [Theory]
    [InlineData("日本", "contributor")]
    [InlineData("Former 7", "c-former-7")]
    [InlineData("Ünïcode Näme", "unicode-name")]
    public void A_credit_name_of_any_script_has_an_address(string credit, string slug)
    {
        var account = New("somebody");
        account.CreditName = credit;
        _library.Accounts.Create(account);
        account.Slug.ShouldBe(slug);
    }

    [Fact]
    public void A_deleted_account_leaves_a_pseudonym_and_frees_its_name()
    {
        var account = Made();
        var key = _library.Sessions.Begin(account, "", keep: false, _time.Now);
        var (_, token) = _library.Tokens.Create(account, "test", [Scopes.Read], TokenStore.DefaultLife, _time.Now)!.Value;
        _library.Accounts.Delete(account.Id, _time.Now).ShouldBe($"Former contributor {account.Id}");
        _library.Accounts.FindByName("CONTRIBUTOR-TEST").ShouldBeNull();
        _library.Sessions.Find(key, _time.Now).ShouldBeNull();
        _library.Tokens.Find(token, _time.Now).ShouldBeNull();
        _library.Accounts.Credits([account.Id])[account.Id].ShouldBe(($"Former contributor {account.Id}", null));
        Made().Id.ShouldNotBe(account.Id);
    }

    [Fact]
    public void A_session_ends_when_it_is_idle_when_it_is_old_and_when_the_account_changes()
    {
        var account = Made();
        string Begin(bool keep = false) => _library.Sessions.Begin(account, "a browser", keep, _time.Now);
        bool Good(string key) => _library.Sessions.Find(key, _time.Now) is not null;
        var start = _time.Now;

        var idle = Begin();
        _time.Now = start + SessionStore.Idle - TimeSpan.FromMinutes(1);
        Good(idle).ShouldBeTrue();
        _time.Now += SessionStore.Idle;
        Good(idle).ShouldBeFalse();

        _time.Now = start;
        var busy = Begin();
        for (var i = 0; i < 11; i++)
        {
            _time.Now += TimeSpan.FromHours(1);
            Good(busy).ShouldBeTrue();
        }

        _time.Now = start + SessionStore.Longest;
        Good(busy).ShouldBeFalse();

        var kept = Begin(keep: true);
        _time.Now += TimeSpan.FromDays(13);
        Good(kept).ShouldBeTrue();
        account.SecurityStamp = Secret.New();
        _library.Accounts.Update(account);
        Good(kept).ShouldBeFalse();

        var disabled = Begin();
        account.DisabledAt = _time.Now;
        _library.Accounts.Update(account);
        Good(disabled).ShouldBeFalse();
        Good("not a key").ShouldBeFalse();
    }

    [Fact]
    public void A_token_does_no_more_than_its_owner_and_only_while_it_lasts()
    {
        var account = Made(role: Roles.Reviewer);
        var (token, text) = _library.Tokens.Create(account, "test", Scopes.All, TimeSpan.FromDays(7), _time.Now)!.Value;
        token.Scopes.ShouldBe([Scopes.Read, Scopes.Submit, Scopes.Review]);
        TokenStore.IsWellFormed(text).ShouldBeTrue();
        TokenStore.IsWellFormed(text[..^1] + (text[^1] == '0' ? '1' : '0')).ShouldBeFalse();
        _library.Tokens.Find(text, _time.Now)!.Value.Token.Scopes.ShouldContain(Scopes.Review);

        account.Role = Roles.Contributor;
        _library.Accounts.Update(account);
        _library.Tokens.Find(text, _time.Now)!.Value.Token.Scopes.ShouldBe([Scopes.Read, Scopes.Submit]);
        _time.Now += TimeSpan.FromDays(7);
        _library.Tokens.Find(text, _time.Now).ShouldBeNull();

        var (second, secondText) = _library.Tokens.Create(account, "test", [Scopes.Read], TimeSpan.FromDays(7), _time.Now)!.Value;
        _library.Tokens.Revoke(account.Id + 1, second.Id, _time.Now).ShouldBeFalse("it belongs to another account");
        _library.Tokens.Revoke(account.Id, second.Id, _time.Now).ShouldBeTrue();
        _library.Tokens.Find(secondText, _time.Now).ShouldBeNull();
    }

    [Fact]
    public void Secrets_are_in_no_file_of_the_data_directory()
    {
        var account = Made();
        var secrets = new[]
        {
            _library.Sessions.Begin(account, "", keep: false, _time.Now),
            _library.Tokens.Create(account, "test", [Scopes.Read], TokenStore.DefaultLife, _time.Now)!.Value.Text,
            _library.Links.IssuePassword(account.Id, _time.Now),
        };
        _library.Audit.Write(AuditEvents.SignedIn, account.Id, System.Net.IPAddress.Parse("203.0.113.77"), "one\r\ntwo", _time.Now);
        _library.Audit.Latest(1).Single().Detail.ShouldBe("one  two");
        _library.Dispose();
        var bytes = Directory.EnumerateFiles(_directory.Path).SelectMany(File.ReadAllBytes).ToArray();
        foreach (var secret in secrets.Append("203.0.113.77"))
            bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(secret)).ShouldBe(-1);
        bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(account.Name)).ShouldBeGreaterThan(0, "else nothing was looked at");
    }

    [Fact]
    public void Of_many_who_claim_an_installation_one_does()
    {
        var token = _library.Links.IssueSetup(_time.Now).ShouldNotBeNull();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_directory[LinkStore.SetupFile]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _library.Links.IsSetupToken(Secret.New(), _time.Now).ShouldBeFalse();
        _library.Links.IsSetupToken(token, _time.Now + LinkStore.Life).ShouldBeFalse();
        var claims = Enumerable.Range(0, 60).AsParallel().WithDegreeOfParallelism(8).Count(i => _library.Links.ClaimSetup(token, New($"admin-{i}", Roles.Admin), _time.Now));
        claims.ShouldBe(1);
        _library.Accounts.All().Single().Role.ShouldBe(Roles.Admin);
        File.Exists(_directory[LinkStore.SetupFile]).ShouldBeFalse();
        _library.Links.IsOpenForSetup().ShouldBeFalse();
        _library.Links.IssueSetup(_time.Now).ShouldBeNull();
    }

    [Fact]
    public void A_claimed_installation_stays_claimed_without_an_administrator()
    {
        var token = _library.Links.IssueSetup(_time.Now)!;
        var admin = New("admin", Roles.Admin);
        _library.Links.ClaimSetup(token, admin, _time.Now);
        admin.DisabledAt = _time.Now;
        _library.Accounts.Update(admin);
        _library.Links.IsOpenForSetup().ShouldBeFalse("else whoever reads an old log could take it over");
    }

    [Fact]
    public void A_password_link_works_once_and_ends_the_one_before()
    {
        var account = Made();
        var first = _library.Links.IssuePassword(account.Id, _time.Now);
        var second = _library.Links.IssuePassword(account.Id, _time.Now);
        _library.Links.PasswordAccount(first, _time.Now).ShouldBeNull();
        _library.Links.PasswordAccount(second, _time.Now).ShouldBe(account.Id);
        Enumerable.Range(0, 20).AsParallel().Count(_ => _library.Links.Use(second, _time.Now)).ShouldBe(1);
        _library.Links.PasswordAccount(second, _time.Now).ShouldBeNull();
    }

    [Fact]
    public void The_audit_log_forgets_addresses_after_thirty_days()
    {
        _library.Audit.Write(AuditEvents.SignInFailed, null, System.Net.IPAddress.Parse("2001:db8:1:2::5"), "", _time.Now);
        _library.Audit.Write(AuditEvents.SignInFailed, null, System.Net.IPAddress.Parse("2001:db8:1:2:ffff::9"), "", _time.Now);
        var events = _library.Audit.Latest(2);
        events[0].Address.ShouldNotBeNull().ShouldBe(events[1].Address, "one household has a whole /64");
        _library.Audit.Purge(_time.Now + AuditLog.AddressesKept + TimeSpan.FromDays(1)).ShouldBe(2);
        _library.Audit.Latest(2).ShouldAllBe(e => e.Address == null);
    }

    [Fact]
    public void The_database_is_readable_by_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(_directory["incidentdb.db"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
