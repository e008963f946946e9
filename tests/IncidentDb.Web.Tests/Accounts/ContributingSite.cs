using IncidentDb.Accounts;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentDb.Web.Tests.Accounts;

/// <summary>A site with a clock of its own, for tests that sign in and write.</summary>
public class ContributingSite : Site
{
    public SiteClock Clock { get; } = new();

    /// <summary>Tests sign in more often than a person does.</summary>
    protected virtual int SignInsPerMinute => 100_000;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.UseSetting("IncidentDb:SignInsPerMinute", SignInsPerMinute.ToString(System.Globalization.CultureInfo.InvariantCulture));
        builder.UseSetting("IncidentDb:WritesPerMinute", "100000");
        builder.UseSetting("IncidentDb:BackupHours", "0");
        builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(Clock));
    }

    /// <summary>A new account with a password nobody knows; <see cref="Person"/> begins its session without one.</summary>
    public Account NewAccount(string role = Roles.Contributor)
    {
        var name = $"test-{Guid.NewGuid():N}"[..20];
        var account = new Account
        {
            Name = name,
            NormalizedName = AccountRules.Normalize(name),
            CreditName = $"Test {role}",
            Role = role,
            SecurityStamp = Secret.New(),
            CreatedAt = Clock.GetUtcNow(),
        };
        Library.Accounts.Create(account).ShouldBeTrue();
        return account;
    }

    /// <summary>Somebody who is signed in.</summary>
    public Person Sign(string role = Roles.Contributor) => new(this, NewAccount(role));

    public Person Nobody() => new(this, null);
}

/// <summary>The time of the machine, moved by what a test adds.</summary>
public sealed class SiteClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}

/// <summary>One site for all tests that contribute; each makes accounts and records of its own.</summary>
[CollectionDefinition(Name)]
public sealed class Contributing : ICollectionFixture<ContributingSite>
{
    public const string Name = "contributing";
}
