using System.CommandLine;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>backup</c>, <c>verify-backup</c> and <c>restore</c>.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new Argument<string?>("folder") { Description = "Where backups lie. Without it: backups/ in the data directory.", Arity = ArgumentArity.ZeroOrOne };
        var keys = new Option<bool>("--with-keys") { Description = "Also copy the keys of the site's forms; they are secrets." };
        var json = Output.JsonOption();
        var command = new Command("backup", "Copy the database, also while the site runs, and verify the copy.") { folder, keys, json };
        command.SetAction(parsed => Guarded(() =>
        {
            using var database = Database.OpenReadOnly(Locations.DataDirectory());
            var (path, manifest) = Backup.Make(database, parsed.GetValue(folder) ?? Path.Combine(Locations.DataDirectory(), "backups"), TimeProvider.System.GetUtcNow(), parsed.GetValue(keys));
            return Print(path, manifest, parsed.GetValue(json), "made and verified");
        }));
        return command;
    }

    public static Command Verify()
    {
        var path = new Argument<string>("backup") { Description = "The backup's directory." };
        var json = Output.JsonOption();
        var command = new Command("verify-backup", "Read a backup whole and compare it with its manifest.") { path, json };
        command.SetAction(parsed => Guarded(() => Print(parsed.GetValue(path)!, Backup.Verify(parsed.GetValue(path)!), parsed.GetValue(json), "is whole")));
        return command;
    }

    public static Command Restore()
    {
        var path = new Argument<string>("backup") { Description = "The backup's directory." };
        var json = Output.JsonOption();
        var command = new Command("restore", "Copy a backup into an empty data directory (INCIDENTDB_DATA).") { path, json };
        command.SetAction(parsed => Guarded(() => Print(Locations.DataDirectory(), Backup.Restore(parsed.GetValue(path)!, Locations.DataDirectory()), parsed.GetValue(json), "restored")));
        return command;
    }

    private static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is BackupException or DatabaseUnusableException or IOException or UnauthorizedAccessException)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }

    private static int Print(string path, BackupManifest manifest, bool json, string done)
    {
        if (json)
            Output.Json(new { path, manifest });
        else
            Console.WriteLine($"{path} {done}: change {manifest.Seq}, {manifest.Counts["records"]} records, {manifest.Counts["revisions"]} revisions, {manifest.Counts["submissions"]} submissions, {manifest.Counts.GetValueOrDefault("host_copies")} copies of prep sheets, {manifest.Bytes / 1024.0 / 1024:0.0} MB");
        return ExitCode.Done;
    }
}
