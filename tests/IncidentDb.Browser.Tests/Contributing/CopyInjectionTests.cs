using IncidentDb.PrepSheets;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Copies;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests.Contributing;

/// <summary>reliability.md Q4 for copies: payloads as name, title, notes and sentences of a copy, with the policy and without it.</summary>
[Collection(ContributingBrowser.Name)]
public sealed class CopyInjectionTests(ContributingSite site, Chromium chromium)
{
    private const string Handlers =
        """
        () => {
          for (const e of document.querySelectorAll('main *')) { e.dispatchEvent(new MouseEvent('mouseover', { bubbles: true })); e.dispatchEvent(new Event('focus')); }
          return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
            .filter(a => a.name.startsWith('on') || /^\s*(javascript|vbscript|data):/i.test(a.value) && ['href', 'src', 'action', 'formaction', 'xlink:href'].includes(a.name))
            .map(a => `${e.tagName} ${a.name}=${a.value}`));
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_that_a_host_wrote_runs(bool policy)
    {
        using var host = site.Sign();
        await using var tab = await chromium.OpenAsync(site, policy: policy);
        await tab.SignInAsync(site, host);
        var page = tab.Page;
        var request = new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 5 };
        var sheet = request.Compose(site.Library)!;
        var statements = sheet.Blocks.SelectMany(b => b.Statements).DistinctBy(s => s.Id).ToList();
        var wrong = new List<string>();
        async Task LookAsync(string what)
        {
            wrong.AddRange((await page.EvaluateAsync<string[]>(Handlers)).Concat(tab.Complaints).Select(c => $"{what}: {c}"));
        }

        async Task OpenAsync(string path)
        {
            await page.GotoAsync(path);
            await LookAsync(path);
        }

        foreach (var chunk in ScriptInjectionTests.Payloads().Select(p => FormFields.Clean(p).Trim()).Where(p => p.Length is > 0 and <= 4_000).Chunk(statements.Count))
        {
            string At(int i) => chunk[i % chunk.Length];
            // A title and a name are one line: a field for one drops line breaks.
            string Short(int i) => new string([.. At(i).Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(300)]).Trim();
            var kept = site.Kept(host, Short(1), request, c => c with
            {
                Title = Short(0),
                Notes = [.. sheet.Blocks.Select((b, i) => new CopyNote(b.Id, At(i + 2)))],
                Edits = [.. statements.Select((s, i) => new CopyEdit(s.Id, s.Text, At(i)))],
            });
            await OpenAsync("/copies");
            await OpenAsync($"/copies/{kept.Id}/delete");
            await OpenAsync("/prep?incident=knight-capital-2012&minutes=20");
            await OpenAsync($"/copies/{kept.Id}");
            (await page.InputValueAsync("#note-hook")).ShouldBe(At(sheet.Blocks.ToList().FindIndex(b => b.Id == "hook") + 2));
            await page.Locator(".copybar button[value=show]").ClickAsync();
            await LookAsync("the sheet");
            (await page.Locator("h1").TextContentAsync()).ShouldBe(Short(0));
            await page.GetByRole(AriaRole.Button, new() { Name = "Teleprompter" }).ClickAsync();
            await LookAsync("the teleprompter");
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }
}
