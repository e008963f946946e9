using System.Globalization;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>A word of the index with the number of records that hold it.</summary>
public readonly record struct IndexedWord(string Word, int Records);

/// <summary>
/// Finds the records that match words, phrases, prefixes and mistyped words, and scores them. Facets, ranges and sorting are not its
/// business. Two implementations stand behind this face and pass one contract suite.
/// </summary>
internal interface IMatcher : IDisposable
{
    /// <summary>
    /// Prepares a query for its walk over the windows; null when no record can match. The query holds words and phrases joined by and, or, and not only
    /// inside and.
    /// </summary>
    Matching? Match(QueryNode query, Scratch scratch, SearchBudget budget);

    /// <summary>How telling a word is, by its stem: the rarer, the more; 0 when no record holds it.</summary>
    float Telling(string word);

    /// <summary>True when a record holds the word, by its stem.</summary>
    bool HoldsStem(string word) => Telling(word) > 0;

    /// <summary>Adds to the scores of hits in which the words of a query stand close together, or in whose title and names they stand.</summary>
    void Refine(QueryNode query, Span<RankedHit> hits, Scratch scratch);

    /// <summary>The words of the index that a mistyped word stands for, nearest first.</summary>
    IReadOnlyList<string> Near(string word, int edits);

    /// <summary>Words as written that begin with a text, or all; for suggestions and mistyped words.</summary>
    IEnumerable<IndexedWord> Words(string prefix);

    /// <summary>Records that hold a word as written.</summary>
    int RecordsWith(string word);

    /// <summary>A matcher that also knows the added records and no longer the removed ones. Queries under way may go on with the old one.</summary>
    IMatcher With(IReadOnlyList<(int Ordinal, IndexedRecord Record)> removed, IReadOnlyList<(int Ordinal, IndexedRecord Record)> added, int capacity);
}

/// <summary>How long a query may take. Past it the engine stops and says that the results are not complete.</summary>
public sealed class SearchBudget(TimeSpan limit)
{
    private readonly long _end = System.Diagnostics.Stopwatch.GetTimestamp() + (long)(limit.TotalSeconds * System.Diagnostics.Stopwatch.Frequency);

    /// <summary>200 ms for a page of results, unless the program's runtime configuration says otherwise (<c>IncidentDb.SearchLimit</c>, in milliseconds).</summary>
    public static readonly TimeSpan Default =
        TimeSpan.FromMilliseconds(int.TryParse(AppContext.GetData("IncidentDb.SearchLimit") as string, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : 200);

    private SearchBudget(long end)
        : this(TimeSpan.Zero) => _end = end;

    /// <summary>A part of what is left, no longer than a limit.</summary>
    public SearchBudget Part(TimeSpan limit) => new(Math.Min(_end, new SearchBudget(limit)._end));

    /// <summary>True once it was found exceeded; results are then partial.</summary>
    public bool IsExceeded { get; private set; }

    /// <summary>True when there is time left.</summary>
    public bool Check() => !IsExceeded && !(IsExceeded = System.Diagnostics.Stopwatch.GetTimestamp() > _end);
}
