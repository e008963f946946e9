using System.IO.Compression;
using System.Net;
using IncidentDb.Incidents;

namespace IncidentDb.Web.Tests.Http;

/// <summary>Pages for readers are kept until the library changes, confirmed by 304 and compressed; answers to others are none of it.</summary>
[Collection(WritingSite.Name)]
public sealed class PublicPagesTests(EditedSite site) : IDisposable
{
    /// <summary>Without a memory: a cookie from another page would change every answer.</summary>
    private readonly HttpClient _client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = site.Client.BaseAddress };

    private const string Search = "/incidents?q=outage";

    private async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _client.SendAsync(request);
    }

    public void Dispose() => _client.Dispose();

    private static async Task<string> BodyAsync(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        });
        return await reader.ReadToEndAsync();
    }

    private static string Tag(HttpResponseMessage response) => response.Headers.GetValues("ETag").ShouldHaveSingleItem();

    [Theory]
    [InlineData("/")]
    [InlineData(Search)]
    [InlineData("/incidents.json?q=outage")]
    [InlineData("/incidents/facebook-bgp-2021")]
    [InlineData("/incidents/facebook-bgp-2021.md")]
    [InlineData("/patterns/matrix")]
    [InlineData("/incidents.csv?q=outage")]
    public async Task Who_has_the_answer_of_this_state_is_told_so(string path)
    {
        using var first = await GetAsync(path);
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache");
        first.Headers.Vary.ShouldBe(["Accept-Encoding", "Cookie", "Authorization"], ignoreOrder: true);
        using var again = await GetAsync(path, ("If-None-Match", $"\"other\", {Tag(first)}"));
        again.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        Tag(again).ShouldBe(Tag(first));
        again.Headers.GetValues("X-Content-Type-Options").ShouldHaveSingleItem();
        // The browser would put it in the place of the page's own, which allows the style sheet.
        again.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
        using var other = await GetAsync(path, ("If-None-Match", "W/\"other\""));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_change_of_the_library_changes_every_answer_at_once()
    {
        var slug = site.Library.Incidents.All()[7].Slug;
        var incident = site.Library.Incidents.Find(slug)!.Incident;
        var path = $"/incidents/{slug}";
        using var before = await GetAsync(path);
        (await BodyAsync(before)).ShouldNotContain("A zeppelin unplugs");
        site.Library.Save(slug, IncidentWriter.Write(incident with { Title = "A zeppelin unplugs a rack of servers" }), "a test", "another title").Where(p => p.IsError).ShouldBeEmpty();
        using var after = await GetAsync(path, ("If-None-Match", Tag(before)));
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
        Tag(after).ShouldNotBe(Tag(before));
        (await BodyAsync(after)).ShouldContain("A zeppelin unplugs");
        (await BodyAsync(await GetAsync("/incidents?q=zeppelin+unplugs"))).ShouldContain(path);
        site.Library.Save(slug, IncidentWriter.Write(incident), "a test", "taken back");
        (await BodyAsync(await GetAsync(path))).ShouldNotContain("A zeppelin unplugs");
    }

    [Fact]
    public async Task The_same_search_is_made_once()
    {
        // The time that it took is that of the search, so two answers with the same time are one.
        var path = $"/incidents.json?q=outage+{Guid.NewGuid():N}&size=100";
        var first = await BodyAsync(await GetAsync(path));
        for (var i = 0; i < 5; i++)
            (await BodyAsync(await GetAsync(path))).ShouldBe(first);
        (await BodyAsync(await GetAsync(path, ("Cookie", "a=b")))).ShouldNotBe(first);
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("identity", null)]
    [InlineData("zstd", null)]
    [InlineData("", null)]
    public async Task Every_caller_gets_an_encoding_that_it_reads(string accepted, string? encoding)
    {
        using var plain = await GetAsync(Search);
        var expected = await BodyAsync(plain);
        for (var i = 0; i < 2; i++)
        {
            using var response = await GetAsync(Search, ("Accept-Encoding", accepted));
            response.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding, $"request {i}");
            (await BodyAsync(response)).ShouldBe(expected);
        }
    }

    [Fact]
    public async Task A_search_page_of_twenty_hits_is_at_most_40_KB_on_the_line()
    {
        foreach (var path in new[] { Search, "/incidents", "/incidents?q=the+network", "/incidents?view=table", "/incidents?q=control+plane&cause=overload" })
        {
            using var response = await GetAsync(path, ("Accept-Encoding", "br"));
            (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBeLessThan(40_000, path);
        }
    }

    [Theory]
    [InlineData("Cookie", "incidentdb=secret")]
    [InlineData("Authorization", "Bearer secret")]
    public async Task An_answer_that_may_hold_a_secret_is_neither_compressed_nor_kept(string name, string value)
    {
        foreach (var path in new[] { Search, "/", "/incidents/facebook-bgp-2021" })
        {
            using var response = await GetAsync(path, (name, value), ("Accept-Encoding", "br, gzip"));
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            response.Content.Headers.ContentEncoding.ShouldBeEmpty();
            response.Headers.Contains("ETag").ShouldBeFalse();
        }
    }

    [Theory]
    [InlineData("/incidents/facebook-bgp-2021/edit")]
    [InlineData("/login")]
    [InlineData("/submit")]
    public async Task A_page_with_a_form_token_is_neither_compressed_nor_kept(string path)
    {
        using var response = await GetAsync(path, ("Accept-Encoding", "br, gzip"));
        response.Content.Headers.ContentEncoding.ShouldBeEmpty();
        response.Headers.Contains("ETag").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/nowhere", 404)]
    [InlineData("/incidents/nowhere", 404)]
    [InlineData("/incidents/nowhere.json", 404)]
    [InlineData("/incidents?page=5000&size=100", 400)]
    [InlineData("/incidents?year.from=2011", 302)]
    public async Task What_is_no_good_answer_is_not_kept(string path, int status)
    {
        for (var i = 0; i < 2; i++)
        {
            using var response = await GetAsync(path);
            ((int)response.StatusCode).ShouldBe(status);
            response.Headers.Contains("ETag").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_order_of_parameters_and_the_case_of_a_path_are_part_of_the_address()
    {
        var (one, other) = ("incident=knight-capital-2012", "incident=facebook-bgp-2021");
        var first = await BodyAsync(await GetAsync($"/compare.json?{one}&{other}"));
        var second = await BodyAsync(await GetAsync($"/compare.json?{other}&{one}"));
        first.IndexOf("\"slug\":\"knight-capital-2012\"", StringComparison.Ordinal).ShouldBeLessThan(first.IndexOf("\"slug\":\"facebook-bgp-2021\"", StringComparison.Ordinal));
        second.IndexOf("\"slug\":\"facebook-bgp-2021\"", StringComparison.Ordinal).ShouldBeLessThan(second.IndexOf("\"slug\":\"knight-capital-2012\"", StringComparison.Ordinal));
        (await GetAsync("/incidents/facebook-bgp-2021")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/incidents/FACEBOOK-bgp-2021")).StatusCode.ShouldBe(HttpStatusCode.MovedPermanently);
    }

    [Fact]
    public async Task HEAD_is_kept_apart_from_nothing_and_sends_no_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, Search);
        using var head = await _client.SendAsync(request);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        (await BodyAsync(await GetAsync(Search))).ShouldContain("</html>");
    }

    [Fact]
    public async Task Metrics_say_where_the_time_of_pages_goes()
    {
        await GetAsync($"/incidents?q=outage+{Guid.NewGuid():N}", ("Accept-Encoding", "br"));
        using var response = await GetAsync("/metrics");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var values = (await BodyAsync(response)).Split('\n').Where(l => l.Length > 0 && l[0] != '#' && !l.Contains('{')).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => double.Parse(l[1], System.Globalization.CultureInfo.InvariantCulture));
        values["incidentdb_pages_made_total"].ShouldBeGreaterThan(0);
        values["incidentdb_pages_making_seconds_total"].ShouldBeGreaterThan(values["incidentdb_searching_seconds_total"]);
        values["incidentdb_pages_compressing_seconds_total"].ShouldBeGreaterThan(0);
        values["incidentdb_records"].ShouldBe(site.Library.Search.Count);
        values["incidentdb_search_lag_changes"].ShouldBe(0);
        values["incidentdb_database_bytes"].ShouldBeGreaterThan(10_000);
    }
}
