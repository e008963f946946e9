using System.Collections.Concurrent;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Inverted;

/// <summary>A word in a record that was added after the base was built.</summary>
internal readonly record struct DeltaPosting(int Ordinal, int Positions, byte Weight, byte Fields);

/// <summary>
/// The postings of one word that were added. One writer appends; readers see a posting once the count says so, and stop at the ordinals of
/// their own snapshot.
/// </summary>
internal sealed class DeltaPostings(DeltaIndex owner)
{
    private DeltaPosting[] _items = new DeltaPosting[4];
    private volatile int _count;

    public DeltaIndex Owner => owner;

    public void Append(DeltaPosting posting)
    {
        if (_count == _items.Length)
            Array.Resize(ref _items, _count * 2);
        _items[_count] = posting;
        _count++;
    }

    /// <summary>The postings with ordinals in a half-open range.</summary>
    public (DeltaPosting[] Items, int From, int Count) Stretch(int from, int to)
    {
        var count = _count;
        var items = _items;
        var first = LowerBound(items, count, from);
        return (items, first, LowerBound(items, count, to) - first);
    }

    private static int LowerBound(DeltaPosting[] items, int count, int ordinal)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (items[middle].Ordinal < ordinal)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <summary>
/// What was added to and taken from an <see cref="InvertedIndex"/> since it was built: appended in place by one writer while others read. Words of the
/// base keep their numbers; new words get the numbers after them.
/// </summary>
internal sealed class DeltaIndex(InvertedIndex @base)
{
    private readonly Lock _growing = new();
    private readonly ConcurrentDictionary<string, int> _newWords = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int[]> _newStems = new(StringComparer.Ordinal);
    private DeltaPostings?[] _postings = new DeltaPostings?[@base.Words.Length + 64];
    private string[] _words = new string[64];
    private int[] _records = [.. @base.Records, .. new int[64]];
    private byte[] _positions = new byte[1 << 12];
    private byte[] _perOccurrence = new byte[64 * TextFields.All.Count];
    private int _positionsEnd;
    private DeltaWords? _reading;

    /// <summary>Ordinals from here on are of the delta.</summary>
    public int First { get; } = Window.Count(@base.Count) << Window.Shift;

    public byte[] Positions => _positions;

    /// <summary>The new words, without pairs.</summary>
    public IEnumerable<(string Word, int Number)> NewWords => _newWords.Where(w => !WordPairs.IsPair(w.Key)).Select(w => (w.Key, w.Value));

    public DeltaPostings? Postings(int word) => word < _postings.Length ? _postings[word] : null;

    /// <summary>How many records now hold a word.</summary>
    public int Records(int word) => word < _records.Length ? _records[word] : 0;

    public string Word(int number) => number < @base.Words.Length ? @base.Words[number] : _words[number - @base.Words.Length];

    public int Find(string word) => @base.Find(word) is var number and >= 0 ? number : _newWords.TryGetValue(word, out var added) ? added : -1;

    /// <summary>New words with a stem.</summary>
    public int[] WithStem(string stem) => _newStems.GetValueOrDefault(stem) ?? [];

    public float PerOccurrence(int ordinal, int field) => TermWeights.Weights[_perOccurrence[((ordinal - First) * TextFields.All.Count) + field]];

    /// <summary>Puts a record in; in place of <paramref name="former"/>, of which it usually keeps all passages but a few.</summary>
    public void Add(int ordinal, IndexedRecord record, IndexedRecord? former = null)
    {
        lock (_growing)
        {
            _reading ??= new(Number);
            var (passages, old) = (record.Passages, former?.Passages ?? []);
            var (same, sameEnd) = Shared(old, passages);
            var gone = _reading.Different(old, same, old.Count - sameEnd);
            _reading.Read(passages, same, passages.Count - sameEnd);
            var at = (ordinal - First) * TextFields.All.Count;
            Grow(ref _perOccurrence, at + TextFields.All.Count);
            for (var field = 0; field < TextFields.All.Count; field++)
                _perOccurrence[at + field] = TermWeights.Encode(TermWeights.PerOccurrence(field, _reading.Lengths[field]));

            for (var i = 0; i < _reading.Count;)
            {
                var (number, first) = (_reading.Word(i), i);
                var (fields, weight, isNew) = (0, 0f, true);
                for (; i < _reading.Count && _reading.Word(i) == number; i++)
                {
                    fields |= 1 << _reading.Field(i);
                    weight += TermWeights.Weights[_perOccurrence[at + _reading.Field(i)]];
                    isNew &= _reading.IsOwn(i);
                }

                Grow(ref _positions, _positionsEnd + (10 * (i - first)) + 10);
                var start = _positionsEnd;
                for (var end = first; first < i; first = end)
                {
                    while (end < i && _reading.Field(end) == _reading.Field(first))
                        end++;
                    WritePlaces(first, end);
                }

                (_postings[number] ??= new DeltaPostings(this)).Append(new DeltaPosting(ordinal, start, TermWeights.Encode(weight), (byte)fields));
                // What stands in a passage of both was counted with the former record.
                if (isNew)
                    _records[number]++;
                else
                    gone.Remove(number);
            }

            foreach (var number in gone)
                _records[number]--;
        }
    }

    /// <summary>Takes a record's words out of the counts; its postings stay and are masked by the snapshot.</summary>
    public void Remove(IndexedRecord record)
    {
        lock (_growing)
        {
            _reading ??= new(Number);
            foreach (var number in _reading.Different(record.Passages, 0, record.Passages.Count))
                _records[number]--;
        }
    }

    /// <summary>How many passages two records begin with and end with alike.</summary>
    private static (int First, int Last) Shared(IReadOnlyList<Passage> a, IReadOnlyList<Passage> b)
    {
        var most = Math.Min(a.Count, b.Count);
        var (first, last) = (0, 0);
        while (first < most && IsSame(a[first], b[first]))
            first++;
        while (last < most - first && IsSame(a[a.Count - 1 - last], b[b.Count - 1 - last]))
            last++;
        return (first, last);

        static bool IsSame(Passage x, Passage y) => x.Field == y.Field && x.Text == y.Text;
    }

    private void WritePlaces(int first, int end)
    {
        var previous = _reading!.Place(first);
        _positionsEnd = Varint.Write(_positions, _positionsEnd, (previous << 1) | (end - first > 1 ? 1 : 0));
        if (end - first == 1)
            return;
        _positionsEnd = Varint.Write(_positions, _positionsEnd, end - first - 2);
        for (var i = first + 1; i < end; i++)
        {
            _positionsEnd = Varint.Write(_positions, _positionsEnd, _reading.Place(i) - previous);
            previous = _reading.Place(i);
        }
    }

    private int Number(string word)
    {
        var number = Find(word);
        if (number >= 0)
            return number;
        number = @base.Words.Length + _newWords.Count;
        Grow(ref _postings, number + 1);
        Grow(ref _records, number + 1);
        Grow(ref _words, number + 1 - @base.Words.Length);
        _words[number - @base.Words.Length] = word;
        if (!WordPairs.IsPair(word))
            _newStems.AddOrUpdate(EnglishStemmer.Stem(word), _ => [number], (_, numbers) => [.. numbers, number]);
        _newWords[word] = number;
        return number;
    }

    /// <summary>Readers of the old array go on reading it: what they may see doesn't change.</summary>
    private static void Grow<T>(ref T[] array, int length)
    {
        if (length <= array.Length)
            return;
        var larger = new T[Math.Max(length, array.Length * 2)];
        array.CopyTo(larger, 0);
        array = larger;
    }
}
