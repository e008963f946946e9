using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using IncidentDb.Search.Facets;

namespace IncidentDb.Search.Kept;

/// <summary>
/// A file of arrays, as they lie in memory: written one after the other, read all at once with all processors.
/// <code>
/// arrays        the bytes of each
/// table         a text that says what the file is of; then for each array its kind, bytes and checksum
/// end, 24 bytes where the table begins (8), its length (4) and checksum (4), the mark (8)
/// </code>
/// Every byte is under a checksum (CRC-32C) or compared, and the arrays lie end to end: a file that is shorter, longer or other than it was written is
/// refused. What has no array kind of its own, such as words, is written as an array of characters and one of lengths.
/// </summary>
internal static class ArrayFile
{
    public const int EndLength = 24;

    /// <summary>Small enough to stay in the cache between reading and checking.</summary>
    public const int Piece = 1 << 18;

    /// <summary>What an array can hold; the number of a kind stands in the file.</summary>
    private static readonly (Type Type, Func<int, Array> Make)[] _kinds = [Kind<byte>(), Kind<char>(), Kind<ushort>(), Kind<int>(), Kind<long>(), Kind<double>(), Kind<MomentOf>()];

    /// <summary>The last digit is the version of this layout.</summary>
    public static ReadOnlySpan<byte> Mark => "IDBARRY1"u8;

    private static (Type, Func<int, Array>) Kind<T>()
        where T : unmanaged => (typeof(T), bytes => bytes % Unsafe.SizeOf<T>() == 0
            ? GC.AllocateUninitializedArray<T>(bytes / Unsafe.SizeOf<T>())
            : throw new InvalidDataException("an array is not whole"));

    public static byte KindOf<T>() => (byte)Array.FindIndex(_kinds, k => k.Type == typeof(T));

    /// <summary>An array of a kind with room for so many bytes.</summary>
    /// <exception cref="InvalidDataException">There is no such kind, or the bytes are no whole number of items.</exception>
    public static Array Make(int kind, int bytes) => kind < _kinds.Length ? _kinds[kind].Make(bytes) : throw new InvalidDataException("an array is of an unknown kind");

    public static uint Checksum(uint before, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            before = BitOperations.Crc32C(before, word);
        foreach (var one in bytes[(words.Length * sizeof(ulong))..])
            before = BitOperations.Crc32C(before, one);
        return before;
    }
}

/// <summary>Writes an <see cref="ArrayFile"/>. Without <see cref="Finish"/> it is none.</summary>
internal sealed class ArrayFileWriter : IDisposable
{
    private readonly FileStream _stream;
    private readonly MemoryStream _entries = new();
    private int _count;

    /// <exception cref="IOException">The file can't be written.</exception>
    public ArrayFileWriter(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _stream = new FileStream(path, options);
    }

    public void Add<T>(ReadOnlySpan<T> items)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(items);
        _stream.Write(bytes);
        using var entry = new BinaryWriter(_entries, Encoding.UTF8, leaveOpen: true);
        entry.Write(ArrayFile.KindOf<T>());
        entry.Write(bytes.Length);
        entry.Write(ArrayFile.Checksum(0, bytes));
        _count++;
    }

    /// <summary>Texts, as two arrays.</summary>
    public void Add(IReadOnlyList<string> texts)
    {
        Add<int>([.. texts.Select(t => t.Length)]);
        Add<char>(string.Concat(texts));
    }

    /// <summary>Writes the table and takes everything to the disk.</summary>
    /// <param name="about">What the file is of; its reader has it before any array.</param>
    public void Finish(string about)
    {
        var table = new MemoryStream();
        using (var writer = new BinaryWriter(table, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(about);
            writer.Write(_count);
            writer.Write(_entries.ToArray());
        }

        var bytes = table.ToArray();
        using (var writer = new BinaryWriter(_stream, Encoding.UTF8, leaveOpen: true))
        {
            var at = _stream.Position;
            writer.Write(bytes);
            writer.Write(at);
            writer.Write(bytes.Length);
            writer.Write(ArrayFile.Checksum(0, bytes));
            writer.Write(ArrayFile.Mark);
        }

        _stream.Flush(flushToDisk: true);
    }

    public void Dispose() => _stream.Dispose();
}

/// <summary>Reads an <see cref="ArrayFile"/>: what it is of at once, its arrays with <see cref="ReadAll"/>, which <see cref="Next{T}"/> then gives in their order.</summary>
internal sealed class ArrayFileReader : IDisposable
{
    private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _file;
    private readonly List<(long At, int Kind, int Bytes, uint Checksum)> _entries = [];
    private Array[] _arrays = [];
    private int _next;

    /// <exception cref="InvalidDataException">The file is not whole.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    public ArrayFileReader(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            About = ReadTable();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public string About { get; }

    public long Length => RandomAccess.GetLength(_file);

    private string ReadTable()
    {
        var length = Length;
        if (length < ArrayFile.EndLength)
            throw new InvalidDataException("it is too short");
        var end = new byte[ArrayFile.EndLength];
        Fill(end, length - end.Length);
        if (!end.AsSpan(16).SequenceEqual(ArrayFile.Mark))
            throw new InvalidDataException("its end is missing, or it is of another version");
        var (at, bytes, checksum) = (BitConverter.ToInt64(end), BitConverter.ToInt32(end, 8), BitConverter.ToUInt32(end, 12));
        if (at < 0 || bytes < 0 || at > length || at + bytes + end.Length != length)
            throw new InvalidDataException("its table is not where it should be");
        var table = new byte[bytes];
        if (Fill(table, at) != checksum)
            throw new InvalidDataException("its table is damaged");
        using var reader = new BinaryReader(new MemoryStream(table), Encoding.UTF8);
        var about = reader.ReadString();
        var start = 0L;
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (kind, size, sum) = (reader.ReadByte(), reader.ReadInt32(), reader.ReadUInt32());
            _entries.Add((start, kind, size, sum));
            start += size;
        }

        return start == at ? about : throw new InvalidDataException("an array is missing");
    }

    /// <exception cref="InvalidDataException">An array is not as it was written.</exception>
    public void ReadAll()
    {
        _arrays = new Array[_entries.Count];
        var next = -1;
        // The longest first, so that all are done at the same time.
        int[] order = [.. Enumerable.Range(0, _entries.Count).OrderByDescending(i => _entries[i].Bytes)];
        try
        {
            Parallel.For(0, Environment.ProcessorCount, (_, state) =>
            {
                for (var i = Interlocked.Increment(ref next); i < order.Length && !state.IsStopped; i = Interlocked.Increment(ref next))
                {
                    var (at, kind, bytes, checksum) = _entries[order[i]];
                    var array = ArrayFile.Make(kind, bytes);
                    if (Fill(MemoryMarshal.CreateSpan(ref MemoryMarshal.GetArrayDataReference(array), bytes), at) != checksum)
                    {
                        state.Stop();
                        throw new InvalidDataException("its arrays are damaged");
                    }

                    _arrays[order[i]] = array;
                }
            });
        }
        catch (AggregateException e)
        {
            throw new InvalidDataException(e.InnerExceptions[0].Message, e);
        }
    }

    /// <summary>Fills a span from a place in the file and gives the checksum of what was read.</summary>
    private uint Fill(Span<byte> target, long at)
    {
        var checksum = 0u;
        while (target.Length > 0)
        {
            var piece = target[..Math.Min(ArrayFile.Piece, target.Length)];
            for (var read = 0; read < piece.Length;)
            {
                var got = RandomAccess.Read(_file, piece[read..], at + read);
                if (got == 0)
                    throw new InvalidDataException("it is shorter than its table says");
                read += got;
            }

            checksum = ArrayFile.Checksum(checksum, piece);
            at += piece.Length;
            target = target[piece.Length..];
        }

        return checksum;
    }

    /// <exception cref="InvalidDataException">The next array holds something else, or there is none.</exception>
    public T[] Next<T>()
        where T : unmanaged => _next < _arrays.Length && _arrays[_next++] is T[] array && typeof(T[]) == array.GetType() ? array : throw new InvalidDataException("an array is of another kind");

    /// <summary>Texts, from two arrays.</summary>
    public string[] NextTexts()
    {
        var (lengths, characters) = (Next<int>(), Next<char>());
        var texts = new string[lengths.Length];
        for (var (i, at) = (0, 0); i < texts.Length; at += lengths[i++])
            texts[i] = characters.AsSpan(at, lengths[i]).ToString();
        return texts;
    }

    public void Dispose() => _file.Dispose();
}
