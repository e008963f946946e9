using System.Net;

namespace IncidentDb.Web.Tests.Hosting;

/// <summary>reliability.md D10 and "config": a directory has one holder, and a start that can't go well ends at once with a sentence.</summary>
public sealed class StartTests
{
    private const int CanNotBeUsed = 3;

    [Fact]
    public async Task A_second_server_and_an_import_are_refused_with_a_sentence_that_names_the_first()
    {
        using var directory = new PrivateDirectory(imported: true);
        await using var first = ProgramRun.Site(directory.Path);
        var address = await first.ListeningAsync();
        var sentence = $"the site (pid {first.Pid}) holds the database: stop it, or restart it to import";

        await using var second = ProgramRun.Site(directory.Path);
        (await second.ExitAsync()).ShouldBe(CanNotBeUsed, second.Output);
        second.Output.ShouldBe(sentence);

        await using var import = ProgramRun.CommandLine(directory.Path, "import", Path.Combine(Clone.Root, "data"));
        (await import.ExitAsync()).ShouldBe(CanNotBeUsed, import.Output);
        import.Output.ShouldContain(sentence);

        // Who only reads is let in, and the first goes on.
        await using var search = ProgramRun.CommandLine(directory.Path, "search", "dns", "--json");
        (await search.ExitAsync()).ShouldBe(0, search.Output);
        search.Output.ShouldContain("\"total\"");
        using var client = new HttpClient { BaseAddress = address };
        (await client.GetStringAsync("/incidents.json?q=dns")).ShouldContain("\"total\"");
    }

    [Theory]
    [InlineData("INCIDENTDB__Foo", "1", "IncidentDb:Foo")]
    [InlineData("INCIDENTDB__ImportOnStrat", "false", "ImportOnStart")]
    [InlineData("INCIDENTDB__ImportOnStart", "perhaps", "ImportOnStart")]
    [InlineData("INCIDENTDB__PublicUrl", "javascript:alert(1)", "PublicUrl")]
    [InlineData("INCIDENTDB__SearchEngine", "lucene", "SearchEngine")]
    public async Task A_setting_that_is_not_there_or_can_not_be_used_stops_the_start_by_name(string name, string value, string named)
    {
        using var directory = new PrivateDirectory();
        await using var site = ProgramRun.Site(directory.Path, (name, value));
        (await site.ExitAsync()).ShouldBe(CanNotBeUsed, site.Output);
        site.Output.ShouldContain(named);
        site.Output.Split('\n').Length.ShouldBe(1, site.Output);
        Directory.Exists(directory.Path).ShouldBeFalse("nothing is made before the settings are read");
    }

    [Fact]
    public async Task The_other_search_engine_can_be_chosen()
    {
        using var directory = new PrivateDirectory(imported: true);
        await using var site = ProgramRun.Site(directory.Path, ("INCIDENTDB__SearchEngine", "fts5"));
        using var client = new HttpClient { BaseAddress = await site.ListeningAsync() };
        (await client.GetStringAsync("/incidents.json?q=%22retry+storm%22")).ShouldContain("\"hits\"");
    }

    [Fact]
    public async Task The_next_start_reads_the_index_that_the_last_one_built_and_one_that_is_damaged_is_built_anew()
    {
        using var directory = new PrivateDirectory();
        var kept = Path.Combine(directory.Path, "search.snapshot");
        async Task<(string Answer, string Output)> StartedAsync()
        {
            await using var site = ProgramRun.Site(directory.Path);
            using var client = new HttpClient { BaseAddress = await site.ListeningAsync() };
            // From the hits on: before them stands how long it took.
            var answer = (await client.GetStringAsync("/incidents.json?q=%22retry+storm%22")).Split("\"hits\":")[1];
            site.Terminate();
            (await site.ExitAsync()).ShouldBe(0, site.Output);
            return (answer, site.Output);
        }

        var built = await StartedAsync();
        File.Exists(kept).ShouldBeTrue("it is written before the site has ended");
        var read = await StartedAsync();
        read.Output.ShouldContain("search.snapshot holds ");
        read.Output.ShouldNotContain("Search was built");
        read.Answer.ShouldBe(built.Answer);

        var bytes = await File.ReadAllBytesAsync(kept);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(kept, bytes);
        var repaired = await StartedAsync();
        repaired.Output.ShouldContain("search.snapshot is not used: its arrays are damaged.");
        repaired.Output.ShouldContain("Search was built");
        repaired.Answer.ShouldBe(built.Answer);
    }

    /// <summary>What one busy moment has cut short must not be what everybody is told from then on, nor a list that passes for the whole.</summary>
    [Fact]
    public async Task What_a_search_without_time_found_is_neither_kept_nor_given_as_the_whole()
    {
        using var directory = new PrivateDirectory(imported: true);
        await using var site = ProgramRun.Site(directory.Path, searchLimit: TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = await site.ListeningAsync() };
        foreach (var path in (string[])["/incidents?q=outage", "/incidents.json?q=outage", "/incidents?q=outage"])
        {
            using var page = await client.GetAsync(path);
            page.StatusCode.ShouldBe(HttpStatusCode.OK);
            (await page.Content.ReadAsStringAsync()).ShouldContain("The search took too long and was stopped");
            page.Headers.CacheControl!.NoStore.ShouldBeTrue();
            page.Headers.ETag.ShouldBeNull();
            page.Headers.Age.ShouldBeNull("it was made for this request");
        }

        foreach (var extension in (string[])["csv", "ndjson", "md", "bib", "ris"])
        {
            using var export = await client.GetAsync($"/incidents.{extension}?q=outage");
            export.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            export.Headers.RetryAfter.ShouldNotBeNull();
            (await export.Content.ReadAsStringAsync()).ShouldContain("took too long for a whole result");
        }
    }

    [Fact]
    public async Task A_data_directory_that_can_not_be_used_stops_the_start_with_a_sentence()
    {
        using var directory = new PrivateDirectory();
        Directory.CreateDirectory(directory.Path);
        await File.WriteAllTextAsync(Path.Combine(directory.Path, "incidentdb.db"), new string('x', 8192));
        await using var site = ProgramRun.Site(directory.Path);
        (await site.ExitAsync()).ShouldBe(CanNotBeUsed, site.Output);
        site.Output.ShouldContain("incidentdb doctor");
        (await File.ReadAllTextAsync(Path.Combine(directory.Path, "incidentdb.db"))).Length.ShouldBe(8192, "what can't be read is not touched");
    }

    [Fact]
    public async Task The_port_is_the_documented_one_and_arguments_win_over_the_environment()
    {
        using var directory = new PrivateDirectory();
        // Found from a foreign folder: the settings beside the program, and the style sheet.
        await using var site = ProgramRun.Site(directory.Path, ("INCIDENTDB__ImportOnStart", "false"), ("URLS", "http://127.0.0.1:1"));
        var address = await site.ListeningAsync();
        address.Port.ShouldNotBe(1);
        using var client = new HttpClient { BaseAddress = address };
        var page = await client.GetStringAsync("/");
        page.ShouldContain("The library is empty");
        var style = page.Split("rel=\"stylesheet\" href=\"")[1].Split('"')[0];
        (await client.GetStringAsync(style)).ShouldContain("@layer");
        (await File.ReadAllTextAsync(Path.Combine(Clone.Root, "src", "IncidentDb.Web", "appsettings.json"))).ShouldContain("\"http://127.0.0.1:5080\"");
        site.Output.ShouldNotContain("Microsoft.AspNetCore.Hosting.Diagnostics", customMessage: "the settings beside the program were not read");
    }
}
