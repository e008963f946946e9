using IncidentDb.Web.Hosting;
using Microsoft.Extensions.Logging;

namespace IncidentDb.Web.Tests.Hosting;

/// <summary>A backup comes by itself, and one that fails takes nothing with it.</summary>
public sealed class DailyBackupTests
{
    [Fact]
    public async Task A_new_site_has_a_backup_at_once()
    {
        using var directory = new PrivateDirectory();
        using var library = KnowledgeBase.Open(directory.Path, "a test");
        var folder = Path.Combine(directory.Path, "backups");
        await RunAsync(library, new(), async () =>
        {
            while (!Directory.Exists(folder) || Directory.GetFileSystemEntries(folder).Length == 0)
                await Task.Delay(20, TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task One_that_fails_in_a_way_nobody_has_thought_of_does_not_end_the_site()
    {
        using var directory = new PrivateDirectory();
        using var library = KnowledgeBase.Open(directory.Path, "a test");
        library.Database.Dispose();
        var said = new Said();
        await RunAsync(library, said, () => said.First);
        (await said.First).ShouldBe("No backup was made, for a reason that is not known.");
    }

    /// <summary>Runs it until something is done; what escapes from it would stop the host and is thrown here.</summary>
    private static async Task RunAsync(KnowledgeBase library, Said said, Func<Task> done)
    {
        using var backup = new DailyBackup(library, new SiteSettings(), TimeProvider.System, said);
        await backup.StartAsync(TestContext.Current.CancellationToken);
        await await Task.WhenAny(done(), backup.ExecuteTask!).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        backup.ExecuteTask!.IsCompleted.ShouldBeFalse("it must wait for the next time");
        await backup.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A log of one line.</summary>
    private sealed class Said : ILogger<DailyBackup>
    {
        private readonly TaskCompletionSource<string> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> First => _first.Task;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _first.TrySetResult(formatter(state, exception));
    }
}
