namespace IncidentDb.Search.Facets;

/// <summary>The chosen filters as lookups over the columns of one snapshot.</summary>
internal sealed class CompiledFilters
{
    /// <summary>No facet fails.</summary>
    public const int None = -1;

    /// <summary>More than one facet fails.</summary>
    public const int Several = -2;

    private readonly List<Compiled> _filters = [];

    public IReadOnlyList<Compiled> All => _filters;

    public static CompiledFilters Compile(SearchQuery query, SearchSnapshot snapshot)
    {
        var compiled = new CompiledFilters();
        foreach (var (name, filter) in query.Filters)
        {
            if (FacetList.Find(name) is { } facet)
                compiled._filters.Add(new Compiled(facet, filter, snapshot.Tables[FacetList.IndexOf(facet)]));
        }

        return compiled;
    }

    public static Compiled Compile(Facet facet, IReadOnlyList<string> values, SearchSnapshot snapshot) =>
        new(facet, new FacetFilter { Include = values }, snapshot.Tables[FacetList.IndexOf(facet)]);

    /// <summary>The one facet whose choice the record does not meet, or <see cref="None"/> or <see cref="Several"/>.</summary>
    public int FailingFacet(Columns columns, int local)
    {
        var failing = None;
        foreach (var filter in _filters)
        {
            if (filter.Holds(columns, local))
                continue;
            if (failing != None)
                return Several;
            failing = filter.FacetIndex;
        }

        return failing;
    }

    /// <summary>The choice in one facet.</summary>
    internal sealed class Compiled
    {
        private readonly int[] _include;
        private readonly int[] _exclude;
        private readonly QuantityRange[] _includeRanges;
        private readonly QuantityRange[] _excludeRanges;
        private readonly bool _all;
        private readonly bool _chooses;

        public Compiled(Facet facet, FacetFilter filter, ValueTable table)
        {
            FacetIndex = FacetList.IndexOf(facet);
            _all = filter.MatchAll;
            _chooses = filter.Include.Count > 0;
            (_include, _includeRanges) = Split(facet, filter.Include, table);
            (_exclude, _excludeRanges) = Split(facet, filter.Exclude, table);
        }

        public int FacetIndex { get; }

        /// <summary>Values by number; for quantities, ranges. A value that no record has gets −1, which is nowhere found.</summary>
        private static (int[] Values, QuantityRange[] Ranges) Split(Facet facet, IReadOnlyList<string> values, ValueTable table)
        {
            if (facet.Kind == FacetKind.Words)
                return ([.. values.Select(table.Find)], []);
            return (
                [.. values.Where(Records.Blank.Is).Select(table.Find)],
                [.. values.Where(v => !Records.Blank.Is(v)).Select(v => QuantityRange.Parse(v, facet.Unit)).OfType<QuantityRange>()]);
        }

        public bool Holds(Columns columns, int local)
        {
            var values = columns.Values(FacetIndex, local);
            var bounds = columns.Quantity(FacetIndex, local);
            if (_chooses && !(_all ? HasAll(values, bounds) : HasAny(_include, _includeRanges, values, bounds)))
                return false;
            return !HasAny(_exclude, _excludeRanges, values, bounds);
        }

        private bool HasAll(ReadOnlySpan<int> values, Bounds bounds)
        {
            foreach (var wanted in _include)
            {
                if (!values.Contains(wanted))
                    return false;
            }

            foreach (var range in _includeRanges)
            {
                if (!range.CanHold(bounds))
                    return false;
            }

            return true;
        }

        private static bool HasAny(int[] wanted, QuantityRange[] ranges, ReadOnlySpan<int> values, Bounds bounds)
        {
            foreach (var value in wanted)
            {
                if (values.Contains(value))
                    return true;
            }

            foreach (var range in ranges)
            {
                if (range.CanHold(bounds))
                    return true;
            }

            return false;
        }
    }
}
