using System.Diagnostics;
using System.Runtime;

namespace IncidentDb.Benchmarks;

/// <summary>Times of pages in milliseconds, sorted.</summary>
internal sealed class Measured
{
    private readonly double[] _times;

    public Measured(IEnumerable<double> times)
    {
        _times = [.. times];
        Array.Sort(_times);
    }

    public double P50 => At(0.50);

    public double P95 => At(0.95);

    public double P99 => At(0.99);

    public double P999 => At(0.999);

    private double At(double share) => _times.Length == 0 ? double.NaN : _times[Math.Min(_times.Length - 1, (int)(_times.Length * share))];

    /// <summary>Runs a page again and again, first to warm up, then measured.</summary>
    public static Measured Run(int warm, int pages, Action<int> page)
    {
        for (var i = 0; i < warm; i++)
            page(i);
        var times = new double[pages];
        for (var i = 0; i < pages; i++)
        {
            var start = Stopwatch.GetTimestamp();
            page(i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return new Measured(times);
    }

    /// <summary>The rate of so many threads by that of one, taken by turns; the median of seven turns, for one alone says as much about the machine.</summary>
    public static double Gain(int threads, int pages, Action<int> page) =>
        new Measured(Enumerable.Range(0, 7).Select(_ => Rate(threads, pages, page) / Rate(1, pages, page))).P50;

    /// <summary>Pages a second of so many threads that each run all pages.</summary>
    public static double Rate(int threads, int pages, Action<int> page)
    {
        var clock = Stopwatch.StartNew();
        var running = Enumerable.Range(0, threads).Select(t => new Thread(() =>
        {
            for (var i = 0; i < pages; i++)
                page(i + (t * 31));
        })).ToList();
        running.ForEach(t => t.Start());
        running.ForEach(t => t.Join());
        return threads * pages / clock.Elapsed.TotalSeconds;
    }

    /// <summary>Bytes in use after everything that can go has gone, SQLite's included.</summary>
    public static long Bytes()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: true) + Storage.SqliteNative.MemoryUsed();
    }
}
