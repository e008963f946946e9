using IncidentDb.Search;
using IncidentDb.Search.Inverted;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

/// <summary>How questions in plain words are ranked, where no record has all of their words.</summary>
public sealed class QuestionTests
{
    private static readonly SearchOptions _ample = new() { Limit = TimeSpan.FromSeconds(20) };

    [Fact]
    public void A_related_word_tells_no_more_than_the_word_it_stands_for()
    {
        RelatedWords.Of("plane").ShouldContain(r => r.SequenceEqual(new[] { "airliner" }));
        using var index = new SearchIndex();
        index.Load([Record(1, "airliner engine"), Record(2, "plane engine"), .. Enumerable.Range(3, 30).Select(i => Record(i, "plane wing")), .. Enumerable.Range(33, 8).Select(i => Record(i, "tail wing"))], 1);
        var hits = index.Search(new SearchQuery { Text = "plane engine crater", Size = 50 }, _ample).Hits;
        hits.Take(2).Select(h => h.Id).ShouldBe([2, 1]);
    }

    [Fact]
    public void Both_matchers_say_how_telling_a_word_is()
    {
        List<IndexedRecord> records = [Record(1, "disk failing"), Record(2, "disk fails"), Record(3, "disk")];
        foreach (var matcher in (IMatcher[])[new InvertedMatcher(records), new Fts5Matcher(records)])
        {
            using (matcher)
            {
                matcher.Telling("network").ShouldBe(0);
                matcher.HoldsStem("network").ShouldBeFalse();
                matcher.HoldsStem("failed").ShouldBeTrue();
                matcher.Telling("failed").ShouldBe(TermWeights.Idf(2, 3), 1e-5f);
                matcher.Telling("failed").ShouldBeGreaterThan(matcher.Telling("disks"));
                using var fewer = matcher.With([(0, records[0])], [], 3);
                fewer.Telling("failed").ShouldBeLessThan(2);
                fewer.HoldsStem("failed").ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("crane", 1)]
    [InlineData("cranes tall narrow heavy strong rusty yellow broken old harbour", 2)]
    [InlineData("hoist", 0.5)]
    [InlineData("very tall", 0.5)]
    [InlineData("tall", 0)]
    public void A_record_whose_title_and_names_hold_more_of_the_question_rises(string title, double words)
    {
        // The lists of words are long enough to be kept as bitmaps, and what is asked for is behind others in its window.
        var others = Enumerable.Range(1, 1_500).Select(i => Record(i, "crane harbour hoist very tall"));
        using var matcher = new InvertedMatcher([.. others, Record(1_501, "crane") with { Passages = [new Passage(0, "", "", title), new Passage(6, "", "", "nothing")] }]);
        var question = new MostNode(
            [
                new OrNode([Word("crane"), Word("hoist") with { Boost = RelatedWords.Weight }, new PhraseNode { Words = ["very", "tall"], Boost = RelatedWords.Weight }]) { Best = true },
                Word("harbour"),
                Word("sideways"),
            ],
            1);
        RankedHit[] hits = [new(2, 0, 1_501, 1_500, 2), new(2, 0, 7, 6, 2)];
        using var scratch = new Scratch();
        matcher.Refine(new AndNode([question, new AllNode()]), hits, scratch);
        hits[0].Score.ShouldBe((float)(2 * (1 + (0.4 * words / 3))), 1e-4f);
        hits[0].Key.ShouldBe(hits[0].Score, 1e-4);
    }

    [Theory]
    [InlineData("biggest", "big")]
    [InlineData("nicest", "nice")]
    [InlineData("refetching", "fetching")]
    [InlineData("databasewide", "database")]
    [InlineData("friendships", "friend")]
    public void A_word_is_made_of_another(string word, string part) => WordForms.Of(word).ShouldContain(part);

    [Theory]
    [InlineData("forest")]
    [InlineData("disney")]
    [InlineData("x86-wide")]
    [InlineData("er")]
    [InlineData("")]
    public void What_only_looks_like_an_ending_or_a_beginning_is_none(string word) => WordForms.Of(word).ShouldNotContain(w => w.Length < 4 || StopWords.Contains(w));

    [Theory]
    [InlineData("robloks", "roblox", true)]
    [InlineData("kubernetis", "kubernetes", true)]
    [InlineData("fotograf", "photograph", true)]
    [InlineData("biggest", "budget", false)]
    [InlineData("cache", "cash", false)]
    public void Words_that_differ_in_vowels_and_spelling_sound_alike(string word, string other, bool alike) => WordForms.SoundAlike(word, other).ShouldBe(alike);

    [Theory]
    [InlineData("biggest", "big", 1)]
    [InlineData("hostnames", "host names", 2)]
    [InlineData("robloks", "roblox", 3)]
    [InlineData("chache", "cache", 4)]
    public void A_word_that_no_record_holds_is_searched_by_what_it_is_made_of_or_how_it_sounds(string word, string instead, long id)
    {
        using var index = new SearchIndex();
        index.Load([Record(1, "a big one"), Record(2, "one host name"), Record(3, "roblox and rubles"), Record(4, "cache"), Record(5, "names of a host"), Record(6, "names and host")], 1);
        var results = index.Search(new SearchQuery { Text = word }, _ample);
        results.Hits.Select(h => h.Id).ShouldBe([id]);
        results.Notices.ShouldBe([$"“{word}” stands in no record; “{instead}” was searched instead."]);
    }

    private static WordNode Word(string word) => new() { Word = word };

    private static IndexedRecord Record(long id, string text) => IndexedRecords.Make(id, new Random(1)) with { Passages = [new Passage(6, "", "", text)] };
}
