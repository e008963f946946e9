using IncidentDb.Search.Analysis;

namespace IncidentDb.Tests.Search;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("The disk failed.", "the disk failed")]
    [InlineData("C++ and C# code", "c++ and c# code")]
    [InlineData("99.99% of requests", "99.99% 99.99 of requests")]
    [InlineData("EAI_AGAIN again", "eai_again eai again again")]
    [InlineData("us-east-1", "us-east-1 us east 1")]
    [InlineData("log4j 2.14.1", "log4j 2.14.1")]
    [InlineData("node.js", "node.js node js")]
    [InlineData("Facebook's DNS", "facebook dns")]
    [InlineData("don’t", "dont")]
    [InlineData("1,234,567 users", "1234567 users")]
    [InlineData("at 09:30", "at 09:30")]
    [InlineData("TCP/IP", "tcp/ip tcp ip")]
    [InlineData("Zürich naïve Ærø", "zurich naive aero")]
    [InlineData("ﬁle ①", "file")]
    [InlineData("東京 DNS", "東 京 dns")]
    [InlineData("a–b — c", "a b c")]
    [InlineData("(((", "")]
    [InlineData("", "")]
    public void Names_that_engineers_search_for_stay_whole(string text, string words) =>
        string.Join(' ', Tokenizer.Tokenize(text).Select(t => t.Word)).ShouldBe(words);

    [Fact]
    public void A_token_knows_where_it_stands_in_the_original()
    {
        const string text = "Das Größte: us-east-1!";
        foreach (var token in Tokenizer.Tokenize(text))
            Folding.Fold(text.Substring(token.Start, token.Length)).ShouldBe(token.Word);
    }

    [Fact]
    public void Strange_strings_give_words_within_bounds()
    {
        var strings = System.Text.Json.JsonSerializer.Deserialize<string[]>(File.ReadAllText(Clone.Shared("security-data/blns.json")))!;
        foreach (var text in strings)
        {
            foreach (var token in Tokenizer.Tokenize(text))
            {
                token.Word.Length.ShouldBeInRange(1, Tokenizer.MaxWordLength);
                token.Word.ShouldNotContain(" ");
                (token.Start + token.Length).ShouldBeLessThanOrEqualTo(text.Length);
            }
        }
    }

    // From the algorithm's own vocabulary, https://snowballstem.org/algorithms/english/stemmer.html.
    [Theory]
    [InlineData("consign", "consign")]
    [InlineData("consigned", "consign")]
    [InlineData("consistency", "consist")]
    [InlineData("consistently", "consist")]
    [InlineData("consolation", "consol")]
    [InlineData("consolingly", "consol")]
    [InlineData("conspirator", "conspir")]
    [InlineData("knackeries", "knackeri")]
    [InlineData("knaves", "knave")]
    [InlineData("kneeling", "kneel")]
    [InlineData("knightly", "knight")]
    [InlineData("knotted", "knot")]
    [InlineData("generate", "generat")]
    [InlineData("generically", "generic")]
    [InlineData("communication", "communic")]
    [InlineData("failing", "fail")]
    [InlineData("failures", "failur")]
    [InlineData("running", "run")]
    [InlineData("hoping", "hope")]
    [InlineData("hopping", "hop")]
    [InlineData("database", "databas")]
    [InlineData("databases", "databas")]
    [InlineData("dying", "die")]
    [InlineData("news", "news")]
    [InlineData("retries", "retri")]
    [InlineData("retry", "retri")]
    [InlineData("happily", "happili")]
    [InlineData("sky", "sky")]
    [InlineData("cries", "cri")]
    [InlineData("ties", "tie")]
    [InlineData("proceed", "proceed")]
    [InlineData("rolled", "roll")]
    [InlineData("us-east-1", "us-east-1")]
    [InlineData("x86", "x86")]
    public void Stems_are_those_of_the_english_algorithm(string word, string stem) => EnglishStemmer.Stem(word).ShouldBe(stem);
}
