using System.Net;
using IncidentDb.Accounts;

namespace IncidentDb.Web.Tests.Accounts;

/// <summary>An installation that nobody has claimed.</summary>
public sealed class FreshSite : ContributingSite
{
    protected override bool ImportsClone => false;

    protected override int SignInsPerMinute => 6;

    public string Directory => Library.Database.Directory;
}

public sealed class SetupTests(FreshSite site) : IClassFixture<FreshSite>
{
    [Fact]
    public async Task The_first_administrator_proves_the_machine_is_theirs_and_then_there_is_no_setup()
    {
        var person = site.Nobody();
        var token = (await File.ReadAllTextAsync(Path.Combine(site.Directory, LinkStore.SetupFile))).Trim();
        (string, string?)[] fields = [("name", "admin-test"), ("credit_name", "Test administrator"), ("password", "a quiet harbour wall")];
        using (var wrong = await person.SubmitAsync("/setup", "/setup", [.. fields, ("token", Secret.New())]))
        {
            var page = await Person.ReadAsync(wrong, HttpStatusCode.BadRequest, "a wrong token");
            page.QuerySelector("#f-name")!.GetAttribute("value").ShouldBe("admin-test");
        }

        using (var weak = await person.SubmitAsync("/setup", "/setup", [.. fields[..2], ("token", token), ("password", "password1234")]))
            await weak.ShouldAnswerAsync(HttpStatusCode.BadRequest, "a common password");
        using (var claimed = await person.SubmitAsync("/setup", "/setup", [.. fields, ("token", token)]))
            claimed.Headers.Location!.ToString().ShouldBe("/account?done=welcome");
        await person.PageAsync("/accounts");
        using (var closed = await person.GetAsync("/setup"))
            closed.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        File.Exists(Path.Combine(site.Directory, LinkStore.SetupFile)).ShouldBeFalse();

        // Three tries are used up; after three more of any kind the address waits.
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 4; i++)
        {
            using var again = await person.PostAsync("/setup", [new("__RequestVerificationToken", await person.FormTokenAsync("/account")), new("token", token)]);
            statuses.Add(again.StatusCode);
            if (again.StatusCode == HttpStatusCode.TooManyRequests)
                again.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        }

        statuses.ShouldBe([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests]);
    }
}
