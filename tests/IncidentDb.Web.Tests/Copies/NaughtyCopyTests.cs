using System.Text.Json;
using AngleSharp.Html.Dom;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Copies;

/// <summary>reliability.md Q3 for copies: 515 naughty strings as title, name, note and sentence come back as the documentation says texts are kept.</summary>
public sealed class NaughtyCopyTests(ContributingSite site) : IClassFixture<ContributingSite>
{
    private static IReadOnlyList<string> Strings { get; } = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Clone.Shared("security-data/blns.json")))!;

    private static string Text(string s) => FormFields.Clean(s).Trim() is { Length: > 4_000 } text ? text[..4_000] : FormFields.Clean(s).Trim();

    private static string Line(string s) => Text(s).Replace('\n', ' ');

    private static string Short(string s) => Line(s) is { Length: > 300 } text ? text[..300] : Line(s);

    [Fact]
    public async Task Every_string_in_every_field_of_a_copy_comes_back_as_it_is_kept()
    {
        using var host = site.Sign();
        var kept = site.Kept(host);
        var form = (await host.PageAsync($"/copies/{kept.Id}")).QuerySelector("form#copy")!;
        var blank = Person.Fields(form);
        var title = form.QuerySelector("#title")!.GetAttribute("value")!;
        var notes = form.QuerySelectorAll("textarea").Select(t => t.GetAttribute("name")!).Where(n => n.StartsWith("note.", StringComparison.Ordinal)).ToList();
        var sentences = form.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>().Where(t => t.Name!.StartsWith("text.", StringComparison.Ordinal)).ToDictionary(t => t.Name!, t => t.Value);
        var fields = notes.Concat(sentences.Keys).ToList();
        fields.Count.ShouldBeGreaterThan(12);
        Strings.Count.ShouldBe(515);
        for (var turn = 0; turn < Strings.Count; turn++)
        {
            string At(int i) => Strings[(turn + i) % Strings.Count];
            var version = site.Library.Copies.Of(host.Account!.Id).Single().Version;
            var changes = fields.Select((name, i) => (name, (string?)At(i))).Append(("title", At(101))).Append(("name", At(211))).Append(("version", $"{version}")).Append(("do", "keep")).ToList();
            var names = changes.Select(c => c.Item1).ToHashSet();
            using (var answer = await host.PostAsync("/copies", [.. blank.Where(f => !names.Contains(f.Key)), .. changes.Select(c => KeyValuePair.Create(c.Item1, c.Item2!))]))
                ((int)answer.StatusCode).ShouldBeOneOf(200, 302);
            var found = site.Library.Copies.Find(host.Account.Id, kept.Id)!;
            var (about, copy) = (found.About, found.Copy!);
            about.Version.ShouldBe(version + 1, $"turn {turn}");
            (copy.Title ?? title).ShouldBe(Short(At(101)) is { Length: > 0 } typed ? typed : title, $"turn {turn}");
            about.Name.ShouldBe(Short(At(211)) is { Length: > 0 } named ? named : copy.Title ?? title, $"turn {turn}");
            for (var i = 0; i < fields.Count; i++)
            {
                var id = fields[i][5..];
                if (i < notes.Count)
                    (copy.Notes.FirstOrDefault(n => n.Block == id)?.Text ?? "").ShouldBe(Text(At(i)), $"turn {turn}, {fields[i]}");
                else
                    (copy.Edits.FirstOrDefault(e => e.Id == id)?.Text ?? "").ShouldBe(Line(At(i)), $"turn {turn}, {fields[i]}");
            }

            if (turn % 5 != 0)
                continue;
            var shown = await host.PageAsync($"/copies/{kept.Id}");
            shown.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
            ((IHtmlInputElement)shown.QuerySelector("#name")!).Value.ShouldBe(about.Name);
            shown.QuerySelector("h1")!.TextContent.ShouldBe(copy.Title ?? title);
            var areas = shown.QuerySelectorAll("textarea").OfType<IHtmlTextAreaElement>().ToDictionary(t => t.Name!, t => t.Value);
            for (var i = 0; i < fields.Count; i++)
                areas[fields[i]].ShouldBe(i < notes.Count ? Text(At(i)) : Line(At(i)) is { Length: > 0 } line ? line : sentences[fields[i]], $"turn {turn}, {fields[i]}");
            (await host.PageAsync("/copies")).QuerySelector("tbody a")!.TextContent.ShouldBe(about.Name);
        }
    }

    [Fact]
    public async Task Every_string_in_what_the_form_carries_is_answered_and_keeps_nothing_of_others()
    {
        using var host = site.Sign();
        var form = Person.Fields((await host.PageAsync("/prep/copy?incident=knight-capital-2012&minutes=5")).QuerySelector("form#copy")!);
        foreach (var (s, i) in Strings.Select((s, i) => (s, i)))
        {
            string[] names = ["kept", "version", "do", "copy", "order.story", "event", "say"];
            var name = names[i % names.Length];
            using (var answer = await host.PostAsync("/copies", [.. form.Where(f => f.Key != name), new(name, s)]))
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{name} “{s}”");
            var q = Uri.EscapeDataString(FormFields.Clean(s));
            using (var page = await host.GetAsync($"/copies/{q}{(i % 3) switch { 0 => "", 1 => ".json", _ => "/delete" }}?kept={q}"))
                ((int)page.StatusCode).ShouldBeLessThan(500, s);
        }
    }
}
