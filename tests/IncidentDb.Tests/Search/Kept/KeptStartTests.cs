using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Search.Kept;
using IncidentDb.Vocabularies;

namespace IncidentDb.Tests.Search.Kept;

/// <summary>A library that starts from its kept index shows what one shows that starts from its records, whatever has happened to either.</summary>
public sealed class KeptStartTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _log = [];

    public KeptStartTests() => Libraries.With(_directory, 60).Dispose();

    public void Dispose() => _directory.Dispose();

    private string Data => _directory["var"];

    private string FilePath => Path.Combine(Data, KeptIndex.FileName);

    private KnowledgeBase Open()
    {
        _log.Clear();
        return KnowledgeBase.Open(Data, "a test", new FakeTime(), log: _log.Add);
    }

    /// <summary>What a start without the file shows.</summary>
    private string Expected()
    {
        var aside = FilePath + ".aside";
        var there = File.Exists(FilePath);
        if (there)
            File.Move(FilePath, aside);
        using var library = KnowledgeBase.OpenReadOnly(Data, new FakeTime());
        File.Exists(FilePath).ShouldBeFalse("who reads only writes nothing");
        if (there)
            File.Move(aside, FilePath);
        return library.Searched();
    }

    private void ShouldStart(string line)
    {
        string searched;
        using (var library = Open())
        {
            _log[0].ShouldContain(line);
            searched = library.Searched();
        }

        // What was built is written by now.
        searched.ShouldBe(Expected());
    }

    private static string Edited(KnowledgeBase library, int n, string to) => library.Records.Find(Noun.Incident, $"record-{n}")!.Content.Replace("title: ", $"title: {to} ", StringComparison.Ordinal);

    private void Edit(int from, int count)
    {
        using var library = Open();
        for (var n = from; n < from + count; n++)
            library.Save($"record-{n}", Edited(library, n, "Memorable"), "a test", "because").Where(p => p.IsError).ShouldBeEmpty();
    }

    [Fact]
    public void The_next_start_reads_what_the_last_one_built()
    {
        File.Exists(FilePath).ShouldBeTrue();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(FilePath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        ShouldStart("holds 60 records");
        _log.Count.ShouldBe(1, "nothing was built");
        using var reader = KnowledgeBase.OpenReadOnly(Data, new FakeTime());
        reader.Searched().ShouldBe(Expected());
    }

    [Fact]
    public void Changes_since_are_added_to_it()
    {
        Edit(1, 5);
        using (var library = Open())
        {
            library.Withdraw("record-7", "a test", "wrong").ShouldBeTrue();
            library.Merge("record-8", "record-9", "a test", "the same").ShouldBeTrue();
        }

        ShouldStart("holds 60 records");
        _log.Count.ShouldBe(1, "nothing was built");
        using var again = Open();
        again.Search.Count.ShouldBe(58);
        again.Searched().ShouldContain("record-1 ");
    }

    [Fact]
    public void Names_that_changed_since_are_followed_and_words_make_it_useless()
    {
        var kept = File.ReadAllBytes(FilePath);
        using (var library = Open())
        {
            library.AddCompany(new() { Slug = "a-new-one", Name = "A new one" }, "a test", "needed").Where(p => p.IsError).ShouldBeEmpty();
            Put(library, Noun.Company, "undisclosed", Sample.Company.Replace("Undisclosed company", "Memorable works", StringComparison.Ordinal));
        }

        // Every record has that company, so that all of it is built; with a name of a few it is not (NameFollowingTests).
        File.WriteAllBytes(FilePath, kept);
        ShouldStart("holds 60 records");
        File.WriteAllBytes(FilePath, kept);
        using (var library = Open())
        {
            library.Searched().ShouldContain("memo*: 60");
            var severity = library.Catalogue.Words["severity"]!;
            Put(library, Noun.Vocabulary, "severity", VocabularyFile.Write(new Vocabulary("severity", severity.Title, [severity.Terms[0] with { Label = "Bad" }, .. severity.Terms.Skip(1)])));
        }

        File.WriteAllBytes(FilePath, kept);
        ShouldStart("words have changed since");
    }

    private static void Put(KnowledgeBase library, Noun noun, string slug, string text) =>
        library.Import([new DataFile { Noun = noun, Slug = slug, Path = slug, Text = text, Canonical = text, Problems = [] }], takeFiles: true).Refused.ShouldBeEmpty();

    [Fact]
    public void An_older_database_or_another_one_does_not_take_it()
    {
        var before = Snapshot();
        Edit(1, 3);
        // With the file as it is now, which follows changes that the older database has not.
        File.Delete(FilePath);
        Open().Dispose();
        var kept = File.ReadAllBytes(FilePath);
        Restore(before);
        File.WriteAllBytes(FilePath, kept);
        ShouldStart("is not used: it was built from another database");

        // The same number of changes, but others.
        Restore(before);
        Edit(11, 3);
        File.WriteAllBytes(FilePath, kept);
        ShouldStart("is not used: it was built from another database");
    }

    private Dictionary<string, byte[]> Snapshot() => Directory.EnumerateFiles(Data, "incidentdb.db*").ToDictionary(f => f, File.ReadAllBytes);

    private void Restore(Dictionary<string, byte[]> files)
    {
        foreach (var file in Directory.EnumerateFiles(Data, "incidentdb.db*"))
            File.Delete(file);
        foreach (var (path, bytes) in files)
            File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public void A_damaged_file_costs_a_build_and_nothing_else()
    {
        var random = Seed.Draw(out _);
        var whole = File.ReadAllBytes(FilePath);
        var expected = Expected();
        for (var n = 0; n < 12; n++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[random.Next(whole.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(FilePath, n % 3 == 0 ? damaged[..random.Next(whole.Length)] : damaged);
            using (var library = Open())
            {
                _log[0].ShouldStartWith("search.snapshot is not used: ");
                _log[1].ShouldStartWith("Search was built from 60 records");
                library.Searched().ShouldBe(expected);
            }

            // What was built took the place of what was damaged.
            using var next = Open();
            _log.ShouldHaveSingleItem().ShouldContain("holds 60 records");
            next.Searched().ShouldBe(expected);
        }
    }

    [Fact]
    public void A_stop_while_it_is_written_leaves_the_former_one()
    {
        var whole = File.ReadAllBytes(FilePath);
        var random = Seed.Draw(out _);
        // Stopped before the new file had its name, at any length, the whole one included.
        foreach (var length in new[] { 0, 1, random.Next(whole.Length), whole.Length })
        {
            File.WriteAllBytes(KeptIndex.Unfinished(FilePath), whole[..length]);
            ShouldStart("holds 60 records");
            File.ReadAllBytes(FilePath).ShouldBe(whole);
        }

        // Stopped before there was one at all.
        File.Delete(FilePath);
        File.WriteAllBytes(KeptIndex.Unfinished(FilePath), whole[..(whole.Length / 2)]);
        ShouldStart("Search was built from 60 records");
        File.Exists(FilePath).ShouldBeTrue();
        File.Exists(KeptIndex.Unfinished(FilePath)).ShouldBeFalse();
    }
}
