namespace IncidentDb.Web.Tests;

/// <summary>One site for all tests that only read.</summary>
[CollectionDefinition(Name)]
public sealed class ReadingSite : ICollectionFixture<Site>
{
    public const string Name = "reading";
}
