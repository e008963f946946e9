using System.Buffers;
using System.Numerics;

namespace IncidentDb.Search;

/// <summary>
/// A stretch of <see cref="Size"/> ordinals that is matched, filtered and counted in one go: a bit for each record, and a score where the bit
/// is set. Everything that a search does, it does window by window, so that its working set stays in the processor's cache.
/// </summary>
internal static class Window
{
    public const int Size = 4096;
    public const int Shift = 12;
    public const int Words = Size / 64;

    public static int Count(int capacity) => (capacity + Size - 1) >> Shift;

    public static bool IsEmpty(ReadOnlySpan<ulong> bits) => bits.IndexOfAnyExcept(0UL) < 0;

    public static int CountBits(ReadOnlySpan<ulong> bits)
    {
        var count = 0;
        foreach (var word in bits)
            count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>Clears in <paramref name="bits"/> what <paramref name="other"/> lacks; false when nothing is left.</summary>
    public static bool And(Span<ulong> bits, ReadOnlySpan<ulong> other)
    {
        var any = 0UL;
        for (var i = 0; i < Words; i++)
            any |= bits[i] &= other[i];
        return any != 0;
    }

    /// <summary>Clears in <paramref name="bits"/> what <paramref name="other"/> has; false when nothing is left.</summary>
    public static bool Except(Span<ulong> bits, ReadOnlySpan<ulong> other)
    {
        var any = 0UL;
        for (var i = 0; i < Words; i++)
            any |= bits[i] &= ~other[i];
        return any != 0;
    }
}

/// <summary>Bits and scores for one window, rented from a pool for the time of one search.</summary>
internal sealed class WindowBuffer
{
    public readonly ulong[] Bits = new ulong[Window.Words];

    /// <summary>Only valid where the bit is set.</summary>
    public readonly float[] Scores = new float[Window.Size];
}

/// <summary>What one search borrows and gives back at its end.</summary>
internal sealed class Scratch : IDisposable
{
    [ThreadStatic]
    private static Stack<WindowBuffer>? _windows;

    private readonly List<WindowBuffer> _rented = [];
    private readonly List<Action> _returns = [];

    public WindowBuffer Window()
    {
        var buffer = (_windows ??= new Stack<WindowBuffer>()).TryPop(out var free) ? free : new WindowBuffer();
        _rented.Add(buffer);
        return buffer;
    }

    /// <summary>An array of at least that length, cleared.</summary>
    public T[] Rent<T>(int length)
    {
        var array = ArrayPool<T>.Shared.Rent(length);
        array.AsSpan(0, length).Clear();
        _returns.Add(() => ArrayPool<T>.Shared.Return(array));
        return array;
    }

    public void Dispose()
    {
        foreach (var buffer in _rented)
            (_windows ??= new Stack<WindowBuffer>()).Push(buffer);
        foreach (var back in _returns)
            back();
    }
}

/// <summary>A part of a query, ready to say which records of a window it matches.</summary>
internal abstract class Matching
{
    /// <summary>About how many records match; what is rare is asked first.</summary>
    public abstract long Estimate { get; }

    /// <summary>
    /// Overwrites the bits of a window, and the scores where bits are set. Records outside <paramref name="candidates"/> don't matter: they may be in
    /// the answer or not. Windows are asked for in ascending order.
    /// </summary>
    /// <returns>False when no bit is set.</returns>
    public abstract bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates);
}

/// <summary>Every record, with score 0.</summary>
internal sealed class AllMatching(int capacity) : Matching
{
    public override long Estimate => capacity;

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        candidates.CopyTo(target.Bits);
        target.Scores.AsSpan().Clear();
        return !Window.IsEmpty(candidates);
    }
}

/// <summary>Bits without scores: values of facets, ranges, dates.</summary>
internal sealed class ColumnMatching(long estimate, Func<int, Span<ulong>, ReadOnlySpan<ulong>, bool> fill) : Matching
{
    public override long Estimate => estimate;

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        if (!fill(window, target.Bits, candidates))
            return false;
        target.Scores.AsSpan().Clear();
        return true;
    }
}

/// <summary>Records that match all of some parts and none of others; scores add up.</summary>
internal sealed class AndMatching : Matching
{
    private readonly Matching[] _all;
    private readonly Matching[] _none;
    private readonly WindowBuffer _other;

    public AndMatching(IEnumerable<Matching> all, IEnumerable<Matching> none, Scratch scratch)
    {
        _all = [.. all.OrderBy(m => m.Estimate)];
        _none = [.. none.OrderByDescending(m => m.Estimate)];
        _other = scratch.Window();
    }

    public override long Estimate => _all[0].Estimate;

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        if (!_all[0].Fill(window, target, candidates) || !Window.And(target.Bits, candidates))
            return false;
        for (var i = 1; i < _all.Length; i++)
        {
            if (!_all[i].Fill(window, _other, target.Bits) || !Window.And(target.Bits, _other.Bits))
                return false;
            Add(target, _other);
        }

        foreach (var not in _none)
        {
            if (not.Fill(window, _other, target.Bits) && !Window.Except(target.Bits, _other.Bits))
                return false;
        }

        return true;
    }

    private static void Add(WindowBuffer target, WindowBuffer other)
    {
        var (scores, more) = (target.Scores, other.Scores);
        for (var w = 0; w < Window.Words; w++)
        {
            for (var bits = target.Bits[w]; bits != 0; bits &= bits - 1)
            {
                var i = (w << 6) + BitOperations.TrailingZeroCount(bits);
                scores[i] += more[i];
            }
        }
    }
}

/// <summary>Records that match any of some parts; scores add up, or the best counts.</summary>
internal sealed class OrMatching(IReadOnlyList<Matching> any, bool best, Scratch scratch) : Matching
{
    private readonly WindowBuffer _other = scratch.Window();

    public override long Estimate => any.Sum(m => m.Estimate);

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        var found = any[0].Fill(window, target, candidates);
        for (var i = 1; i < any.Count; i++)
        {
            if (!found)
            {
                found = any[i].Fill(window, target, candidates);
                continue;
            }

            if (any[i].Fill(window, _other, candidates))
                Merge(target, _other);
        }

        return found;
    }

    private void Merge(WindowBuffer target, WindowBuffer other)
    {
        var (scores, more) = (target.Scores, other.Scores);
        for (var w = 0; w < Window.Words; w++)
        {
            var have = target.Bits[w];
            for (var bits = other.Bits[w]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                var i = (w << 6) + bit;
                scores[i] = (have & (1UL << bit)) == 0 ? more[i] : best ? Math.Max(scores[i], more[i]) : scores[i] + more[i];
            }

            target.Bits[w] = have | other.Bits[w];
        }
    }
}

/// <summary>Candidates that do not match a part.</summary>
internal sealed class NotMatching(Matching inner, int capacity, Scratch scratch) : Matching
{
    private readonly WindowBuffer _other = scratch.Window();

    public override long Estimate => capacity;

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        candidates.CopyTo(target.Bits);
        target.Scores.AsSpan().Clear();
        return inner.Fill(window, _other, candidates) ? Window.Except(target.Bits, _other.Bits) : !Window.IsEmpty(candidates);
    }
}

/// <summary>
/// Records that match at least some of several parts. Scores add up and count in full only when all parts match; a part that a record has only in
/// passing, in a long text or by a word near in meaning, counts as a share of one.
/// </summary>
internal sealed class MostMatching(IReadOnlyList<Matching> parts, int all, int minimum, Scratch scratch) : Matching
{
    /// <summary>A part with that score is matched in full.</summary>
    private const float Full = 0.23f;

    private const float Bend = 0.8f;
    private const int Steps = 256;

    /// <summary>What is left of a score when that many 256ths of the parts are matched.</summary>
    private static readonly float[] _left = [.. Enumerable.Range(0, Steps + 1).Select(n => MathF.Pow((float)n / Steps, Bend))];

    private readonly WindowBuffer _other = scratch.Window();
    private readonly byte[] _counts = scratch.Rent<byte>(Window.Size);
    private readonly float[] _shares = scratch.Rent<float>(Window.Size);

    public override long Estimate => parts.Sum(m => m.Estimate);

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        target.Bits.AsSpan().Clear();
        var any = false;
        foreach (var part in parts)
        {
            if (part.Fill(window, _other, candidates))
            {
                any = true;
                Merge(target);
            }
        }

        return any && Keep(target);
    }

    private void Merge(WindowBuffer target)
    {
        for (var w = 0; w < Window.Words; w++)
        {
            var have = target.Bits[w];
            for (var bits = _other.Bits[w]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                var i = (w << 6) + bit;
                var score = _other.Scores[i];
                var share = Math.Min(score * (1 / Full), 1);
                var first = (have & (1UL << bit)) == 0;
                target.Scores[i] = first ? score : target.Scores[i] + score;
                _shares[i] = first ? share : _shares[i] + share;
                _counts[i] = first ? (byte)1 : (byte)(_counts[i] + 1);
            }

            target.Bits[w] = have | _other.Bits[w];
        }
    }

    private bool Keep(WindowBuffer target)
    {
        var any = false;
        var steps = (float)Steps / all;
        for (var w = 0; w < Window.Words; w++)
        {
            for (var bits = target.Bits[w]; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                var i = (w << 6) + bit;
                if (_counts[i] < minimum)
                    target.Bits[w] &= ~(1UL << bit);
                else
                    target.Scores[i] *= _left[(int)(_shares[i] * steps)];
            }

            any |= target.Bits[w] != 0;
        }

        return any;
    }
}
