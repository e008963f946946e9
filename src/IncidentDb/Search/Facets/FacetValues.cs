using System.Collections.Concurrent;
using IncidentDb.Search.Kept;

namespace IncidentDb.Search.Facets;

/// <summary>
/// The values of all facets, numbered in one sequence. It only grows: numbers stay valid in every snapshot, and readers may look values up
/// while the indexer adds others.
/// </summary>
internal sealed class FacetValues
{
    private readonly ConcurrentDictionary<string, int>[] _numbers = [.. FacetList.All.Select(_ => new ConcurrentDictionary<string, int>(StringComparer.Ordinal))];
    private readonly int[] _counts = new int[FacetList.All.Count];
    private readonly int[][] _ofFacet = [.. FacetList.All.Select(_ => new int[8])];
    private string[] _names = new string[256];
    private volatile int _count = Nobody;

    /// <summary>Numbers below this one are nobody's: lists of values are filled up with them.</summary>
    public const int Nobody = 4;

    /// <summary>All values; numbers are below it.</summary>
    public int Count => _count;

    public string this[int number] => _names[number];

    /// <summary>The number of a value, or −1.</summary>
    public int Find(int facet, string value) => _numbers[facet].TryGetValue(value, out var number) ? number : -1;

    /// <summary>The numbers of a facet's values.</summary>
    public ReadOnlySpan<int> Of(int facet)
    {
        var count = Volatile.Read(ref _counts[facet]);
        return _ofFacet[facet].AsSpan(0, count);
    }

    /// <summary>The number of a value, given to it now when it is new. Only the indexer calls this.</summary>
    public int Add(int facet, string value)
    {
        if (_numbers[facet].TryGetValue(value, out var known))
            return known;
        var number = _count;
        if (number == _names.Length)
            Array.Resize(ref _names, number * 2);
        _names[number] = value;
        var place = _counts[facet];
        if (place == _ofFacet[facet].Length)
            Array.Resize(ref _ofFacet[facet], place * 2);
        _ofFacet[facet][place] = number;
        _count = number + 1;
        _numbers[facet][value] = number;
        Volatile.Write(ref _counts[facet], place + 1);
        return number;
    }

    /// <summary>Writes all values in the order of their numbers. Only while the indexer adds none.</summary>
    public void Write(ArrayFileWriter file)
    {
        var facets = new int[_count];
        for (var f = 0; f < _counts.Length; f++)
        {
            foreach (var number in Of(f))
                facets[number] = f;
        }

        file.Add<int>(facets.AsSpan(Nobody));
        file.Add(_names[Nobody.._count]);
    }

    public static FacetValues Read(ArrayFileReader file)
    {
        var values = new FacetValues();
        foreach (var (facet, name) in file.Next<int>().Zip(file.NextTexts()))
            values.Add(facet, name);
        return values;
    }
}
