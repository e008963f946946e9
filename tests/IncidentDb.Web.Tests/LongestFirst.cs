using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Copies;
using IncidentDb.Web.Tests.Hosting;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(IncidentDb.Web.Tests.LongestFirst))]

namespace IncidentDb.Web.Tests;

/// <summary>What serves one long test after another begins first: begun last, it would run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] _first = [nameof(AccessTests), ReadingSite.Name, Contributing.Name, nameof(NaughtyCopyTests), nameof(StartTests)];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Place(c.TestCollectionDisplayName)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];

    /// <summary>The collection of a class alone has a display name of more words than the class.</summary>
    private static int Place(string displayName) => Array.FindIndex(_first, n => displayName.Contains(n, StringComparison.Ordinal)) is var at and >= 0 ? at : _first.Length;
}
