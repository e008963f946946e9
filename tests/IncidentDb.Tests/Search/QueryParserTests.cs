using System.Text;
using System.Text.Json;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

public sealed class QueryParserTests
{
    [Theory]
    [InlineData("disk failure", "disk failure")]
    [InlineData("disk AND failure", "disk failure")]
    [InlineData("disk OR failure", "disk OR failure")]
    [InlineData("a OR b c", "a OR (b c)")]
    [InlineData("(a OR b) c", "(a OR b) c")]
    [InlineData("-disk", "-disk")]
    [InlineData("NOT disk", "-disk")]
    [InlineData("a !b", "a -b")]
    [InlineData("+a +b", "a b")]
    [InlineData("\"exact phrase\"", "\"exact phrase\"")]
    [InlineData("“curly phrase”", "\"curly phrase\"")]
    [InlineData("\"near words\"~3", "\"near words\"~3")]
    [InlineData("\"connection po*\"", "\"connection po*\"")]
    [InlineData("\"word\"", "\"word\"")]
    [InlineData("cert*", "cert*")]
    [InlineData("kubernets~", "kubernets~2")]
    [InlineData("kubernets~1", "kubernets~1")]
    [InlineData("disk^2", "disk^2")]
    [InlineData("(disk failure)^2.5", "(disk failure)^2.5")]
    [InlineData("title:disk", "title:disk")]
    [InlineData("timeline:\"rolled back\"", "timeline:\"rolled back\"")]
    [InlineData("title:(disk OR tape)", "title:disk OR title:tape")]
    [InlineData("company:google", "company:google")]
    [InlineData("severity:S1", "severity:S1")]
    [InlineData("detection:not_disclosed", "detection:not_disclosed")]
    [InlineData("has:timeline", "has:timeline")]
    [InlineData("loss:>=100M", "loss:[100M TO *]")]
    [InlineData("users:>1M", "users:{1M TO *]")]
    [InlineData("duration:[2h TO 1d]", "duration:[2h TO 1d]")]
    [InlineData("duration:{2h TO *}", "duration:{2h TO *}")]
    [InlineData("ttd:>1h", "ttd:{1h TO *]")]
    [InlineData("year:2017..2019", "year:[2017 TO 2019]")]
    [InlineData("loss:not_disclosed", "loss:not_disclosed")]
    [InlineData("started:[2017 TO 2019]", "started:[2017 TO 2019]")]
    [InlineData("started:2017-03", "started:[2017-03 TO 2017-03]")]
    [InlineData("event:relapse", "event:relapse")]
    [InlineData("order:public_report<detected", "order:public_report<detected")]
    [InlineData("order:cause_identified>mitigation", "order:mitigation<cause_identified")]
    [InlineData("gap:impact_start..status_posted>1h", "gap:impact_start..status_posted>1h")]
    [InlineData("gap:detected..mitigation<=10m", "gap:detected..mitigation<=10m")]
    [InlineData("*:*", "*:*")]
    [InlineData("*", "*:*")]
    [InlineData("us-east-1", "us-east-1")]
    [InlineData("c++", "c++")]
    [InlineData("09:30", "09:30")]
    public void A_query_prints_as_it_was_understood(string text, string printed)
    {
        var parsed = QueryParser.Parse(text);
        parsed.Notices.ShouldBeEmpty();
        parsed.Root!.ToString().ShouldBe(printed);
    }

    [Theory]
    [InlineData("\"unclosed (((", "never closed")]
    [InlineData("(a b", "never closed")]
    [InlineData("a ) b", "without an opening one")]
    [InlineData("nofield:x", "no field “nofield”")]
    [InlineData("te?t", "at the end of a word")]
    [InlineData("*tail x", "at the end of a word")]
    [InlineData("a* b", "at least two letters")]
    [InlineData("ab~2", "too short")]
    [InlineData("duration:[2h TO", "could not be used")]
    [InlineData("loss:lots", "could not be used")]
    [InlineData("started:yesterday", "could not be used")]
    [InlineData("year:[2019 TO 2017]", "could not be used")]
    [InlineData("order:detected", "two kinds of event")]
    [InlineData("gap:detected..resolved", "and a length")]
    [InlineData("gap:detected>1h", "and a length")]
    [InlineData("\"...\" a", "no word to search for")]
    public void What_cannot_be_used_becomes_a_notice_and_the_rest_is_searched(string text, string notice)
    {
        var parsed = QueryParser.Parse(text);
        parsed.Notices.ShouldContain(n => n.Contains(notice, StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_value_of_a_facet_is_searched_as_words()
    {
        var parsed = QueryParser.Parse("company:nobody", (_, _) => null);
        parsed.Notices.ShouldHaveSingleItem().ShouldContain("nobody");
        parsed.Root!.ToString().ShouldBe("nobody");
    }

    [Fact]
    public void Length_nesting_and_clauses_are_bounded()
    {
        QueryParser.Parse(new string('a', 5000)).Notices.ShouldNotBeEmpty();
        QueryParser.Parse(new string('(', 1000) + "x").Notices.ShouldNotBeEmpty();
        QueryParser.Parse(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"w{i}"))).Notices.ShouldNotBeEmpty();
    }

    [Fact]
    public void Parsing_a_print_gives_the_same_query_and_nothing_throws()
    {
        const int seed = 20261120;
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++)
        {
            var text = Generate(random);
            var first = QueryParser.Parse(text);
            if (first.Root is null)
                continue;
            var printed = first.Root.ToString();
            if (printed.Length > QueryParser.MaxLength)
                continue;
            var second = QueryParser.Parse(printed);
            second.Root.ShouldNotBeNull($"seed {seed}, case {i}: {text} → {printed}");
            second.Root!.ToString().ShouldBe(printed, $"seed {seed}, case {i}: {text}");
        }
    }

    [Fact]
    public void Queries_made_to_hurt_are_parsed_in_time()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Clone.Shared("security-data/query_dos.json")));
        var texts = json.RootElement.GetProperty("generators").EnumerateArray().Select(g =>
            g.GetProperty("prefix").GetString() + new StringBuilder().Insert(0, g.GetProperty("repeat").GetString()!, g.GetProperty("count").GetInt32()) + g.GetProperty("suffix").GetString());
        foreach (var text in texts)
            Fast.Within(2_000, $"a query of {text.Length} characters", () => QueryParser.Parse(text)).ShouldNotBeNull();
    }

    private static readonly string[] _pieces =
    [
        "disk", "failure", "us-east-1", "c++", "AND", "OR", "NOT", "(", ")", "\"", "\"two words\"", "\"a b c\"~4", "cert*", "kubernets~1", "title:", "cause:dns", "-", "+", "!", "^2", "^0.5", "~", "~2",
        "loss:>=1M", "duration:[1h TO 2d]", "year:2019", "started:[2017 TO *]", "has:timeline", "detection:unknown", "*", "?", ":", "[", "]", "{", "}", "\\", "é", "東京", "\u0000", "' OR 1=1 --", "99.99%", "timeline:(", "  ",
        "users:<5k", "order:a<b", "gap:a..b>1h", "gap:a..", "event:x", "*:*", "“", "”", "a/b", "…", "\ud83d\ude00",
    ];

    private static string Generate(Random random)
    {
        var text = new StringBuilder();
        for (var n = random.Next(1, 12); n > 0; n--)
        {
            text.Append(_pieces[random.Next(_pieces.Length)]);
            if (random.Next(3) > 0)
                text.Append(' ');
            if (random.Next(40) == 0)
                text.Append((char)random.Next(1, 0x3000));
        }

        return text.ToString();
    }
}
