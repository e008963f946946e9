using System.Net;

namespace IncidentDb.Web.Tests.Http;

/// <summary>reliability.md Q5 and Q6: every answer carries its headers, errors too.</summary>
[Collection(ReadingSite.Name)]
public sealed class HeaderTests(Site site)
{
    /// <summary>Word for word as promised.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'";

    public static TheoryData<string, int> Pages => new()
    {
        { "/", 200 },
        { "/incidents?q=dns", 200 },
        { "/incidents?q=nosuchwordatall", 200 },
        { "/incidents/facebook-bgp-2021", 200 },
        { "/patterns/matrix", 200 },
        { "/docs/data-format", 200 },
        { "/nowhere", 404 },
        { "/incidents/nowhere", 404 },
        { "/companies/nowhere", 404 },
        { "/incidents?page=5000&size=100", 400 },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_carries_the_policy_and_its_company(string path, int status)
    {
        using var response = await site.Client.GetAsync(path);
        ShouldBePage(response, (HttpStatusCode)status);
    }

    [Fact]
    public async Task A_page_for_a_wrong_method_carries_them()
    {
        using var response = await site.Client.PostAsync("/incidents", new StringContent("q=x"));
        ShouldBePage(response, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task A_page_for_a_fault_of_ours_carries_them_and_tells_no_secret()
    {
        using var broken = new Site();
        broken.Library.Database.Dispose();
        foreach (var path in new[] { "/", "/incidents/facebook-bgp-2021", "/changes", "/timeline" })
        {
            using var response = await broken.Client.GetAsync(path);
            ShouldBePage(response, HttpStatusCode.InternalServerError);
            var body = await response.Content.ReadAsStringAsync();
            body.ShouldContain("The fault is ours");
            body.ShouldNotContain("Exception");
            body.ShouldNotContain(broken.Library.Database.Directory);
        }

        using var json = await broken.Client.GetAsync("/incidents/facebook-bgp-2021.json");
        await json.ShouldAnswerAsync(HttpStatusCode.InternalServerError, "json");
        json.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        using var ready = await broken.Client.GetAsync("/healthz/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        using var live = await broken.Client.GetAsync("/healthz/live");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/incidents.json")]
    [InlineData("/incidents.csv")]
    [InlineData("/incidents.atom")]
    [InlineData("/incidents/facebook-bgp-2021.md")]
    [InlineData("/incidents/nowhere.json")]
    [InlineData("/robots.txt")]
    [InlineData("/sitemap.txt")]
    [InlineData("/site.css")]
    [InlineData("/site.js")]
    [InlineData("/favicon.svg")]
    [InlineData("/healthz/live")]
    [InlineData("/companies/aws.json")]
    public async Task What_is_no_page_may_run_and_load_nothing(string path)
    {
        using var response = await site.Client.GetAsync(path);
        ShouldBeGuarded(response);
        Header(response, "Content-Security-Policy").ShouldBe("default-src 'none'; frame-ancestors 'none'");
    }

    [Theory]
    [InlineData("/incidents.json")]
    [InlineData("/incidents.csv")]
    [InlineData("/incidents.ndjson")]
    [InlineData("/incidents.atom")]
    [InlineData("/incidents/facebook-bgp-2021.md")]
    [InlineData("/robots.txt")]
    [InlineData("/sitemap.txt")]
    [InlineData("/healthz/live")]
    public async Task Text_says_how_it_is_encoded(string path)
    {
        using var response = await site.Client.GetAsync(path);
        response.Content.Headers.ContentType?.CharSet.ShouldBe("utf-8");
    }

    private static void ShouldBePage(HttpResponseMessage response, HttpStatusCode status)
    {
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType?.ToString().ShouldBe("text/html; charset=utf-8");
        Header(response, "Content-Security-Policy").ShouldBe(Policy);
        ShouldBeGuarded(response);
    }

    private static void ShouldBeGuarded(HttpResponseMessage response)
    {
        Header(response, "X-Content-Type-Options").ShouldBe("nosniff");
        Header(response, "Referrer-Policy").ShouldBe("strict-origin-when-cross-origin");
        Header(response, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        response.Headers.Contains("Server").ShouldBeFalse();
        response.Headers.Contains("X-Powered-By").ShouldBeFalse();
        response.Headers.Contains("Set-Cookie").ShouldBeFalse("reading needs no cookie");
    }

    /// <summary>One header of that name, no two that could disagree.</summary>
    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).ShouldHaveSingleItem();
}
