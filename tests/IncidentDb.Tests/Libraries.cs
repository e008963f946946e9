using IncidentDb.Import;
using IncidentDb.Search;

namespace IncidentDb.Tests;

/// <summary>Libraries of small records, and what makes two of them equal to who searches.</summary>
internal static class Libraries
{
    /// <summary>A library of so many small records, slugs <c>record-1</c> and so on.</summary>
    public static KnowledgeBase With(TempDirectory directory, int records)
    {
        var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        library.Import(DataFolder.Open(Folder(directory, records)));
        return library;
    }

    public static string Folder(TempDirectory directory, int records)
    {
        Sample.Folder(directory, Enumerable.Range(1, records).Select(n => ($"record-{n}", Sample.Minimal(n))));
        return directory.Path;
    }

    /// <summary>Everything a set of searches shows: the same text for libraries that hold the same, whatever way they came to it.</summary>
    public static string Searched(this KnowledgeBase library)
    {
        string[] queries = ["", "queue", "dns network", "\"front page\"", "memo*", "botnd~", "-cloud", "severity:S2", "summary:bound OR title:data", "\"queue number 7\""];
        return string.Join('\n', queries.Select(q =>
        {
            var results = library.Search.Search(new SearchQuery { Text = q, Size = 50 }, library.SearchOptions() with { Limit = TimeSpan.FromSeconds(30) });
            var hits = results.Hits.Select(h => $"{library.Incidents.Summaries([h.Id])[0].Slug} {h.Score:0.0000}");
            var facets = results.Facets.Select(f => $"{f.Facet.Name}: {string.Join(' ', f.Values.Select(v => $"{v.Value}={v.Count}"))}");
            return $"{q}: {results.Total}\n{string.Join('\n', hits)}\n{string.Join('\n', facets)}";
        }));
    }
}
