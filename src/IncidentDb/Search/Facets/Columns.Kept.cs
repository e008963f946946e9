using IncidentDb.Search.Kept;

namespace IncidentDb.Search.Facets;

/// <summary>Columns in a file: what was added goes there; what <see cref="Seal"/> adds is quicker made than read.</summary>
internal sealed partial class Columns
{
    public void Write(ArrayFileWriter file)
    {
        file.Add<long>(Ids.AsSpan(0, Count));
        foreach (var column in new[] { Started, StartedFrom, StartedTo, Added }.Concat(_min.OfType<double[]>()).Concat(_max.OfType<double[]>()))
            file.Add<double>(column.AsSpan(0, Count));
        file.Add<int>(_starts.AsSpan(0, (Count * _facets) + 1));
        file.Add<int>(_values.AsSpan(0, _starts[Count * _facets]));
        Moments.Write(file, Count);
    }

    /// <summary>Columns as they were written, still to be sealed.</summary>
    public static Columns Read(ArrayFileReader file, FacetValues values)
    {
        var ids = file.Next<long>();
        var (started, from, to, added) = (file.Next<double>(), file.Next<double>(), file.Next<double>(), file.Next<double>());
        var (min, max) = (Quantities(file), Quantities(file));
        return new Columns(values)
        {
            Count = ids.Length,
            Ids = ids,
            Started = started,
            StartedFrom = from,
            StartedTo = to,
            Added = added,
            _min = min,
            _max = max,
            _starts = file.Next<int>(),
            _values = file.Next<int>(),
            Moments = Moments.Read(file),
        };
    }

    private static double[]?[] Quantities(ArrayFileReader file) => [.. FacetList.All.Select(f => f.Kind == FacetKind.Quantity ? file.Next<double>() : null)];
}
