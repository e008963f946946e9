using System.Buffers;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Inverted;

namespace IncidentDb.Search.Kept;

/// <summary>
/// The records of a snapshot that was read from its file. Their texts stay as bytes and become strings when a record is asked for (twenty a page,
/// and one with every change); their values and quantities are those of the columns.
/// </summary>
/// <param name="columns">Of the same records.</param>
/// <param name="values">Names of their values.</param>
/// <param name="texts">By window: slug, number of passages, and field, anchor, label and text of each; texts as a length and UTF-8.</param>
/// <param name="starts">Where each record begins in its window's bytes.</param>
internal sealed class KeptRecords(Columns columns, FacetValues values, byte[][] texts, int[] starts) : IReadOnlyList<IndexedRecord>
{
    /// <summary>Says no to what it could not give back as it was.</summary>
    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What was asked for last, by the low bits of its place: pages show the same records again and again. About 10 KB each.</summary>
    private readonly IndexedRecord?[] _recent = new IndexedRecord?[Window.Size];

    public int Count => starts.Length;

    public IndexedRecord this[int index]
    {
        get
        {
            if (Volatile.Read(ref _recent[index & (Window.Size - 1)]) is { } known && known.Id == columns.Ids[index])
                return known;
            var record = Read(index);
            Volatile.Write(ref _recent[index & (Window.Size - 1)], record);
            return record;
        }
    }

    private IndexedRecord Read(int index)
    {
        var (bytes, at) = (texts[index >> Window.Shift], starts[index]);
        var slug = Text(bytes, ref at);
        var passages = new Passage[Varint.Read(bytes, ref at)];
        for (var i = 0; i < passages.Length; i++)
            passages[i] = new Passage(Varint.Read(bytes, ref at), Text(bytes, ref at), Text(bytes, ref at), Text(bytes, ref at));
        return new IndexedRecord
        {
            Id = columns.Ids[index],
            Slug = slug,
            Passages = passages,
            Values = new ByFacet<IReadOnlyList<string>>((int facet, [NotNullWhen(true)] out IReadOnlyList<string>? names) =>
            {
                var numbers = columns.Values(facet, index);
                names = numbers.IsEmpty ? null : [.. numbers.ToArray().Select(n => values[n])];
                return names is not null;
            }),
            Quantities = new ByFacet<Bounds>((int facet, out Bounds bounds) => (bounds = columns.Quantity(facet, index)).IsKnown),
            Started = columns.Started[index],
            StartedBounds = new Bounds(columns.StartedFrom[index], columns.StartedTo[index]),
            Moments = columns.Moments.Of(index, values),
            Added = (long)columns.Added[index],
        };
    }

    /// <summary>The address and title of a record, without the rest of it.</summary>
    public (string Slug, string Title) Name(int index)
    {
        var (bytes, at) = (texts[index >> Window.Shift], starts[index]);
        var slug = Text(bytes, ref at);
        if (Varint.Read(bytes, ref at) == 0)
            return (slug, "");
        _ = (Varint.Read(bytes, ref at), Text(bytes, ref at), Text(bytes, ref at));
        return (slug, Text(bytes, ref at));
    }

    private static string Text(byte[] bytes, ref int at)
    {
        var length = Varint.Read(bytes, ref at);
        at += length;
        return length == 0 ? "" : _utf8.GetString(bytes, at - length, length);
    }

    /// <exception cref="EncoderFallbackException">A text holds half a character.</exception>
    public static void Write(ArrayFileWriter file, IReadOnlyList<IndexedRecord> records)
    {
        var starts = new int[records.Count];
        var bytes = new ArrayBufferWriter<byte>(1 << 20);
        for (var o = 0; o < records.Count; o++)
        {
            starts[o] = bytes.WrittenCount;
            Write(bytes, records[o]);
            if (o + 1 < records.Count && ((o + 1) & (Window.Size - 1)) != 0)
                continue;
            file.Add(bytes.WrittenSpan);
            bytes.ResetWrittenCount();
        }

        file.Add<int>(starts);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, IndexedRecord record)
    {
        Write(bytes, record.Slug);
        Write(bytes, record.Passages.Count);
        foreach (var passage in record.Passages)
        {
            Write(bytes, passage.Field);
            Write(bytes, passage.Anchor);
            Write(bytes, passage.Label);
            Write(bytes, passage.Text);
        }
    }

    private static void Write(ArrayBufferWriter<byte> bytes, int number) => bytes.Advance(Varint.Write(bytes.GetSpan(5), 0, number));

    private static void Write(ArrayBufferWriter<byte> bytes, string text)
    {
        Write(bytes, _utf8.GetByteCount(text));
        _ = _utf8.GetBytes(text, bytes);
    }

    public static KeptRecords Read(ArrayFileReader file, Columns columns, FacetValues values)
    {
        var texts = new byte[Window.Count(columns.Count)][];
        for (var w = 0; w < texts.Length; w++)
            texts[w] = file.Next<byte>();
        return new KeptRecords(columns, values, texts, file.Next<int>());
    }

    public IEnumerator<IndexedRecord> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private delegate bool Finder<T>(int facet, [NotNullWhen(true)] out T? found);

    /// <summary>What a record has of each facet, looked up in the columns when it is asked for.</summary>
    private sealed class ByFacet<T>(Finder<T> find) : IReadOnlyDictionary<string, T>
    {
        public T this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key);

        public IEnumerable<string> Keys => this.Select(p => p.Key);

        public IEnumerable<T> Values => this.Select(p => p.Value);

        public int Count => Keys.Count();

        public bool ContainsKey(string key) => TryGetValue(key, out _);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            value = default;
            return FacetList.Find(key) is { } facet && find(FacetList.IndexOf(facet), out value);
        }

        public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
        {
            for (var f = 0; f < FacetList.All.Count; f++)
            {
                if (find(f, out var value))
                    yield return KeyValuePair.Create(FacetList.All[f].Name, value);
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
