namespace IncidentDb.Search.Facets;

/// <summary>
/// The facet values and quantities of a stretch of records, by ordinal, in arrays: no record object is touched while counting.
/// </summary>
internal sealed class Columns
{
    /// <summary>Quantities by facet number; null where a facet has none.</summary>
    private readonly double[]?[] _min = new double[FacetList.All.Count][];
    private readonly double[]?[] _max = new double[FacetList.All.Count][];

    /// <summary>Values of record o: <c>_values[f][_starts[f][o] .. _starts[f][o + 1]]</c>.</summary>
    private readonly int[][] _starts = new int[FacetList.All.Count][];
    private readonly int[][] _values = new int[FacetList.All.Count][];

    public Columns(IReadOnlyList<IndexedRecord> records, IReadOnlyList<ValueTable> tables)
    {
        Count = records.Count;
        Ids = new long[Count];
        Started = new double[Count];
        StartedFrom = new double[Count];
        StartedTo = new double[Count];
        Added = new double[Count];
        for (var o = 0; o < Count; o++)
        {
            Ids[o] = records[o].Id;
            Started[o] = records[o].Started;
            StartedFrom[o] = records[o].StartedBounds.Min;
            StartedTo[o] = records[o].StartedBounds.Max;
            Added[o] = records[o].Added;
        }

        for (var f = 0; f < FacetList.All.Count; f++)
            Fill(f, records, tables[f]);
    }

    public int Count { get; }

    public long[] Ids { get; }

    /// <summary>Unix seconds; NaN where not known.</summary>
    public double[] Started { get; }

    public double[] StartedFrom { get; }

    public double[] StartedTo { get; }

    public double[] Added { get; }

    public ReadOnlySpan<int> Values(int facet, int ordinal)
    {
        var starts = _starts[facet];
        return _values[facet].AsSpan(starts[ordinal], starts[ordinal + 1] - starts[ordinal]);
    }

    public int[] Starts(int facet) => _starts[facet];

    public int[] Flat(int facet) => _values[facet];

    public Bounds Quantity(int facet, int ordinal) => _min[facet] is { } min ? new Bounds(min[ordinal], _max[facet]![ordinal]) : Bounds.None;

    /// <summary>Lower bounds for sorting, NaN last.</summary>
    public double[]? Lower(int facet) => _min[facet];

    private void Fill(int f, IReadOnlyList<IndexedRecord> records, ValueTable table)
    {
        var facet = FacetList.All[f];
        var starts = new int[Count + 1];
        var values = new List<int>(Count);
        if (facet.Kind == FacetKind.Quantity)
        {
            _min[f] = new double[Count];
            _max[f] = new double[Count];
        }

        for (var o = 0; o < Count; o++)
        {
            var first = values.Count;
            if (facet.Kind == FacetKind.Quantity)
            {
                var bounds = records[o].Quantities.GetValueOrDefault(facet.Name, Bounds.None);
                _min[f]![o] = bounds.Min;
                _max[f]![o] = bounds.Max;
                foreach (var value in QuantityValues(facet, bounds))
                    values.Add(table.Add(value));
            }

            // A quantity may have a blank instead of bounds.
            foreach (var value in records[o].Values.GetValueOrDefault(facet.Name) ?? [])
            {
                var number = table.Add(value);
                if (values.IndexOf(number, first) < 0)
                    values.Add(number);
            }

            starts[o + 1] = values.Count;
        }

        _starts[f] = starts;
        _values[f] = [.. values];
    }

    /// <summary>The years or ranges that the quantity can lie in.</summary>
    private static IEnumerable<string> QuantityValues(Facet facet, Bounds bounds)
    {
        if (!bounds.IsKnown)
            yield break;
        if (facet.Unit == QuantityUnit.Year)
        {
            for (var year = (int)bounds.Min; year <= (int)bounds.Max && year - (int)bounds.Min < 50; year++)
                yield return year.ToString(System.Globalization.CultureInfo.InvariantCulture);
            yield break;
        }

        foreach (var range in facet.Ranges)
        {
            if (QuantityRange.Parse(range, facet.Unit) is { } parsed && parsed.CanHold(bounds))
                yield return range;
        }
    }
}
