namespace IncidentDb.Search.Inverted;

/// <summary>
/// One word of a query, with all the words of the index that it stands for: the forms of a stem, the completions of a prefix, the neighbours of a
/// mistyped word. Their weights add up as if they were one word.
/// </summary>
internal sealed class WordMatching : Matching
{
    /// <summary>From so many words on, all windows are filled at once, word by word.</summary>
    private const int Many = 12;

    private static readonly ulong[] _everything = [.. Enumerable.Repeat(ulong.MaxValue, Window.Words)];

    private readonly WordCursor[] _cursors;
    private readonly int _field;
    private readonly float _weight;
    private readonly float[]? _scoreOf;
    private readonly ulong[]? _allBits;
    private readonly float[]? _allWeights;

    /// <param name="cursors">At least one.</param>
    /// <param name="field">Index into <see cref="TextFields.All"/>, or −1 for all.</param>
    /// <param name="weight">Boost × idf.</param>
    /// <param name="estimate">About how many records hold one of the words.</param>
    public WordMatching(WordCursor[] cursors, int field, float weight, long estimate, int capacity, Scratch scratch, SearchBudget budget)
    {
        _cursors = cursors;
        _field = field;
        _weight = weight;
        Estimate = estimate;
        var windows = Window.Count(capacity);
        if (cursors.Length > Many)
        {
            _allBits = scratch.Rent<ulong>(windows * Window.Words);
            _allWeights = scratch.Rent<float>(windows * Window.Size);
            FillAll(windows, budget);
        }
        else if (cursors.Length == 1 && field < 0)
        {
            _scoreOf = scratch.Rent<float>(256);
            for (var code = 0; code < 256; code++)
                _scoreOf[code] = weight * TermWeights.Bend(TermWeights.Weights[code]);
        }
    }

    public override long Estimate { get; }

    private void FillAll(int windows, SearchBudget budget)
    {
        for (var i = 0; i < _cursors.Length; i++)
        {
            if ((i & 63) == 63 && !budget.Check())
                return;
            for (var window = _cursors[i].NextWindow(0); window < windows; window = _cursors[i].NextWindow(window + 1))
            {
                if (_cursors[i].Seek(window))
                    _cursors[i].AddWeights(_allBits.AsSpan(window * Window.Words, Window.Words), _allWeights.AsSpan(window * Window.Size, Window.Size), _everything, _field);
            }
        }
    }

    public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
    {
        if (_allBits is not null)
        {
            _allBits.AsSpan(window * Window.Words, Window.Words).CopyTo(target.Bits);
            if (Window.IsEmpty(target.Bits))
                return false;
            _allWeights.AsSpan(window * Window.Size, Window.Size).CopyTo(target.Scores);
            Bend(target);
            return true;
        }

        target.Bits.AsSpan().Clear();
        if (_scoreOf is not null)
        {
            if (!_cursors[0].Seek(window))
                return false;
            _cursors[0].Set(target, candidates, _scoreOf);
            return !Window.IsEmpty(target.Bits);
        }

        foreach (var cursor in _cursors)
        {
            if (cursor.Seek(window))
                cursor.AddWeights(target.Bits, target.Scores, candidates, _field);
        }

        if (Window.IsEmpty(target.Bits))
            return false;
        Bend(target);
        return true;
    }

    /// <summary>Turns summed weights into scores.</summary>
    private void Bend(WindowBuffer target)
    {
        var scores = target.Scores;
        for (var w = 0; w < Window.Words; w++)
        {
            for (var bits = target.Bits[w]; bits != 0; bits &= bits - 1)
            {
                var i = (w << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
                scores[i] = _weight * TermWeights.Bend(scores[i]);
            }
        }
    }
}
