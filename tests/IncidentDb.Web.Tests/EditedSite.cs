namespace IncidentDb.Web.Tests;

/// <summary>A site of their own for tests that write.</summary>
public sealed class EditedSite : Site;

/// <summary>One site for all tests that write; they leave it searchable and whole.</summary>
[CollectionDefinition(Name)]
public sealed class WritingSite : ICollectionFixture<EditedSite>
{
    public const string Name = "writing";
}
