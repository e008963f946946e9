using AngleSharp.Html.Parser;
using IncidentDb.Web.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IncidentDb.Web.Tests.Timeline;

/// <summary>The timeline of all records: each stands on the axis and on one page, and a library of any size fits.</summary>
[Collection(ReadingSite.Name)]
public sealed class TimelineTests(Site site)
{
    [Fact]
    public async Task Every_record_stands_on_one_page_and_every_page_on_the_way_from_the_newest()
    {
        var records = site.Library.Incidents.All().Where(i => i.Started is not null).Select(i => "/incidents/" + i.Slug).ToList();
        var (told, path, pages) = (new List<string>(), "/timeline", 0);
        while (path is not null && pages++ < 50)
        {
            var page = await site.PageAsync(path);
            page.QuerySelectorAll(".allaxis a").Select(a => a.GetAttribute("href")).ShouldBe(records);
            told.InsertRange(0, page.QuerySelectorAll(".chronicle .t").Select(a => a.GetAttribute("href")!));
            page.QuerySelectorAll("nav[aria-label=Years] a[aria-current=page]").Length.ShouldBe(1);
            foreach (var year in page.QuerySelectorAll(".years section"))
                year.QuerySelectorAll(".chronicle li").Length.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe(year.QuerySelector(".section-head p")!.TextContent.Split(' ')[0]);
            path = page.QuerySelector("a[rel=prev]")?.GetAttribute("href");
        }

        told.ShouldBe(records);
        pages.ShouldBe((await site.PageAsync("/timeline")).QuerySelectorAll("nav[aria-label=Years] a").Length);
    }

    [Theory]
    [InlineData("2012", 2012)]
    [InlineData("1", null)]
    [InlineData("9999", null)]
    [InlineData("-5", null)]
    [InlineData("abc", null)]
    [InlineData("99999999999999", null)]
    public async Task A_year_opens_the_page_it_stands_on_and_anything_else_one_that_is_there(string year, int? shown)
    {
        var page = await site.PageAsync("/timeline?year=" + year);
        page.QuerySelectorAll(".chronicle li").Length.ShouldBeGreaterThan(10);
        if (shown is { } y)
            page.QuerySelector("#y" + y).ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_more_records_than_marks_a_mark_stands_for_a_year_and_a_severity_and_finds_as_many()
    {
        await using var scope = site.Services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, NullLoggerFactory.Instance);
        var counts = site.Library.Incidents.CountByYear();
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<AllAxis>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(AllAxis.Years)] = counts,
            [nameof(AllAxis.MostMarks)] = 100,
        }))).ToHtmlString());
        var marks = new HtmlParser().ParseDocument(html).QuerySelectorAll(".allaxis a");
        marks.Length.ShouldBe(counts.Count);
        foreach (var (mark, count) in marks.Zip(counts).Where((_, i) => i % 9 == 0))
        {
            mark.GetAttribute("aria-label")!.ShouldEndWith($": {count.Incidents} {(count.Incidents == 1 ? "record" : "records")}");
            // A record of which two years are possible is found in both.
            (await site.JsonAsync(mark.GetAttribute("href")!.Replace("/incidents?", "/incidents.json?", StringComparison.Ordinal))).GetProperty("total").GetInt32().ShouldBeGreaterThanOrEqualTo(count.Incidents);
        }
    }

    [Fact]
    public void Years_are_put_together_until_they_fill_a_page()
    {
        YearSpan.Of([]).ShouldBeEmpty();
        YearSpan.IndexOf([], 2000).ShouldBe(-1);
        var spans = YearSpan.Of([(1990, 1), (2001, 30), (2002, 20), (2003, 900), (2004, 5)]);
        spans.Select(s => (s.Words, s.Incidents)).ShouldBe([("1990–2002", 51), ("2003–2004", 905)]);
        new int?[] { null, 1980, 1990, 1995, 2002, 2003, 2030 }.Select(y => YearSpan.IndexOf(spans, y)).ShouldBe([1, 0, 0, 0, 0, 1, 1]);
    }
}
