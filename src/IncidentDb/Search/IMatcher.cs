using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>The records that match a text, with their scores, by ordinal.</summary>
internal sealed class MatchSet(int capacity)
{
    private readonly ulong[] _bits = new ulong[(capacity + 63) / 64];

    public int Capacity { get; } = capacity;

    /// <summary>Zero where a record does not match or the score does not matter.</summary>
    public float[] Scores { get; } = new float[capacity];

    public ReadOnlySpan<ulong> Bits => _bits;

    public bool this[int ordinal] => (_bits[ordinal >> 6] & (1UL << ordinal)) != 0;

    public void Add(int ordinal, float score)
    {
        _bits[ordinal >> 6] |= 1UL << ordinal;
        Scores[ordinal] += score;
    }

    public void Fill()
    {
        _bits.AsSpan().Fill(ulong.MaxValue);
        if ((Capacity & 63) != 0 && _bits.Length > 0)
            _bits[^1] = (1UL << (Capacity & 63)) - 1;
    }

    public void And(MatchSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= other._bits[i];
        AddScores(other);
    }

    public void Or(MatchSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
        AddScores(other);
    }

    public void Except(MatchSet other)
    {
        for (var i = 0; i < _bits.Length; i++)
            _bits[i] &= ~other._bits[i];
    }

    private void AddScores(MatchSet other)
    {
        for (var i = 0; i < Scores.Length; i++)
            Scores[i] += other.Scores[i];
    }
}

/// <summary>A word of the index with the number of records that hold it.</summary>
public readonly record struct IndexedWord(string Word, int Records);

/// <summary>
/// Finds the records that match words, phrases, prefixes and mistyped words, and scores them. Facets, ranges and sorting are not its
/// business. Two implementations stand behind this face and pass one contract suite.
/// </summary>
internal interface IMatcher : IDisposable
{
    /// <summary>Records by ordinal; <paramref name="query"/> holds words and phrases joined by and, or, and not only inside and.</summary>
    MatchSet Match(QueryNode query, SearchBudget budget);

    /// <summary>Words as written that begin with a text, or all; for suggestions and mistyped words.</summary>
    IEnumerable<IndexedWord> Words(string prefix);

    /// <summary>Records that hold a word as written.</summary>
    int RecordsWith(string word);

    /// <summary>A matcher that also knows the added records and no longer the removed ones. The old one may go on being used or not, as the implementation says.</summary>
    IMatcher With(IReadOnlyList<int> removed, IReadOnlyList<(int Ordinal, IndexedRecord Record)> added, int capacity);
}

/// <summary>How long a query may take. Past it the engine stops and says that the results are not complete.</summary>
public sealed class SearchBudget(TimeSpan limit)
{
    private readonly long _end = System.Diagnostics.Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);

    public static readonly TimeSpan Default = TimeSpan.FromMilliseconds(200);

    /// <summary>True once it was found exceeded; results are then partial.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>True when there is time left.</summary>
    public bool Check() => !IsExceeded && !(IsExceeded = System.Diagnostics.Stopwatch.GetTimestamp() > _end);
}
