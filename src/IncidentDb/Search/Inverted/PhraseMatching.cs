using System.Numerics;

namespace IncidentDb.Search.Inverted;

/// <summary>Words next to each other in one field, or, with slop, near each other in any order.</summary>
internal sealed class PhraseMatching : Matching
{
    private readonly PhraseWord[] _words;
    private readonly int[] _offsets;
    private readonly Matching _all;
    private readonly int _span;
    private readonly int _field;
    private readonly float _weight;
    private readonly List<int>[] _places;
    private readonly SearchBudget _budget;

    /// <param name="words">For each part of the phrase the words of the index that it stands for and its distance from the phrase's first word; with slop each word once.</param>
    /// <param name="all">Matches records that hold every word somewhere.</param>
    /// <param name="span">0 for side by side; else the length of the stretch that must hold every word.</param>
    /// <param name="field">Index into <see cref="TextFields.All"/>, or −1 for any.</param>
    /// <param name="weight">Boost × the sum of the words' idf.</param>
    public PhraseMatching((PhraseWord Word, int Offset)[] words, Matching all, int span, int field, float weight, SearchBudget budget)
    {
        _words = [.. words.Select(w => w.Word)];
        _offsets = [.. words.Select(w => w.Offset - words[0].Offset)];
        _all = all;
        _span = span;
        _field = field;
        _weight = weight;
        _budget = budget;
        _places = [.. words.Select(_ => new List<int>())];
    }

    /// <summary>A phrase is checked last: reading places costs more than reading ordinals.</summary>
    public override long Estimate => _all.Estimate * 4;

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        if (!_all.Fill(window, target, candidates) || !Window.And(target.Bits, candidates))
            return false;
        foreach (var word in _words)
            word.Seek(window);
        var any = false;
        for (var w = 0; w < Window.Words; w++)
        {
            var bits = target.Bits[w];
            target.Bits[w] = 0;
            if (bits != 0 && !_budget.Check())
                return any;
            for (; bits != 0; bits &= bits - 1)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                var weight = Weigh((w << 6) + bit);
                if (weight <= 0)
                    continue;
                target.Bits[w] |= 1UL << bit;
                target.Scores[(w << 6) + bit] = _weight * TermWeights.Bend(weight);
                any = true;
            }
        }

        return any;
    }

    /// <summary>The weight of the phrase in a record; 0 when it is not there.</summary>
    private float Weigh(int local)
    {
        var fields = _field >= 0 ? 1 << _field : 0xff;
        foreach (var word in _words)
            fields &= word.FieldsOf(local);

        var weight = 0f;
        for (; fields != 0; fields &= fields - 1)
        {
            var field = BitOperations.TrailingZeroCount(fields);
            for (var i = 0; i < _words.Length; i++)
            {
                _places[i].Clear();
                _words[i].Places(local, field, _places[i]);
            }

            var times = _span == 0 ? SideBySide() : Near() ? 1 : 0;
            if (times > 0)
                weight += times * _words[0].PerOccurrence(local, field);
        }

        return weight;
    }

    private int SideBySide()
    {
        var times = 0;
        foreach (var start in _places[0])
        {
            var i = 1;
            while (i < _places.Length && _places[i].BinarySearch(start + _offsets[i]) >= 0)
                i++;
            if (i == _places.Length)
                times++;
        }

        return times;
    }

    /// <summary>True when a stretch holds every word: the leftmost of the words that are looked at goes on until all are close enough.</summary>
    private bool Near()
    {
        Span<int> at = stackalloc int[_places.Length];
        at.Clear();
        while (true)
        {
            var (first, last) = (0, 0);
            for (var i = 1; i < _places.Length; i++)
            {
                if (_places[i][at[i]] < _places[first][at[first]])
                    first = i;
                if (_places[i][at[i]] > _places[last][at[last]])
                    last = i;
            }

            if (_places[last][at[last]] - _places[first][at[first]] < _span)
                return true;
            if (++at[first] == _places[first].Count)
                return false;
        }
    }
}
