using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IncidentDb.Search.Facets;

/// <summary>
/// The facet values and quantities of a stretch of records, by place in the stretch, in arrays: no record object is touched while counting. One
/// writer appends while others read what their snapshot covers. <see cref="Seal"/> adds what makes counting over many records quick.
/// </summary>
internal sealed partial class Columns(FacetValues values)
{
    private static readonly int _facets = FacetList.All.Count;
    private static readonly int[] _everyFacet = [.. Enumerable.Range(0, FacetList.All.Count)];

    /// <summary>Up to so many records of a window are counted one by one.</summary>
    private const int Few = 160;

    /// <summary>The ranges that are counted of each quantity.</summary>
    private static readonly (string Text, QuantityRange Range)[][] _ranges =
        [.. FacetList.All.Select(f => f.Ranges.Select(r => (r, QuantityRange.Parse(r, f.Unit)!.Value)).ToArray())];

    // Quantities by facet number; null where a facet has none.
    private double[]?[] _min = [.. FacetList.All.Select(f => f.Kind == FacetKind.Quantity ? new double[16] : null)];
    private double[]?[] _max = [.. FacetList.All.Select(f => f.Kind == FacetKind.Quantity ? new double[16] : null)];

    // Values of record o in facet f: _values[_starts[o × facets + f] .. the next start].
    private int[] _starts = new int[(16 * _facets) + 1];
    private int[] _values = new int[256];

    // After sealing. Values of many records are bitmaps; the others are listed by record and by value.
    private ulong[]?[]? _bitmaps;
    private int[][] _dense = [];
    private bool[] _hasSparse = [];
    private int[] _sparseStarts = [];

    /// <summary>Where the values of record o begin, without its facets: a table that stays in the cache.</summary>
    private int[] _allStarts = [];
    private int[] _sparse = [];
    private int[] _recordStarts = [];
    private int[] _records = [];

    public int Count { get; private set; }

    /// <summary>When the events of each record happened.</summary>
    public Moments Moments { get; private init; } = new();

    public long[] Ids = new long[16];

    /// <summary>Unix seconds; NaN where not known.</summary>
    public double[] Started = new double[16];

    public double[] StartedFrom = new double[16];

    public double[] StartedTo = new double[16];

    public double[] Added = new double[16];

    /// <summary>All values of a record.</summary>
    public ReadOnlySpan<int> All(int record)
    {
        var first = _starts[record * _facets];
        return _values.AsSpan(first, _starts[(record + 1) * _facets] - first);
    }

    public ReadOnlySpan<int> Values(int facet, int record)
    {
        var at = (record * _facets) + facet;
        return _values.AsSpan(_starts[at], _starts[at + 1] - _starts[at]);
    }

    public Bounds Quantity(int facet, int record) => _min[facet] is { } min ? new Bounds(min[record], _max[facet]![record]) : Bounds.None;

    /// <summary>Lower bounds of a quantity, for sorting.</summary>
    public double[] Lower(int facet) => _min[facet]!;

    public void Add(IndexedRecord record)
    {
        var o = Count;
        Grow(ref Ids, o + 1);
        Grow(ref Started, o + 1);
        Grow(ref StartedFrom, o + 1);
        Grow(ref StartedTo, o + 1);
        Grow(ref Added, o + 1);
        Grow(ref _starts, ((o + 1) * _facets) + 1);
        Ids[o] = record.Id;
        Started[o] = record.Started;
        StartedFrom[o] = record.StartedBounds.Min;
        StartedTo[o] = record.StartedBounds.Max;
        Added[o] = record.Added;
        var at = _starts[o * _facets];
        for (var f = 0; f < _facets; f++)
        {
            var first = at;
            if (_min[f] is not null)
                AddQuantity(f, o, record, ref at);
            // A quantity may have a blank instead of bounds.
            if (record.Values.TryGetValue(FacetList.All[f].Name, out var words))
            {
                foreach (var word in words)
                    AddValue(values.Add(f, word), first, ref at);
            }

            _starts[(o * _facets) + f + 1] = at;
        }

        Moments.Add(o, record, values);
        Count = o + 1;
    }

    private void AddValue(int number, int first, ref int at)
    {
        if (_values.AsSpan(first, at - first).Contains(number))
            return;
        Grow(ref _values, at + 1);
        _values[at++] = number;
    }

    /// <summary>The bounds, and as values the years or ranges that the quantity can lie in.</summary>
    private void AddQuantity(int f, int o, IndexedRecord record, ref int at)
    {
        Grow(ref _min[f]!, o + 1);
        Grow(ref _max[f]!, o + 1);
        var bounds = record.Quantities.GetValueOrDefault(FacetList.All[f].Name, Bounds.None);
        (_min[f]![o], _max[f]![o]) = (bounds.Min, bounds.Max);
        if (!bounds.IsKnown)
            return;
        var first = at;
        if (FacetList.All[f].Unit == QuantityUnit.Year)
        {
            for (var year = (int)bounds.Min; year <= (int)bounds.Max && year - (int)bounds.Min < 50; year++)
                AddValue(values.Add(f, year.ToString(CultureInfo.InvariantCulture)), first, ref at);
            return;
        }

        foreach (var (text, range) in _ranges[f])
        {
            if (range.CanHold(bounds))
                AddValue(values.Add(f, text), first, ref at);
        }
    }

    /// <summary>Readers of an older array go on reading it: what they may see doesn't change.</summary>
    internal static void Grow<T>(ref T[] array, int length)
    {
        if (length > array.Length)
            Array.Resize(ref array, Math.Max(length, array.Length * 2));
    }

    /// <summary>Ends adding. Values that one record in 64 has become bitmaps; the others are also listed by value.</summary>
    public void Seal()
    {
        var windows = Window.Count(Count);
        var counts = new int[values.Count];
        foreach (var value in _values.AsSpan(0, _starts[Count * _facets]))
            counts[value]++;
        var bitmaps = new ulong[]?[counts.Length];
        _recordStarts = new int[counts.Length + 1];
        for (var v = 0; v < counts.Length; v++)
        {
            var isDense = counts[v] * 64L >= Count && Count >= 64;
            if (isDense)
            {
                bitmaps[v] = new ulong[windows * Window.Words];
            }

            _recordStarts[v + 1] = _recordStarts[v] + (isDense ? 0 : counts[v]);
        }

        _records = new int[_recordStarts[^1]];
        var sparse = new List<int>(_recordStarts[^1] * 2);
        _sparseStarts = new int[Count + 1];
        var allStarts = new int[Count + 1];
        var fill = _recordStarts[..^1];
        for (var o = 0; o < Count; o++)
        {
            foreach (var value in All(o))
            {
                if (bitmaps[value] is { } bits)
                {
                    bits[o >> 6] |= 1UL << o;
                }
                else
                {
                    _records[fill[value]++] = o;
                    sparse.Add(value);
                }
            }

            while (sparse.Count % FacetValues.Nobody != 0)
                sparse.Add(sparse.Count % FacetValues.Nobody);
            _sparseStarts[o + 1] = sparse.Count;
            allStarts[o + 1] = _starts[(o + 1) * _facets];
        }

        _sparse = [.. sparse];
        _allStarts = allStarts;

        _dense = [.. Enumerable.Range(0, _facets).Select(f => values.Of(f).ToArray().Where(v => v < bitmaps.Length && bitmaps[v] is not null).ToArray())];
        _hasSparse = [.. Enumerable.Range(0, _facets).Select(f => values.Of(f).ToArray().Any(v => v < bitmaps.Length && bitmaps[v] is null && counts[v] > 0))];
        _bitmaps = bitmaps;
    }

    /// <summary>Sets the bits of the records of a window that have a value.</summary>
    public void Set(int value, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates)
    {
        if (value < 0)
            return;
        if (_bitmaps is null)
        {
            var first = window << Window.Shift;
            for (var w = 0; w < Window.Words; w++)
            {
                for (var word = candidates[w]; word != 0; word &= word - 1)
                {
                    var bit = BitOperations.TrailingZeroCount(word);
                    if (All(first + (w << 6) + bit).Contains(value))
                        bits[w] |= 1UL << bit;
                }
            }
        }
        else if (value < _bitmaps.Length && _bitmaps[value] is { } bitmap)
        {
            var part = bitmap.AsSpan(window * Window.Words, Window.Words);
            for (var w = 0; w < Window.Words; w++)
                bits[w] |= part[w];
        }
        else if (value + 1 < _recordStarts.Length)
        {
            var records = _records.AsSpan(_recordStarts[value], _recordStarts[value + 1] - _recordStarts[value]);
            var at = records.BinarySearch(window << Window.Shift);
            for (at = at < 0 ? ~at : at; at < records.Length && records[at] >> Window.Shift == window; at++)
            {
                var o = records[at] & (Window.Size - 1);
                bits[o >> 6] |= 1UL << o;
            }
        }
    }

    /// <summary>Sets the bits of candidates whose quantity can lie in a range.</summary>
    public void Set(int facet, QuantityRange range, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates)
    {
        var first = window << Window.Shift;
        var (min, max) = (_min[facet]!, _max[facet]!);
        for (var w = 0; w < Window.Words; w++)
        {
            for (var word = candidates[w]; word != 0; word &= word - 1)
            {
                var bit = BitOperations.TrailingZeroCount(word);
                var o = first + (w << 6) + bit;
                if (range.CanHold(new Bounds(min[o], max[o])))
                    bits[w] |= 1UL << bit;
            }
        }
    }

    /// <summary>Overwrites the bits of a window with the candidates whose start can lie in a span.</summary>
    public void SetStarted(Bounds span, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates)
    {
        var first = window << Window.Shift;
        for (var w = 0; w < Window.Words; w++)
        {
            bits[w] = 0;
            for (var word = candidates[w]; word != 0; word &= word - 1)
            {
                var bit = BitOperations.TrailingZeroCount(word);
                var o = first + (w << 6) + bit;
                if (StartedTo[o] >= span.Min && StartedFrom[o] <= span.Max)
                    bits[w] |= 1UL << bit;
            }
        }
    }

    /// <summary>Adds to the count of each value the records of a window that have it.</summary>
    /// <param name="window">Which window.</param>
    /// <param name="bits">Its records.</param>
    /// <param name="matching">How many they are.</param>
    /// <param name="counts">By value.</param>
    /// <param name="facets">The facets that matter; null for all. Values of others may be counted or not.</param>
    public void CountValues(int window, ReadOnlySpan<ulong> bits, int matching, Span<int> counts, int[]? facets)
    {
        // Few records, or a facet or two: walk their values. Many: intersect bitmaps, and walk the rest.
        if (_bitmaps is not null && matching > Few && facets is null or { Length: > 2 })
        {
            foreach (var facet in facets ?? _everyFacet)
                CountBitmaps(_dense[facet], window, bits, counts);
            WalkSparse(window, bits, counts);
        }
        else if (facets is null or { Length: > 2 } && _bitmaps is not null)
        {
            Walk(window, bits, _values, _allStarts, (1, 0, 1), counts);
        }
        else if (facets is null)
        {
            Walk(window, bits, _values, _starts, (_facets, 0, _facets), counts);
        }
        else
        {
            foreach (var facet in facets)
            {
                if (_bitmaps is not null && matching > Few && !_hasSparse[facet])
                    CountBitmaps(_dense[facet], window, bits, counts);
                else
                    Walk(window, bits, _values, _starts, (_facets, facet, 1), counts);
            }
        }
    }

    /// <summary>Counts the values of each record; those of record o lie between the starts at o × stride + first and so many on.</summary>
    private static void Walk(int window, ReadOnlySpan<ulong> bits, int[] values, int[] starts, (int Stride, int First, int Length) at, Span<int> counts)
    {
        var first = window << Window.Shift;
        for (var w = 0; w < Window.Words; w++)
        {
            for (var word = bits[w]; word != 0; word &= word - 1)
            {
                var start = ((first + (w << 6) + BitOperations.TrailingZeroCount(word)) * at.Stride) + at.First;
                foreach (var value in values.AsSpan(starts[start], starts[start + at.Length] - starts[start]))
                    counts[value]++;
            }
        }
    }

    /// <summary>Counts the listed values of each record, by fours: a loop whose length hardly varies is foreseen by the processor.</summary>
    private void WalkSparse(int window, ReadOnlySpan<ulong> bits, Span<int> counts)
    {
        var starts = _sparseStarts.AsSpan(window << Window.Shift);
        for (var w = 0; w < Window.Words; w++)
        {
            for (var word = bits[w]; word != 0; word &= word - 1)
            {
                var o = (w << 6) + BitOperations.TrailingZeroCount(word);
                for (var at = starts[o]; at < starts[o + 1]; at += FacetValues.Nobody)
                {
                    var four = _sparse.AsSpan(at, FacetValues.Nobody);
                    counts[four[0]]++;
                    counts[four[1]]++;
                    counts[four[2]]++;
                    counts[four[3]]++;
                }
            }
        }
    }

    private void CountBitmaps(int[] dense, int window, ReadOnlySpan<ulong> bits, Span<int> counts)
    {
        ref var ours = ref MemoryMarshal.GetReference(bits);
        foreach (var value in dense)
        {
            ref var its = ref MemoryMarshal.GetReference(_bitmaps![value].AsSpan(window * Window.Words, Window.Words));
            var (a, b) = (0, 0);
            for (var w = 0; w < Window.Words; w += 4)
            {
                a += BitOperations.PopCount(Unsafe.Add(ref ours, w) & Unsafe.Add(ref its, w)) + BitOperations.PopCount(Unsafe.Add(ref ours, w + 1) & Unsafe.Add(ref its, w + 1));
                b += BitOperations.PopCount(Unsafe.Add(ref ours, w + 2) & Unsafe.Add(ref its, w + 2)) + BitOperations.PopCount(Unsafe.Add(ref ours, w + 3) & Unsafe.Add(ref its, w + 3));
            }

            counts[value] += a + b;
        }
    }
}
