using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Inverted;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

/// <summary>
/// Our own postings against SQLite's FTS5, which is fed with the same tokens: ten thousand generated queries find the same records. This checks
/// postings, positions and evaluation; analysis has tests of its own.
/// </summary>
public sealed class AgreementTests
{
    [Fact]
    public void Eight_thousand_queries_in_the_words_of_the_real_records_find_the_same()
    {
        var random = Seed.Draw(out var seed);
        var records = Clone.Data.Incidents().Select(f => f.Incident!).Select((incident, i) => IncidentIndexing.Of(i + 1, incident, Clone.Data.Catalogue)).ToList();
        var texts = records.SelectMany(r => r.Passages).Select(p => Tokenizer.Tokenize(p.Text).Select(t => t.Word).ToList()).Where(w => w.Count > 3).ToList();
        Agree(records, 8_000, seed, () => Text(texts, random));
    }

    [Fact]
    public void Two_thousand_queries_over_records_of_several_windows_find_the_same()
    {
        var random = Seed.Draw(out var seed);
        var records = IndexedRecords.Many(Window.Size + 700, random.Next());
        Agree(records, 2_000, seed, () => MatcherContract.RandomText(random));
    }

    private static void Agree(List<IndexedRecord> records, int queries, string seed, Func<string> make)
    {
        using var ours = new InvertedMatcher(records);
        using var oracle = new Fts5Matcher(records);
        var (asked, found) = (0, 0);
        while (asked < queries)
        {
            var text = make();
            if (QueryParser.Parse(text).Root is not { } root || QueryPlan.Expand(root) is not { } query || !MatcherContract.Answerable(query))
                continue;
            asked++;
            var hits = MatcherContract.Found(ours, query, records.Count);
            hits.ShouldBe(MatcherContract.Found(oracle, query, records.Count), $"{seed}: {text}");
            found += hits.Count > 0 ? 1 : 0;
        }

        found.ShouldBeGreaterThan(queries / 3, "queries that find nothing prove little");
    }

    /// <summary>One to four parts: words, stretches of a text as phrases, near ones with slop, beginnings, words with a mistake, words in a field.</summary>
    private static string Text(List<List<string>> texts, Random random)
    {
        string Part()
        {
            var words = random.Pick(texts);
            var at = random.Next(words.Count - 3);
            var word = words[at];
            var plain = word.Length > 4 && word.All(char.IsAsciiLetter);
            return random.Next(9) switch
            {
                0 => $"\"{words[at]} {words[at + 1]}\"",
                1 => $"\"{words[at]} {words[at + 1]} {words[at + 2]}\"",
                2 => $"\"{words[at + 2]} {words[at]}\"~{random.Next(1, 8)}",
                3 when plain => word[..random.Next(2, 5)] + "*",
                4 when plain => word.Remove(random.Next(1, word.Length), 1) + "~1",
                5 when plain => $"{word[0]}{word[2]}{word[1]}{word[3..]}~2",
                6 => $"{random.Pick(TextFields.All).Name}:{word}",
                7 => $"\"{word}\"",
                _ => word,
            };
        }

        return random.Next(7) switch
        {
            0 or 1 => Part(),
            2 => $"{Part()} {Part()}",
            3 => $"{Part()} OR {Part()} OR {Part()}",
            4 => $"{Part()} -{Part()}",
            5 => $"({Part()} OR {Part()}) {Part()} -{Part()}",
            _ => $"{Part()} OR ({Part()} {Part()})",
        };
    }
}
