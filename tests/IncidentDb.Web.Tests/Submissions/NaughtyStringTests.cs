using System.Net;
using System.Text.Json;
using IncidentDb.Accounts;
using IncidentDb.Incidents;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Api;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>reliability.md Q3: 515 naughty strings through every field and parameter; what was typed comes back as the documentation says it is kept, and nothing answers 500.</summary>
[Collection(Contributing.Name)]
public sealed class NaughtyStringTests(ContributingSite site)
{
    private static IReadOnlyList<string> Strings { get; } = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Clone.Shared("security-data/blns.json")))!;

    /// <summary>Every field that the form can have, the first row of each repeated part.</summary>
    private static List<string> Fields()
    {
        var names = new List<string>();
        foreach (var name in FormSections.Incident.SelectMany(s => s.Fields))
        {
            if (name.StartsWith("sections.", StringComparison.Ordinal) || NounFormat.Of(IncidentDb.Records.Noun.Incident).FieldOf(name) is not { } field)
                names.Add(name is RecordForm.Other ? "other[0].text" : name);
            else
                Add(names, name, field.Shape);
        }

        return names;
    }

    private static void Add(List<string> names, string name, IncidentDb.Records.FieldShape shape)
    {
        switch (shape)
        {
            case IncidentDb.Records.FieldShape.OrBlank or:
                Add(names, name, or.Value);
                names.Add($"{name}.blank");
                break;
            case IncidentDb.Records.FieldShape.List { Item: IncidentDb.Records.FieldShape.Part part }:
                foreach (var field in part.Fields)
                    Add(names, $"{name}[0].{field.Key}", field.Shape);
                break;
            case IncidentDb.Records.FieldShape.Map map:
                names.Add($"{name}[0].key");
                if (map.Value is IncidentDb.Records.FieldShape.Part row)
                    row.Fields.ToList().ForEach(f => Add(names, $"{name}[0].{f.Key}", f.Shape));
                else
                    names.Add($"{name}[0].value");
                names.AddRange(RecordForm.RowTexts(name).Select(t => $"{name}[0].{t.Key}"));
                break;
            case IncidentDb.Records.FieldShape.Part part:
                part.Fields.ToList().ForEach(f => Add(names, $"{name}.{f.Key}", f.Shape));
                break;
            case IncidentDb.Records.FieldShape.Time:
                names.AddRange([name, $"{name}.source"]);
                break;
            default:
                names.Add(name);
                break;
        }
    }

    [Fact]
    public async Task Every_string_in_every_field_comes_back_as_it_is_kept_and_every_page_that_shows_it_answers()
    {
        using var author = site.Sign();
        var fields = Fields();
        fields.Count.ShouldBeGreaterThan(90);
        var (draft, _) = site.Desk().Begin(author.Actor(), FormFields.Empty)!.Value;
        var token = await author.FormTokenAsync("/account");
        // Each form carries as many strings as it has fields, each in another place with each form, so that every string is in every field once.
        for (var turn = 0; turn < Strings.Count; turn++)
        {
            var typed = fields.Select((name, i) => KeyValuePair.Create(name, Strings[(i + turn) % Strings.Count])).ToList();
            // Nearly all of them go through the desk, which is what the page and the API call; every eighth through the page as well.
            if (turn % 8 != 0)
            {
                site.Desk().Save(draft.Id, author.Actor(), new FormFields(typed), Strings[turn], null).IsDone.ShouldBeTrue($"turn {turn}");
                Should.NotThrow(() => site.Desk().Review(site.Desk().Find(draft.Id, author.Actor())!), $"turn {turn}");
            }
            else
            {
                using var saved = await author.PostAsync($"/submissions/{draft.Id}/edit", [.. typed, new("__RequestVerificationToken", token), new("why", Strings[turn]), new("version", $"{site.Desk().Find(draft.Id, author.Actor())!.Version}"), new("do", Strings[(turn + 7) % Strings.Count])]);
                ((int)saved.StatusCode).ShouldBe(302, $"turn {turn}");
                foreach (var page in new[] { "edit?check=1", "preview", "" })
                {
                    using var shown = await author.GetAsync($"/submissions/{draft.Id}/{page}".TrimEnd('/'));
                    ((int)shown.StatusCode).ShouldBeOneOf(200, 302);
                    if (page != "edit?check=1")
                        continue;
                    var document = await Person.ReadAsync(shown, HttpStatusCode.OK, $"turn {turn}");
                    var form = Person.Fields(document.QuerySelector("form.record-form")!).GroupBy(f => f.Key).ToDictionary(g => g.Key, g => string.Join(", ", g.Select(f => f.Value)));
                    foreach (var (name, text) in typed.Where(t => FormFields.Clean(t.Value).Trim().Length > 0 && document.GetElementById($"f-{t.Key}") is AngleSharp.Html.Dom.IHtmlTextAreaElement))
                        form[name].ReplaceLineEndings("\n").TrimStart('\n').ShouldBe(FormFields.Clean(text).TrimStart('\n'), $"turn {turn}, {name}");
                }
            }

            var kept = site.Desk().Find(draft.Id, author.Actor())!;
            foreach (var (name, text) in typed)
                kept.Form[name].ShouldBe(name == "slug" && FormFields.Clean(text).Trim().Length == 0 ? kept.Form[name] : FormFields.Clean(text), $"turn {turn}, {name}");
        }
    }

    [Fact]
    public async Task Every_string_in_every_other_field_and_parameter_is_answered()
    {
        using var author = site.Sign();
        using var reviewer = site.Sign(Roles.Reviewer);
        using var client = new Client(site, reviewer.Account, [.. Scopes.All]);
        var sent = site.Sent(author);
        var token = await reviewer.FormTokenAsync("/account");
        for (var i = 0; i < Strings.Count; i++)
        {
            var s = Strings[i];
            var q = Uri.EscapeDataString(FormFields.Clean(s));
            KeyValuePair<string, string>[] fields = [new("__RequestVerificationToken", token), new("url", s), new("title", s), new("field", s), new("comment", s), new("note", s), new("reason", ""), new("into", s), new("why", s), new("lines", s), new("day", s), new("zone", s), new("source", s),
                new("content", s), new("name", $"{s}.csv"), new("row", s), new("section", s), new("revision", s), new("version", s), new("credit_name", s), new("token_name", s), new("scope", s), new("days", s), new("confirm", s), new("back", s), new("do", s), new($"match.{s}", s), new("choice-title", s)];
            string[] forms = ["/submit", $"/submissions/{sent.Id}/comments", $"/submissions/{sent.Id}/comments/resolve", $"/submissions/{sent.Id}/rebase", $"/submissions/{sent.Id}/timeline", "/submit/upload/take", "/incidents/facebook-bgp-2021/merge", "/account/tokens", "/account/credit", "/account/delete", "/account/sessions/end", "/account/tokens/revoke", $"/review/{sent.Id}/accept"];
            using (var answer = await reviewer.PostAsync(forms[i % forms.Length], fields))
                ((int)answer.StatusCode).ShouldBeLessThan(500, $"{forms[i % forms.Length]} “{s}”");
            string[] pages = [$"/submit?url={q}", $"/submissions/{q}", $"/submissions/{sent.Id}?key={q}&done={q}", $"/review?done={q}&id={q}", $"/review/{q}", $"/changes?before={q}&acts={q}", $"/incidents/{q}/edit", $"/incidents/facebook-bgp-2021/edit?section={q}&revision={q}", $"/incidents/facebook-bgp-2021/history/compare?from={q}&to={q}", $"/contributors/{q}", $"/login?return={q}", $"/api/v1/submissions?status={q}"];
            using (var answer = await (pages[i % pages.Length].StartsWith("/api", StringComparison.Ordinal) ? site.Nobody() : reviewer).GetAsync(pages[i % pages.Length]))
                ((int)answer.StatusCode).ShouldBeLessThan(500, pages[i % pages.Length]);
            var (response, _) = (i % 3) switch
            {
                0 => await client.PostAsync("/submissions", new { slug = s, fields = new { title = s }, why = s }),
                1 => await client.PostAsync($"/submissions/{sent.Id}/comments", new { field = s, body = s }, ("Idempotency-Key", q)),
                _ => await client.PostAsync("/tokens", new { name = s, scopes = new[] { s } }),
            };
            ((int)response.StatusCode).ShouldBeLessThan(500, $"API “{s}”");
        }

        // They are all still answered, with everything that is in them now.
        foreach (var page in new[] { $"/submissions/{sent.Id}", $"/review/{sent.Id}", "/review", "/changes", "/account", "/submissions", "/submit" })
            await reviewer.PageAsync(page);
    }

    [Fact]
    public void A_record_with_a_naughty_string_in_a_text_is_written_to_a_file_and_read_back_the_same()
    {
        var slug = Drafts.NewSlug();
        var tried = 0;
        foreach (var s in Strings)
        {
            var form = Drafts.Record(slug).With("sections.sidelights", $"Somebody wrote: {FormFields.Clean(s).Replace('\n', ' ')} [^paper]").With("contributors", FormFields.Clean(s).Replace('\n', ' '));
            var reading = FormReading.Of(form, slug, site.Library.Context());
            if (reading.Text is not { } text)
                continue;
            tried++;
            var again = FormReading.Of(RecordForm.Of(reading.Incident!), slug, site.Library.Context());
            again.Text.ShouldBe(text, s);
            IncidentWriter.Write(IncidentReader.Read(slug, text, site.Library.Context()).Record!).ShouldBe(text, s);
        }

        tried.ShouldBeGreaterThan(450);
    }
}
