using IncidentDb.Search.Facets;
using IncidentDb.Search.Inverted;

namespace IncidentDb.Search.Kept;

/// <summary>A <see cref="SearchSnapshot"/> that was just built, in a file and back.</summary>
internal static class KeptSnapshot
{
    /// <summary>Writes the base of a snapshot on our own postings; what was added to it since is not in the file.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(ArrayFileWriter file, SearchSnapshot snapshot)
    {
        // The indexer numbers new values under the same lock.
        lock (snapshot.Values)
            snapshot.Values.Write(file);
        snapshot.Base.Write(file);
        ((InvertedMatcher)snapshot.Matcher).Index.Write(file);
        KeptRecords.Write(file, snapshot.BaseRecords);
    }

    /// <summary>The snapshot as it was when it was built.</summary>
    /// <param name="file">With all its arrays read.</param>
    /// <param name="seq">The change up to which it knows the library.</param>
    /// <exception cref="InvalidDataException">The file holds something else.</exception>
    public static SearchSnapshot Read(ArrayFileReader file, long seq)
    {
        var values = FacetValues.Read(file);
        var columns = Columns.Read(file, values);
        var sealing = Task.Run(columns.Seal);
        var index = InvertedIndex.Read(file, columns.Count);
        var records = KeptRecords.Read(file, columns, values);
        sealing.GetAwaiter().GetResult();
        return SearchSnapshot.OfBase(seq, new InvertedMatcher(index), values, columns, records);
    }
}
