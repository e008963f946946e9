using IncidentDb.Search.Facets;

namespace IncidentDb.Search;

/// <summary>
/// A state of the library as search sees it. Immutable but for the matcher, which may change under its own lock: a query takes the current
/// snapshot and is done with it. Ordinals below <see cref="BaseCount"/> are of the base, the others of the delta.
/// </summary>
internal sealed class SearchSnapshot
{
    private readonly ulong[] _live;

    public SearchSnapshot(
        long seq, IMatcher matcher, IReadOnlyList<ValueTable> tables, Columns baseColumns, IReadOnlyList<IndexedRecord> baseRecords, Columns delta, IReadOnlyList<IndexedRecord> deltaRecords, ulong[] live)
    {
        Seq = seq;
        Matcher = matcher;
        Tables = tables;
        Base = baseColumns;
        Delta = delta;
        BaseRecords = baseRecords;
        DeltaRecords = deltaRecords;
        _live = live;
        LiveCount = live.Sum(b => System.Numerics.BitOperations.PopCount(b));
    }

    public long Seq { get; }

    public IMatcher Matcher { get; }

    public IReadOnlyList<ValueTable> Tables { get; }

    public Columns Base { get; }

    public Columns Delta { get; }

    public IReadOnlyList<IndexedRecord> BaseRecords { get; }

    public IReadOnlyList<IndexedRecord> DeltaRecords { get; }

    public int BaseCount => Base.Count;

    public int Capacity => Base.Count + Delta.Count;

    public int LiveCount { get; }

    public ReadOnlySpan<ulong> Live => _live;

    public ulong[] CopyLive(int capacity)
    {
        var copy = new ulong[(capacity + 63) / 64];
        _live.CopyTo(copy, 0);
        return copy;
    }

    public (Columns Columns, int Local) At(int ordinal) => ordinal < BaseCount ? (Base, ordinal) : (Delta, ordinal - BaseCount);

    public IndexedRecord Record(int ordinal) => ordinal < BaseCount ? BaseRecords[ordinal] : DeltaRecords[ordinal - BaseCount];
}
