using System.Numerics;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>What two records have in common.</summary>
/// <param name="Aspect">A facet's name, or <c>wording</c> or <c>time</c>.</param>
/// <param name="Values">The shared values or words; for <c>time</c> the names of the quantities.</param>
/// <param name="Share">Its part of the likeness, 0 to 1; all parts together are 1.</param>
public sealed record Likeness(string Aspect, IReadOnlyList<string> Values, double Share);

/// <summary>A record like another, with the reasons.</summary>
public sealed record SimilarRecord(long Id, string Slug, double Score, IReadOnlyList<Likeness> Reasons);

/// <summary>
/// Finds records like one: shared triggers, causes, patterns, technologies and kinds of harm count by their rarity, so do the most telling words of
/// title and summary, and lengths of time count when they are of the same order.
/// </summary>
internal sealed class SimilarFinder(SearchSnapshot snapshot, SearchBudget budget)
{
    private const int Words = 20;

    /// <summary>How much a shared value of a facet counts, times its rarity.</summary>
    private static readonly (string Facet, float Weight)[] _aspects =
        [("cause", 1.6f), ("pattern", 1.3f), ("technology", 1.1f), ("trigger", 0.9f), ("impact", 0.5f), ("detection", 0.5f), ("resolution", 0.4f), ("sector", 0.4f), ("company", 0.5f), ("tag", 0.8f)];

    private static readonly string[] _times = ["duration", "ttd"];

    /// <summary>The records most like one, best first.</summary>
    public IReadOnlyList<SimilarRecord> Find(int ordinal, int count)
    {
        using var scratch = new Scratch();
        var record = snapshot.Record(ordinal);
        var values = Values(ordinal);
        var words = TellingWords(record);
        var matchings = words.Select(w => snapshot.Matcher.Match(w, scratch, budget)).OfType<Matching>().ToList();
        var sums = scratch.Rent<float>(Window.Size);
        var part = scratch.Window();
        var bits = new ulong[Window.Words];
        var top = new TopHits(count);
        for (var w = 0; w < snapshot.Windows && budget.Check(); w++)
        {
            var live = snapshot.Live.AsSpan(w * Window.Words, Window.Words);
            var (columns, window) = snapshot.At(w);
            sums.AsSpan(0, Window.Size).Clear();
            foreach (var (value, _, weight) in values)
            {
                bits.AsSpan().Clear();
                columns.Set(value, window, bits, live);
                AddTo(sums, bits, weight);
            }

            foreach (var matching in matchings)
            {
                if (matching.Fill(w, part, live))
                    AddTo(sums, part.Bits, part.Scores);
            }

            for (var i = 0; i < Window.Words; i++)
            {
                for (var word = live[i]; word != 0; word &= word - 1)
                {
                    var o = (i << 6) + BitOperations.TrailingZeroCount(word);
                    var local = (window << Window.Shift) + o;
                    if (sums[o] > 0 && sums[o] >= top.Threshold && (w << Window.Shift) + o != ordinal)
                        top.Offer(new RankedHit(sums[o], columns.Started[local], columns.Ids[local], (w << Window.Shift) + o, sums[o]));
                }
            }
        }

        return [.. top.Sorted().Select(h => Explain(record, h, values, words))];
    }

    private static void AddTo(float[] sums, ReadOnlySpan<ulong> bits, float weight)
    {
        for (var i = 0; i < Window.Words; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
                sums[(i << 6) + BitOperations.TrailingZeroCount(word)] += weight;
        }
    }

    private static void AddTo(float[] sums, ReadOnlySpan<ulong> bits, float[] scores)
    {
        for (var i = 0; i < Window.Words; i++)
        {
            for (var word = bits[i]; word != 0; word &= word - 1)
            {
                var o = (i << 6) + BitOperations.TrailingZeroCount(word);
                sums[o] += scores[o];
            }
        }
    }

    /// <summary>The record's values with what sharing one is worth.</summary>
    private List<(int Value, int Facet, float Weight)> Values(int ordinal)
    {
        var (columns, window) = snapshot.At(ordinal >> Window.Shift);
        var local = (window << Window.Shift) + (ordinal & (Window.Size - 1));
        var (counts, all) = snapshot.AllRecords;
        var values = new List<(int, int, float)>();
        foreach (var (name, weight) in _aspects)
        {
            var facet = FacetList.IndexOf(FacetList.Find(name)!);
            foreach (var value in columns.Values(facet, local))
            {
                if (value < counts.Length && !Records.Blank.Is(snapshot.Values[value]))
                    values.Add((value, facet, weight * MathF.Log((all + 1f) / (counts[value] + 0.5f))));
            }
        }

        return values;
    }

    /// <summary>The words of title and summary that say most: the rarest that other records hold too.</summary>
    private List<WordNode> TellingWords(IndexedRecord record)
    {
        var words = new Dictionary<string, (string Word, double Weight)>(StringComparer.Ordinal);
        foreach (var passage in record.Passages.Where(p => p.Field <= TextFields.IndexOf("summary")))
        {
            foreach (var token in Tokenizer.Tokenize(passage.Text))
            {
                if (token.Word.Length < 3 || StopWords.Contains(token.Word) || token.Word.Any(char.IsDigit))
                    continue;
                var stem = EnglishStemmer.Stem(token.Word);
                var with = snapshot.Matcher.RecordsWith(token.Word);
                if (with < 2)
                    continue;
                words[stem] = (token.Word, words.GetValueOrDefault(stem).Weight + Math.Log((snapshot.LiveCount + 1.0) / with));
            }
        }

        return [.. words.Values.OrderByDescending(w => w.Weight).ThenBy(w => w.Word, StringComparer.Ordinal).Take(Words).Select(w => new WordNode { Word = w.Word, Boost = 0.35f })];
    }

    private SimilarRecord Explain(IndexedRecord record, RankedHit hit, List<(int Value, int Facet, float Weight)> values, List<WordNode> words)
    {
        var other = snapshot.Record(hit.Ordinal);
        var (columns, window) = snapshot.At(hit.Ordinal >> Window.Shift);
        var local = (window << Window.Shift) + (hit.Ordinal & (Window.Size - 1));
        var shared = values.Where(v => columns.All(local).Contains(v.Value)).ToList();
        var reasons = shared.GroupBy(v => v.Facet)
            .Select(g => (FacetList.All[g.Key].Name, Values: g.OrderByDescending(v => v.Weight).Select(v => snapshot.Values[v.Value]).ToList(), Weight: (double)g.Sum(v => v.Weight)))
            .ToList();
        var wording = hit.Score - shared.Sum(v => v.Weight);
        if (wording > 0.01)
            reasons.Add(("wording", SharedWords(other, words), wording));
        var times = _times.Where(t => SameOrder(record, other, t)).ToList();
        if (times.Count > 0)
            reasons.Add(("time", times, 0.5 * times.Count));
        var sum = reasons.Sum(r => r.Weight);
        return new SimilarRecord(hit.Id, other.Slug, sum, [.. reasons.OrderByDescending(r => r.Weight).Select(r => new Likeness(r.Name, r.Values, r.Weight / sum))]);
    }

    private static List<string> SharedWords(IndexedRecord other, List<WordNode> words)
    {
        var stems = other.Passages.SelectMany(p => Tokenizer.Tokenize(p.Text)).Select(t => EnglishStemmer.Stem(t.Word)).ToHashSet(StringComparer.Ordinal);
        return [.. words.Where(w => stems.Contains(EnglishStemmer.Stem(w.Word))).Select(w => w.Word).Take(6)];
    }

    /// <summary>True when both quantities are known and neither is more than three times the other.</summary>
    private static bool SameOrder(IndexedRecord record, IndexedRecord other, string quantity)
    {
        var (a, b) = (record.Quantities.GetValueOrDefault(quantity, Bounds.None), other.Quantities.GetValueOrDefault(quantity, Bounds.None));
        if (!(a.Min > 0) || !(b.Min > 0))
            return false;
        return a.Min <= 3 * b.Min && b.Min <= 3 * a.Min;
    }
}
