using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// The words of one record after another, as numbers with their places. A word is looked up once and then known; the rest is the same memory again and again.
/// </summary>
/// <param name="numberOf">The number of a word, given to it now when it is new.</param>
internal sealed class DeltaWords(Func<string, int> numberOf)
{
    private const int FieldShift = 29;
    private const int PlaceMask = (1 << 28) - 1;

    private readonly Dictionary<string, (int Number, bool Pairs)> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<(int, int), int> _pairs = [];

    /// <summary>The word's number, its field, its place and whether it stands in a passage that the former record has not, in this order.</summary>
    private ulong[] _all = new ulong[1_024];

    public int Count { get; private set; }

    /// <summary>How many places each field has, with one between two passages.</summary>
    public int[] Lengths { get; } = new int[TextFields.All.Count];

    public int Word(int at) => (int)(_all[at] >> 32);

    public int Field(int at) => (int)(_all[at] >> FieldShift) & 7;

    public int Place(int at) => (int)(_all[at] >> 1) & PlaceMask;

    public bool IsOwn(int at) => (_all[at] & 1) != 0;

    /// <summary>Reads a record; afterwards equal words stand side by side, by field and place.</summary>
    /// <param name="passages">All of them.</param>
    /// <param name="from">The first passage that is the record's own, not the former's.</param>
    /// <param name="end">The one behind the last such.</param>
    public void Read(IReadOnlyList<Passage> passages, int from, int end)
    {
        Count = 0;
        Array.Clear(Lengths);
        for (var i = 0; i < passages.Count; i++)
            Lengths[passages[i].Field] = Read(passages[i], Lengths[passages[i].Field], i >= from && i < end);
        Array.Sort(_all, 0, Count);
    }

    /// <summary>The different words of a stretch of passages.</summary>
    public HashSet<int> Different(IReadOnlyList<Passage> passages, int from, int end)
    {
        Count = 0;
        for (var i = from; i < end; i++)
            Read(passages[i], 0, isOwn: true);
        var words = new HashSet<int>();
        for (var i = 0; i < Count; i++)
            words.Add(Word(i));
        return words;
    }

    private int Read(Passage passage, int place, bool isOwn)
    {
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[WordReader.MaxLength];
        var reader = new WordReader(passage.Text, buffer);
        (int Number, string Text)? before = null;
        while (reader.Next())
        {
            if (!lookup.TryGetValue(reader.Word, out var text, out var word))
                _known.Add(text = reader.Word.ToString(), word = (numberOf(text), WordPairs.Pairs(text)));
            if (before is { } first && word.Pairs)
                Add(Pair(first, (word.Number, text)), passage.Field, place - 1, isOwn);
            Add(word.Number, passage.Field, place++, isOwn);
            before = word.Pairs ? (word.Number, text) : null;
        }

        // No phrase reaches across the end of a passage.
        return place + 1;
    }

    private int Pair((int Number, string Text) first, (int Number, string Text) second)
    {
        if (!_pairs.TryGetValue((first.Number, second.Number), out var pair))
            _pairs.Add((first.Number, second.Number), pair = numberOf(WordPairs.Text(first.Text, second.Text)));
        return pair;
    }

    private void Add(int word, int field, int place, bool isOwn)
    {
        if (Count == _all.Length)
            Array.Resize(ref _all, Count * 2);
        _all[Count++] = ((ulong)word << 32) | ((ulong)field << FieldShift) | ((ulong)Math.Min(place, PlaceMask) << 1) | (isOwn ? 1UL : 0);
    }
}
