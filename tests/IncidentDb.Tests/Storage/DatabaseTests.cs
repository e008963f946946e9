using Dapper;
using IncidentDb.Storage;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Tests.Storage;

public sealed class DatabaseTests
{
    [Fact]
    public void What_a_failed_write_had_done_is_undone_and_the_next_one_goes_on()
    {
        using var directory = new TempDirectory();
        using var database = Database.Open(directory.Path, "a test");
        Should.Throw<InvalidOperationException>(() => database.Write(c =>
        {
            Database.SetMeta(c, "name", "half");
            throw new InvalidOperationException("in the middle");
        }));
        database.Meta("name").ShouldBeNull();
        database.Write(c => Database.SetMeta(c, "name", "whole"));
        database.Meta("name").ShouldBe("whole");
        database.CheckIntegrity().ShouldBe("ok");
    }

    [Fact]
    public void What_is_acknowledged_is_on_disk()
    {
        using var directory = new TempDirectory();
        using var database = Database.Open(directory.Path, "a test");
        database.Write(c => (c.ExecuteScalar<string>("pragma journal_mode"), c.ExecuteScalar<long>("pragma synchronous"))).ShouldBe(("wal", 2L));
        database.Write(c => c.ExecuteScalar<long>("pragma foreign_keys")).ShouldBe(1);
    }

    [Fact]
    public void A_directory_has_one_writer_and_the_sentence_names_it()
    {
        using var directory = new TempDirectory();
        using (Database.Open(directory.Path, "the site"))
        {
            Should.Throw<DirectoryHeldException>(() => Database.Open(directory.Path, "incidentdb import").Dispose())
                .Message.ShouldBe($"the site (pid {Environment.ProcessId}) holds the database: stop it, or restart it to import");
            using var reader = Database.OpenReadOnly(directory.Path);
            reader.IsWriter.ShouldBeFalse();
            Should.Throw<InvalidOperationException>(() => reader.Write(_ => { }));
            Should.Throw<SqliteException>(() => reader.Read(c => c.Execute("delete from meta")));
        }

        Database.Open(directory.Path, "incidentdb import").Dispose();
    }

    [Fact]
    public void The_directory_is_made_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such modes.");
            return;
        }

        using var directory = new TempDirectory();
        using var database = Database.Open(directory["made"], "a test");
        File.GetUnixFileMode(directory["made"]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void A_database_of_a_newer_program_and_a_damaged_one_are_refused_untouched()
    {
        using var directory = new TempDirectory();
        using (var database = Database.Open(directory.Path, "a test"))
            database.Write(c => c.Execute("pragma user_version = 999"));
        Should.Throw<DatabaseUnusableException>(() => Database.Open(directory.Path, "a test").Dispose()).Message.ShouldContain("use a newer program");
        Should.Throw<DatabaseUnusableException>(() => Database.OpenReadOnly(directory.Path).Dispose()).Message.ShouldContain("999");

        using var damaged = new TempDirectory();
        var path = damaged.Write("incidentdb.db", new string('x', 8192));
        Should.Throw<DatabaseUnusableException>(() => Database.Open(damaged.Path, "a test").Dispose()).Message.ShouldContain("incidentdb doctor");
        File.ReadAllText(path).ShouldBe(new string('x', 8192));
        Should.Throw<DatabaseUnusableException>(() => Database.OpenReadOnly(directory["nothing"])).Message.ShouldContain("there is no database");
    }

    [Theory]
    [InlineData("update changes set who = 'somebody else'")]
    [InlineData("delete from changes")]
    [InlineData("update revisions set content = ''")]
    [InlineData("delete from revisions")]
    public void History_is_only_written_to_the_end(string sql)
    {
        using var directory = new TempDirectory();
        using var library = Libraries.With(directory, 3);
        Should.Throw<SqliteException>(() => library.Database.Write(c => c.Execute(sql))).Message.ShouldContain("append-only");
        library.Changes.FirstBrokenLink().ShouldBeNull();
    }

    [Fact]
    public void An_edit_of_the_change_log_past_its_guards_shows_in_the_chain()
    {
        using var directory = new TempDirectory();
        using var library = Libraries.With(directory, 4);
        var changes = library.Changes.After(0);
        library.Database.Write(c => c.Execute($"drop trigger changes_are_not_edited; update changes set who = 'nobody' where seq = {changes[2].Seq}"));
        library.Changes.FirstBrokenLink().ShouldBe(changes[2].Seq);
    }

    [Fact]
    public async Task Writers_take_turns_and_none_is_lost()
    {
        using var directory = new TempDirectory();
        using var database = Database.Open(directory.Path, "a test");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() => database.Write(c =>
            Database.SetMeta(c, "sum", $"{int.Parse(Database.GetMeta(c, "sum") ?? "0") + n}")))));
        database.Meta("sum").ShouldBe($"{Enumerable.Range(0, 20).Sum()}");
    }

    [Fact]
    public void A_snapshot_sees_one_state_of_everything()
    {
        using var directory = new TempDirectory();
        using var database = Database.Open(directory.Path, "a test");
        database.Write(c => Database.SetMeta(c, "name", "before"));
        var (first, second) = database.Snapshot(c =>
        {
            var seen = Database.GetMeta(c, "name");
            database.Write(w => Database.SetMeta(w, "name", "after"));
            return (seen, Database.GetMeta(c, "name"));
        });
        (first, second).ShouldBe(("before", "before"));
        database.Meta("name").ShouldBe("after");
    }
}
