using System.Collections.Concurrent;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Kept;

namespace IncidentDb.Search;

/// <summary>
/// A state of the library as search sees it: a query takes the current snapshot and is done with it. Ordinals of the base begin at 0; those of what was
/// added since begin at the next whole window, so that a window belongs to one or the other.
/// </summary>
internal sealed class SearchSnapshot
{
    private const int MaxKept = 10_000;
    private readonly Lazy<(int[] Counts, int Total)> _all;
    private readonly ConcurrentDictionary<(int Ordinal, int Count), IReadOnlyList<SimilarRecord>> _similar = new();

    public SearchSnapshot(long seq, IMatcher matcher, FacetValues values, Columns @base, IReadOnlyList<IndexedRecord> baseRecords, Columns delta, IndexedRecord[] deltaRecords, int deltaCount, ulong[] live)
    {
        Seq = seq;
        Matcher = matcher;
        Values = values;
        Base = @base;
        BaseRecords = baseRecords;
        Delta = delta;
        DeltaRecords = deltaRecords;
        DeltaCount = deltaCount;
        Live = live;
        DeltaFirst = Window.Count(@base.Count) << Window.Shift;
        LiveCount = Window.CountBits(live);
        _all = new Lazy<(int[], int)>(CountAll);
    }

    /// <summary>A snapshot without anything added or taken away since its base was built.</summary>
    public static SearchSnapshot OfBase(long seq, IMatcher matcher, FacetValues values, Columns columns, IReadOnlyList<IndexedRecord> records)
    {
        var live = new ulong[Window.Count(records.Count) * Window.Words];
        for (var o = 0; o < records.Count; o++)
            live[o >> 6] |= 1UL << o;
        return new SearchSnapshot(seq, matcher, values, columns, records, new Columns(values), new IndexedRecord[16], 0, live);
    }

    public long Seq { get; }

    public IMatcher Matcher { get; }

    public FacetValues Values { get; }

    public Columns Base { get; }

    public Columns Delta { get; }

    public IReadOnlyList<IndexedRecord> BaseRecords { get; }

    /// <summary>At least <see cref="DeltaCount"/>; what lies beyond belongs to later snapshots.</summary>
    public IndexedRecord[] DeltaRecords { get; }

    public int DeltaCount { get; }

    /// <summary>The first ordinal of the delta.</summary>
    public int DeltaFirst { get; }

    /// <summary>Ordinals are below it.</summary>
    public int Capacity => DeltaFirst + DeltaCount;

    public int Windows => Window.Count(Capacity);

    public int LiveCount { get; }

    /// <summary>A bit for each record that can be found, in whole windows.</summary>
    public ulong[] Live { get; }

    /// <summary>The columns that a window lies in, and the window's number there.</summary>
    public (Columns Columns, int Window) At(int window)
    {
        var baseWindows = DeltaFirst >> Window.Shift;
        return window < baseWindows ? (Base, window) : (Delta, window - baseWindows);
    }

    public IndexedRecord Record(int ordinal) => ordinal < DeltaFirst ? BaseRecords[ordinal] : DeltaRecords[ordinal - DeltaFirst];

    /// <summary>The address and title of a record.</summary>
    public (string Slug, string Title) Name(int ordinal) =>
        ordinal < DeltaFirst && BaseRecords is KeptRecords kept ? kept.Name(ordinal) : Record(ordinal) is var record ? (record.Slug, record.Passages[0].Text) : default;

    /// <summary>The records most like one, found once for each state of the library.</summary>
    public IReadOnlyList<SimilarRecord> Similar(int ordinal, int count, out bool stopped)
    {
        stopped = false;
        if (_similar.TryGetValue((ordinal, count), out var known))
            return known;
        var budget = new SearchBudget(SearchBudget.Default);
        var found = new SimilarFinder(this, budget).Find(ordinal, count);
        if (_similar.Count >= MaxKept)
            _similar.Clear();
        // What was cut short by a busy machine is not what there is.
        stopped = budget.IsExceeded;
        if (!stopped)
            _similar[(ordinal, count)] = found;
        return found;
    }

    /// <summary>How many of all records have each value, counted once.</summary>
    public (int[] Counts, int Total) AllRecords => _all.Value;

    private (int[] Counts, int Total) CountAll()
    {
        var counts = new int[Values.Count];
        for (var w = 0; w < Windows; w++)
        {
            var bits = Live.AsSpan(w * Window.Words, Window.Words);
            var (columns, window) = At(w);
            columns.CountValues(window, bits, Window.CountBits(bits), counts, null);
        }

        return (counts, LiveCount);
    }
}
