using System.CommandLine;
using System.Diagnostics;
using System.Net;

namespace IncidentDb.Benchmarks;

/// <summary>
/// <c>load</c>: requests that come at a fixed rate whether or not earlier ones were answered, as those of many people do. The time of each counts from
/// when it was due, so that a site that stops for a second shows it in all requests of that second, not only in those that a waiting client had sent.
/// </summary>
internal static class LoadBench
{
    /// <summary>As long as a request may take, and as long as is waited after the last was due.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private const int MaxRequests = 1_000_000;

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Where the site listens.", Required = true };
        var paths = new Option<string>("--paths") { Description = "A file with a path in each line; they are asked for in turn.", Required = true };
        var rates = new Option<int[]>("--rates") { Description = "Requests a second, one after the other.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [200, 400, 600] };
        var seconds = new Option<int>("--seconds") { Description = "How long each rate is kept.", DefaultValueFactory = _ => 10 };
        var command = new Command("load", "Requests to a running site at fixed rates.") { url, paths, rates, seconds };
        command.SetAction((parsed, cancelled) => RunAsync(new Uri(parsed.GetValue(url)!), File.ReadAllLines(parsed.GetValue(paths)!), parsed.GetValue(rates)!, parsed.GetValue(seconds), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(Uri url, string[] paths, int[] rates, int seconds, CancellationToken cancelled)
    {
        var addresses = paths.Where(p => p.Length > 0).Select(p => new Uri(url, p)).ToArray();
        if (addresses.Length == 0 || rates.Any(r => r <= 0 || (long)r * seconds is < 1 or > MaxRequests))
        {
            await Console.Error.WriteLineAsync($"There must be a path, and from 1 to {MaxRequests:#,0} requests of each rate.");
            return 2;
        }

        Console.WriteLine("| due a second | seconds | requests | answered a second | p50, ms | p99 | p99.9 | longest | latest start | errors |");
        Console.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var rate in rates)
            Console.WriteLine(await AtAsync(rate, rate * seconds, addresses, cancelled));
        return 0;
    }

    private static async Task<string> AtAsync(int rate, int requests, Uri[] addresses, CancellationToken cancelled)
    {
        // Enough connections that none waits for another's answer while the site keeps up; past that, waiting counts.
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512, UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { Timeout = _patience };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", "br");
        var times = new double[requests];
        var late = new double[requests];
        var errors = 0;
        var running = new Task[requests];
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);

        async Task AskAsync(int i, long due)
        {
            // Off the thread that keeps the time.
            await Task.Yield();
            late[i] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
            try
            {
                using var answer = await client.GetAsync(addresses[i % addresses.Length], cancelled);
                if (answer.StatusCode != HttpStatusCode.OK)
                    Interlocked.Increment(ref errors);
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancelled.IsCancellationRequested)
            {
                Interlocked.Increment(ref errors);
            }

            times[i] = Stopwatch.GetElapsedTime(due).TotalMilliseconds;
        }

        var clock = new Thread(() =>
        {
            for (var i = 0; i < requests; i++)
            {
                var due = start + (long)((double)i / rate * Stopwatch.Frequency);
                while (Stopwatch.GetTimestamp() < due)
                    Thread.Sleep(due - Stopwatch.GetTimestamp() > Stopwatch.Frequency / 500 ? 1 : 0);
                running[i] = AskAsync(i, due);
            }
        });
        clock.Start();
        await Task.Run(clock.Join, cancelled);
        await Task.WhenAll(running);
        var took = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var measured = new Measured(times);
        return $"| {rate} | {requests / rate} | {requests:#,0} | {requests / took:0} | {measured.P50:0.0} | {measured.P99:0.0} | {measured.P999:0.0} | {times.Max():0} | {late.Max():0} | {errors} |";
    }
}
