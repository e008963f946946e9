using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Copies;
using IncidentDb.Web.Tests.Hosting;
using IncidentDb.Web.Tests.Submissions;

[assembly: TestCollectionOrderer(typeof(IncidentDb.Web.Tests.TestOrder))]

namespace IncidentDb.Web.Tests;

public sealed class TestOrder() : LongestFirst(nameof(AccessTests), ReadingSite.Name, Contributing.Name, nameof(NaughtyCopyTests), nameof(StartTests), nameof(KilledSiteTests));
