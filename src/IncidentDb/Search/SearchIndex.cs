using IncidentDb.Search.Facets;

namespace IncidentDb.Search;

/// <summary>
/// Holds the current <see cref="SearchSnapshot"/> and advances it. A changed record goes into a small delta and its former place is
/// marked as gone; when the delta has grown, everything is folded into a new base.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    private const int MaxDelta = 2_000;

    private readonly Lock _changing = new();
    private readonly IReadOnlyList<ValueTable> _tables = [.. FacetList.All.Select(_ => new ValueTable())];
    private readonly Func<IReadOnlyList<IndexedRecord>, IMatcher> _build;
    private readonly Dictionary<long, int> _ordinals = [];
    private volatile SearchSnapshot _current;

    public SearchIndex()
        : this(records => new Fts5Matcher(records))
    {
    }

    internal SearchIndex(Func<IReadOnlyList<IndexedRecord>, IMatcher> build)
    {
        _build = build;
        _current = Make([], 0);
    }

    internal SearchSnapshot Current => _current;

    /// <summary>The change up to which the index knows the library.</summary>
    public long Seq => _current.Seq;

    /// <summary>Records that can be found.</summary>
    public int Count => _current.LiveCount;

    /// <summary>Starts anew with these records.</summary>
    public void Load(IReadOnlyList<IndexedRecord> records, long seq)
    {
        lock (_changing)
        {
            // The former matcher is left to the collector: a query may still be using it.
            _current = Make(records, seq);
        }
    }

    private SearchSnapshot Make(IReadOnlyList<IndexedRecord> records, long seq)
    {
        _ordinals.Clear();
        for (var o = 0; o < records.Count; o++)
            _ordinals[records[o].Id] = o;
        var live = new ulong[(records.Count + 63) / 64];
        for (var o = 0; o < records.Count; o++)
            live[o >> 6] |= 1UL << o;
        return new SearchSnapshot(seq, _build(records), _tables, new Columns(records, _tables), records, new Columns([], _tables), [], live);
    }

    /// <summary>Takes records out by id and puts others (new or changed) in; readers see all of it or nothing.</summary>
    public void Apply(IReadOnlyList<long> removed, IReadOnlyList<IndexedRecord> changed, long seq)
    {
        lock (_changing)
        {
            var now = _current;
            if (removed.Count == 0 && changed.Count == 0)
            {
                _current = new SearchSnapshot(seq, now.Matcher, _tables, now.Base, now.BaseRecords, now.Delta, now.DeltaRecords, now.CopyLive(now.Capacity));
                return;
            }

            if (now.DeltaRecords.Count + changed.Count > Math.Max(MaxDelta, now.BaseCount / 10))
            {
                Fold(now, removed, changed, seq);
                return;
            }

            var delta = now.DeltaRecords.Concat(changed).ToList();
            var capacity = now.BaseCount + delta.Count;
            var live = now.CopyLive(capacity);
            var gone = new List<int>();
            foreach (var id in removed.Concat(changed.Select(r => r.Id)))
            {
                if (!_ordinals.Remove(id, out var ordinal))
                    continue;
                live[ordinal >> 6] &= ~(1UL << ordinal);
                gone.Add(ordinal);
            }

            var added = new List<(int, IndexedRecord)>();
            for (var i = 0; i < changed.Count; i++)
            {
                var ordinal = capacity - changed.Count + i;
                _ordinals[changed[i].Id] = ordinal;
                live[ordinal >> 6] |= 1UL << ordinal;
                added.Add((ordinal, changed[i]));
            }

            var matcher = now.Matcher.With(gone, added, capacity);
            _current = new SearchSnapshot(seq, matcher, _tables, now.Base, now.BaseRecords, new Columns(delta, _tables), delta, live);
        }
    }

    private void Fold(SearchSnapshot now, IReadOnlyList<long> removed, IReadOnlyList<IndexedRecord> changed, long seq)
    {
        var gone = removed.Concat(changed.Select(r => r.Id)).ToHashSet();
        var records = new List<IndexedRecord>(now.LiveCount + changed.Count);
        for (var o = 0; o < now.Capacity; o++)
        {
            if ((now.Live[o >> 6] & (1UL << o)) != 0 && now.Record(o) is var record && !gone.Contains(record.Id))
                records.Add(record);
        }

        records.AddRange(changed);
        records.Sort((a, b) => a.Id.CompareTo(b.Id));
        _current = Make(records, seq);
    }

    public SearchResults Search(SearchQuery query, SearchOptions? options = null) => new Searcher(_current, query, options ?? SearchOptions.Default).Run();

    public void Dispose() => _current.Matcher.Dispose();
}

/// <summary>How a search is run, beyond what the address says.</summary>
public sealed record SearchOptions
{
    public static readonly SearchOptions Default = new();

    /// <summary>Turns names of facet values into slugs.</summary>
    public Queries.ResolveValue? Resolve { get; init; }

    /// <summary>Words of an ordered facet, all of which are shown even at zero.</summary>
    public Func<Facet, IReadOnlyList<string>>? Ordered { get; init; }

    /// <summary>Notices from reading the address, printed before those of the query.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>False for exports: hits without facets and snippets.</summary>
    public bool WithFacets { get; init; } = true;

    /// <summary>Which facets are counted; null for all.</summary>
    public Func<Facet, bool>? Counts { get; init; }

    public bool WithSnippets { get; init; } = true;

    /// <summary>Values printed of each facet; null for each facet's own number.</summary>
    public int? ValuesShown { get; init; }

    public TimeSpan Limit { get; init; } = SearchBudget.Default;
}
