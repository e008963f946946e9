using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace IncidentDb.Web.Http;

/// <summary>Where the time of pages goes, for <c>/metrics</c>: making them, the search within, and compressing them.</summary>
internal static class PageTimes
{
    private static readonly Counter<long> _pages = Metrics.Meter.CreateCounter<long>("incidentdb_pages_made", description: "Answers that were made and not taken from memory.");
    private static readonly Counter<double> _making = Metrics.Meter.CreateCounter<double>("incidentdb_pages_making_seconds", description: "Time of making them, compression not counted.");
    private static readonly Counter<double> _compressing = Metrics.Meter.CreateCounter<double>("incidentdb_pages_compressing_seconds", description: "Time of compressing them.");
    private static readonly Counter<long> _searches = Metrics.Meter.CreateCounter<long>("incidentdb_searches", description: "Searches of the site and its twins.");
    private static readonly Counter<double> _searching = Metrics.Meter.CreateCounter<double>("incidentdb_searching_seconds", description: "Time of the engine in them.");
    private static readonly AsyncLocal<Clock?> _clock = new();

    private sealed class Clock
    {
        public long Compressing { get; set; }
    }

    public static async Task Measure(HttpContext context, RequestDelegate next)
    {
        var clock = _clock.Value = new Clock();
        var start = Stopwatch.GetTimestamp();
        await next(context);
        _pages.Add(1);
        _making.Add(Stopwatch.GetElapsedTime(start).TotalSeconds - Seconds(clock.Compressing));
    }

    public static void Searched(Search.SearchResults results)
    {
        _searches.Add(1);
        _searching.Add(results.Took.TotalSeconds);
    }

    public static void Compressed(long ticks)
    {
        _compressing.Add(Seconds(ticks));
        if (_clock.Value is { } clock)
            clock.Compressing += ticks;
    }

    private static double Seconds(long ticks) => (double)ticks / Stopwatch.Frequency;
}

/// <summary>A stream that notes the time that writing to the one below takes.</summary>
internal sealed class TimedStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var start = Stopwatch.GetTimestamp();
        inner.Write(buffer);
        PageTimes.Compressed(Stopwatch.GetTimestamp() - start);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        await inner.WriteAsync(buffer, cancellationToken);
        PageTimes.Compressed(Stopwatch.GetTimestamp() - start);
    }

    public override void Flush() => inner.Flush();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await inner.FlushAsync(cancellationToken);
        PageTimes.Compressed(Stopwatch.GetTimestamp() - start);
    }

    public override async ValueTask DisposeAsync()
    {
        var start = Stopwatch.GetTimestamp();
        await inner.DisposeAsync();
        PageTimes.Compressed(Stopwatch.GetTimestamp() - start);
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
