using IncidentDb.Accounts;
using IncidentDb.Storage;

namespace IncidentDb.Web.Hosting;

/// <summary>Makes a backup when the last one is older than the setting says, and deletes those that are older than what is kept. On by default.</summary>
internal sealed class DailyBackup(KnowledgeBase library, SiteSettings settings, TimeProvider time, ILogger<DailyBackup> log) : BackgroundService
{
    private static readonly TimeSpan _look = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.BackupHours == 0)
            return;
        using var timer = new PeriodicTimer(_look, time);
        do
        {
            await Task.Run(MakeWhenDue, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void MakeWhenDue()
    {
        var folder = Path.Combine(library.Database.Directory, "backups");
        var now = time.GetUtcNow();
        try
        {
            if (Backup.List(folder) is [var last, ..] && now - last.MadeAt < TimeSpan.FromHours(settings.BackupHours))
                return;
            var (path, manifest) = Backup.Make(library.Database, folder, now);
            library.Audit.Write(AuditEvents.Backup, null, null, $"{Path.GetFileName(path)}, change {manifest.Seq}, {manifest.Bytes} bytes", now);
            library.Audit.Purge(now);
            foreach (var gone in Backup.Prune(folder, settings.BackupsKeptDaily, settings.BackupsKeptWeekly))
                log.LogInformation("Backup {Name} is older than what is kept and was deleted.", Path.GetFileName(gone));
        }
        catch (Exception e) when (e is BackupException or DatabaseBusyException or DiskFullException or IOException)
        {
            log.LogError("No backup was made: {Reason}", e.Message);
        }
        catch (Exception e)
        {
            // Left to the host, what nobody has thought of would end the site.
            log.LogError(e, "No backup was made, for a reason that is not known.");
        }
    }
}
