using System.Collections.Concurrent;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Suggestions;

/// <summary>Something that can be suggested while typing.</summary>
/// <param name="Kind">incident, company, pattern, cause, technology or word.</param>
/// <param name="Label">What is shown and compared.</param>
/// <param name="Value">The slug, or the word itself.</param>
/// <param name="Records">How many records it leads to.</param>
public sealed record Suggestion(string Kind, string Label, string Value, int Records)
{
    /// <summary>Other names by which it is found.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];
}

/// <summary>
/// Suggestions by what was typed so far: the beginning of any word of a label or another name finds it, whatever the case and the accents.
/// Immutable; one sorted list of word beginnings answers in the time of a binary search and a walk over what begins so.
/// </summary>
public sealed class Suggester
{
    public static readonly Suggester Empty = new([]);

    private static readonly string[] _kinds = ["company", "pattern", "cause", "technology", "incident", "word"];
    private const int MaxShort = 3;
    private readonly Suggestion[] _suggestions;
    private readonly double[] _ranks;
    private readonly (string Text, int Suggestion, bool First)[] _starts;

    /// <summary>The names that are searched within words too, folded.</summary>
    private readonly (string Text, int Suggestion)[] _names;

    /// <summary>Answers to the first letters, which begin so many words that walking them takes long.</summary>
    private readonly ConcurrentDictionary<(string, int), IReadOnlyList<Suggestion>> _short = new();

    public Suggester(IEnumerable<Suggestion> suggestions)
    {
        _suggestions = [.. suggestions];
        _ranks = [.. _suggestions.Select(s => (4 * Array.IndexOf(_kinds, s.Kind)) - (3 * Math.Log(1 + s.Records)))];
        _names = [.. _suggestions.Select((s, i) => (s, i)).Where(s => s.s.Kind is not ("incident" or "word")).Select(s => (Fold(s.s.Label), s.i))];
        var starts = new List<(string, int, bool)>(_suggestions.Length * 4);
        for (var i = 0; i < _suggestions.Length; i++)
        {
            foreach (var name in _suggestions[i].OtherNames.Prepend(_suggestions[i].Label))
            {
                var folded = Fold(name);
                for (var at = 0; at >= 0 && at < folded.Length; at = folded.IndexOf(' ', at) is var next and >= 0 ? next + 1 : -1)
                    starts.Add((folded[at..], i, at == 0));
            }
        }

        _starts = [.. starts];
        Array.Sort(_starts, (a, b) => string.CompareOrdinal(a.Text, b.Text));
    }

    /// <summary>Folded words joined by blanks; signs between words don't matter.</summary>
    private static string Fold(string text) => string.Join(' ', Folding.Fold(text).Split([' ', '-', '/', '(', ')', ',', ':', '“', '”', '"', '·'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The best suggestions for a text: names before titles, whole beginnings before words within, frequent before rare.</summary>
    public IReadOnlyList<Suggestion> Find(string text, int count = 8)
    {
        var typed = Fold(text);
        if (typed.Length == 0 || typed.Length > 100 || count < 1)
            return [];
        if (typed.Length > MaxShort)
            return Best(typed, count);
        var known = _short.GetOrAdd((typed, count), key => Best(key.Item1, key.Item2));
        // What begins no word is not worth remembering: anything can be typed.
        if (known.Count == 0)
            _short.TryRemove((typed, count), out _);
        return known;
    }

    private IReadOnlyList<Suggestion> Best(string typed, int count)
    {
        var best = new SortedSet<(double Rank, int Suggestion)>();
        var seen = new HashSet<int>();
        for (var i = LowerBound(typed); i < _starts.Length && _starts[i].Text.StartsWith(typed, StringComparison.Ordinal); i++)
            Offer(best, seen, count, _starts[i].Suggestion, Rank(_starts[i].Suggestion, _starts[i].First, _starts[i].Text.Length == typed.Length));

        // Within words only for names, which are few; and only when too little was found.
        if (best.Count < count && typed.Length >= 3)
        {
            foreach (var (name, i) in _names)
            {
                if (name.Contains(typed, StringComparison.Ordinal) && !seen.Contains(i))
                    Offer(best, seen, count, i, Rank(i, false, false) + 100);
            }
        }

        return [.. best.Select(b => _suggestions[b.Suggestion])];
    }

    /// <summary>Smaller is better. A name that was typed to its end is what is meant; a word that was typed to its end adds nothing.</summary>
    private double Rank(int suggestion, bool first, bool whole) =>
        (whole ? (_suggestions[suggestion].Kind == "word" ? 40 : -40) : 0) + (first ? 0 : 20) + _ranks[suggestion];

    private static void Offer(SortedSet<(double, int)> best, HashSet<int> seen, int count, int suggestion, double rank)
    {
        if (best.Count == count && best.Max.Item1 <= rank)
            return;
        if (!seen.Add(suggestion))
        {
            // A better rank by another of its words replaces the former.
            var former = best.FirstOrDefault(b => b.Item2 == suggestion);
            if (former == default || former.Item1 <= rank)
                return;
            best.Remove(former);
        }

        best.Add((rank, suggestion));
        if (best.Count > count)
            best.Remove(best.Max);
    }

    private int LowerBound(string text)
    {
        var (low, high) = (0, _starts.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_starts[middle].Text, text) < 0)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
