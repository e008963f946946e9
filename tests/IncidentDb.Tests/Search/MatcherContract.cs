using IncidentDb.Search;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Inverted;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

/// <summary>
/// What every matcher must find, whatever it is made of: the sets are compared with a plain walk over the tokens. Each implementation
/// derives from this class.
/// </summary>
public abstract class MatcherContract
{
    internal abstract IMatcher Build(IReadOnlyList<IndexedRecord> records);

    [Theory]
    [InlineData("disk")]
    [InlineData("failing")]
    [InlineData("\"disk\"")]
    [InlineData("\"control plane\"")]
    [InlineData("\"plane control\"")]
    [InlineData("\"control plane\"~2")]
    [InlineData("\"disk network dns\"~5")]
    [InlineData("\"us-east-1\"")]
    [InlineData("\"east 1\"")]
    [InlineData("di*")]
    [InlineData("\"control pl*\"")]
    [InlineData("netwrk~1")]
    [InlineData("fialed~2")]
    [InlineData("disk network")]
    [InlineData("disk OR network")]
    [InlineData("disk -network")]
    [InlineData("title:disk")]
    [InlineData("title:\"control plane\"")]
    [InlineData("(disk OR dns) cache -title:retry")]
    [InlineData("fail-over")]
    [InlineData("c++")]
    [InlineData("99.99%")]
    [InlineData("nothing")]
    public void A_query_finds_what_a_walk_over_the_tokens_finds(string text)
    {
        var records = IndexedRecords.Many(300, 17);
        using var matcher = Build(records);
        Compare(matcher, records, text);
    }

    [Fact]
    public void A_thousand_random_queries_find_what_a_walk_finds()
    {
        const int seed = 23;
        var random = new Random(seed);
        var records = IndexedRecords.Many(200, seed);
        using var matcher = Build(records);
        for (var n = 0; n < 1000; n++)
            Compare(matcher, records, RandomText(random));
    }

    [Fact]
    public void Changed_records_are_found_as_they_are_now()
    {
        const int seed = 31;
        var random = new Random(seed);
        var records = IndexedRecords.Many(80, seed);
        var matcher = Build(records);
        var now = records.Select((r, o) => (Ordinal: o, Record: r)).ToDictionary(r => r.Ordinal, r => r.Record);
        var capacity = Window.Count(records.Count) << Window.Shift;
        for (var step = 0; step < 60; step++)
        {
            var gone = now.Keys.OrderBy(_ => random.Next()).First();
            var old = now[gone];
            var next = IndexedRecords.Make(1000 + step, random);
            now.Remove(gone);
            now[capacity] = next;
            matcher = matcher.With([(gone, old)], [(capacity, next)], ++capacity);
        }

        for (var n = 0; n < 100; n++)
        {
            var query = QueryPlan.Expand(QueryParser.Parse(RandomText(random)).Root!);
            if (!Answerable(query))
                continue;
            var found = Found(matcher, query, capacity).Where(now.ContainsKey).ToList();
            found.ShouldBe(now.Where(r => Walk.Holds(r.Value, query)).Select(r => r.Key).Order().ToList(), query.ToString());
        }

        matcher.Dispose();
    }

    [Fact]
    public void Phrases_of_stop_words_are_found_in_records_new_and_old()
    {
        string[] words = ["it", "the", "that", "to", "of", "disk", "dns"];
        var random = Seed.Draw(out var seed);
        string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => random.Pick(words)));
        IndexedRecord Make(long id) => IndexedRecords.Make(id, new Random(1)) with
        {
            Passages = [.. Enumerable.Range(0, 6).Select(n => new Passage(random.Next(2) * 6, "", "", Words(random.Next(1, 6))))],
        };
        var records = Enumerable.Range(0, 150).Select(n => Make(n)).ToList();
        var matcher = Build(records);
        var now = records.Select((r, o) => (Ordinal: o, Record: r)).ToDictionary(r => r.Ordinal, r => r.Record);
        var capacity = Window.Count(records.Count) << Window.Shift;
        for (var step = 0; step < 50; step++)
        {
            var gone = random.Pick([.. now.Keys.Order()]);
            var (old, next) = (now[gone], Make(1000 + step));
            now.Remove(gone);
            now[capacity] = next;
            matcher = matcher.With([(gone, old)], [(capacity, next)], ++capacity);
        }

        var found = 0;
        for (var n = 0; n < 400; n++)
        {
            var text = $"{(random.Next(4) == 0 ? "title:" : "")}\"{Words(random.Next(2, 5))}{(random.Next(6) == 0 ? " t*" : "")}\"{(random.Next(5) == 0 ? "~1" : "")}";
            var query = QueryPlan.Expand(QueryParser.Parse(text).Root!)!;
            var hits = Found(matcher, query, capacity).Where(now.ContainsKey).ToList();
            hits.ShouldBe(now.Where(r => Walk.Holds(r.Value, query)).Select(r => r.Key).Order().ToList(), $"{seed}: {text}");
            found += hits.Count;
        }

        found.ShouldBeGreaterThan(400);
        matcher.Words("").Select(w => w.Word).Order().ShouldBe(words.Order(), "the index names words only");
        matcher.Near("te", 1).ShouldBeSubsetOf(words);
        matcher.Dispose();
    }

    [Fact]
    public void The_words_of_the_index_know_their_records()
    {
        var records = IndexedRecords.Many(50, 7);
        using var matcher = Build(records);
        foreach (var word in matcher.Words("di"))
        {
            word.Word.ShouldStartWith("di");
            word.Records.ShouldBe(records.Count(r => r.Passages.Any(p => Tokenizer.Tokenize(p.Text).Any(t => t.Word == word.Word))));
            matcher.RecordsWith(word.Word).ShouldBe(word.Records);
        }

        matcher.RecordsWith("nowhere").ShouldBe(0);
    }

    [Fact]
    public void A_rarer_word_and_a_weightier_field_count_more()
    {
        IndexedRecord With(long id, params (int Field, string Text)[] texts) =>
            IndexedRecords.Make(id, new Random(1)) with { Passages = [.. texts.Select(t => new Passage(t.Field, "", "", t.Text))] };
        var records = new List<IndexedRecord>
        {
            With(1, (6, "alpha beta gamma delta")),
            With(2, (0, "alpha"), (6, "beta gamma delta")),
            With(3, (6, "alpha alpha alpha rare")),
            With(4, (6, "alpha common words")),
            With(5, (6, "other common words")),
        };
        using var matcher = Build(records);
        var alpha = Scores(matcher, "alpha");
        alpha[1].ShouldBeGreaterThan(alpha[0]);
        var either = Scores(matcher, "rare OR common");
        either[2].ShouldBeGreaterThan(either[3]);
    }

    private static float[] Scores(IMatcher matcher, string text)
    {
        using var scratch = new Scratch();
        var target = scratch.Window();
        var live = Enumerable.Repeat(ulong.MaxValue, Window.Words).ToArray();
        matcher.Match(QueryPlan.Expand(QueryParser.Parse(text).Root!), scratch, new SearchBudget(TimeSpan.FromSeconds(5)))!.Fill(0, target, live);
        return [.. target.Scores];
    }

    private static void Compare(IMatcher matcher, List<IndexedRecord> records, string text)
    {
        if (QueryParser.Parse(text).Root is not { } root || QueryPlan.Expand(root) is not { } query || !Answerable(query))
            return;
        var expected = Enumerable.Range(0, records.Count).Where(o => Walk.Holds(records[o], query)).ToList();
        Found(matcher, query, records.Count).ShouldBe(expected, text);
    }

    internal static List<int> Found(IMatcher matcher, QueryNode query, int capacity)
    {
        using var scratch = new Scratch();
        var target = scratch.Window();
        var live = Enumerable.Repeat(ulong.MaxValue, Window.Words).ToArray();
        var found = new List<int>();
        if (matcher.Match(query, scratch, new SearchBudget(TimeSpan.FromSeconds(5))) is not { } matching)
            return found;
        for (var w = 0; w < Window.Count(capacity); w++)
        {
            if (matching.Fill(w, target, live))
                found.AddRange(Enumerable.Range(0, Window.Size).Where(o => (target.Bits[o >> 6] & (1UL << o)) != 0).Select(o => (w << Window.Shift) + o));
        }

        return found;
    }

    /// <summary>A matcher is asked for words only; what is only negative is the searcher's business.</summary>
    internal static bool Answerable(QueryNode node) => node switch
    {
        WordNode or PhraseNode => true,
        OrNode or => or.Items.All(Answerable),
        AndNode and => and.Items.Any(i => i is not NotNode) && and.Items.All(i => Answerable(i is NotNode not ? not.Inner : i)),
        _ => false,
    };

    internal static string RandomText(Random random)
    {
        var words = IndexedRecords.Words;
        string Word() => words[random.Next(words.Count)];
        string Term() => random.Next(8) switch
        {
            0 => $"\"{Word()} {Word()}\"",
            1 => $"\"{Word()} {Word()}\"~{random.Next(1, 6)}",
            2 => Word()[..2] + "*",
            3 when Word() is { Length: > 4 } w && w.All(char.IsAsciiLetter) => w[..1] + w[2..] + "~1",
            4 => $"{TextFields.All[random.Next(TextFields.All.Count)].Name}:{Word()}",
            5 => $"\"{Word()} {Word()} {Word()}\"",
            _ => Word(),
        };
        return random.Next(6) switch
        {
            0 => Term(),
            1 => $"{Term()} {Term()}",
            2 => $"{Term()} OR {Term()}",
            3 => $"{Term()} -{Term()}",
            4 => $"({Term()} OR {Term()}) {Term()}",
            _ => $"{Term()} {Term()} -({Term()} {Term()})",
        };
    }
}

/// <summary>The meaning of a query, spelt out over the tokens of a record.</summary>
internal static class Walk
{
    /// <summary>Between two passages of a field stands a place that no phrase reaches across.</summary>
    private const string Boundary = "\0";

    public static bool Holds(IndexedRecord record, QueryNode node) => node switch
    {
        AndNode and => and.Items.All(i => Holds(record, i)),
        OrNode or => or.Items.Any(i => Holds(record, i)),
        NotNode not => !Holds(record, not.Inner),
        WordNode word => Fields(record, word.Field).Any(f => f.Any(t => Fits(t, word))),
        PhraseNode phrase => Fields(record, phrase.Field).Any(f => HoldsPhrase(f, phrase)),
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<List<string>> Fields(IndexedRecord record, int field) => Enumerable.Range(0, TextFields.All.Count)
        .Where(f => field < 0 || f == field)
        .Select(f => record.Passages.Where(p => p.Field == f).SelectMany(p => Tokenizer.Tokenize(p.Text).Select(t => t.Word).Append(Boundary)).ToList());

    private static bool Fits(string token, WordNode word) => token != Boundary && word.Match switch
    {
        WordMatch.Stem => EnglishStemmer.Stem(token) == EnglishStemmer.Stem(word.Word),
        WordMatch.Exact => token == word.Word,
        WordMatch.Prefix => token.StartsWith(word.Word, StringComparison.Ordinal),
        _ => token[0] == word.Word[0] && IncidentDb.Records.Nearest.Distance(word.Word, token, word.Edits) <= word.Edits,
    };

    private static bool HoldsPhrase(List<string> tokens, PhraseNode phrase)
    {
        bool At(int position, int n) => position < tokens.Count && (phrase.Prefix && n == phrase.Words.Count - 1 ? tokens[position].StartsWith(phrase.Words[n], StringComparison.Ordinal) : tokens[position] == phrase.Words[n]);
        if (phrase.Slop == 0)
            return Enumerable.Range(0, tokens.Count).Any(p => Enumerable.Range(0, phrase.Words.Count).All(n => At(p + n, n)));
        // All words in any order within as many places as there are words and slop.
        var span = phrase.Words.Count + phrase.Slop;
        return Enumerable.Range(0, tokens.Count).Any(p => Enumerable.Range(0, phrase.Words.Count).All(n => Enumerable.Range(p, span).Any(q => At(q, n))));
    }
}

public sealed class Fts5MatcherTests : MatcherContract
{
    internal override IMatcher Build(IReadOnlyList<IndexedRecord> records) => new Fts5Matcher(records);
}

public sealed class InvertedMatcherTests : MatcherContract
{
    internal override IMatcher Build(IReadOnlyList<IndexedRecord> records) => new InvertedMatcher(records);
}
