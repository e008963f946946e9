using Dapper;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Tests.Storage;

/// <summary>reliability.md D12: a backup made under load restores to the same counts and hashes.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly KnowledgeBase _library;

    public BackupTests() => _library = Libraries.With(_directory, 40);

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_backup_made_while_others_write_restores_to_the_state_of_its_last_change()
    {
        using var stop = new CancellationTokenSource();
        var writes = 0;
        var writer = Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                var slug = $"record-{(n % 40) + 1}";
                var text = _library.Records.Find(Noun.Incident, slug)!.Content;
                _library.Save(slug, text.Replace("title: ", $"title: {(char)('A' + (n % 26))} ", StringComparison.Ordinal)[..Math.Min(text.Length + 2, 200_000)], "a test", "load").ShouldNotBeNull();
                writes++;
                await Task.Delay(20);
            }
        });
        var made = new List<(string Path, BackupManifest Manifest)>();
        for (var i = 0; i < 5; i++)
        {
            made.Add(Backup.Make(_library.Database, _directory["backups"], new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero)));
            await Task.Delay(60);
        }

        await stop.CancelAsync();
        await writer;
        writes.ShouldBeGreaterThan(5);
        made.Select(m => m.Manifest.Seq).ShouldBe(made.Select(m => m.Manifest.Seq).Order(), "the load went on between them");
        made[^1].Manifest.Seq.ShouldBeGreaterThan(made[0].Manifest.Seq);
        foreach (var (path, manifest) in made)
        {
            Backup.Verify(path).ContentHash.ShouldBe(manifest.ContentHash);
            // As many revisions as the living database had at that change.
            _library.Database.Read(c => c.ExecuteScalar<long>("select count(*) from revisions where seq <= @Seq", new { manifest.Seq })).ShouldBe(manifest.Counts["revisions"]);
            var target = _directory[$"restored-{manifest.Seq}-{Guid.NewGuid():N}"];
            Backup.Restore(path, target);
            using var restored = KnowledgeBase.Open(target, "a test");
            restored.Changes.LastSeq().ShouldBe(manifest.Seq);
            restored.Changes.FirstBrokenLink().ShouldBeNull();
            restored.Database.CheckIntegrity().ShouldBe("ok");
            restored.Search.Count.ShouldBe(40);
            foreach (var record in restored.Records.All(Noun.Incident))
                _library.Changes.Revision(record.Id, (int)record.Revision).ShouldBe(record.Content);
        }
    }

    [Fact]
    public void A_backup_that_is_not_whole_is_not_restored()
    {
        var (path, _) = Backup.Make(_library.Database, _directory["backups"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var file = Path.Combine(path, Backup.DatabaseFile);
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(file, bytes);
        Should.Throw<BackupException>(() => Backup.Verify(path)).Message.ShouldContain("damaged");
        Should.Throw<BackupException>(() => Backup.Restore(path, _directory["fresh"]));
        Directory.Exists(_directory["fresh"]).ShouldBeFalse("nothing was made");
        File.Delete(Path.Combine(path, Backup.ManifestFile));
        Should.Throw<BackupException>(() => Backup.Verify(path)).Message.ShouldContain("manifest");
    }

    [Fact]
    public void A_backup_of_a_program_that_counted_fewer_tables_is_verified_by_what_it_counted()
    {
        _library.Database.Write(c => c.Execute("drop table host_copies; pragma user_version = 2"));
        var (path, manifest) = Backup.Make(_library.Database, _directory["backups"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        manifest.Counts.Keys.ShouldNotContain("host_copies");
        var file = Path.Combine(path, Backup.ManifestFile);
        var text = File.ReadAllText(file);
        File.WriteAllText(file, text.Replace("\"acts\": 0,", "", StringComparison.Ordinal).Replace(",\n    \"acts\": 0", "", StringComparison.Ordinal));
        File.ReadAllText(file).ShouldNotContain("\"acts\"", customMessage: "else nothing was taken away");
        Backup.Verify(path).Counts.Keys.ShouldNotContain("acts");
        File.WriteAllText(file, text.Replace("\"acts\": 0", "\"acts\": 1", StringComparison.Ordinal));
        Should.Throw<BackupException>(() => Backup.Verify(path)).Message.ShouldContain("differs");
    }

    [Fact]
    public void Nothing_is_restored_over_something_that_is_there()
    {
        var (path, _) = Backup.Make(_library.Database, _directory["backups"], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _directory.Write("full/notes.txt", "mine");
        Should.Throw<BackupException>(() => Backup.Restore(path, _directory["full"])).Message.ShouldContain("not empty");
        Directory.GetFiles(_directory["full"]).Length.ShouldBe(1);
    }

    [Fact]
    public void Of_many_backups_the_newest_of_each_day_and_week_stay()
    {
        var from = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
        foreach (var hours in Enumerable.Range(0, 40).Select(i => i * 12))
        {
            var path = _directory[$"many/backup-{from.AddHours(hours):yyyyMMdd'T'HHmmss'Z'}"];
            Directory.CreateDirectory(path);
            File.WriteAllText(Path.Combine(path, Backup.ManifestFile), "{}");
        }

        Directory.CreateDirectory(_directory["many/backup-of-mine"]);
        Backup.Prune(_directory["many"], days: 7, weeks: 3).Count.ShouldBe(40 - 8, "seven days, and one week that ends before them");
        var kept = Backup.List(_directory["many"]).Select(b => b.MadeAt).ToList();
        kept.Take(7).Select(k => k.Day).ShouldBe([20, 19, 18, 17, 16, 15, 14]);
        kept.ShouldAllBe(k => k.Hour == 14);
        Directory.Exists(_directory["many/backup-of-mine"]).ShouldBeTrue();
    }

    [Fact]
    public void The_command_line_makes_verifies_and_restores_and_makes_an_administrator()
    {
        _library.Dispose();
        CommandLine.Run(_directory["var"], "backup", _directory["cli"]).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(0), r => r.Out.ShouldContain("74 records"));
        var path = Backup.List(_directory["cli"]).Single().Path;
        CommandLine.Run(_directory["var"], "verify-backup", path).ExitCode.ShouldBe(0);
        CommandLine.Run(_directory["var"], "restore", path).ShouldSatisfyAllConditions(r => r.ExitCode.ShouldBe(3), r => r.Error.ShouldContain("not empty"));
        CommandLine.Run(_directory["new"], "restore", path).ExitCode.ShouldBe(0);
        CommandLine.Run(_directory["new"], "doctor").ExitCode.ShouldBe(0);
        var created = CommandLine.Run(_directory["new"], "admin", "create", "keeper", "--url", "https://incidents.example");
        created.ExitCode.ShouldBe(0);
        created.Out.ShouldStartWith("https://incidents.example/account/password/");
        CommandLine.Run(_directory["new"], "admin", "create", "keeper").ExitCode.ShouldBe(1);
        CommandLine.Run(_directory["new"], "admin", "create", "no good name").ExitCode.ShouldBe(2);
        CommandLine.Run(_directory["new"], "admin", "reset-link", "keeper").ExitCode.ShouldBe(0);
        CommandLine.Run(_directory["new"], "admin", "reset-link", "nobody").ExitCode.ShouldBe(1);
        using var opened = KnowledgeBase.Open(_directory["new"], "a test");
        var link = created.Lines[0].Split('/')[^1];
        opened.Links.PasswordAccount(link, TimeProvider.System.GetUtcNow()).ShouldBeNull("a newer link ends the one before");
        opened.Accounts.AnyAdmin().ShouldBeTrue();
    }
}
