using IncidentDb.Browser.Tests.Contributing;

[assembly: TestCollectionOrderer(typeof(IncidentDb.Browser.Tests.TestOrder))]

namespace IncidentDb.Browser.Tests;

public sealed class TestOrder() : LongestFirst(nameof(PageKindTests), ContributingBrowser.Name, nameof(ContributingPageTests));
