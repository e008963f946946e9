using System.Net;
using System.Text;
using IncidentDb.Incidents;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>Files and pasted lines: shown first, taken when confirmed.</summary>
[Collection(Contributing.Name)]
public sealed class FileTests(ContributingSite site)
{
    [Fact]
    public async Task A_file_is_tried_first_and_becomes_drafts_when_it_is_confirmed()
    {
        using var author = site.Sign();
        var slug = Drafts.NewSlug();
        var good = IncidentWriter.Write(FormReading.Of(Drafts.Record(slug), slug, site.Library.Context()).Incident!);
        using var answer = await author.UploadAsync($"{slug}.md", good);
        var page = await Person.ReadAsync(answer, HttpStatusCode.OK, "dry run");
        page.QuerySelector("tbody th")!.TextContent.ShouldContain(slug);
        page.QuerySelector("tbody")!.TextContent.ShouldContain("a draft");
        site.Desk().Store.OfAuthor(author.Account!.Id).ShouldBeEmpty("nothing is kept by a dry run");
        var taken = await author.PostAsync("/submit/upload/take", Person.Fields(page.QuerySelector("form[action='/submit/upload/take']")!));
        var draft = site.Desk().Find(Drafts.IdIn(taken.LeadsTo()), author.Actor())!;
        site.Desk().Read(draft).Text.ShouldBe(good);
    }

    [Fact]
    public async Task Record_to_form_to_export_to_import_to_form_is_the_same()
    {
        using var author = site.Sign();
        var random = Seed.Draw(out var seed);
        var slugs = site.Library.Incidents.All().Select(i => i.Slug).Where(s => !s.StartsWith("town-", StringComparison.Ordinal)).ToArray();
        random.Shuffle(slugs);
        foreach (var slug in slugs.Take(10))
        {
            var form = RecordForm.Of(site.Library.Incidents.Find(slug)!.Incident);
            foreach (var extension in new[] { ".md", ".json" })
            {
                var exported = await site.Client.GetStringAsync($"/incidents/{slug}{extension}");
                using var answer = await author.UploadAsync($"{slug}{extension}", exported);
                var page = await Person.ReadAsync(answer, HttpStatusCode.OK, slug);
                page.QuerySelector("tbody")!.TextContent.ShouldContain("the record says the same", customMessage: $"{slug}{extension} {seed}");
                var row = new UploadReader(site.Library).Read($"{slug}{extension}", Encoding.UTF8.GetBytes(exported)).Single();
                RecordUnits.Changes(form, row.Form!).ShouldBeEmpty($"{slug}{extension} {seed}");
                row.Form!.All.OrderBy(f => f.Key, StringComparer.Ordinal).ShouldBe(form.All.OrderBy(f => f.Key, StringComparer.Ordinal), $"{slug}{extension} {seed}");
            }
        }
    }

    [Fact]
    public async Task A_pasted_timeline_is_shown_and_goes_into_the_draft_when_it_is_confirmed()
    {
        using var author = site.Sign();
        var (draft, _) = site.Desk().Begin(author.Actor(), Drafts.Record(Drafts.NewSlug(), started: "1998-03-04T21:16-08:00"))!.Value;
        var path = $"/submissions/{draft.Id}/timeline";
        (await author.SubmitAsync($"/submissions/{draft.Id}/edit", $"/submissions/{draft.Id}/edit", ("do", "paste"))).LeadsTo().ShouldBe(path);
        using var answer = await author.SubmitAsync(path, path, ("lines", "9:16 PM PST – the phones fall silent\n11:58 PM – a technician is paged\n12:40 AM – the cable is spliced, service restored"));
        var page = await Person.ReadAsync(answer, HttpStatusCode.OK, "proposed");
        page.QuerySelectorAll(".rows__row").Length.ShouldBe(3);
        site.Desk().Find(draft.Id, author.Actor())!.Form.Has("timeline").ShouldBeFalse("nothing is kept before it is confirmed");
        var taken = await author.PostAsync($"{path}/take", Person.Fields(page.QuerySelector($"form[action='{path}/take']")!));
        taken.LeadsTo().ShouldBe($"/submissions/{draft.Id}/edit#timeline");
        var reading = site.Desk().Read(site.Desk().Find(draft.Id, author.Actor())!);
        reading.Problems.Where(p => p.IsError).ShouldBeEmpty();
        reading.Incident!.Timeline.Select(e => (e.At.ToString(), e.Type)).ShouldBe([("1998-03-04T21:16-08:00", "impact_start"), ("1998-03-04T23:58-08:00", "alert_fired"), ("1998-03-05T00:40-08:00", "impact_end")]);
        reading.Incident.Timeline.ShouldAllBe(e => e.Sources.Contains("paper"));
    }
}
