using System.Globalization;

namespace IncidentDb.Search.Facets;

/// <summary>Counts facet values over the records of a search, and makes what the page prints of them.</summary>
internal sealed class FacetCounter
{
    /// <summary>Up to so many values are picked out; for more of them all are sorted.</summary>
    private const int MostPicked = 50;

    private readonly FacetValues _values;
    private readonly int[] _counts;

    /// <summary>Counts of facets in which something is chosen: over the records that meet every other choice.</summary>
    private readonly int[]?[] _own = new int[FacetList.All.Count][];

    /// <summary>Ranges that somebody typed and that are no value of the columns; counted record by record.</summary>
    private readonly List<TypedRange>?[] _typed = new List<TypedRange>[FacetList.All.Count];
    private readonly bool[] _shown;

    /// <summary>The facets that are counted; null for all.</summary>
    private readonly int[]? _some;

    public FacetCounter(SearchSnapshot snapshot, SearchQuery query, SearchOptions options, Scratch scratch)
    {
        _values = snapshot.Values;
        _counts = scratch.Rent<int>(_values.Count);
        _shown = [.. FacetList.All.Select(f => options.Counts is null || options.Counts(f))];
        _some = options.Counts is null ? null : [.. Enumerable.Range(0, _shown.Length).Where(f => _shown[f])];
        foreach (var (name, filter) in query.Filters)
        {
            if (FacetList.Find(name) is not { } facet)
                continue;
            var f = FacetList.IndexOf(facet);
            _own[f] = scratch.Rent<int>(_values.Count);
            if (facet.Kind != FacetKind.Quantity)
                continue;
            foreach (var value in filter.Include.Concat(filter.Exclude).Where(v => _values.Find(f, v) < 0))
            {
                if (QuantityRange.Parse(value, facet.Unit) is { } range)
                    (_typed[f] ??= []).Add(new TypedRange(value, range));
            }
        }
    }

    private sealed class TypedRange(string text, QuantityRange range)
    {
        public string Text { get; } = text;

        public QuantityRange Range { get; } = range;

        public int Count { get; set; }
    }

    /// <summary>Counts that were made before, for a search without words and filters.</summary>
    public void Take(int[] counts) => counts.CopyTo(_counts, 0);

    /// <summary>Adds the records of a window that meet every choice.</summary>
    public void Add(Columns columns, int window, ReadOnlySpan<ulong> bits, int matching) => columns.CountValues(window, bits, matching, _counts, _some);

    /// <summary>Adds, for one facet in which something is chosen, the records of a window that meet every other choice.</summary>
    public void AddOwn(int facet, Columns columns, int window, ReadOnlySpan<ulong> bits, Span<ulong> spare)
    {
        if (!_shown[facet])
            return;
        columns.CountValues(window, bits, Window.CountBits(bits), _own[facet], [facet]);
        if (_typed[facet] is not { } typed)
            return;
        foreach (var range in typed)
        {
            spare.Clear();
            columns.Set(facet, range.Range, window, spare, bits);
            range.Count += Window.CountBits(spare);
        }
    }

    private int Of(int facet, int value) => value < 0 ? 0 : (_own[facet] ?? _counts) is var counts && value < counts.Length ? counts[value] : 0;

    /// <summary>Records of each year under the search without its year filter.</summary>
    public IReadOnlyList<(int Year, int Count)> Years()
    {
        var f = FacetList.IndexOf(FacetList.Year);
        var years = new List<(int, int)>();
        if (!_shown[f])
            return years;
        foreach (var v in _values.Of(f))
        {
            if (Of(f, v) > 0 && int.TryParse(_values[v], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                years.Add((number, Of(f, v)));
        }

        years.Sort();
        return years;
    }

    public IReadOnlyList<FacetResult> Results(SearchQuery query, SearchOptions options)
    {
        var results = new List<FacetResult>(FacetList.All.Count);
        for (var f = 0; f < _shown.Length; f++)
        {
            if (_shown[f])
                results.Add(Result(f, query.Filter(FacetList.All[f].Name), query, options));
        }

        return results;
    }

    private FacetResult Result(int f, FacetFilter filter, SearchQuery query, SearchOptions options)
    {
        var facet = FacetList.All[f];
        var order = facet.InOrder ? options.Ordered?.Invoke(facet) ?? [] : facet.Ranges;
        var shown = query.More.Contains(facet.Name) ? int.MaxValue : options.ValuesShown ?? int.MaxValue;
        if (filter.IsEmpty && order.Count == 0 && shown <= MostPicked && facet != FacetList.Year)
            return Largest(f, facet, shown, filter.MatchAll);

        var counted = new List<(string Value, int Count)>();
        foreach (var v in _values.Of(f))
        {
            if (Of(f, v) is > 0 and var count)
                counted.Add((_values[v], count));
        }

        var available = counted.Count;
        if (!filter.IsEmpty || order.Count > 0)
        {
            // Chosen values stay in sight at zero; so do the words of a short, ordered vocabulary.
            foreach (var value in filter.Include.Concat(filter.Exclude).Concat(order))
            {
                if (counted.TrueForAll(c => c.Value != value))
                    counted.Add((value, Math.Max(Of(f, _values.Find(f, value)), _typed[f]?.Find(r => r.Text == value)?.Count ?? 0)));
            }
        }

        Sort(facet, counted, order);
        var values = new List<FacetValue>(Math.Min(counted.Count, shown));
        for (var i = 0; i < counted.Count; i++)
        {
            var (value, count) = counted[i];
            var selected = filter.Include.Contains(value);
            var excluded = !selected && filter.Exclude.Contains(value);
            if (i < shown || selected || excluded)
                values.Add(new FacetValue { Value = value, Count = count, Selected = selected, Excluded = excluded });
        }

        return new FacetResult { Facet = facet, MatchAll = filter.MatchAll, Values = values, Available = available };
    }

    /// <summary>A facet without choices and without an order of its own: its values with most records, picked out without sorting the others.</summary>
    private FacetResult Largest(int f, Facet facet, int shown, bool matchAll)
    {
        Span<(int Count, int Value)> best = stackalloc (int, int)[MostPicked];
        var counts = (_own[f] ?? _counts).AsSpan();
        var (picked, available) = (0, 0);
        foreach (var v in _values.Of(f))
        {
            // A value that came after this search began is in none of its records.
            if (v >= counts.Length || counts[v] is not (> 0 and var count))
                continue;
            available++;
            if (shown == 0 || (picked == shown && !IsBefore(count, v, best[picked - 1])))
                continue;
            var place = picked < shown ? picked++ : picked - 1;
            for (; place > 0 && IsBefore(count, v, best[place - 1]); place--)
                best[place] = best[place - 1];
            best[place] = (count, v);
        }

        var values = new FacetValue[picked];
        for (var i = 0; i < picked; i++)
            values[i] = new FacetValue { Value = _values[best[i].Value], Count = best[i].Count, Selected = false, Excluded = false };
        return new FacetResult { Facet = facet, MatchAll = matchAll, Values = values, Available = available };
    }

    private bool IsBefore(int count, int value, (int Count, int Value) other) =>
        count != other.Count ? count > other.Count : string.CompareOrdinal(_values[value], _values[other.Value]) < 0;

    private static void Sort(Facet facet, List<(string Value, int Count)> values, IReadOnlyList<string> order)
    {
        if (facet == FacetList.Year)
        {
            values.Sort((a, b) => string.CompareOrdinal(b.Value, a.Value));
            return;
        }

        int Place(string value)
        {
            for (var i = 0; i < order.Count; i++)
            {
                if (order[i] == value)
                    return i;
            }

            return order.Count;
        }

        values.Sort((a, b) =>
        {
            if (order.Count > 0 && Place(a.Value) is var pa && Place(b.Value) is var pb && pa != pb)
                return pa.CompareTo(pb);
            var byCount = b.Count.CompareTo(a.Count);
            return byCount != 0 ? byCount : string.CompareOrdinal(a.Value, b.Value);
        });
    }
}
