using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Tests.Search;

/// <summary>Small invented records for search tests, made from a short list of words so that everything collides.</summary>
internal static class IndexedRecords
{
    private static readonly string[] _words =
        ["disk", "disks", "failing", "failed", "failure", "network", "dns", "bgp", "route", "leak", "control", "plane", "us-east-1", "retry", "retries", "storm", "cache", "certificate", "expired", "the", "of", "fail-over", "c++", "99.99%"];

    private static readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal)
    {
        ["kind"] = ["incident", "near_miss", "case_study"],
        ["cause"] = ["change", "no-canary", "network", "dns", "unknown"],
        ["pattern"] = ["bulkhead", "time-out", "canary-release", "static-stability"],
        ["company"] = ["google", "amazon", "facebook"],
        ["severity"] = ["S1", "S2", "S3", "S4"],
        ["detection"] = ["monitoring_alert", "customer_report", "not_disclosed"],
        ["impact"] = ["full_outage", "data_loss"],
    };

    public static IReadOnlyList<string> Words => _words;

    public static IReadOnlyList<string> ValuesOf(string facet) => _values.TryGetValue(facet, out var values) ? values : [];

    public static IEnumerable<string> Facets => _values.Keys;

    public static IndexedRecord Make(long id, Random random)
    {
        var passages = new List<Passage>();
        for (var n = random.Next(2, 9); n > 0; n--)
        {
            var field = random.Next(TextFields.All.Count);
            passages.Add(new Passage(field, $"p{n}", "", string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => _words[random.Next(_words.Length)]))));
        }

        var values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var (facet, words) in _values)
        {
            var multiple = FacetList.Find(facet)!.Multiple;
            values[facet] = [.. Enumerable.Range(0, multiple ? random.Next(0, 3) : 1).Select(_ => words[random.Next(words.Length)]).Distinct(StringComparer.Ordinal)];
        }

        var year = random.Next(2005, 2025);
        var loss = Math.Round(Math.Pow(10, 3 + (random.NextDouble() * 7)));
        var quantities = new Dictionary<string, Bounds>(StringComparer.Ordinal) { ["year"] = new Bounds(year, year) };
        if (random.Next(2) == 0)
            quantities["loss"] = new Bounds(loss, loss * (random.Next(2) + 1));
        else
            values["loss"] = ["not_disclosed"];
        if (random.Next(3) > 0)
        {
            var minutes = Math.Round(Math.Pow(10, random.NextDouble() * 5));
            quantities["duration"] = new Bounds(minutes, minutes);
        }

        var started = (double)new DateTimeOffset(year, random.Next(1, 13), random.Next(1, 28), 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
        return new IndexedRecord
        {
            Id = id,
            Slug = $"r{id}",
            Passages = passages,
            Values = values,
            Quantities = quantities,
            Started = started,
            StartedBounds = new Bounds(started, started + 86399),
            Added = id,
        };
    }

    public static List<IndexedRecord> Many(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(i => Make(i, random))];
    }
}
