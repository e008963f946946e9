using System.Numerics;
using IncidentDb.Search.Kept;

namespace IncidentDb.Search.Facets;

/// <summary>A <see cref="Moment"/> with the number of its kind.</summary>
internal readonly record struct MomentOf(int Type, double Earliest, double Latest);

/// <summary>The first events of each kind of a stretch of records, by place in the stretch. Grows and is read as <see cref="Columns"/>, which own it.</summary>
internal sealed class Moments
{
    private static readonly int _event = FacetList.IndexOf(FacetList.Event);

    // Those of record o: _moments[_starts[o] .. _starts[o + 1]].
    private int[] _starts = new int[17];
    private MomentOf[] _moments = new MomentOf[64];

    public void Add(int o, IndexedRecord record, FacetValues values)
    {
        Columns.Grow(ref _starts, o + 2);
        var at = _starts[o];
        Columns.Grow(ref _moments, at + record.Moments.Count);
        foreach (var moment in record.Moments)
            _moments[at++] = new MomentOf(values.Add(_event, moment.Type), moment.Earliest, moment.Latest);
        _starts[o + 1] = at;
    }

    /// <summary>The moments of a record.</summary>
    public IReadOnlyList<Moment> Of(int o, FacetValues values) => [.. _moments[_starts[o].._starts[o + 1]].Select(m => new Moment(values[m.Type], m.Earliest, m.Latest))];

    public void Write(ArrayFileWriter file, int count)
    {
        file.Add<int>(_starts.AsSpan(0, count + 1));
        file.Add<MomentOf>(_moments.AsSpan(0, _starts[count]));
    }

    public static Moments Read(ArrayFileReader file) => new() { _starts = file.Next<int>(), _moments = file.Next<MomentOf>() };

    /// <summary>Overwrites the bits of a window with the candidates in which a kind of event came before another.</summary>
    public void SetOrder(int first, int then, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates) =>
        SetMoments(first, then, window, bits, candidates, (a, b) => a.Earliest < b.Earliest);

    /// <summary>Overwrites the bits of a window with the candidates in which the minutes from one kind of event to another can lie in a range.</summary>
    public void SetGap(int from, int to, QuantityRange minutes, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates) =>
        SetMoments(from, to, window, bits, candidates, (a, b) => minutes.CanHold(new Bounds((b.Earliest - a.Latest) / 60, (b.Latest - a.Earliest) / 60)));

    private void SetMoments(
        int a, int b, int window, Span<ulong> bits, ReadOnlySpan<ulong> candidates, Func<MomentOf, MomentOf, bool> holds)
    {
        var start = window << Window.Shift;
        for (var w = 0; w < Window.Words; w++)
        {
            bits[w] = 0;
            for (var word = candidates[w]; word != 0; word &= word - 1)
            {
                var bit = BitOperations.TrailingZeroCount(word);
                var o = start + (w << 6) + bit;
                var moments = _moments.AsSpan(_starts[o], _starts[o + 1] - _starts[o]);
                var (first, second) = (-1, -1);
                for (var i = 0; i < moments.Length; i++)
                {
                    first = moments[i].Type == a ? i : first;
                    second = moments[i].Type == b ? i : second;
                }

                if (first >= 0 && second >= 0 && holds(moments[first], moments[second]))
                    bits[w] |= 1UL << bit;
            }
        }
    }
}
