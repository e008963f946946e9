using System.Net;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IncidentDb.PrepSheets;

namespace IncidentDb.Web.Tests.PrepSheets;

/// <summary>A site of its own: one test changes a record.</summary>
public sealed class CopiedSite : Site;

/// <summary>A host's copy by plain forms: what the browser would post is posted.</summary>
public sealed class CopyTests(CopiedSite site) : IClassFixture<CopiedSite>
{
    private const string Address = "/prep/copy?incident=knight-capital-2012&minutes=20";

    private async Task<IDocument> FormAsync() => await site.PageAsync(Address);

    /// <summary>The fields that a browser would send, in the order of the page.</summary>
    private static List<KeyValuePair<string, string>> Fields(IDocument page)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in page.QuerySelector("#copy")!.QuerySelectorAll("input[name], textarea[name]"))
        {
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox", IsChecked: false }:
                    break;
                case IHtmlInputElement input:
                    fields.Add(new(input.Name!, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add(new(area.Name!, area.Value));
                    break;
            }
        }

        return fields;
    }

    /// <summary>As a form of our own page is sent.</summary>
    private async Task<HttpResponseMessage> SendAsync(string path, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        return await site.Client.SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, byte[] Body, string? File)> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var response = await SendAsync(path, content);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Content.Headers.ContentDisposition?.FileName);
    }

    private async Task<IDocument> PageAsync(string path, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var (status, body, _) = await PostAsync(path, fields);
        status.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(body)[..Math.Min(500, body.Length)]);
        return new HtmlParser().ParseDocument(Encoding.UTF8.GetString(body));
    }

    private async Task<IDocument> LoadAsync(byte[] file, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var content = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "copy.json" } };
        using var response = await SendAsync("/prep/copy/load", content);
        response.StatusCode.ShouldBe(status);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
    }

    private static List<KeyValuePair<string, string>> With(List<KeyValuePair<string, string>> fields, string name, string value) =>
        [.. fields.Where(f => f.Key != name), new(name, value)];

    [Fact]
    public async Task Blocks_move_sentences_change_or_go_notes_stay_and_the_file_brings_it_all_back()
    {
        var form = await FormAsync();
        var fields = Fields(form);
        var story = fields.First(f => f.Key == "order.story").Value;
        var sentence = fields.First(f => f.Key.StartsWith("text.", StringComparison.Ordinal) && f.Value.StartsWith("The market opens", StringComparison.Ordinal));
        var dropped = fields.First(f => f.Key == "say" && f.Value.Contains("sections.background", StringComparison.Ordinal)).Value;
        fields = With(fields, "order.story", "1");
        fields = With(fields, sentence.Key, "And then, at half past nine, the 8 servers woke up.");
        fields = With(fields, "note.story", "Breathe here.\r\nThen go on.");
        fields = With(fields, "title", "The eighth server");
        fields = [.. fields.Where(f => f.Value != dropped), new("do", "file")];

        var (status, file, name) = await PostAsync("/prep/copy", fields);
        status.ShouldBe(HttpStatusCode.OK);
        name.ShouldBe("knight-capital-2012-20-min.copy.json");
        var (copy, problem) = HostCopy.Read(file);
        problem.ShouldBeNull();
        copy!.Edits.ShouldHaveSingleItem().Text.ShouldBe("And then, at half past nine, the 8 servers woke up.");
        copy.LeftOut.ShouldBe([dropped]);
        copy.Order[0].ShouldBe("story");

        var loaded = await LoadAsync(file);
        loaded.QuerySelector("#title")!.GetAttribute("value").ShouldBe("The eighth server");
        loaded.QuerySelectorAll("legend").First().TextContent.ShouldBe("Deep dive");
        ((IHtmlTextAreaElement)loaded.QuerySelector("#note-story")!).Value.ShouldBe("Breathe here.\nThen go on.");
        loaded.QuerySelectorAll("input[name=say]").OfType<IHtmlInputElement>().First(i => i.Value == dropped).IsChecked.ShouldBeFalse();
        loaded.QuerySelector(".notice--error").ShouldBeNull();
        story.ShouldNotBe("1");

        var sheet = await PageAsync("/prep/copy", [.. Fields(loaded), new("do", "show")]);
        sheet.QuerySelector("h1")!.TextContent.ShouldBe("The eighth server");
        sheet.QuerySelectorAll(".block h2").First().TextContent.ShouldBe("Deep dive");
        var text = sheet.QuerySelector(".blocks")!.TextContent;
        text.ShouldContain("And then, at half past nine, the eight servers woke up.");
        text.ShouldContain("the host’s words");
        text.ShouldContain("the record: The market opens, and orders that carry the reused flag reach the eighth server.");
        text.ShouldContain("Breathe here.");
        var prompter = await PageAsync("/prep/copy/go-on", [new("copy", sheet.QuerySelector("input[name=copy]")!.GetAttribute("value")!), new("do", "prompter")]);
        prompter.QuerySelector(".prompter")!.TextContent.ShouldContain("the eight servers woke up");
        var (word, docx, _) = await PostAsync("/prep/copy", [.. Fields(loaded), new("do", "word")]);
        word.ShouldBe(HttpStatusCode.OK);
        docx.AsSpan(0, 2).ToArray().ShouldBe("PK"u8.ToArray());
    }

    [Fact]
    public async Task An_event_can_be_taken_in()
    {
        var form = await site.PageAsync("/prep/copy?incident=knight-capital-2012&minutes=5");
        var missing = form.QuerySelectorAll("input[name=event]").Select(i => i.GetAttribute("value")!).ToList();
        missing.ShouldNotBeEmpty();
        var sheet = await PageAsync("/prep/copy", [.. Fields(form), new("event", missing[0]), new("do", "show")]);
        var label = form.QuerySelectorAll("input[name=event]").First().ParentElement!;
        sheet.QuerySelector(".beats")!.TextContent.ShouldContain(label.QuerySelector("b")!.TextContent);
    }

    [Fact]
    public async Task A_copy_shows_what_the_record_says_otherwise_since()
    {
        var fields = Fields(await FormAsync());
        var sentence = fields.First(f => f.Key.StartsWith("text.", StringComparison.Ordinal) && f.Value.StartsWith("Knight and GETCO combine", StringComparison.Ordinal));
        var (_, file, _) = await PostAsync("/prep/copy", [.. With(fields, sentence.Key, "They pull the plug."), new("do", "file")]);

        var record = site.Library.Records.Find(IncidentDb.Records.Noun.Incident, "knight-capital-2012")!.Content;
        var problems = site.Library.Save("knight-capital-2012", record.Replace("Knight and GETCO combine into KCG Holdings.", "Knight and GETCO become KCG Holdings.", StringComparison.Ordinal), "a test", "other words");
        problems.ShouldNotContain(p => p.IsError);

        var loaded = await LoadAsync(file);
        var notice = loaded.QuerySelector(".notice--error")!.TextContent;
        notice.ShouldContain("one revision since");
        notice.ShouldContain("You say: “They pull the plug.”");
        loaded.QuerySelectorAll(".flag").Select(f => f.TextContent).ShouldContain("reads otherwise now");
        ((IHtmlTextAreaElement)loaded.QuerySelectorAll("textarea").First(t => t.GetAttribute("name") == sentence.Key)).Value.ShouldBe("Knight and GETCO become KCG Holdings.");

        // Bringing it up to date does not forget the host's words; taking the record as it is does.
        var again = await PageAsync("/prep/copy", [.. Fields(loaded), new("do", "form")]);
        again.QuerySelector(".notice--error")!.TextContent.ShouldContain("They pull the plug.");
        var accepted = await PageAsync("/prep/copy", [.. Fields(again), new("do", "accept")]);
        accepted.QuerySelector(".notice--error").ShouldBeNull();
        accepted.QuerySelectorAll(".flag").Select(f => f.TextContent).ShouldNotContain("reads otherwise now");
    }

    [Fact]
    public async Task A_copy_says_which_record_was_renamed_since_and_keeps_what_was_made_of_it()
    {
        const string was = "facebook-six-hours-2021", now = "facebook-bgp-2021";
        var form = await site.PageAsync($"/prep/copy?incident={now}&minutes=20");
        var fields = Fields(form);
        var sentence = fields.First(f => f.Key.StartsWith($"text.{now}/", StringComparison.Ordinal) && f.Value.Length > 20);
        var left = fields.Last(f => f.Key == "say" && f.Value.StartsWith($"{now}/", StringComparison.Ordinal) && "text." + f.Value != sentence.Key);
        var (_, file, _) = await PostAsync("/prep/copy", [.. With(fields, sentence.Key, "The network forgets itself.").Where(f => f.Key != "say" || f.Value != left.Value), new("do", "file")]);

        // As it was made when the record had its former name.
        var before = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(file).Replace(now, was, StringComparison.Ordinal));
        var incident = site.Library.Incidents.Find(now)!.Incident;
        site.Library.Save(now, IncidentDb.Incidents.IncidentWriter.Write(incident with { FormerSlugs = [was] }), "a test", "renamed").ShouldNotContain(p => p.IsError);

        var loaded = await LoadAsync(before);
        loaded.QuerySelector(".notice--error")!.TextContent.ShouldContain($"renamed since, from {was} to {now}");
        loaded.QuerySelector(".notice--error")!.TextContent.ShouldNotContain("that you had reworded");
        loaded.QuerySelectorAll(".flag").Select(f => f.TextContent).ShouldNotContain("new since");
        ((IHtmlTextAreaElement)loaded.QuerySelectorAll("textarea").First(t => t.GetAttribute("name") == sentence.Key)).Value.ShouldBe("The network forgets itself.");
        ((IHtmlInputElement)loaded.QuerySelectorAll("input[name=say]").First(t => t.GetAttribute("value") == left.Value)).IsChecked.ShouldBeFalse();

        // It is said again until the record is taken as it is now.
        var again = await PageAsync("/prep/copy", [.. Fields(loaded), new("do", "form")]);
        again.QuerySelector(".notice--error")!.TextContent.ShouldContain($"from {was}");
        var accepted = await PageAsync("/prep/copy", [.. Fields(again), new("do", "accept")]);
        accepted.QuerySelector(".notice--error").ShouldBeNull();
        ((IHtmlTextAreaElement)accepted.QuerySelectorAll("textarea").First(t => t.GetAttribute("name") == sentence.Key)).Value.ShouldBe("The network forgets itself.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON at all")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"format":"another"}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":["a"],"minutes":7}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":["a"],"minutes":20,"clock":"Mars/Base"}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":null,"minutes":20}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":["a"],"minutes":20,"edits":[null]}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":["nowhere"],"minutes":20}""")]
    [InlineData("""{"format":"incidentdb-prep-copy-1","incidents":[],"minutes":20}""")]
    public async Task A_file_that_is_no_copy_is_refused_with_a_sentence(string content)
    {
        var page = await LoadAsync(Encoding.UTF8.GetBytes(content), HttpStatusCode.BadRequest);
        page.QuerySelector(".error-text")!.TextContent.Length.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task Deep_and_large_files_are_refused()
    {
        await LoadAsync(Encoding.UTF8.GetBytes(new string('[', 100_000)), HttpStatusCode.BadRequest);
        await LoadAsync(new byte[HostCopy.MostBytes + 1], HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_is_typed_is_printed_as_text()
    {
        const string hostile = "<script>alert(1)</script> \"quoted\" & 'more'";
        var fields = Fields(await FormAsync());
        var sentence = fields.First(f => f.Key.StartsWith("text.", StringComparison.Ordinal)).Key;
        fields = With(With(With(fields, sentence, hostile), "title", hostile), "note.story", hostile);
        foreach (var what in new[] { "show", "form", "prompter" })
        {
            var page = await PageAsync("/prep/copy", [.. fields, new("do", what)]);
            page.QuerySelectorAll("script:not([src])").ShouldBeEmpty();
            page.QuerySelector("h1")!.TextContent.ShouldBe(hostile);
        }
    }

    [Fact]
    public async Task A_place_that_is_no_number_is_named_and_the_rest_is_kept()
    {
        var fields = With(With(Fields(await FormAsync()), "order.story", "first"), "note.hook", "kept");
        var page = await PageAsync("/prep/copy", [.. fields, new("do", "form")]);
        page.QuerySelector(".notice[role=status]")!.TextContent.ShouldContain("Place of “Deep dive”: “first” is no number");
        ((IHtmlTextAreaElement)page.QuerySelector("#note-hook")!).Value.ShouldBe("kept");
    }

    [Theory]
    [InlineData("/episodes/incident-documentaries-01-cascading-failure-chronicles/prep/copy?minutes=150")]
    [InlineData("/prep/copy?incident=knight-capital-2012&minutes=60")]
    public async Task A_form_that_nobody_touched_changes_nothing(string address)
    {
        // The first of them says twice how a name is said.
        var form = await site.PageAsync(address);
        form.QuerySelectorAll("textarea[name^='text.']").Select(t => t.GetAttribute("name")).ShouldBeUnique();
        var (_, file, _) = await PostAsync("/prep/copy", [.. Fields(form), new("do", "file")]);
        var copy = HostCopy.Read(file).Copy!;
        copy.Edits.ShouldBeEmpty();
        copy.LeftOut.ShouldBeEmpty();
        copy.Notes.ShouldBeEmpty();
        copy.Title.ShouldBeNull();
    }
}
