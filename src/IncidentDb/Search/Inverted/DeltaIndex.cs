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

    public void Add(int ordinal, IndexedRecord record)
    {
        lock (_growing)
        {
            var words = Read(record, out var lengths);
            var at = (ordinal - First) * TextFields.All.Count;
            Grow(ref _perOccurrence, at + TextFields.All.Count);
            for (var field = 0; field < lengths.Length; field++)
                _perOccurrence[at + field] = TermWeights.Encode(TermWeights.PerOccurrence(field, lengths[field]));

            foreach (var (word, places) in words)
            {
                var number = Number(word);
                var (fields, weight) = (0, 0f);
                Grow(ref _positions, _positionsEnd + (10 * places.Count) + 10);
                var start = _positionsEnd;
                for (var i = 0; i < places.Count;)
                {
                    var field = places[i].Field;
                    fields |= 1 << field;
                    var first = i;
                    for (; i < places.Count && places[i].Field == field; i++)
                        weight += TermWeights.Weights[_perOccurrence[at + field]];
                    WritePlaces(places, first, i);
                }

                (_postings[number] ??= new DeltaPostings(this)).Append(new DeltaPosting(ordinal, start, TermWeights.Encode(weight), (byte)fields));
                _records[number]++;
            }
        }
    }

    /// <summary>Takes a record's words out of the counts; its postings stay and are masked by the snapshot.</summary>
    public void Remove(IndexedRecord record)
    {
        lock (_growing)
        {
            foreach (var word in Read(record, out _).Keys)
                _records[Number(word)]--;
        }
    }

    private void WritePlaces(List<(int Field, int Place)> places, int first, int end)
    {
        var previous = places[first].Place;
        _positionsEnd = Varint.Write(_positions, _positionsEnd, (previous << 1) | (end - first > 1 ? 1 : 0));
        if (end - first == 1)
            return;
        _positionsEnd = Varint.Write(_positions, _positionsEnd, end - first - 2);
        for (var i = first + 1; i < end; i++)
        {
            _positionsEnd = Varint.Write(_positions, _positionsEnd, places[i].Place - previous);
            previous = places[i].Place;
        }
    }

    private static Dictionary<string, List<(int Field, int Place)>> Read(IndexedRecord record, out int[] lengths)
    {
        var words = new Dictionary<string, List<(int, int)>>(StringComparer.Ordinal);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        lengths = new int[TextFields.All.Count];
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        for (var field = 0; field < lengths.Length; field++)
        {
            var place = 0;
            foreach (var passage in record.Passages.Where(p => p.Field == field))
            {
                var reader = new WordReader(passage.Text, buffer);
                var before = "";
                while (reader.Next())
                {
                    var pairing = WordPairs.Pairs(reader.Word) ? reader.Word.ToString() : "";
                    if (before.Length > 0 && pairing.Length > 0)
                        PlacesOf(WordPairs.Text(before, pairing)).Add((field, place - 1));
                    PlacesOf(reader.Word).Add((field, place++));
                    before = pairing;
                }

                place++;
            }

            lengths[field] = place;
        }

        return words;

        List<(int Field, int Place)> PlacesOf(ReadOnlySpan<char> word)
        {
            if (!lookup.TryGetValue(word, out var places))
                lookup[word] = places = [];
            return places;
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
