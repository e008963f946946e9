using Dapper;
using IncidentDb.Accounts;
using IncidentDb.PrepSheets;
using IncidentDb.Storage;
using IncidentDb.Tests.Storage;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>The contract of copies that are kept with an account.</summary>
public sealed class CopyStoreTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTime _time = new();
    private readonly KnowledgeBase _library;

    public CopyStoreTests() => _library = KnowledgeBase.Open(_directory.Path, "a test", _time);

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    private Account Made(string name = "a-host")
    {
        var account = new Account { Name = name, NormalizedName = AccountRules.Normalize(name), CreditName = "A host", SecurityStamp = Secret.New(), CreatedAt = _time.Now };
        _library.Accounts.Create(account).ShouldBeTrue();
        return account;
    }

    private static HostCopy Copy(string note = "Breathe.", params string[] incidents) => new()
    {
        Incidents = incidents.Length > 0 ? incidents : ["one", "two"],
        Minutes = 60,
        Clock = "Europe/London",
        Title = "<script>alert(1)</script>",
        Order = ["story", "hook"],
        Notes = [new CopyNote("story", note)],
        Edits = [new CopyEdit("s1", "From “the” record", "My\twords: \u202e\ud83d\ude00 ' \" & \u0301")],
        Seen = new Dictionary<string, string> { ["s1"] = "0123abcd" },
    };

    private KeepAnswer Keep(Account account, string? id = null, int version = 0, string name = "A name", HostCopy? copy = null) =>
        _library.Copies.Keep(account.Id, id, version, name, copy ?? Copy(), _time.Now);

    [Fact]
    public void What_was_kept_is_read_back_whole()
    {
        var account = Made();
        var kept = Keep(account, name: "Ω <b>name</b>").Copy.ShouldNotBeNull();
        kept.Version.ShouldBe(1);
        kept.ChangedAt.ShouldBe(kept.CreatedAt);
        kept.Request.ShouldSatisfyAllConditions(r => r.Incidents.ShouldBe(["one", "two"]), r => r.Minutes.ShouldBe(60), r => r.Clock.Name.ShouldBe("Europe/London"), r => r.Episode.ShouldBeNull());
        var (about, file, copy, problem) = _library.Copies.Find(account.Id, kept.Id).ShouldNotBeNull();
        problem.ShouldBeNull();
        file.ToArray().ShouldBe(Copy().Write());
        about.Name.ShouldBe("Ω <b>name</b>");
        copy.ShouldNotBeNull().Write().ShouldBe(Copy().Write());
        about.Bytes.ShouldBe(copy.Write().Length);
    }

    [Fact]
    public void A_later_version_takes_its_place_and_a_stale_one_is_told()
    {
        var account = Made();
        var first = Keep(account).Copy!;
        _time.Now += TimeSpan.FromHours(1);
        var second = Keep(account, first.Id, first.Version, copy: Copy("Second")).Copy!;
        second.ShouldSatisfyAllConditions(c => c.Version.ShouldBe(2), c => c.Id.ShouldBe(first.Id), c => c.CreatedAt.ShouldBe(first.CreatedAt), c => c.ChangedAt.ShouldBe(first.ChangedAt.AddHours(1)));
        var stale = Keep(account, first.Id, first.Version, copy: Copy("Third"));
        stale.Outcome.ShouldBe(KeepOutcome.Stale);
        stale.Copy!.Version.ShouldBe(2);
        _library.Copies.Find(account.Id, first.Id)!.Copy!.Notes[0].Text.ShouldBe("Second");
        // The same once more, as a double click sends it, is one save and not a conflict.
        Keep(account, first.Id, first.Version, copy: Copy("Second")).ShouldSatisfyAllConditions(a => a.Outcome.ShouldBe(KeepOutcome.Done), a => a.Copy!.Version.ShouldBe(2));
    }

    [Fact]
    public void The_same_new_copy_twice_is_one()
    {
        var account = Made();
        Keep(account).Copy!.Id.ShouldBe(Keep(account).Copy!.Id);
        Keep(account, name: "Another name").Copy!.Id.ShouldNotBe(Keep(account).Copy!.Id);
        _library.Copies.Of(account.Id).Count.ShouldBe(2);
    }

    [Fact]
    public void Of_many_who_save_one_version_at_once_one_does()
    {
        var account = Made();
        var first = Keep(account).Copy!;
        var answers = Enumerable.Range(0, 24).AsParallel().WithDegreeOfParallelism(8).Select(i => Keep(account, first.Id, 1, copy: Copy($"Writer {i}")).Outcome).ToList();
        answers.Count(a => a == KeepOutcome.Done).ShouldBe(1);
        answers.Count(a => a == KeepOutcome.Stale).ShouldBe(23);
        _library.Copies.Of(account.Id).Single().Version.ShouldBe(2);
    }

    [Fact]
    public void A_copy_of_somebody_else_is_not_there()
    {
        var (owner, other) = (Made(), Made("another"));
        var kept = Keep(owner).Copy!;
        _library.Copies.Find(other.Id, kept.Id).ShouldBeNull();
        _library.Copies.Of(other.Id).ShouldBeEmpty();
        _library.Copies.Delete(other.Id, kept.Id).ShouldBeFalse();
        Keep(other, kept.Id, kept.Version, copy: Copy("Theirs")).Outcome.ShouldBe(KeepOutcome.Missing);
        // Not even when it says the same word for word.
        Keep(other, kept.Id, kept.Version).Outcome.ShouldBe(KeepOutcome.Missing);
        _library.Copies.Find(owner.Id, kept.Id)!.Copy!.Notes[0].Text.ShouldBe("Breathe.");
    }

    [Fact]
    public void A_deleted_copy_is_gone_and_saving_it_says_so()
    {
        var account = Made();
        var kept = Keep(account).Copy!;
        _library.Copies.Delete(account.Id, kept.Id).ShouldBeTrue();
        _library.Copies.Delete(account.Id, kept.Id).ShouldBeFalse();
        _library.Copies.Find(account.Id, kept.Id).ShouldBeNull();
        Keep(account, kept.Id, kept.Version).Outcome.ShouldBe(KeepOutcome.Missing);
    }

    [Fact]
    public void Copies_come_last_changed_first()
    {
        var account = Made();
        var (a, b) = (Keep(account, name: "a").Copy!, Keep(account, name: "b").Copy!);
        _time.Now += TimeSpan.FromMinutes(1);
        Keep(account, a.Id, a.Version, "a", Copy("Changed")).Outcome.ShouldBe(KeepOutcome.Done);
        _library.Copies.Of(account.Id).Select(c => c.Id).ShouldBe([a.Id, b.Id]);
    }

    [Fact]
    public void An_account_keeps_fifty_copies_and_changes_those_it_has()
    {
        var account = Made();
        var all = Enumerable.Range(0, CopyStore.MostCopies).Select(i => Keep(account, name: $"Copy {i}").Copy!).ToList();
        Keep(account, name: "One more").Outcome.ShouldBe(KeepOutcome.TooMany);
        Keep(account, all[7].Id, 1, "Changed").Outcome.ShouldBe(KeepOutcome.Done);
        Keep(Made("another")).Outcome.ShouldBe(KeepOutcome.Done, "another account has its own");
        _library.Copies.Delete(account.Id, all[0].Id).ShouldBeTrue();
        Keep(account, name: "One more").Outcome.ShouldBe(KeepOutcome.Done);
    }

    [Fact]
    public void The_copies_of_an_account_are_ten_megabytes_at_most()
    {
        var account = Made();
        var large = Copy() with { Notes = [.. Enumerable.Range(0, 240).Select(i => new CopyNote($"n{i}", new string('x', 4_000)))] };
        var size = large.Write().Length;
        size.ShouldBeInRange(900_000, HostCopy.MostBytes);
        var fit = CopyStore.MostBytes / size;
        var kept = Enumerable.Range(0, fit).Select(i => Keep(account, name: $"Large {i}", copy: large).Copy!).ToList();
        Keep(account, name: "One more", copy: large).Outcome.ShouldBe(KeepOutcome.TooLarge);
        Keep(account, kept[0].Id, 1, "Large 0", large with { Title = "changed" }).Outcome.ShouldBe(KeepOutcome.Done, "its own former size counts no more");
        Keep(account, name: "A small one").Outcome.ShouldBe(KeepOutcome.Done);
    }

    [Fact]
    public void Copies_go_with_their_account_and_leave_no_trace_in_the_files()
    {
        const string word = "axolotl-in-a-note-of-mine";
        var (account, other) = (Made(), Made("another"));
        Keep(account, copy: Copy(word));
        Keep(other, copy: Copy("stays"));
        _library.Accounts.Delete(account.Id, _time.Now);
        _library.Copies.Of(account.Id).ShouldBeEmpty();
        _library.Database.Read(c => c.ExecuteScalar<long>("select count(*) from host_copies")).ShouldBe(1);
        Keep(account).Outcome.ShouldBe(KeepOutcome.Missing, "a request that came too late keeps nothing with an account that is gone");
        _library.Dispose();
        var file = File.ReadAllBytes(_directory["incidentdb.db"]);
        file.AsSpan().IndexOf("stays"u8).ShouldBeGreaterThan(0, "else nothing was looked at");
        file.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(word)).ShouldBe(-1);
    }

    [Fact]
    public void A_backup_holds_the_copies_and_a_restored_database_has_them()
    {
        var account = Made();
        var kept = Keep(account).Copy!;
        var (path, manifest) = Backup.Make(_library.Database, _directory["backups"], _time.Now);
        manifest.Counts["host_copies"].ShouldBe(1);
        Keep(account, name: "After the backup");
        Backup.Restore(path, _directory["restored"]);
        using var restored = KnowledgeBase.Open(_directory["restored"], "a test");
        restored.Copies.Of(account.Id).ShouldHaveSingleItem().Id.ShouldBe(kept.Id);
        restored.Copies.Find(account.Id, kept.Id)!.Copy!.Write().ShouldBe(Copy().Write());
    }

    [Fact]
    public void A_copy_that_this_version_can_not_read_is_there_and_can_be_deleted()
    {
        var account = Made();
        var (stricter, broken, whole) = (Keep(account, name: "Stricter").Copy!, Keep(account, name: "Broken").Copy!, Keep(account, name: "Whole").Copy!);
        _library.Database.Write(c => c.Execute("update host_copies set file = replace(file, '\"minutes\": 60', '\"minutes\": 61'), minutes = 61 where id = @Id", new { stricter.Id }));
        _library.Database.Write(c => c.Execute("update host_copies set file = 'half of {' where id = @Id", new { broken.Id }));

        var found = _library.Copies.Find(account.Id, stricter.Id).ShouldNotBeNull();
        found.Copy.ShouldBeNull();
        found.Problem.ShouldNotBeNull().ShouldContain("61 minutes long");
        System.Text.Encoding.UTF8.GetString(found.File.Span).ShouldContain("Breathe.", customMessage: "the words are still in the file");
        _library.Copies.Find(account.Id, broken.Id)!.Problem.ShouldNotBeNull();
        _library.Copies.Of(account.Id).Count.ShouldBe(3);
        _library.Copies.Outdated(account.Id).ShouldBeEmpty();
        _library.Copies.Unreadable(account.Id).ShouldBe([stricter.Id, broken.Id], ignoreOrder: true);
        _library.Copies.Delete(account.Id, broken.Id).ShouldBeTrue();
        _library.Copies.Unreadable(account.Id).ShouldBe([stricter.Id]);
        _library.Copies.Find(account.Id, whole.Id)!.Copy.ShouldNotBeNull();
    }

    [Fact]
    public void A_database_without_copies_is_migrated_and_keeps_what_it_holds()
    {
        var account = Made();
        _library.Database.Write(c => OlderSchema.Make(c, 2));
        _library.Dispose();
        using var opened = KnowledgeBase.Open(_directory.Path, "a test", _time);
        opened.Accounts.Find(account.Id)!.Name.ShouldBe("a-host");
        opened.Copies.Keep(account.Id, null, 0, "A name", Copy(), _time.Now).Outcome.ShouldBe(KeepOutcome.Done);
    }

    [Fact]
    public void Nothing_of_a_copy_is_in_the_log_of_changes_or_the_audit()
    {
        var account = Made();
        var (before, audited) = (_library.Changes.LastSeq(), _library.Audit.Latest(10).Count);
        var kept = Keep(account).Copy!;
        _library.Copies.Delete(account.Id, kept.Id);
        _library.Changes.LastSeq().ShouldBe(before);
        _library.Audit.Latest(10).Count.ShouldBe(audited);
    }

    [Fact]
    public void Records_that_are_no_slugs_are_no_part_of_what_it_is_of()
    {
        var account = Made();
        Keep(account, copy: Copy("x", "one", "not a slug", "../two")).Copy!.Request.Incidents.ShouldBe(["one"]);
    }
}
