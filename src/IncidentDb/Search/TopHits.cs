namespace IncidentDb.Search;

/// <summary>A record in the running for the page.</summary>
internal readonly record struct RankedHit(double Key, double Started, long Id, int Ordinal, float Score)
{
    /// <summary>Larger key, then later start, then earlier addition comes first; the order is total, so that pages never overlap.</summary>
    public bool IsBehind(in RankedHit other)
    {
        if (Key != other.Key)
            return Key < other.Key;
        return Started != other.Started ? Started < other.Started : Id > other.Id;
    }
}

/// <summary>The best hits so far, in a bounded heap whose root is the last of them.</summary>
internal sealed class TopHits(int capacity)
{
    private RankedHit[] _heap = new RankedHit[Math.Min(capacity, 64)];
    private int _count;

    /// <summary>What a key must at least be to matter.</summary>
    public double Threshold { get; private set; } = double.NegativeInfinity;

    public void Offer(in RankedHit hit)
    {
        if (_count < capacity)
        {
            if (_count == _heap.Length)
                Array.Resize(ref _heap, Math.Min(capacity, _count * 2));
            Up(_count++, hit);
        }
        else if (_heap[0].IsBehind(hit))
        {
            Down(hit);
        }
        else
        {
            return;
        }

        if (_count == capacity)
            Threshold = _heap[0].Key;
    }

    private void Up(int at, in RankedHit hit)
    {
        while (at > 0 && hit.IsBehind(_heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = hit;
    }

    private void Down(in RankedHit hit)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _count)
                break;
            if (child + 1 < _count && _heap[child + 1].IsBehind(_heap[child]))
                child++;
            if (!_heap[child].IsBehind(hit))
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = hit;
    }

    /// <summary>All that were kept, best first.</summary>
    public RankedHit[] Sorted()
    {
        var hits = _heap.AsSpan(0, _count).ToArray();
        Array.Sort(hits, (a, b) => a.IsBehind(b) ? 1 : b.IsBehind(a) ? -1 : 0);
        return hits;
    }
}
