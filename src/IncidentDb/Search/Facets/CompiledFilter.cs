namespace IncidentDb.Search.Facets;

/// <summary>The choice in one facet, as lookups over the columns.</summary>
internal sealed class CompiledFilter
{
    private readonly int[] _include;
    private readonly int[] _exclude;
    private readonly QuantityRange[] _includeRanges;
    private readonly QuantityRange[] _excludeRanges;
    private readonly bool _all;
    private readonly ulong[] _part = new ulong[Window.Words];

    public CompiledFilter(Facet facet, FacetFilter filter, FacetValues values)
    {
        Facet = FacetList.IndexOf(facet);
        _all = filter.MatchAll;
        (_include, _includeRanges) = Split(facet, filter.Include, values);
        (_exclude, _excludeRanges) = Split(facet, filter.Exclude, values);
    }

    /// <summary>Index into <see cref="FacetList.All"/>.</summary>
    public int Facet { get; }

    /// <summary>Values by number; for quantities, ranges. A value that no record has gets −1, which is nowhere found.</summary>
    private (int[] Values, QuantityRange[] Ranges) Split(Facet facet, IReadOnlyList<string> chosen, FacetValues values)
    {
        if (facet.Kind == FacetKind.Words)
            return ([.. chosen.Select(v => values.Find(Facet, v))], []);
        return (
            [.. chosen.Where(Records.Blank.Is).Select(v => values.Find(Facet, v))],
            [.. chosen.Where(v => !Records.Blank.Is(v)).Select(v => QuantityRange.Parse(v, facet.Unit)).OfType<QuantityRange>()]);
    }

    /// <summary>Overwrites the bits of a window with the candidates that meet the choice.</summary>
    public void Fill(Columns columns, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates)
    {
        if (_include.Length + _includeRanges.Length == 0)
        {
            candidates.CopyTo(bits);
        }
        else if (_all)
        {
            candidates.CopyTo(bits);
            foreach (var value in _include)
                Window.And(bits, Part(columns, value, window, candidates));
            foreach (var range in _includeRanges)
                Window.And(bits, Part(columns, range, window, candidates));
        }
        else
        {
            bits.Clear();
            foreach (var value in _include)
                columns.Set(value, window, bits, candidates);
            foreach (var range in _includeRanges)
                columns.Set(Facet, range, window, bits, candidates);
            Window.And(bits, candidates);
        }

        foreach (var value in _exclude)
            Window.Except(bits, Part(columns, value, window, candidates));
        foreach (var range in _excludeRanges)
            Window.Except(bits, Part(columns, range, window, candidates));
    }

    private ulong[] Part(Columns columns, int value, int window, ReadOnlySpan<ulong> candidates)
    {
        _part.AsSpan().Clear();
        columns.Set(value, window, _part, candidates);
        return _part;
    }

    private ulong[] Part(Columns columns, QuantityRange range, int window, ReadOnlySpan<ulong> candidates)
    {
        _part.AsSpan().Clear();
        columns.Set(Facet, range, window, _part, candidates);
        return _part;
    }
}
