using IncidentDb.PrepSheets;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Copies;

/// <summary>Copies that lie with an account, as tests need them.</summary>
internal static class KeptCopies
{
    /// <summary>A copy of a sheet as it is now, with the changes, kept with that person's account.</summary>
    public static KeptCopy Kept(this ContributingSite site, Person owner, string name = "A copy of a test", PrepRequest? of = null, Func<HostCopy, HostCopy>? change = null)
    {
        var request = of ?? new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 5 };
        var copy = HostCopy.Of(request, request.Compose(site.Library)!);
        var answer = site.Library.Copies.Keep(owner.Account!.Id, null, 0, name, change?.Invoke(copy) ?? copy, site.Clock.GetUtcNow());
        answer.Outcome.ShouldBe(KeepOutcome.Done);
        return answer.Copy!;
    }
}
