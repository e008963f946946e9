using System.Text.Json;
using AngleSharp.Html.Parser;
using IncidentDb.Web.Tests.About;

namespace IncidentDb.Web.Tests;

/// <summary>What checks must be able to complain: each checker meets something that is wrong.</summary>
public sealed class CheckerTests
{
    [Theory]
    [InlineData("{}", "$.slug is missing")]
    [InlineData("""{"slug":1,"name":"a"}""", "$.slug should be String")]
    [InlineData("""[]""", "$ should be an object")]
    public void A_shape_names_what_is_missing_or_of_another_kind(string json, string complaint)
    {
        var wrong = new List<string>();
        Shapes.Name(JsonDocument.Parse(json).RootElement, "$", wrong);
        wrong.ShouldContain(w => w.StartsWith(complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org")]
    [InlineData("/incidents/x.json")]
    [InlineData("incidents")]
    public void An_address_that_is_not_relative_or_has_an_extension_is_no_address(string url)
    {
        var wrong = new List<string>();
        Json.Url(JsonSerializer.SerializeToElement(url), "$", wrong);
        wrong.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("<h1>a</h1><h1>b</h1>", "2 headings")]
    [InlineData("<p id=a></p><p id=a></p>", "the id “a” stands 2 times")]
    [InlineData("<a href=/><svg></svg></a>", "a link without a name")]
    [InlineData("<input name=q>", "an input without a label")]
    [InlineData("<p style='color:red'>", "inline style")]
    [InlineData("<script>1</script>", "inline style or script")]
    [InlineData("<p onclick='f()'>", "a handler: onclick of p")]
    [InlineData("<p aria-labelledby=nowhere>", "nothing has the id “nowhere”")]
    [InlineData("<p class=notice>x</p>", "our own link")]
    [InlineData("<svg><use href='#m-nothing'/></svg>", "there is no sign #m-nothing")]
    public void A_page_that_is_badly_made_is_noticed(string body, string complaint) =>
        CrawledPage.Of(new HtmlParser().ParseDocument(body)).Faults.ShouldContain(f => f.StartsWith(complaint, StringComparison.Ordinal));

    [Fact]
    public void A_quoted_cell_with_commas_and_breaks_is_one_cell() =>
        Csv.Parse("a,b\r\n\"x, \"\"y\"\"\nz\",2\r\n").ShouldBe([["a", "b"], ["x, \"y\"\nz", "2"]]);
}
