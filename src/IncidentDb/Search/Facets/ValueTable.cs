using System.Collections.Concurrent;

namespace IncidentDb.Search.Facets;

/// <summary>
/// The values of one facet by number. It only grows: numbers stay valid in every snapshot, and readers may look values up while the
/// indexer adds others.
/// </summary>
internal sealed class ValueTable
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _names = new string[16];
    private volatile int _count;

    public int Count => _count;

    public string this[int number] => _names[number];

    /// <summary>The number of a value, or −1.</summary>
    public int Find(string value) => _numbers.TryGetValue(value, out var number) ? number : -1;

    /// <summary>The number of a value, given to it now when it is new. Only the indexer calls this.</summary>
    public int Add(string value)
    {
        if (_numbers.TryGetValue(value, out var known))
            return known;
        var number = _count;
        if (number == _names.Length)
        {
            var larger = new string[number * 2];
            _names.CopyTo(larger, 0);
            _names = larger;
        }

        _names[number] = value;
        _count = number + 1;
        _numbers[value] = number;
        return number;
    }
}
