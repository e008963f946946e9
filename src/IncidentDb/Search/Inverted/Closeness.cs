using System.Numerics;
using System.Runtime.InteropServices;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// Words that follow each other in a query and stand close together in a record say more than the same words far apart. Only the best hits
/// are looked at: reading places costs more than reading ordinals.
/// </summary>
internal sealed class Closeness(IReadOnlyList<Closeness.QueryWord?> words)
{
    /// <summary>Hits whose order closeness may change.</summary>
    public const int Hits = 64;

    private const int MaxWords = 8;
    private const int Far = 8;
    private const float Share = 0.6f;

    private readonly List<int>[] _places = [.. words.Select(_ => new List<int>())];

    /// <summary>A word of the query with its forms.</summary>
    internal sealed record QueryWord(WordCursor[] Cursors, float Weight);

    /// <summary>The bare words of a query in their order.</summary>
    public static List<WordNode> Words(QueryNode query)
    {
        var words = new List<WordNode>();
        Collect(query, words);
        return words.Count > MaxWords ? words[..MaxWords] : words;
    }

    private static void Collect(QueryNode node, List<WordNode> words)
    {
        switch (node)
        {
            case WordNode { Match: WordMatch.Stem, Field: < 0 } word:
                words.Add(word);
                break;
            case AndNode and:
                foreach (var item in and.Items)
                    Collect(item, words);
                break;
            case MostNode most:
                foreach (var item in most.Items)
                    Collect(item, words);
                break;
            // Of names that mean the same, the one that was typed.
            case OrNode { Best: true } or:
                Collect(or.Items[0], words);
                break;
        }
    }

    /// <param name="hits">Whose scores are raised.</param>
    /// <param name="order">The places of the hits, by their ordinals.</param>
    public void Add(Span<RankedHit> hits, ReadOnlySpan<int> order)
    {
        var window = -1;
        foreach (var i in order)
        {
            ref var hit = ref hits[i];
            if (hit.Ordinal >> Window.Shift != window)
            {
                window = hit.Ordinal >> Window.Shift;
                foreach (var word in words)
                {
                    foreach (var cursor in word?.Cursors ?? [])
                        cursor.SeekPlaces(window);
                }
            }

            var bonus = Of(hit.Ordinal & (Window.Size - 1));
            hit = hit with { Key = hit.Key + bonus, Score = hit.Score + bonus };
        }
    }

    /// <summary>What the pairs of neighbouring words add in the field where each stands closest.</summary>
    private float Of(int local)
    {
        Span<float> best = stackalloc float[words.Count];
        best.Clear();
        for (var field = 0; field < TextFields.All.Count; field++)
        {
            var present = 0;
            for (var i = 0; i < words.Count; i++)
            {
                _places[i].Clear();
                foreach (var cursor in words[i]?.Cursors ?? [])
                {
                    if ((cursor.FieldsOf(local) & (1 << field)) != 0)
                        cursor.Places(cursor.At, field, _places[i]);
                }

                if (_places[i].Count > 0)
                    present |= 1 << i;
                if (words[i]?.Cursors.Length > 1)
                    _places[i].Sort();
            }

            if (BitOperations.PopCount((uint)present) < 2)
                continue;
            var fieldShare = MathF.Pow(TextFields.All[field].Weight, 0.25f) / 2;
            for (var i = 0; i + 1 < words.Count; i++)
            {
                if ((present >> i & 3) != 3)
                    continue;
                var distance = Nearest(_places[i], _places[i + 1]);
                if (distance <= Far)
                    best[i] = Math.Max(best[i], fieldShare * (words[i]!.Weight + words[i + 1]!.Weight) / 2 / distance);
            }
        }

        var sum = 0f;
        foreach (var pair in best)
            sum += pair;
        return Share * sum;
    }

    /// <summary>The smallest distance from a place of one word to one of the next; the other way round counts one more.</summary>
    private static int Nearest(List<int> first, List<int> next)
    {
        var a = CollectionsMarshal.AsSpan(first);
        var b = CollectionsMarshal.AsSpan(next);
        var (i, j, nearest) = (0, 0, int.MaxValue);
        while (i < a.Length && j < b.Length)
        {
            var distance = b[j] - a[i];
            nearest = Math.Min(nearest, distance > 0 ? distance : 1 - distance);
            if (distance > 0)
                i++;
            else
                j++;
        }

        return nearest;
    }
}
