using System.Buffers.Binary;
using System.Numerics;

namespace IncidentDb.Search.Inverted;

/// <summary>Walks the postings of one word, window by window in ascending order; in the base or, for later ordinals, in the delta.</summary>
internal sealed class WordCursor
{
    private readonly InvertedIndex _index;
    private readonly DeltaPostings? _delta;
    private readonly int _capacity;
    private readonly int _end;
    private int _container;
    private int _window;

    // The container that was found, in the base …
    private byte[] _data = [];
    private int _weights;
    private bool _isBitmap;

    // … or the stretch of the delta.
    private DeltaPosting[]? _added;
    private int _addedFrom;

    // Decoded for positions only.
    private ushort[] _ordinals = [];
    private bool _decoded;
    private int _positions;
    private int _skips;

    // Where the places of the record that was last asked for begin: the next one is mostly behind it.
    private int _lastAt;
    private int _lastPlaces;

    /// <param name="index">The base.</param>
    /// <param name="word">A number in the base's word list, or −1 for a word that only the delta knows.</param>
    /// <param name="delta">What was added since; null for nothing.</param>
    /// <param name="capacity">Ordinals from here on are of later snapshots.</param>
    public WordCursor(InvertedIndex index, int word, DeltaPostings? delta, int capacity)
    {
        _index = index;
        _delta = delta;
        _capacity = capacity;
        (_container, _end) = word >= 0 ? index.Containers(word) : (0, 0);
    }

    /// <summary>Records in the window that was found.</summary>
    public int Count { get; private set; }

    /// <summary>Goes to a window that is not before the last one asked for; false when the word doesn't occur in it.</summary>
    public bool Seek(int window)
    {
        _added = null;
        _decoded = false;
        _window = window;
        while (_container < _end && _index.WindowOf(_container) < window)
            _container++;
        if (_container < _end && _index.WindowOf(_container) == window)
        {
            _data = _index.Container(_container, out var at);
            Count = BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(at)) + 1;
            _weights = at + 2;
            _isBitmap = Count >= InvertedIndex.BitmapFrom;
            return true;
        }

        if (_delta is null)
            return false;
        (_added, _addedFrom, Count) = _delta.Stretch(window << Window.Shift, Math.Min(_capacity, (window + 1) << Window.Shift));
        return Count > 0;
    }

    /// <summary>The first window from one on in which the word occurs; <see cref="int.MaxValue"/> when there is none.</summary>
    public int NextWindow(int from)
    {
        var container = _container;
        while (container < _end && _index.WindowOf(container) < from)
            container++;
        if (container < _end)
            return _index.WindowOf(container);
        if (_delta is null)
            return int.MaxValue;
        var (items, at, count) = _delta.Stretch(Math.Max(from << Window.Shift, _delta.Owner.First), _capacity);
        return count > 0 ? items[at].Ordinal >> Window.Shift : int.MaxValue;
    }

    /// <summary>As <see cref="Seek"/>, ready for <see cref="FieldsOf"/> and <see cref="Places"/>.</summary>
    public void SeekPlaces(int window)
    {
        At = 0;
        if (!Seek(window))
            Count = 0;
    }

    /// <summary>The number of the record that <see cref="FieldsOf"/> found.</summary>
    public int At { get; private set; }

    /// <summary>The fields in which a record of the window holds the word; 0 for none. Records are asked for in ascending order.</summary>
    public int FieldsOf(int local)
    {
        if (Count == 0)
            return 0;
        if (_added is null && _isBitmap && !_decoded)
            return FieldsInBitmap(local);
        var ordinals = Ordinals();
        while (At < ordinals.Length && ordinals[At] < local)
            At++;
        return At < ordinals.Length && ordinals[At] == local ? Fields(At) : 0;
    }

    /// <summary>The same without reading the places of all others.</summary>
    private int FieldsInBitmap(int local)
    {
        var bitmap = _data.AsSpan(_weights + (2 * Count), InvertedIndex.BitmapBytes);
        var word = BinaryPrimitives.ReadUInt64LittleEndian(bitmap[(local >> 6 << 3)..]);
        if ((word >> (local & 63) & 1) == 0)
            return 0;
        At = BitOperations.PopCount(word & ((1UL << (local & 63)) - 1));
        for (var w = 0; w < local >> 6; w++)
            At += BitOperations.PopCount(BinaryPrimitives.ReadUInt64LittleEndian(bitmap[(w << 3)..]));
        return Fields(At);
    }

    /// <summary>Sets the bits of the window's records that are candidates, and for each the score that a table gives for its weight.</summary>
    public void Set(WindowBuffer target, ReadOnlySpan<ulong> candidates, ReadOnlySpan<float> scoreOf)
    {
        var (bits, scores) = (target.Bits, target.Scores);
        if (_added is null && _isBitmap)
        {
            var ordinals = _data.AsSpan(_weights + (2 * Count), InvertedIndex.BitmapBytes);
            var weights = _data.AsSpan(_weights, Count);
            var n = 0;
            for (var w = 0; w < Window.Words; w++)
            {
                var word = BinaryPrimitives.ReadUInt64LittleEndian(ordinals[(w << 3)..]);
                var wanted = word & candidates[w];
                bits[w] = wanted;
                for (; wanted != 0; wanted &= wanted - 1)
                    scores[(w << 6) + BitOperations.TrailingZeroCount(wanted)] = scoreOf[weights[n + Before(word, wanted)]];
                n += BitOperations.PopCount(word);
            }

            return;
        }

        var all = Ordinals();
        for (var j = 0; j < all.Length; j++)
        {
            var o = all[j];
            bits[o >> 6] |= 1UL << o;
            scores[o] = scoreOf[Weight(j)];
        }
    }

    /// <summary>Sets bits and adds weights of the records that are candidates. In one field only, each record counts as if the word stood there once.</summary>
    public void AddWeights(Span<ulong> bits, Span<float> weights, ReadOnlySpan<ulong> candidates, int field)
    {
        if (_added is null && _isBitmap && field < 0)
        {
            AddBitmap(bits, weights, candidates);
            return;
        }

        var ordinals = Ordinals();
        for (var j = 0; j < ordinals.Length; j++)
        {
            var o = ordinals[j];
            var bit = 1UL << o;
            if ((candidates[o >> 6] & bit) == 0 || (field >= 0 && (Fields(j) & (1 << field)) == 0))
                continue;
            var weight = field < 0 ? TermWeights.Weights[Weight(j)] : PerOccurrence(o, field);
            weights[o] = (bits[o >> 6] & bit) != 0 ? weights[o] + weight : weight;
            bits[o >> 6] |= bit;
        }
    }

    private void AddBitmap(Span<ulong> bits, Span<float> weights, ReadOnlySpan<ulong> candidates)
    {
        var ordinals = _data.AsSpan(_weights + (2 * Count), InvertedIndex.BitmapBytes);
        var codes = _data.AsSpan(_weights, Count);
        var n = 0;
        for (var w = 0; w < Window.Words; w++)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(ordinals[(w << 3)..]);
            var have = bits[w];
            var wanted = word & candidates[w];
            bits[w] = have | wanted;
            for (; wanted != 0; wanted &= wanted - 1)
            {
                var bit = BitOperations.TrailingZeroCount(wanted);
                var weight = TermWeights.Weights[codes[n + Before(word, wanted)]];
                ref var sum = ref weights[(w << 6) + bit];
                sum = ((have >> bit) & 1) != 0 ? sum + weight : weight;
            }

            n += BitOperations.PopCount(word);
        }
    }

    /// <summary>How many bits of a word come before the lowest one of another.</summary>
    private static int Before(ulong word, ulong other) => BitOperations.PopCount(word & ((other & (0 - other)) - 1));

    /// <summary>What one occurrence weighs in a field of the window's record with that place.</summary>
    public float PerOccurrence(int local, int field)
    {
        var ordinal = (_window << Window.Shift) + local;
        return _added is null ? _index.PerOccurrence(ordinal, field) : _delta!.Owner.PerOccurrence(ordinal, field);
    }

    public byte Weight(int j) => _added is { } added ? added[_addedFrom + j].Weight : _data[_weights + j];

    /// <summary>A bit for each field that holds the word.</summary>
    public int Fields(int j) => _added is { } added ? added[_addedFrom + j].Fields : _data[_weights + Count + j];

    /// <summary>The records of the window, as places within it.</summary>
    public ReadOnlySpan<ushort> Ordinals()
    {
        if (!_decoded)
            Decode();
        return _ordinals.AsSpan(0, Count);
    }

    private void Decode()
    {
        // One buffer a cursor: it grows with the windows.
        if (_ordinals.Length < Count)
            _ordinals = new ushort[Math.Min(Window.Size, Count * 2)];
        var ordinals = _ordinals;
        _decoded = true;
        if (_added is { } added)
        {
            for (var j = 0; j < Count; j++)
                ordinals[j] = (ushort)(added[_addedFrom + j].Ordinal & (Window.Size - 1));
            return;
        }

        var at = _weights + (2 * Count);
        if (_isBitmap)
        {
            var n = 0;
            for (var w = 0; w < Window.Words; w++)
            {
                for (var word = BinaryPrimitives.ReadUInt64LittleEndian(_data.AsSpan(at + (w << 3))); word != 0; word &= word - 1)
                    ordinals[n++] = (ushort)((w << 6) + BitOperations.TrailingZeroCount(word));
            }

            _skips = at + InvertedIndex.BitmapBytes;
        }
        else
        {
            var ordinal = -1;
            for (var j = 0; j < Count; j++)
            {
                ordinal += Varint.Read(_data, ref at) + 1;
                ordinals[j] = (ushort)ordinal;
            }

            _skips = at;
        }

        _lastAt = int.MaxValue;
        _positions = _skips + ((Count - 1) / InvertedIndex.SkipEvery * 4);
    }

    /// <summary>Adds the places of the word in one field of the window's j-th record.</summary>
    public void Places(int j, int field, List<int> places)
    {
        byte[] data;
        int at;
        if (_added is { } added)
        {
            (data, at) = (_delta!.Owner.Positions, added[_addedFrom + j].Positions);
        }
        else
        {
            _ = Ordinals();
            var group = j / InvertedIndex.SkipEvery;
            var k = group * InvertedIndex.SkipEvery;
            if (_lastAt >= k && _lastAt <= j)
                (data, at, k) = (_data, _lastPlaces, _lastAt);
            else
                (data, at) = (_data, _positions + (group == 0 ? 0 : BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(_skips + ((group - 1) * 4)))));
            for (; k < j; k++)
                Skip(data, ref at, BitOperations.PopCount((uint)Fields(k)));
            (_lastAt, _lastPlaces) = (j, at);
        }

        Skip(data, ref at, BitOperations.PopCount((uint)Fields(j) & ((1u << field) - 1)));
        var place = Varint.Read(data, ref at);
        places.Add(place >> 1);
        if ((place & 1) == 0)
            return;
        place >>= 1;
        for (var more = Varint.Read(data, ref at) + 1; more > 0; more--)
            places.Add(place += Varint.Read(data, ref at));
    }

    private static void Skip(byte[] data, ref int at, int fields)
    {
        for (; fields > 0; fields--)
        {
            if ((Varint.Read(data, ref at) & 1) == 0)
                continue;
            for (var more = Varint.Read(data, ref at) + 1; more > 0; more--)
            {
                while (data[at++] >= 0x80)
                {
                }
            }
        }
    }
}
