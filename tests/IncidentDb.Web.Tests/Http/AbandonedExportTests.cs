using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentDb.Web.Tests.Http;

public sealed class AbandonedExportTests
{
    [Fact]
    public async Task An_export_ends_when_whoever_asked_has_gone()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var over = false;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapGet("/endless.csv", () => Twins.Text("text/csv", "endless.csv", writer =>
        {
            try
            {
                while (!Volatile.Read(ref over))
                    writer.Write("a line of a library that has no end\n");
            }
            finally
            {
                ended.SetResult();
            }
        }));
        await app.StartAsync(cancelled);
        using (var client = new HttpClient())
        {
            await using var body = await client.GetStreamAsync(new Uri(new Uri(app.Urls.First()), "/endless.csv"), cancelled);
            await body.ReadExactlyAsync(new byte[100_000], cancelled);
            ended.Task.IsCompleted.ShouldBeFalse();
        }

        try
        {
            await ended.Task.WaitAsync(TimeSpan.FromSeconds(20), cancelled);
        }
        finally
        {
            Volatile.Write(ref over, true);
        }
    }
}
