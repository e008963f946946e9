using IncidentDb.Catalogues;
using IncidentDb.Search;

namespace IncidentDb;

/// <summary>
/// Something made from the whole library, remade after a change when it is asked for: at once for a small library, in the background for a large
/// one, whose last state is given meanwhile (<see cref="KnowledgeBase.Lacking"/> says that it was).
/// </summary>
internal sealed class Followed<T>(KnowledgeBase library, Func<Catalogue, SearchSnapshot, T> make, int manyRecords = 5_000)
    where T : class
{
    private volatile Tuple<Catalogue, SearchSnapshot, T>? _known;
    private int _making;

    public T Now()
    {
        var (known, catalogue, snapshot) = (_known, library.Catalogue, library.Search.Current);
        if (known is not null && known.Item1 == catalogue && known.Item2 == snapshot)
            return known.Item3;
        if (known is not null && snapshot.LiveCount > manyRecords)
        {
            library.GaveOlder();
            if (Interlocked.Exchange(ref _making, 1) == 0)
                _ = Task.Run(() => Make(catalogue, snapshot)).ContinueWith(_ => _making = 0, TaskScheduler.Default);
            return known.Item3;
        }

        return Make(catalogue, snapshot);
    }

    private T Make(Catalogue catalogue, SearchSnapshot snapshot)
    {
        var made = make(catalogue, snapshot);
        _known = Tuple.Create(catalogue, snapshot, made);
        return made;
    }
}
