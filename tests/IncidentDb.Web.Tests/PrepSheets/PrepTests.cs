using System.Net;
using System.Text.Json;
using IncidentDb.PrepSheets;

namespace IncidentDb.Web.Tests.PrepSheets;

[Collection(ReadingSite.Name)]
public sealed class PrepTests(Site site)
{
    private const string Knight = "?incident=knight-capital-2012&minutes=5";

    [Theory]
    [InlineData("/prep.json", "application/json; charset=utf-8", null)]
    [InlineData("/prep.md", "text/markdown; charset=utf-8", null)]
    [InlineData("/prep/notes.md", "text/markdown; charset=utf-8", null)]
    [InlineData("/prep.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "knight-capital-2012-5-min.docx")]
    public async Task A_sheet_has_its_twins_and_each_is_the_same_twice(string path, string type, string? file)
    {
        using var response = await site.Client.GetAsync(path + Knight);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.ToString().ShouldBe(type);
        response.Content.Headers.ContentDisposition?.FileName.ShouldBe(file);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        (await site.Client.GetByteArrayAsync(path + Knight)).ShouldBe(bytes);
    }

    [Fact]
    public async Task Page_and_JSON_say_the_same_sentences()
    {
        var page = await site.PageAsync("/prep" + Knight);
        var said = page.Body!.TextContent;
        var json = await site.JsonAsync("/prep.json" + Knight);
        var statements = json.GetProperty("blocks").EnumerateArray().SelectMany(b => b.GetProperty("parts").EnumerateArray()).SelectMany(p => p.GetProperty("statements").EnumerateArray()).ToList();
        statements.Count.ShouldBeGreaterThan(25);
        foreach (var s in statements)
            said.ShouldContain(s.GetProperty("spoken").GetString()!);
        page.QuerySelectorAll(".unsourced").Length.ShouldBe(page.QuerySelectorAll(".flag").Length);
        page.QuerySelectorAll(".sources .source").Length.ShouldBe(json.GetProperty("sources").GetArrayLength());
        page.QuerySelectorAll("a[href^='#source-']").Select(a => a.GetAttribute("href")![1..]).Distinct().ShouldAllBe(id => page.GetElementById(id) != null);
    }

    [Fact]
    public async Task An_episode_has_a_sheet_in_every_length_and_the_pages_link_them()
    {
        var episode = (await site.PageAsync("/episodes/incident-documentaries-04-six-hours-of-silence")).QuerySelectorAll("nav[aria-label='Prep sheet'] a").Select(a => a.GetAttribute("href")!).ToList();
        episode.Count.ShouldBe(RunDown.Lengths.Count);
        foreach (var link in episode)
            (await site.PageAsync(link)).QuerySelectorAll(".block").Length.ShouldBeGreaterThanOrEqualTo(7);
        (await site.PageAsync("/incidents/knight-capital-2012")).QuerySelector("a[href^='/prep?incident=knight-capital-2012']").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/prep?incident=nowhere", "There is no record “nowhere”.")]
    [InlineData("/prep?incident=knight-capital-2012&minutes=7", "“7” is no length of a sheet")]
    [InlineData("/prep?incident=knight-capital-2012&clock=Mars/Base", "“Mars/Base” is no time zone")]
    [InlineData("/prep?incident=knight-capital-2012&incident=nowhere", "There is no record “nowhere”.")]
    public async Task What_cannot_be_used_is_said(string path, string sentence) => (await site.PageAsync(path)).QuerySelector(".notice[role=status]")!.TextContent.ShouldContain(sentence);

    [Fact]
    public async Task What_was_typed_stays_in_the_form() =>
        (await site.PageAsync("/prep?incident=nowhere&minutes=60")).QuerySelector("#incident-1")!.GetAttribute("value").ShouldBe("nowhere");

    [Fact]
    public async Task A_whole_address_names_a_record() =>
        (await site.PageAsync("/prep?incident=https%3A%2F%2Fexample.org%2Fincidents%2Fknight-capital-2012%2F")).QuerySelector("h1")!.TextContent.ShouldContain("Retired trading code");

    [Theory]
    [InlineData("/prep.md", HttpStatusCode.BadRequest)]
    [InlineData("/prep.json?incident=nowhere", HttpStatusCode.NotFound)]
    [InlineData("/episodes/nowhere/prep.docx", HttpStatusCode.NotFound)]
    public async Task A_twin_without_a_record_is_a_problem(string path, HttpStatusCode status)
    {
        using var response = await site.Client.GetAsync(path);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [InlineData("/episodes/nowhere/prep")]
    [InlineData("/prep/prompter?incident=nowhere")]
    [InlineData("/prep/copy?incident=nowhere")]
    public async Task Pages_of_nothing_are_not_found(string path)
    {
        using var response = await site.Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_teleprompter_holds_the_script_and_no_brackets()
    {
        var page = await site.PageAsync("/prep/prompter" + Knight);
        var sheet = new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 5 }.Compose(site.Library)!;
        var script = page.QuerySelector("main")!.TextContent;
        foreach (var s in sheet.Blocks.SelectMany(b => b.Statements).Where(s => !s.Silent))
            script.ShouldContain(s.Spoken);
        script.ShouldNotContain("[1]");
        script.ShouldNotContain("‹");
    }
}
