using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Hosting;

namespace IncidentDb.Web.Tests.Accounts;

/// <summary>reliability.md L4: people who sign in must not take the cores from people who search. A measurement: INCIDENTDB_LOAD=1 runs it.</summary>
public sealed class SignInLoadTests
{
    /// <summary>A password is checked one at a time, as on a machine with two cores.</summary>
    private sealed class OneHashSite : ContributingSite
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.UseSetting("IncidentDb:HashesAtOnce", "1");
            builder.UseSetting("IncidentDb:KeepPages", "false");
        }
    }

    [Fact]
    public async Task Two_hundred_sign_ins_at_once_leave_searching_quick()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("INCIDENTDB_LOAD") == "1", "A measurement; INCIDENTDB_LOAD=1 runs it.");
        using var site = new OneHashSite();
        var people = Enumerable.Range(0, 200).Select(_ => site.Nobody()).ToList();
        var tokens = await Task.WhenAll(people.Select(p => p.FormTokenAsync()));
        for (var i = 0; i < 50; i++)
            (await site.Client.GetAsync($"/incidents?q=outage+{i}")).EnsureSuccessStatusCode();
        var quiet = await SearchAsync(site, 200, CancellationToken.None);
        using var end = new CancellationTokenSource();
        var search = SearchAsync(site, int.MaxValue, end.Token);
        var clock = Stopwatch.StartNew();
        var statuses = new List<int>();
        while (clock.Elapsed < TimeSpan.FromSeconds(15))
        {
            var answers = await Task.WhenAll(people.Select((p, i) => p.PostAsync("/login", [new("__RequestVerificationToken", tokens[i]), new("name", $"nobody-{i}"), new("password", "a wrong password, long enough")])));
            statuses.AddRange(answers.Select(a => (int)a.StatusCode));
            foreach (var answer in answers)
                answer.Dispose();
        }

        await end.CancelAsync();
        var busy = await search;
        people.ForEach(p => p.Dispose());
        var printed = string.Create(CultureInfo.InvariantCulture, $"searches alone: p50 {quiet.P50:0} ms, p99 {quiet.P99:0} ms of {quiet.Count}; under {statuses.Count} sign-ins ({statuses.Count(s => s == 401)} checked, {statuses.Count(s => s == 429)} told to wait): p50 {busy.P50:0} ms, p99 {busy.P99:0} ms of {busy.Count}");
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
        statuses.ShouldAllBe(s => s == 401 || s == 429);
        busy.P99.ShouldBeLessThan(150, printed);
    }

    private static async Task<(double P50, double P99, int Count)> SearchAsync(Site site, int count, CancellationToken end)
    {
        string[] words = ["dns", "certificate", "retry storm", "database", "deploy", "\"control plane\"", "queue", "network"];
        var times = new List<double>();
        for (var i = 0; i < count && !end.IsCancellationRequested; i++)
        {
            var start = Stopwatch.GetTimestamp();
            using var answer = await site.Client.GetAsync($"/incidents?q={Uri.EscapeDataString(words[i % words.Length])}&page={(i % 3) + 1}", CancellationToken.None);
            await answer.Content.ReadAsStringAsync(CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(10, CancellationToken.None);
        }

        times.Sort();
        return (times[times.Count / 2], times[(int)(times.Count * 0.99)], times.Count);
    }
}
