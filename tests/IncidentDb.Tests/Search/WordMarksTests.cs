using IncidentDb.Search;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

/// <summary>Words of a search in texts that are printed whole.</summary>
public sealed class WordMarksTests
{
    private static WordMarks Marks(string query) => new(new Highlighter(QueryParser.Parse(query, null).Root!, _ => ["kubernetes"]));

    [Theory]
    [InlineData("retry", "Retries retried; re-try", "<mark>Retries</mark> <mark>retried</mark>; re-try")]
    [InlineData("\"control plane\"", "The control of a plane; the control plane", "The control of a plane; the <mark>control</mark> <mark>plane</mark>")]
    [InlineData("\"control plane\"~2", "The plane under control, plane", "The <mark>plane</mark> under <mark>control</mark>, <mark>plane</mark>")]
    [InlineData("\"connection po*\"", "connection pools, pools", "<mark>connection</mark> <mark>pools</mark>, pools")]
    [InlineData("certif*", "Certificates & <certified>", "<mark>Certificates</mark> &amp; &lt;<mark>certified</mark>&gt;")]
    [InlineData("kubernets~", "Kubernetes", "<mark>Kubernetes</mark>")]
    [InlineData("the network", "the network", "the <mark>network</mark>")]
    [InlineData("the", "the network", "<mark>the</mark> network")]
    [InlineData("us-east-1", "in us-east-1 and us-east-2", "in <mark>us-east-1</mark> and us-east-2")]
    [InlineData("dns -cache", "dns cache", "<mark>dns</mark> cache")]
    public void A_text_is_escaped_with_the_words_of_the_query_marked(string query, string text, string html) => Marks(query).Mark(text).Html.ShouldBe(html);

    /// <summary>Only what may be a hit is read; whoever reads every word finds the same.</summary>
    [Fact]
    public void What_is_skipped_holds_no_word_of_the_query()
    {
        string[] pieces = ["retry", "Retries", "retrying", "RETRY", "pretry", "re-try", "us-east-1", "2.5", "5", "5%", "99.5%", "1,000", "1000", "don't", "dont", "Rétry", "São", "sao", "naïve", "c++", "c#", "EAI_AGAIN", "again", "node.js", "js", "retry's", "‘retry’", "a/retry/b", "再試行", "試", "ﷺ", "cache", "caches", "caching", "cached", "the", ".", ",", "(", "\"", "\u00a0", "\u2009", "\t", "\n", "&", "<b>"];
        string[] words = ["retry", "retries", "cach*", "east", "5", "1000", "dont", "sao", "c++", "again", "js", "us-east-1", "the", "試", "naive", "re*"];
        var random = Seed.Draw(out var seed);
        var marked = 0;
        for (var n = 0; n < 4_000; n++)
        {
            var query = string.Join(" OR ", Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Pick(words)));
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => random.Pick(pieces) + (random.Chance(0.7) ? " " : "")));
            var root = QueryParser.Parse(query, null).Root!;
            // A phrase that stands nowhere makes every word count.
            var highlighter = new Highlighter(root, _ => []);
            var all = new Highlighter(new OrNode([root, new PhraseNode { Words = ["of", "it"] }]), _ => []);
            var html = highlighter.Mark(text, 0, text.Length)?.Html;
            html.ShouldBe(all.Mark(text, 0, text.Length)?.Html, $"{seed}: {query} in {text}");
            marked += html is null ? 0 : 1;
        }

        marked.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void Elements_entities_and_numbers_of_sources_stay_as_they_are()
    {
        var html = Markup.MarkdownRenderer.Render("The **span** & the `class` of [a href](https://example.org/?span=1&class=2 \"span > class\"), 1 amp. [^s]\n\n- span", _ => 1);
        var marks = Marks("span OR class OR href OR amp OR 1 OR 8288 OR cite");
        var marked = marks.Mark(html).Html;
        marked.Replace("<mark>", "", StringComparison.Ordinal).Replace("</mark>", "", StringComparison.Ordinal).ShouldBe(html.Html.Replace("&#8288;", "\u2060", StringComparison.Ordinal));
        marked.ShouldContain("<strong><mark>span</mark></strong>");
        marked.ShouldContain("<code><mark>class</mark></code>");
        marked.ShouldContain("[1]</a></span>");
        marks.Count.ShouldBe(marked.Split("<mark>").Length - 1);
        marks.Count.ShouldBe(6);
    }

    [Fact]
    public void A_long_text_of_one_word_is_marked_in_time()
    {
        var text = string.Join(' ', Enumerable.Repeat("a", 30_000));
        var query = $"\"{string.Join(' ', Enumerable.Repeat("a", 20))}\"~5";
        Fast.Within(5_000, "marking", () => Marks(query).Mark(text).Html.Length).ShouldBeGreaterThan(text.Length);
    }
}
