using IncidentDb.Search.Facets;
using IncidentDb.Search.Inverted;

namespace IncidentDb.Search;

/// <summary>
/// Holds the current <see cref="SearchSnapshot"/> and advances it. A changed record is appended to a small delta and its former place is
/// marked as gone; when the delta has grown, everything is folded into a new base in the background.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    private const int MaxDelta = 2_000;

    private readonly Lock _changing = new();
    private FacetValues _values = new();
    private readonly Func<IReadOnlyList<IndexedRecord>, IMatcher> _build;
    private readonly Dictionary<long, int> _ordinals = [];
    /// <summary>Read while records are; a search has no time for it.</summary>
    private readonly Task _relatedWords;
    private List<(IReadOnlyList<long> Removed, IReadOnlyList<IndexedRecord> Changed, long Seq)>? _sinceFolding;
    private volatile SearchSnapshot _current;
    private long _stopped;

    /// <param name="engine">Which matcher to use.</param>
    public SearchIndex(SearchEngine engine = SearchEngine.Inverted)
        : this(engine == SearchEngine.Fts5 ? records => new Fts5Matcher(records) : records => new InvertedMatcher(records))
    {
    }

    internal SearchIndex(Func<IReadOnlyList<IndexedRecord>, IMatcher> build)
    {
        _build = build;
        _relatedWords = Task.Run(Queries.RelatedWords.Load);
        _current = Make([], 0);
    }

    internal SearchSnapshot Current => _current;

    /// <summary>The change up to which the index knows the library.</summary>
    public long Seq => _current.Seq;

    /// <summary>Records that can be found.</summary>
    public int Count => _current.LiveCount;

    /// <summary>How many answers lacked something for want of time. What was made while this number grew is not to be kept: asked again, it may be whole.</summary>
    public long Stopped => Interlocked.Read(ref _stopped);

    /// <summary>Is told of every new base, once it is searched; the base stays as it is.</summary>
    internal Action<SearchSnapshot>? Built { get; set; }

    /// <summary>Completes when no folding is under way.</summary>
    internal Task Folding { get; private set; } = Task.CompletedTask;

    /// <summary>Starts anew with these records.</summary>
    public void Load(IReadOnlyList<IndexedRecord> records, long seq)
    {
        var loaded = Make(records, seq);
        lock (_changing)
        {
            _sinceFolding = null;
            // The former matcher is left to the collector: a query may still be using it.
            Publish(loaded);
        }

        Built?.Invoke(loaded);
    }

    /// <summary>Starts with a snapshot that was built before. Only in an index that is empty still.</summary>
    internal void Start(SearchSnapshot kept)
    {
        lock (_changing)
        {
            _values = kept.Values;
            Publish(kept);
        }
    }

    private SearchSnapshot Make(IReadOnlyList<IndexedRecord> records, long seq)
    {
        var columns = new Columns(_values);
        var matcher = Task.Run(() => _build(records));
        lock (_values)
        {
            foreach (var record in records)
                columns.Add(record);
        }

        columns.Seal();
        return SearchSnapshot.OfBase(seq, matcher.GetAwaiter().GetResult(), _values, columns, records);
    }

    private void Publish(SearchSnapshot snapshot)
    {
        _relatedWords.Wait();
        _ordinals.Clear();
        _ordinals.EnsureCapacity(snapshot.Base.Count);
        for (var o = 0; o < snapshot.Base.Count; o++)
            _ordinals[snapshot.Base.Ids[o]] = o;
        _current = snapshot;
    }

    /// <summary>Takes records out by id and puts others (new or changed) in; readers see all of it or nothing.</summary>
    public void Apply(IReadOnlyList<long> removed, IReadOnlyList<IndexedRecord> changed, long seq)
    {
        lock (_changing)
        {
            _sinceFolding?.Add((removed, changed, seq));
            ApplyNow(removed, changed, seq);
            var now = _current;
            if (_sinceFolding is null && now.DeltaCount > Math.Max(MaxDelta, now.BaseRecords.Count / 10))
                StartFolding(now);
        }
    }

    /// <summary>The ids of the records that have one of these facet values.</summary>
    internal IReadOnlyList<long> Having(Func<Facet, string, bool> isOne)
    {
        var now = _current;
        var wanted = new bool[now.Values.Count];
        var any = false;
        for (var f = 0; f < FacetList.All.Count; f++)
        {
            foreach (var number in now.Values.Of(f))
                any |= wanted[number] = isOne(FacetList.All[f], now.Values[number]);
        }

        var ids = new List<long>();
        for (var o = 0; any && o < now.Capacity; o++)
        {
            if ((now.Live[o >> 6] & (1UL << o)) == 0)
                continue;
            var (columns, at) = o < now.DeltaFirst ? (now.Base, o) : (now.Delta, o - now.DeltaFirst);
            foreach (var value in columns.All(at))
            {
                if (!wanted[value])
                    continue;
                ids.Add(columns.Ids[at]);
                break;
            }
        }

        return ids;
    }

    private void ApplyNow(IReadOnlyList<long> removed, IReadOnlyList<IndexedRecord> changed, long seq)
    {
        var now = _current;
        var capacity = now.Capacity + changed.Count;
        var live = new ulong[Window.Count(capacity) * Window.Words];
        now.Live.CopyTo(live, 0);
        var gone = new List<(int, IndexedRecord)>();
        foreach (var id in removed.Concat(changed.Select(r => r.Id)))
        {
            if (!_ordinals.Remove(id, out var ordinal))
                continue;
            live[ordinal >> 6] &= ~(1UL << ordinal);
            gone.Add((ordinal, now.Record(ordinal)));
        }

        var records = now.DeltaRecords;
        if (now.DeltaCount + changed.Count > records.Length)
            Array.Resize(ref records, Math.Max(records.Length * 2, now.DeltaCount + changed.Count));
        var added = new List<(int, IndexedRecord)>();
        foreach (var record in changed)
        {
            var ordinal = now.Capacity + added.Count;
            records[now.DeltaCount + added.Count] = record;
            lock (_values)
                now.Delta.Add(record);
            _ordinals[record.Id] = ordinal;
            live[ordinal >> 6] |= 1UL << ordinal;
            added.Add((ordinal, record));
        }

        var matcher = gone.Count + added.Count == 0 ? now.Matcher : now.Matcher.With(gone, added, capacity);
        _current = new SearchSnapshot(seq, matcher, _values, now.Base, now.BaseRecords, now.Delta, records, now.DeltaCount + changed.Count, live);
    }

    /// <summary>Builds a new base aside; what changes meanwhile is applied to the old one and, at the end, to the new one.</summary>
    private void StartFolding(SearchSnapshot now)
    {
        var since = _sinceFolding = [];
        Folding = Task.Run(() =>
        {
            var records = new List<IndexedRecord>(now.LiveCount);
            for (var o = 0; o < now.Capacity; o++)
            {
                if ((now.Live[o >> 6] & (1UL << o)) != 0)
                    records.Add(now.Record(o));
            }

            records.Sort((a, b) => a.Id.CompareTo(b.Id));
            var folded = Make(records, now.Seq);
            lock (_changing)
            {
                // A load has overtaken the folding when the list is another one.
                if (_sinceFolding != since)
                    return;
                _sinceFolding = null;
                Publish(folded);
                foreach (var (removed, changed, seq) in since)
                    ApplyNow(removed, changed, seq);
            }

            Built?.Invoke(folded);
        });
    }

    public SearchResults Search(SearchQuery query, SearchOptions? options = null)
    {
        var results = new Searcher(_current, query, options ?? SearchOptions.Default).Run();
        if (results.IsPartial)
            Interlocked.Increment(ref _stopped);
        return results;
    }

    /// <summary>What marks the words of a search in whole texts; null when it has none.</summary>
    public WordMarks? Marks(SearchQuery query, SearchOptions options) => new Searcher(_current, query, options).Marks();

    /// <summary>The records most like one, best first, with reasons; empty when the record is not in the index.</summary>
    public IReadOnlyList<SimilarRecord> Similar(long id, int count)
    {
        int ordinal;
        SearchSnapshot snapshot;
        lock (_changing)
        {
            if (!_ordinals.TryGetValue(id, out ordinal))
                return [];
            snapshot = _current;
        }

        var similar = snapshot.Similar(ordinal, count, out var stopped);
        if (stopped)
            Interlocked.Increment(ref _stopped);
        return similar;
    }

    /// <summary>Words that begin with a text, with the number of records that hold each.</summary>
    public IEnumerable<IndexedWord> Words(string prefix) => _current.Matcher.Words(prefix);

    public void Dispose() => _current.Matcher.Dispose();
}

/// <summary>Which matcher a <see cref="SearchIndex"/> uses.</summary>
public enum SearchEngine
{
    /// <summary>Our own postings.</summary>
    Inverted,

    /// <summary>SQLite's FTS5.</summary>
    Fts5,
}

/// <summary>How a search is run, beyond what the address says.</summary>
public sealed record SearchOptions
{
    public static readonly SearchOptions Default = new();

    /// <summary>Turns names of facet values into slugs.</summary>
    public Queries.ResolveValue? Resolve { get; init; }

    /// <summary>Names that mean the same.</summary>
    public Queries.Synonyms Synonyms { get; init; } = Queries.Synonyms.None;

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

    /// <summary>For a program's own question, which nobody types and which must not be answered in part: hits alone, with half a minute's time.</summary>
    public SearchOptions HitsOnly => this with { WithFacets = false, WithSnippets = false, Limit = TimeSpan.FromSeconds(30) };
}
