using Xunit.Sdk;
using Xunit.v3;

namespace IncidentDb.Testing;

/// <summary>What runs one long test after another begins first: begun last, it would run alone at the end.</summary>
/// <param name="first">Names of collections, or of classes that are collections of their own.</param>
public abstract class LongestFirst(params string[] first) : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Place(c.TestCollectionDisplayName)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    /// <summary>The collection of a class alone has a display name of more words than the class.</summary>
    private int Place(string displayName) => Array.FindIndex(first, n => displayName.Contains(n, StringComparison.Ordinal)) is var at and >= 0 ? at : first.Length;
}
