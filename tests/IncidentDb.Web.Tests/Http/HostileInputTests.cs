using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Web.Tests.Http;

/// <summary>reliability.md Q1, Q3 and Q7: whatever stands in an address, the answer is a page, a notice or a refusal, never a fault.</summary>
[Collection(ReadingSite.Name)]
public sealed class HostileInputTests(Site site)
{
    /// <summary>Room in Kestrel's request line of 8 KB.</summary>
    private const int LongestTarget = 7_900;

    private static readonly string[] _parameters = ["q", "page", "size", "sort", "view", "match", "more", .. FacetList.All.Select(f => f.Name)];

    private static readonly string[] _slugs =
    [
        "/incidents/{0}", "/incidents/{0}.json", "/incidents/{0}.bib", "/incidents/{0}/history", "/companies/{0}", "/companies/{0}.json", "/causes/{0}", "/patterns/{0}", "/technologies/{0}",
        "/laws/{0}", "/episodes/{0}", "/docs/{0}",
    ];

    [Theory]
    [InlineData("/incidents?page=abc&size=-1&q=%22unclosed+(((", 2)]
    [InlineData("/incidents?nosuch=1", 1)]
    [InlineData("/incidents?sort=sideways", 1)]
    [InlineData("/incidents?match=kind:all", 1)]
    [InlineData("/incidents?year=soon", 1)]
    [InlineData("/incidents?cause=nosuchcause", 1)]
    [InlineData("/incidents?cause=-", 1)]
    public async Task What_can_not_be_used_becomes_a_notice(string path, int atLeast)
    {
        var page = await site.PageAsync(path);
        page.QuerySelectorAll(".notice").Length.ShouldBeGreaterThanOrEqualTo(atLeast, page.QuerySelector("main")!.TextContent);
        (await site.JsonAsync(path.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("notices").GetArrayLength().ShouldBeGreaterThanOrEqualTo(atLeast);
    }

    [Fact]
    public async Task Two_thousand_brackets_and_a_hundred_wildcards_are_answered()
    {
        foreach (var text in new[] { new string('(', 2_000), string.Join(' ', Enumerable.Repeat("a*", 100)), string.Join(' ', Enumerable.Repeat("*", 100)), new string('"', 2_001), string.Join(" OR ", Enumerable.Repeat("e*", 200)) })
            (await StatusAsync("/incidents?q=" + Uri.EscapeDataString(text))).ShouldBe(200, text[..20]);
    }

    [Fact]
    public async Task Every_generated_query_is_answered_in_time()
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Clone.Shared("security-data/query_dos.json")));
        var texts = file.RootElement.GetProperty("queries").EnumerateArray().Select(q => q.GetString()!).ToList();
        foreach (var g in file.RootElement.GetProperty("generators").EnumerateArray())
            texts.Add(g.GetProperty("prefix").GetString() + string.Concat(Enumerable.Repeat(g.GetProperty("repeat").GetString(), g.GetProperty("count").GetInt32())) + g.GetProperty("suffix").GetString());
        foreach (var text in texts)
        {
            var start = TimeProvider.System.GetTimestamp();
            // Whole, as a program that calls the library might: the address bar has no room for it.
            site.Library.Search.Search(new SearchQuery { Text = text }, site.Library.SearchOptions() with { Limit = TimeSpan.FromMilliseconds(200) });
            TimeProvider.System.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10), text[..Math.Min(40, text.Length)]);
            (await StatusAsync("/incidents?q=" + Fitting(text))).ShouldBe(200, text[..Math.Min(40, text.Length)]);
        }

        var parameters = file.RootElement.GetProperty("params").EnumerateObject().SelectMany(p => p.Value.EnumerateArray().Select(v => $"{p.Name}={Fitting(v.GetString()!)}"));
        foreach (var parameter in parameters)
            (await StatusAsync("/incidents?" + parameter)).ShouldBeOneOf(200, 400);
    }

    [Fact]
    public async Task An_address_longer_than_the_request_line_is_refused()
    {
        (await RawHttp.GetAsync(site.Client.BaseAddress!, "/incidents?q=" + new string('(', 64_000))).Status.ShouldBeOneOf(414, 431, 0);
        (await StatusAsync("/healthz/live")).ShouldBe(200);
    }

    [Fact]
    public async Task Naughty_strings_in_every_parameter_are_answered()
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Clone.Shared("security-data/blns.json")));
        await EachAsync([.. file.RootElement.EnumerateArray().Select(s => s.GetString()!)], async text =>
        {
            var value = Fitting(text, 200);
            var everywhere = string.Join('&', _parameters.Select(p => $"{p}={value}"));
            await ExpectAsync("/incidents.json?size=3&q=" + value, 200);
            await ExpectAsync("/incidents.json?" + everywhere, 200, 400);
            await ExpectAsync("/incidents?" + everywhere, 200, 400);
            await ExpectAsync("/incidents.csv?" + string.Join('&', _parameters.Select(p => $"{p}=-{value}")), 200);
            await ExpectAsync("/lookup.json?url=" + value, 200, 400);
            await ExpectAsync("/changes?before=" + value, 200);
        });
    }

    [Fact]
    public async Task Naughty_strings_as_slugs_find_nothing()
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Clone.Shared("security-data/blns.json")));
        await EachAsync([.. file.RootElement.EnumerateArray().Select(s => s.GetString()!).Where(s => s.Trim('.', ' ').Length > 0)], async text =>
        {
            foreach (var slug in _slugs)
                await ExpectAsync(string.Format(null, slug, Fitting(text, 200)), 404, 400, 301);
        });
    }

    [Fact]
    public async Task What_is_searched_for_is_printed_as_text()
    {
        foreach (var text in new[] { "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'; alert(1)//", "</title><svg onload=alert(1)>" })
        {
            var page = await site.PageAsync("/incidents?q=" + Uri.EscapeDataString(text));
            page.QuerySelectorAll("script:not([src]), img, [onerror], [onload], main svg[onload]").ShouldBeEmpty(text);
            page.QuerySelector("#q")!.GetAttribute("value").ShouldBe(text);
        }
    }

    [Fact]
    public async Task SQL_in_any_parameter_is_text_to_search_for()
    {
        var lines = Clone.Lines("patt-sqli-error.txt").Concat(Clone.Lines("patt-sqli-polyglots.txt")).ToList();
        await EachAsync(lines, async text =>
        {
            var value = Fitting(text, 200);
            await ExpectAsync("/incidents.json?" + string.Join('&', _parameters.Select(p => $"{p}={value}")), 200, 400);
            await ExpectAsync("/incidents/" + value, 404, 400);
            await ExpectAsync("/lookup.json?url=https://example.org/" + value, 200, 400);
        });
        site.Library.Incidents.All().Count.ShouldBeGreaterThan(100);
        site.Library.Database.CheckIntegrity().ShouldBe("ok");
    }

    private async Task<int> StatusAsync(string path)
    {
        using var response = await site.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        return (int)response.StatusCode;
    }

    private async Task ExpectAsync(string path, params int[] statuses)
    {
        var status = await StatusAsync(path);
        if (!statuses.Contains(status))
            _wrong.Enqueue($"{status}: {path[..Math.Min(300, path.Length)]}");
    }

    private readonly ConcurrentQueue<string> _wrong = new();

    private async Task EachAsync(IReadOnlyList<string> texts, Func<string, Task> ask)
    {
        await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (text, _) => await ask(text));
        _wrong.ShouldBeEmpty();
    }

    /// <summary>Escaped, and cut so that it fits in a request line together with what stands beside it.</summary>
    private static string Fitting(string text, int most = LongestTarget)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var next = Uri.EscapeDataString(rune.ToString());
            if (escaped.Length + next.Length > most)
                break;
            escaped.Append(next);
        }

        return escaped.ToString();
    }
}
