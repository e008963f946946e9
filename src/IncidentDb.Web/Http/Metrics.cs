using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;

namespace IncidentDb.Web.Http;

/// <summary>
/// <c>/metrics</c> in the text form of Prometheus, from the instruments of the framework and our own. It says how busy the site is, so only the machine
/// itself may ask.
/// </summary>
internal sealed class Metrics : IDisposable
{
    public static readonly Meter Meter = new("IncidentDb");

    /// <summary>Bounds of the durations of requests, in seconds.</summary>
    private static readonly double[] _bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Sum> _sums = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Spread> _spreads = new(StringComparer.Ordinal);

    public Metrics()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Meter.Name || instrument.Name is "http.server.request.duration" or "http.server.active_requests")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    private sealed class Sum(string description)
    {
        private double _value;

        public string Description { get; } = description;

        public double Value => Volatile.Read(ref _value);

        public void Add(double value)
        {
            for (var seen = Volatile.Read(ref _value); ;)
            {
                var now = Interlocked.CompareExchange(ref _value, seen + value, seen);
                if (now == seen)
                    return;
                seen = now;
            }
        }
    }

    private sealed class Spread
    {
        public long[] Counts { get; } = new long[_bounds.Length + 1];

        public Sum Total { get; } = new("");

        public void Add(double value)
        {
            var i = Array.FindIndex(_bounds, b => value <= b);
            Interlocked.Increment(ref Counts[i < 0 ? _bounds.Length : i]);
            Total.Add(value);
        }
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (instrument is Histogram<double>)
            _spreads.GetOrAdd($"status=\"{Tag(tags, "http.response.status_code")}\"", _ => new Spread()).Add(value);
        else
            _sums.GetOrAdd(Name(instrument.Name), _ => new Sum(instrument.Description ?? "")).Add(value);
    }

    /// <summary>Paths are no labels: there are as many of them as anybody cares to make up.</summary>
    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }

        return "";
    }

    private static string Name(string name) => name.Replace('.', '_');

    /// <summary>All that was counted, and the state of the library now.</summary>
    public string Print(KnowledgeBase library)
    {
        var text = new StringBuilder();
        foreach (var (name, sum) in _sums.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            // What goes up and down again is no counter.
            var gauge = name == "http_server_active_requests";
            One(text, gauge ? name : name + "_total", gauge ? "gauge" : "counter", sum.Description, sum.Value);
        }

        text.Append("# HELP http_server_request_duration_seconds Time of requests by status.\n# TYPE http_server_request_duration_seconds histogram\n");
        foreach (var (labels, spread) in _spreads.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var below = 0L;
            for (var i = 0; i <= _bounds.Length; i++)
            {
                below += Interlocked.Read(ref spread.Counts[i]);
                text.Append(CultureInfo.InvariantCulture, $"http_server_request_duration_seconds_bucket{{{labels},le=\"{(i < _bounds.Length ? _bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf")}\"}} {below}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"http_server_request_duration_seconds_sum{{{labels}}} {spread.Total.Value}\nhttp_server_request_duration_seconds_count{{{labels}}} {below}\n");
        }

        var file = new FileInfo(Path.Combine(library.Database.Directory, "incidentdb.db"));
        var log = new FileInfo(file.FullName + "-wal");
        One(text, "incidentdb_records", "gauge", "Records that can be found.", library.Search.Count);
        One(text, "incidentdb_search_seq", "gauge", "The change up to which search knows the library.", library.Search.Seq);
        One(text, "incidentdb_search_lag_changes", "gauge", "Changes that search does not know yet.", library.Changes.LastSeq() - library.Search.Seq);
        One(text, "incidentdb_writers_waiting", "gauge", "Writes that wait for their turn.", library.Database.WritersWaiting);
        One(text, "incidentdb_database_bytes", "gauge", "Size of the database.", file.Exists ? file.Length : 0);
        One(text, "incidentdb_wal_bytes", "gauge", "Size of its write-ahead log.", log.Exists ? log.Length : 0);
        One(text, "incidentdb_memory_bytes", "gauge", "Memory of the process.", Environment.WorkingSet);
        return text.ToString();
    }

    private static void One(StringBuilder text, string name, string type, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n{name} {value}\n");

    public void Dispose() => _listener.Dispose();
}

internal static class MetricsEndpoint
{
    public static void MapMetrics(this WebApplication app) => app.MapGet("/metrics", (HttpContext context, Metrics metrics, KnowledgeBase library) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? Results.Text(metrics.Print(library), "text/plain; version=0.0.4; charset=utf-8")
            : Results.NotFound()).AllowAnonymous();
}
