using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IncidentDb.Search;
using IncidentDb.Storage;

namespace IncidentDb.Benchmarks.Peers;

/// <summary>Figures of a peer that runs outside this process.</summary>
internal sealed record PeerFigures(double P50, double P95, double P99, double BuildRate);

/// <summary>
/// Java Lucene 8.7 from Debian's <c>liblucene8-java</c>, in a Java of its own, on the same records and queries: <c>LucenePeer.java</c> says how its page is made.
/// </summary>
internal static class LucenePeer
{
    private const string Jars = "/usr/share/java";

    /// <summary>Why it can't run here, or null.</summary>
    public static string? Missing() =>
        !File.Exists(Path.Combine(Jars, "lucene-core-8.7.0.jar")) ? "liblucene8-java is not installed"
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, "java"))) ? null
        : "there is no java";

    public static PeerFigures Run(IReadOnlyList<IndexedRecord> records, IReadOnlyList<SearchQuery> queries, int warm, int pages)
    {
        var folder = Directory.CreateTempSubdirectory("incidentdb-peer-");
        try
        {
            File.WriteAllLines(Path.Combine(folder.FullName, "records.tsv"), records.Select(Line));
            File.WriteAllLines(Path.Combine(folder.FullName, "queries.tsv"), queries.Select(Line));
            string[] jars = ["core", "analyzers-common", "queryparser", "queries", "sandbox"];
            var start = new ProcessStartInfo("java") { RedirectStandardOutput = true, UseShellExecute = false };
            foreach (var argument in (string[])["-Xmx8g", "-cp", string.Join(':', jars.Select(j => $"{Jars}/lucene-{j}-8.7.0.jar")), Path.Combine(Locations.CloneRoot()!, "tools", "benchmarks", "Peers", "LucenePeer.java"), folder.FullName, $"{warm}", $"{pages}"])
                start.ArgumentList.Add(argument);
            using var java = Process.Start(start)!;
            var output = java.StandardOutput.ReadToEnd();
            java.WaitForExit();
            if (java.ExitCode != 0)
                throw new InvalidOperationException($"the peer ended with {java.ExitCode}: {output}");
            return JsonSerializer.Deserialize<PeerFigures>(output, JsonSerializerOptions.Web)!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Clean(string text) => text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');

    /// <summary>Title, summary, passages, six facets, loss and start, tab-separated.</summary>
    private static string Line(IndexedRecord record)
    {
        var (title, summary) = (TextFields.IndexOf("title"), TextFields.IndexOf("summary"));
        string Text(int field) => Clean(string.Join(' ', record.Passages.Where(p => p.Field == field).Select(p => p.Text)));
        string Values(string facet) => string.Join(' ', record.Values.GetValueOrDefault(facet) ?? []);
        string Least(string quantity) => record.Quantities.TryGetValue(quantity, out var b) && !double.IsNaN(b.Min) ? b.Min.ToString(CultureInfo.InvariantCulture) : "";
        return string.Join('\t',
            Text(title), Text(summary), string.Join('\u0001', record.Passages.Select(p => Clean(p.Text))),
            Values("company"), Values("cause"), Values("pattern"), Values("severity"), Values("detection"), Least("year"),
            Least("loss"), double.IsNaN(record.Started) ? "" : record.Started.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The text, the filters as name=value, and the sort.</summary>
    private static string Line(SearchQuery query) => string.Join('\t', query.Text, string.Join(' ', query.Filters.Select(f => $"{f.Key}={f.Value.Include[0]}")), query.Sort == SearchSort.Relevance ? "score" : "date");
}
