using IncidentDb.Web.Tests.Accounts;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(IncidentDb.Web.Tests.LongestFirst))]

namespace IncidentDb.Web.Tests;

/// <summary>The two sites that most tests share begin first: each serves one test after another, and at the end one of them would run alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] _first = [ReadingSite.Name, Contributing.Name];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(c => Array.IndexOf(_first, c.TestCollectionDisplayName) is var at && at < 0 ? _first.Length : at).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}
