using System.Runtime.CompilerServices;
using IncidentDb.Search.Kept;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// For each word the records that hold it, compressed and immutable. The postings of a word come in containers, one for each window of
/// <see cref="Window.Size"/> ordinals in which it occurs:
/// <code>
/// count − 1            2 bytes
/// weights              1 byte a record: how much the word counts in it (<see cref="TermWeights"/>)
/// fields               1 byte a record: a bit for each field that holds it
/// ordinals             512 bytes of bits where a container has 512 records or more, else the gaps, 1 or 2 bytes each
/// skips                4 bytes for every 64 records after the first 64: where their positions begin
/// positions            for each record, for each of its fields: first place × 2 + (more ? 1 : 0), then the number of others − 1 and their gaps
/// </code>
/// Numbers without a fixed length have 7 bits a byte, low ones first. Two stop words side by side have postings of their own
/// (<see cref="WordPairs"/>), so that a phrase of words that stand in nearly every record is looked up and not searched for.
/// </summary>
internal sealed class InvertedIndex
{
    public const int BitmapFrom = 512;
    public const int BitmapBytes = Window.Size / 8;
    public const int SkipEvery = 64;

    private readonly int[] _firstContainer;
    private readonly ushort[] _windows;
    private readonly long[] _offsets;
    private readonly byte[][] _chunks;
    private readonly string[] _stems;
    private readonly int[] _firstOfStem;
    private readonly int[] _wordsOfStem;

    /// <summary>The weight of one occurrence, encoded, for each record and field.</summary>
    private readonly byte[] _perOccurrence;

    public InvertedIndex(
        int count, string[] words, int[] records, int[] firstContainer, ushort[] windows, long[] offsets, byte[][] chunks, byte[] perOccurrence, (string[] Stems, int[] First, int[] Words) stems)
    {
        Count = count;
        Words = words;
        Records = records;
        PlainWords = WordPairs.FirstIn(words);
        _firstContainer = firstContainer;
        _windows = windows;
        _offsets = offsets;
        _chunks = chunks;
        _perOccurrence = perOccurrence;
        (_stems, _firstOfStem, _wordsOfStem) = stems;
    }

    /// <summary>Records, numbered from 0.</summary>
    public int Count { get; }

    /// <summary>In ordinal order; a word's number is its place. Pairs come after all words.</summary>
    public string[] Words { get; }

    /// <summary>How many of <see cref="Words"/> are words and not pairs.</summary>
    public int PlainWords { get; }

    /// <summary>How many records hold each word.</summary>
    public int[] Records { get; }

    /// <summary>How often a word, or a pair, stands in a record.</summary>
    public long Postings => Records.Sum(r => (long)r);

    /// <summary>Bytes of dictionary, postings and positions.</summary>
    public long Bytes => _chunks.Sum(c => (long)c.Length) + (_windows.Length * 10L) + (_firstContainer.Length * 8L) + _perOccurrence.Length
        + Words.Sum(w => 30L + (w.Length * 2)) + _stems.Sum(s => 12L) + (_wordsOfStem.Length * 4L);

    /// <summary>The number of a word, or −1.</summary>
    public int Find(string word)
    {
        var at = Array.BinarySearch(Words, word, StringComparer.Ordinal);
        return at < 0 ? -1 : at;
    }

    /// <summary>The first word that is not before a text.</summary>
    public int FirstFrom(string text)
    {
        var at = Array.BinarySearch(Words, text, StringComparer.Ordinal);
        return at < 0 ? ~at : at;
    }

    /// <summary>The words with a stem.</summary>
    public ReadOnlySpan<int> WithStem(string stem)
    {
        var at = Array.BinarySearch(_stems, stem, StringComparer.Ordinal);
        return at < 0 ? [] : _wordsOfStem.AsSpan(_firstOfStem[at], _firstOfStem[at + 1] - _firstOfStem[at]);
    }

    public (int First, int End) Containers(int word) => (_firstContainer[word], _firstContainer[word + 1]);

    public int WindowOf(int container) => _windows[container];

    /// <summary>The bytes in which a container lies, and where it begins.</summary>
    public byte[] Container(int container, out int offset)
    {
        var at = _offsets[container];
        offset = (int)at;
        return _chunks[(int)(at >> 32)];
    }

    /// <summary>What one occurrence in a field of a record weighs.</summary>
    public float PerOccurrence(int ordinal, int field) => TermWeights.Weights[_perOccurrence[(ordinal * TextFields.All.Count) + field]];

    public void Write(ArrayFileWriter file)
    {
        file.Add(Words);
        file.Add<int>(Records);
        file.Add<int>(_firstContainer);
        file.Add<ushort>(_windows);
        file.Add<long>(_offsets);
        file.Add<byte>(_perOccurrence);
        file.Add(_stems);
        file.Add<int>(_firstOfStem);
        file.Add<int>(_wordsOfStem);
        file.Add<int>([_chunks.Length]);
        foreach (var chunk in _chunks)
            file.Add<byte>(chunk);
    }

    /// <summary>The index as it was written, of so many records.</summary>
    public static InvertedIndex Read(ArrayFileReader file, int count)
    {
        var (words, records, firstContainer, windows, offsets, perOccurrence) = (file.NextTexts(), file.Next<int>(), file.Next<int>(), file.Next<ushort>(), file.Next<long>(), file.Next<byte>());
        var stems = (file.NextTexts(), file.Next<int>(), file.Next<int>());
        var chunks = new byte[file.Next<int>()[0]][];
        for (var i = 0; i < chunks.Length; i++)
            chunks[i] = file.Next<byte>();
        return new InvertedIndex(count, words, records, firstContainer, windows, offsets, chunks, perOccurrence, stems);
    }
}

/// <summary>Numbers of 7 bits a byte.</summary>
internal static class Varint
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(byte[] data, ref int at)
    {
        int value = data[at++];
        if (value < 0x80)
            return value;
        value &= 0x7f;
        for (var shift = 7; ; shift += 7)
        {
            var next = data[at++];
            value |= (next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    public static int Write(Span<byte> data, int at, int value)
    {
        while (value >= 0x80)
        {
            data[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        data[at++] = (byte)value;
        return at;
    }
}
