using System.Globalization;
using System.Text.Json;
using IncidentDb.Accounts;
using IncidentDb.Storage;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Submissions;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>
/// reliability.md Q4: payloads that run as scripts where text is printed without care, in every place that prints what people wrote, once with the
/// policy and once without it: encoding must hold by itself. 300 payloads a place; INCIDENTDB_PAYLOADS sets another number, or all.
/// </summary>
[Collection(ContributingBrowser.Name)]
public sealed class ScriptInjectionTests(ContributingSite site, Chromium chromium)
{
    internal static IReadOnlyList<string> Payloads()
    {
        var path = Path.GetFullPath(Path.Combine(Locations.CloneRoot()!, "..", "shared", "security-data", "xss_all.json"));
        Assert.SkipUnless(File.Exists(path), "../shared/security-data is not beside this clone.");
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var all = json.RootElement.EnumerateArray().Select(p => p.GetProperty("payload").GetString()!).ToArray();
        Seed.Draw().Shuffle(all);
        var count = Environment.GetEnvironmentVariable("INCIDENTDB_PAYLOADS") is { } wanted ? wanted == "all" ? all.Length : int.Parse(wanted, CultureInfo.InvariantCulture) : 300;
        return [.. all.Take(count)];
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_that_somebody_wrote_runs(bool policy)
    {
        var payloads = Payloads();
        await using var tab = await chromium.OpenAsync(site, policy: policy);
        using var author = site.Sign(Roles.Reviewer);
        using var reviewer = site.Sign(Roles.Admin);
        await tab.SignInAsync(site, reviewer);
        var desk = site.Desk();
        // The limits for newcomers would keep the payloads with links out.
        for (var i = 0; i < SubmissionDesk.TrustedAfter; i++)
            desk.Accept(site.Sent(author).Id, reviewer.Actor()).IsDone.ShouldBeTrue();
        var wrong = new List<string>();
        async Task LookAsync(string path)
        {
            await tab.Page.GotoAsync(path);
            // Handlers of the mouse and of the keyboard need somebody to set them off.
            await tab.Page.EvaluateAsync("() => { for (const e of document.querySelectorAll('main *')) { e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); e.dispatchEvent(new Event('focus')); } }");
            var handlers = await tab.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].filter(a => a.name.startsWith('on') || /^\\s*(javascript|vbscript|data):/i.test(a.value) && ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(a.name)).map(a => `${e.tagName} ${a.name}=${a.value}`))");
            wrong.AddRange(handlers.Select(h => $"{path}: {h}"));
            wrong.AddRange(tab.Complaints.Select(c => $"{path}: {c}"));
        }

        // The form, the preview and the comparison, with payloads in every field at once: text, Markdown, links, addresses, ids.
        string[] fields = [.. FormSections.Incident.SelectMany(s => s.Fields).Where(f => f.StartsWith("sections.", StringComparison.Ordinal) || f is "title" or "oneLine" or "tags" or "regions" or "contributors" or "language"), "companies[0].key", "causes[0].key", "causes[0].text", "patterns[0].what_happened", "sources[0].key", "sources[0].title", "sources[0].url", "timeline[0].text", "timeline[0].at", "metrics[0].as_stated"];
        foreach (var chunk in payloads.Chunk(fields.Length))
        {
            var draft = desk.Begin(reviewer.Actor(), new FormFields(fields.Zip(chunk, (f, p) => KeyValuePair.Create(f, p))))!.Value.Draft;
            await LookAsync($"/submissions/{draft.Id}/edit?check=1");
            await LookAsync($"/submissions/{draft.Id}/preview");
        }

        // A record with as many paragraphs as payloads: as text, as the words of a link, as its address; then sent, commented, and published.
        foreach (var chunk in payloads.Chunk(60))
        {
            var slug = Drafts.NewSlug();
            string One(string p) => FormFields.Clean(p).Replace('\n', ' ');
            var text = string.Join("\n\n", chunk.SelectMany(p => new[] { $"Zebra {One(p)} [^paper]", $"Zebra [{One(p)}](https://paper.example/) [^paper]", $"Zebra [x]({One(p)}) <{One(p)}> [^paper]" }));
            var form = Drafts.Record(slug, started: Drafts.NewDay()).With("sections.sidelights", text).With("title", $"Zebra {One(chunk[0])}"[..Math.Min(130, One(chunk[0]).Length + 6)]);
            var draft = desk.Begin(author.Actor(), form)!.Value.Draft;
            var sent = desk.Send(draft.Id, author.Actor());
            // What the rules refuse for another reason is shown as a draft above; here it must be publishable.
            var kept = sent.IsDone ? sent.Submission! : Publishable(desk, author, draft, form);
            foreach (var p in chunk)
                desk.Comment(kept.Id, reviewer.Actor(), "title", p);
            await LookAsync($"/review/{kept.Id}");
            desk.Accept(kept.Id, reviewer.Actor()).IsDone.ShouldBeTrue();
            await LookAsync($"/incidents/{slug}");
            await LookAsync($"/incidents/{slug}/history");
            await LookAsync($"/incidents?q=zebra+{slug}");
        }

        // Names of people: twenty at a time in the list of accounts, and each as the heading and title of its own page.
        var people = Enumerable.Range(0, 20).Select(_ => site.NewAccount().Id).ToList();
        foreach (var names in payloads.Select(AccountRules.Tidy).Where(p => AccountRules.CheckCreditName(p) is null).Chunk(people.Count))
        {
            foreach (var (id, name) in people.Zip(names))
            {
                var account = site.Library.Accounts.Find(id)!;
                account.CreditName = name;
                site.Library.Accounts.Update(account).ShouldBeTrue();
            }

            await LookAsync("/accounts");
            foreach (var id in people.Take(names.Length))
                await LookAsync($"/contributors/{site.Library.Accounts.Find(id)!.Slug}");
        }

        // The echo of a search, the error page.
        foreach (var chunk in payloads.Chunk(10))
        {
            var all = Uri.EscapeDataString(string.Concat(chunk)[..Math.Min(1000, string.Concat(chunk).Length)]);
            await LookAsync($"/incidents?q={all}");
            await LookAsync($"/changes?before={all}&acts={all}");
            await LookAsync($"/login?return={all}");
            await LookAsync($"/nowhere/{Uri.EscapeDataString(chunk[0].Replace("/", "", StringComparison.Ordinal).Replace("\\", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal))}");
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong.Take(20)));
    }

    private Submission Publishable(SubmissionDesk desk, Person author, Submission draft, FormFields form)
    {
        // Paragraphs that the rules refuse for what they say (a figure, a heading) are left out here; as drafts they were shown above.
        bool Passes(string paragraph) => FormReading.Of(form.With("sections.sidelights", paragraph), "zebra-check", site.Library.Context()).Problems.All(p => !p.IsError || !p.Field.StartsWith("sections.", StringComparison.Ordinal));
        var kept = form["sections.sidelights"].Split("\n\n").Where(Passes).ToList();
        kept.Count.ShouldBeGreaterThan(20);
        desk.Save(draft.Id, author.Actor(), form.With("sections.sidelights", string.Join("\n\n", kept)).With("title", "Zebra crossing " + draft.Id), "", null).IsDone.ShouldBeTrue();
        var again = desk.Send(draft.Id, author.Actor());
        again.IsDone.ShouldBeTrue($"{again.Sentence} {string.Join("; ", again.Problems.Where(p => p.IsError))}");
        return again.Submission!;
    }

    [Fact]
    public async Task The_checks_above_can_complain()
    {
        await using var tab = await chromium.OpenAsync(site, policy: false);
        await tab.Page.GotoAsync("/about");
        await tab.Page.EvaluateAsync("() => { const i = new Image(); i.setAttribute('onerror', 'alert(1)'); i.src = 'nosuch:x'; document.body.append(i); }");
        await tab.Page.WaitForTimeoutAsync(300);
        tab.Complaints.ShouldContain(c => c.StartsWith("dialog", StringComparison.Ordinal));
    }
}
