using System.Net;
using System.Text.Json;

namespace IncidentDb.Web.Tests.Http;

/// <summary>Errors in the form the caller reads: one shape of JSON, a page for people.</summary>
[Collection(ReadingSite.Name)]
public sealed class ErrorTests(Site site)
{
    [Theory]
    [InlineData("GET", "/incidents/nowhere.json", 404)]
    [InlineData("GET", "/incidents/nowhere.md", 404)]
    [InlineData("GET", "/incidents/nowhere.bib", 404)]
    [InlineData("GET", "/companies/nowhere.json", 404)]
    [InlineData("GET", "/nowhere.json", 404)]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("GET", "/incidents.json?page=1000&size=100", 400)]
    [InlineData("GET", "/lookup.json", 400)]
    [InlineData("GET", "/lookup.json?url=", 400)]
    [InlineData("GET", "/lookup.json?url=javascript:alert(1)", 400)]
    [InlineData("POST", "/incidents.json", 405)]
    [InlineData("DELETE", "/incidents/facebook-bgp-2021.json", 405)]
    public async Task A_program_gets_a_problem_of_one_shape(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await site.Client.SendAsync(request);
        var body = await response.ShouldAnswerAsync((HttpStatusCode)status, path);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var json = JsonDocument.Parse(body);
        json.RootElement.ShouldBe(Shapes.Problem);
        json.RootElement.GetProperty("status").GetInt32().ShouldBe(status);
        json.RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("POST", "/incidents")]
    [InlineData("PUT", "/incidents/facebook-bgp-2021")]
    [InlineData("DELETE", "/patterns/failover")]
    [InlineData("POST", "/")]
    public async Task A_page_that_is_only_read_says_so(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent("a=b") };
        using var response = await site.Client.SendAsync(request);
        var body = await response.ShouldAnswerAsync(HttpStatusCode.MethodNotAllowed, path);
        response.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        body.ShouldContain("does not take that method");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents?q=dns")]
    [InlineData("/incidents.json?q=dns")]
    [InlineData("/incidents.csv")]
    [InlineData("/incidents/facebook-bgp-2021")]
    [InlineData("/incidents/facebook-bgp-2021.md")]
    [InlineData("/incidents/nowhere")]
    [InlineData("/companies/aws")]
    [InlineData("/favicon.svg")]
    public async Task HEAD_answers_what_GET_would_without_the_body(string path)
    {
        using var get = await site.Client.GetAsync(path);
        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
        head.StatusCode.ShouldBe(get.StatusCode);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        head.Headers.Location.ShouldBe(get.Headers.Location);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_program_that_asks_for_no_HTML_gets_problems_for_pages_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/incidents/nowhere/at/all");
        request.Headers.Accept.ParseAdd("application/json");
        using var client = new HttpClient { BaseAddress = site.Client.BaseAddress };
        using var response = await client.SendAsync(request);
        await response.ShouldAnswerAsync(HttpStatusCode.NotFound, "/incidents/nowhere/at/all");
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
    }
}
