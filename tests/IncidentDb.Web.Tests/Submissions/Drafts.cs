using System.Net;
using System.Text.RegularExpressions;
using IncidentDb.Accounts;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>Submissions as tests need them, made at the desk or in the forms.</summary>
internal static partial class Drafts
{
    /// <summary>The fields of a record that passes the rules, under an address and a title of its own.</summary>
    public static FormFields Record(string slug, string title = "A cable is pulled and a town goes quiet", string started = "1998-03-04T10:00+01:00") => new(
    [
        new(RecordForm.Slug, slug),
        new("title", title),
        new("kind", "incident"),
        new(RecordForm.OneLine, "A digger cut the one cable of a town, and nobody could telephone. [^paper]"),
        new("companies[0].key", "google"),
        new("started", started),
        new("severity", "S3"),
        new("impact", "full_outage"),
        new("detection", "customer_report"),
        new("causes[0].key", "single-point-of-failure"),
        new("causes[0].value", "root"),
        new("causes[0].text", "All lines of the town ran through one cable. [^paper]"),
        new("sources[0].key", "paper"),
        new("sources[0].title", "The day the town went quiet"),
        new("sources[0].publisher", "The paper of the town"),
        new("sources[0].type", "news"),
        new("sources[0].url", $"https://paper.example/{slug}"),
        new("sources[0].read", "full"),
        new("sections.summary", "The town hung on one cable. " + string.Concat(Enumerable.Repeat("A digger worked beside the road and cut it, and all telephones fell silent until the evening. ", 4)).Trim() + " [^paper]"),
    ]);

    public static SubmissionDesk Desk(this ContributingSite site) => (SubmissionDesk)site.Services.GetService(typeof(SubmissionDesk))!;

    public static Actor Actor(this Person person) => new(person.Account?.Id, person.Account is { } account && Permissions.Of(account.Role).Contains(Permissions.Review));

    private static int _days;

    /// <summary>A day that no other record of a test begins on, nor near it: records of one company at one time look alike.</summary>
    public static string NewDay() => new DateOnly(1640, 1, 1).AddDays(Interlocked.Increment(ref _days) * 9).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static string NewSlug() => $"town-{Guid.NewGuid():N}"[..20];

    /// <summary>A new record that waits for a reviewer.</summary>
    public static Submission Sent(this ContributingSite site, Person author, string? slug = null, FormFields? form = null)
    {
        var fields = form ?? Record(slug ?? NewSlug(), started: NewDay());
        var (draft, _) = site.Desk().Begin(author.Actor(), fields)!.Value;
        var answer = site.Desk().Send(draft.Id, author.Actor());
        answer.Outcome.ShouldBe(DeskOutcome.Done, $"{answer.Sentence} {string.Join("; ", answer.Problems.Select(p => $"{p.Field}: {p.Sentence}"))}");
        return answer.Submission!;
    }

    /// <summary>A correction that waits for a reviewer.</summary>
    public static Submission SentEdit(this ContributingSite site, Person author, string slug, string field, string value)
    {
        var (draft, _) = site.Desk().Begin(author.Actor(), null, slug, "a test")!.Value;
        var form = draft.Form.With(field, value);
        site.Desk().Save(draft.Id, author.Actor(), form, "a test", draft.Version).IsDone.ShouldBeTrue();
        var answer = site.Desk().Send(draft.Id, author.Actor());
        answer.Outcome.ShouldBe(DeskOutcome.Done, $"{answer.Sentence} {string.Join("; ", answer.Problems)}");
        return answer.Submission!;
    }

    /// <summary>A published record by somebody, accepted by somebody else.</summary>
    public static string Published(this ContributingSite site, string? slug = null)
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        var sent = site.Sent(author, slug);
        site.Desk().Accept(sent.Id, reviewer.Actor()).Outcome.ShouldBe(DeskOutcome.Done);
        return sent.Slug;
    }

    /// <summary>The address that an answer leads to.</summary>
    public static string LeadsTo(this HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.Redirect)
        {
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(response.Content.ReadAsStringAsync().GetAwaiter().GetResult());
            throw new ShouldAssertException($"{response.RequestMessage!.RequestUri} answers {(int)response.StatusCode}: {(page.QuerySelector("[role=alert]") ?? page.QuerySelector("main"))?.TextContent.Trim()}");
        }

        return response.Headers.Location!.OriginalString;
    }

    public static string IdIn(string url) => Id().Match(url).Groups["id"].Value;

    [GeneratedRegex("/(submissions|review)/(?<id>[a-z0-9]{12})", RegexOptions.ExplicitCapture)]
    private static partial Regex Id();
}
