using IncidentDb.Tests.PrepSheets;
using IncidentDb.Tests.Search;

[assembly: TestCollectionOrderer(typeof(IncidentDb.Tests.TestOrder))]

namespace IncidentDb.Tests;

public sealed class TestOrder() : LongestFirst(Sheets.Name, nameof(PrepCommandTests), nameof(AgreementTests), nameof(NameFollowingTests));
