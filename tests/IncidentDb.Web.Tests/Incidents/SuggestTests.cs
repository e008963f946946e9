using static IncidentDb.Web.Tests.Json;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>Suggestions while typing: typed, counted, by the beginning of any word, whatever the accents.</summary>
[Collection(ReadingSite.Name)]
public sealed class SuggestTests(Site site)
{
    private static readonly JsonShape _shape = Object(
        ("q", Text),
        ("total", Integer),
        ("items", ListOf(Object(("type", OneOf("incident", "company", "pattern", "cause", "technology", "word")), ("label", Text), ("value", Text), ("incidents", Integer), ("url", Url)))));

    [Theory]
    [InlineData("circ", "pattern", "circuit-breaker")]
    [InlineData("BREAK", "pattern", "circuit-breaker")]
    [InlineData("kubern", "technology", "kubernetes")]
    [InlineData("amazon", "company", "amazon-web-services")]
    [InlineData("retry st", "cause", "retry-storm")]
    [InlineData("facebook", "company", "facebook")]
    [InlineData("fácebôok", "company", "facebook")]
    [InlineData("acebook", "company", "facebook")]
    public async Task What_was_typed_is_suggested_with_its_kind(string typed, string type, string value)
    {
        var json = await site.JsonAsync("/suggest.json?q=" + Uri.EscapeDataString(typed));
        json.ShouldBe(_shape, typed);
        json.GetProperty("q").GetString().ShouldBe(typed);
        json.GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("type")} {i.GetProperty("value")}").ShouldContain($"{type} {value}");
    }

    [Theory]
    [InlineData("knight", "knight-capital-2012")]
    [InlineData("Knight Capi", "knight-capital-2012")]
    [InlineData("knight-cap", "knight-capital-2012")]
    [InlineData("knight-capital-2012", "knight-capital-2012")]
    [InlineData("retired trading code", "knight-capital-2012")]
    [InlineData("facebook \"backbone", "facebook-bgp-2021")]
    [InlineData("facebok backbone", "facebook-bgp-2021")]
    public async Task Of_records_only_records_are_suggested_by_any_words_of_theirs(string typed, string slug)
    {
        var json = await site.JsonAsync("/suggest.json?of=records&q=" + Uri.EscapeDataString(typed));
        json.ShouldBe(_shape, typed);
        json.GetProperty("items").EnumerateArray().ShouldAllBe(i => i.GetProperty("type").GetString() == "incident");
        var slugs = json.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("value").GetString()).ToList();
        slugs.ShouldContain(slug);
        slugs.ShouldBeUnique();
        slugs.Count.ShouldBeLessThanOrEqualTo(8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("***")]
    [InlineData("() - \"")]
    public async Task Without_a_word_no_record_is_suggested(string typed) =>
        (await site.JsonAsync("/suggest.json?of=records&q=" + Uri.EscapeDataString(typed))).GetProperty("total").GetInt32().ShouldBe(0);

    [Fact]
    public async Task Every_count_is_the_total_behind_its_address()
    {
        var counted = 0;
        foreach (var typed in new[] { "a", "re", "cert", "net", "circuit", "cloud", "control pl", "retry sto", "database fa", "s", "dns", "time" })
        {
            var json = await site.JsonAsync("/suggest.json?q=" + Uri.EscapeDataString(typed));
            json.GetProperty("items").GetArrayLength().ShouldBe(json.GetProperty("total").GetInt32());
            foreach (var item in json.GetProperty("items").EnumerateArray())
            {
                var url = item.GetProperty("url").GetString()!;
                var incidents = item.GetProperty("incidents").GetInt32();
                if (item.GetProperty("type").GetString() == "incident")
                {
                    incidents.ShouldBe(1);
                    (await site.PageAsync(url)).QuerySelector("h1")!.TextContent.ShouldBe(item.GetProperty("label").GetString());
                    continue;
                }

                counted++;
                incidents.ShouldBeGreaterThan(0, url);
                (await site.JsonAsync(url.Replace("/incidents", "/incidents.json", StringComparison.Ordinal))).GetProperty("total").GetInt32().ShouldBe(incidents, url);
            }
        }

        counted.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task The_last_of_several_words_is_completed_with_those_before_it()
    {
        var json = await site.JsonAsync("/suggest.json?q=certificate+exp");
        json.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("type").GetString() == "word").Select(i => i.GetProperty("label").GetString()!)
            .ShouldContain(l => l.StartsWith("certificate exp", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=")]
    [InlineData("?q=%20%20")]
    [InlineData("?q=%00%ff%fe")]
    [InlineData("?q=(((((((((")]
    [InlineData("?q=zzzzqqqq")]
    public async Task What_can_not_be_completed_gets_an_empty_list(string query)
    {
        var json = await site.JsonAsync("/suggest.json" + query);
        json.ShouldBe(_shape);
        json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_text_too_long_to_be_typed_is_cut_in_the_answer()
    {
        var json = await site.JsonAsync("/suggest.json?q=" + new string('a', 5_000));
        json.GetProperty("q").GetString()!.Length.ShouldBe(100);
        json.GetProperty("total").GetInt32().ShouldBe(0);
    }
}
