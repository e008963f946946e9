using System.Buffers.Binary;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// Builds an <see cref="InvertedIndex"/> with all processors. A worker takes a window of records, reads their words into one list of occurrences,
/// sorts it by word (a counting sort, which keeps the order of records) and writes the container of each word. Afterwards the workers' word
/// lists are merged and the containers put in the order of the words; their bytes stay where they are.
/// </summary>
internal static class IndexBuilder
{
    public static InvertedIndex Build(IReadOnlyList<IndexedRecord> records)
    {
        var fields = TextFields.All.Count;
        var windows = Window.Count(records.Count);
        var perOccurrence = new byte[records.Count * fields];
        var next = -1;
        var workers = Enumerable.Range(0, Math.Max(1, Math.Min(Environment.ProcessorCount, windows))).Select(_ => new Worker(records, perOccurrence)).ToArray();
        Parallel.ForEach(workers, new ParallelOptions { MaxDegreeOfParallelism = workers.Length }, worker =>
        {
            for (var window = Interlocked.Increment(ref next); window < windows; window = Interlocked.Increment(ref next))
                worker.Index(window);
            worker.Trim();
        });
        return Merge(records.Count, perOccurrence, workers);
    }

    private static InvertedIndex Merge(int count, byte[] perOccurrence, Worker[] workers)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var worker in workers)
            all.UnionWith(worker.Words);
        string[] words = [.. all];
        Array.Sort(words, StringComparer.Ordinal);
        var numbers = workers.Select(w => w.Words.Select(word => Array.BinarySearch(words, word, StringComparer.Ordinal)).ToArray()).ToArray();

        var firstContainer = new int[words.Length + 1];
        var records = new int[words.Length];
        for (var w = 0; w < workers.Length; w++)
        {
            foreach (var entry in workers[w].Entries)
            {
                firstContainer[numbers[w][entry.Word] + 1]++;
                records[numbers[w][entry.Word]] += entry.Records;
            }
        }

        for (var i = 0; i < words.Length; i++)
            firstContainer[i + 1] += firstContainer[i];
        var windows = new ushort[firstContainer[^1]];
        var offsets = new long[firstContainer[^1]];
        var fill = firstContainer[..^1];
        var chunks = new List<byte[]>();
        for (var w = 0; w < workers.Length; w++)
        {
            foreach (var entry in workers[w].Entries)
            {
                var at = fill[numbers[w][entry.Word]]++;
                windows[at] = (ushort)entry.Window;
                offsets[at] = ((long)(chunks.Count + entry.Chunk) << 32) | (uint)entry.Offset;
            }

            chunks.AddRange(workers[w].Chunks);
        }

        // A word's containers come worker by worker, each in order; windows must ascend.
        for (var i = 0; i < words.Length; i++)
        {
            var (first, length) = (firstContainer[i], firstContainer[i + 1] - firstContainer[i]);
            if (length > 1)
                Array.Sort(windows, offsets, first, length);
        }

        return new InvertedIndex(count, words, records, firstContainer, windows, offsets, [.. chunks], perOccurrence, Stems(words.AsMemory(0, WordPairs.FirstIn(words))));
    }

    private static (string[] Stems, int[] First, int[] Words) Stems(ReadOnlyMemory<string> plain)
    {
        var words = plain.ToArray();
        var stems = new string[words.Length];
        Parallel.For(0, (words.Length + 4095) / 4096, block =>
        {
            for (var i = block * 4096; i < Math.Min(words.Length, (block + 1) * 4096); i++)
            {
                var stem = EnglishStemmer.Stem(words[i]);
                stems[i] = stem == words[i] ? words[i] : stem;
            }
        });
        var order = new int[words.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        var keys = (string[])stems.Clone();
        Array.Sort(keys, order, StringComparer.Ordinal);
        var distinct = new List<string>(words.Length);
        var first = new List<int>(words.Length);
        for (var i = 0; i < keys.Length; i++)
        {
            if (i > 0 && keys[i] == keys[i - 1])
                continue;
            distinct.Add(keys[i]);
            first.Add(i);
        }

        first.Add(keys.Length);
        return ([.. distinct], [.. first], order);
    }

    /// <summary>A container that was written: of which word, where.</summary>
    private readonly record struct Entry(int Word, int Window, int Records, int Chunk, int Offset);

    private sealed class Worker
    {
        private const int MaxChunk = 1 << 26;
        private readonly IReadOnlyList<IndexedRecord> _records;
        private readonly byte[] _perOccurrence;
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

        /// <summary>The number of the pair that two words make, by the first's number × 2³² + the second's.</summary>
        private readonly Dictionary<long, int> _pairs = [];
        private readonly List<bool> _pairing = [];

        // One item an occurrence, in the order of reading: which word, and record (12 bits), field (3), place (17).
        private int[] _words = new int[1 << 12];
        private uint[] _places = new uint[1 << 12];
        private uint[] _sorted = new uint[1 << 12];
        private int _count;

        /// <summary>Occurrences of each word in the window.</summary>
        private int[] _counts = new int[1 << 10];
        private readonly List<int> _touched = [];
        private readonly byte[] _weightOf = new byte[Window.Size * 8];
        private byte[] _chunk = [];
        private int _at;

        public Worker(IReadOnlyList<IndexedRecord> records, byte[] perOccurrence)
        {
            (_records, _perOccurrence) = (records, perOccurrence);
            _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public List<string> Words { get; } = [];

        public List<Entry> Entries { get; } = [];

        public List<byte[]> Chunks { get; } = [];

        public void Index(int window)
        {
            var first = window << Window.Shift;
            var end = Math.Min(_records.Count, first + Window.Size);
            _count = 0;
            for (var ordinal = first; ordinal < end; ordinal++)
                Read(_records[ordinal], ordinal, ordinal - first);
            Sort();
            _touched.Sort();
            var at = 0;
            foreach (var word in _touched)
            {
                var n = _counts[word];
                _counts[word] = 0;
                Write(word, window, _sorted.AsSpan(at, n));
                at += n;
            }

            _touched.Clear();
        }

        private void Read(IndexedRecord record, int ordinal, int local)
        {
            Span<char> buffer = stackalloc char[WordReader.MaxLength];
            for (var field = 0; field < TextFields.All.Count; field++)
            {
                var place = 0;
                foreach (var passage in record.Passages)
                {
                    if (passage.Field != field)
                        continue;
                    var words = new WordReader(passage.Text, buffer);
                    var before = -1;
                    while (words.Next())
                    {
                        var word = Number(words.Word);
                        if (before >= 0 && _pairing[word])
                            Add(Pair(before, word), local, field, place - 1);
                        Add(word, local, field, place++);
                        before = _pairing[word] ? word : -1;
                    }

                    // No phrase reaches across the end of a passage.
                    place++;
                }

                var weight = TermWeights.Encode(TermWeights.PerOccurrence(field, place));
                _weightOf[(local << 3) + field] = weight;
                _perOccurrence[(ordinal * TextFields.All.Count) + field] = weight;
            }
        }

        private int Number(ReadOnlySpan<char> text) => _lookup.TryGetValue(text, out var word) ? word : New(text.ToString(), WordPairs.Pairs(text));

        private int Pair(int first, int second)
        {
            var key = ((long)first << 32) | (uint)second;
            if (!_pairs.TryGetValue(key, out var pair))
                _pairs.Add(key, pair = New(WordPairs.Text(Words[first], Words[second]), pairing: false));
            return pair;
        }

        private int New(string text, bool pairing)
        {
            var word = Words.Count;
            Words.Add(text);
            _pairing.Add(pairing);
            _numbers.Add(text, word);
            if (word == _counts.Length)
                Array.Resize(ref _counts, word * 2);
            return word;
        }

        private void Add(int word, int local, int field, int place)
        {
            if (_count == _words.Length)
            {
                Array.Resize(ref _words, _count * 2);
                Array.Resize(ref _places, _count * 2);
            }

            if (_counts[word]++ == 0)
                _touched.Add(word);
            _words[_count] = word;
            _places[_count++] = ((uint)local << 20) | ((uint)field << 17) | (uint)Math.Min(place, (1 << 17) - 1);
        }

        private void Sort()
        {
            if (_sorted.Length < _count)
                _sorted = new uint[_words.Length];
            var starts = new int[Words.Count];
            var at = 0;
            _touched.Sort();
            foreach (var word in _touched)
            {
                starts[word] = at;
                at += _counts[word];
            }

            for (var i = 0; i < _count; i++)
                _sorted[starts[_words[i]]++] = _places[i];
        }

        private void Write(int word, int window, ReadOnlySpan<uint> occurrences)
        {
            var records = 0;
            var last = uint.MaxValue;
            foreach (var o in occurrences)
            {
                if (o >> 20 == last)
                    continue;
                last = o >> 20;
                records++;
            }

            // The most that a container can take: 6 bytes a record and skips, 5 an occurrence and its count.
            var room = 2 + Math.Max(InvertedIndex.BitmapBytes, 2 * records) + (6 * records) + 8 + (10 * occurrences.Length);
            if (_at + room > _chunk.Length)
            {
                var size = Math.Min(MaxChunk, Math.Max(1 << 14, _chunk.Length * 4));
                Trim();
                _chunk = new byte[Math.Max(size, room)];
                Chunks.Add(_chunk);
                _at = 0;
            }

            Entries.Add(new Entry(word, window, records, Chunks.Count - 1, _at));
            _at = ContainerWriter.Write(_chunk, _at, records, occurrences, _weightOf);
        }

        /// <summary>Cuts the last chunk to what was written.</summary>
        public void Trim()
        {
            if (Chunks.Count > 0 && _at < _chunk.Length)
                Chunks[^1] = _chunk.AsSpan(0, _at).ToArray();
            _chunk = [];
        }
    }

    /// <summary>Writes one container as <see cref="InvertedIndex"/> describes it.</summary>
    private static class ContainerWriter
    {
        public static int Write(byte[] data, int at, int records, ReadOnlySpan<uint> occurrences, byte[] weightOf)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data.AsSpan(at), (ushort)(records - 1));
            var weights = at + 2;
            var fields = weights + records;
            var ordinals = fields + records;
            var bitmap = records >= InvertedIndex.BitmapFrom;
            if (bitmap)
                data.AsSpan(ordinals, InvertedIndex.BitmapBytes).Clear();
            var end = bitmap ? ordinals + InvertedIndex.BitmapBytes : ordinals;

            // First pass: ordinals, fields and weights. Second pass: positions, whose place is known only then.
            var (n, previous) = (0, -1);
            for (var i = 0; i < occurrences.Length; n++)
            {
                var local = (int)(occurrences[i] >> 20);
                var (mask, weight) = (0, 0f);
                for (; i < occurrences.Length && occurrences[i] >> 20 == local; i++)
                {
                    var field = (int)(occurrences[i] >> 17) & 7;
                    mask |= 1 << field;
                    weight += TermWeights.Weights[weightOf[(local << 3) + field]];
                }

                data[weights + n] = TermWeights.Encode(weight);
                data[fields + n] = (byte)mask;
                if (bitmap)
                    data[ordinals + (local >> 3)] |= (byte)(1 << (local & 7));
                else
                    end = Varint.Write(data, end, local - previous - 1);
                previous = local;
            }

            var skips = end;
            var positions = skips + ((records - 1) / InvertedIndex.SkipEvery * 4);
            end = positions;
            n = 0;
            for (var i = 0; i < occurrences.Length; n++)
            {
                if (n > 0 && n % InvertedIndex.SkipEvery == 0)
                    BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(skips + (((n / InvertedIndex.SkipEvery) - 1) * 4)), end - positions);
                var local = occurrences[i] >> 20;
                while (i < occurrences.Length && occurrences[i] >> 20 == local)
                {
                    var field = occurrences[i] >> 17;
                    var first = i;
                    while (i < occurrences.Length && occurrences[i] >> 17 == field)
                        i++;
                    end = Positions(data, end, occurrences[first..i]);
                }
            }

            return end;
        }

        /// <summary>The places of a word in one field of one record.</summary>
        private static int Positions(byte[] data, int at, ReadOnlySpan<uint> occurrences)
        {
            const uint place = (1 << 17) - 1;
            var previous = (int)(occurrences[0] & place);
            at = Varint.Write(data, at, (previous << 1) | (occurrences.Length > 1 ? 1 : 0));
            if (occurrences.Length == 1)
                return at;
            at = Varint.Write(data, at, occurrences.Length - 2);
            foreach (var o in occurrences[1..])
            {
                var next = (int)(o & place);
                at = Varint.Write(data, at, next - previous);
                previous = next;
            }

            return at;
        }
    }
}
