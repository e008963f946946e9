using IncidentDb.Export;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Tests.Import;

public sealed class ImporterTests
{
    [Fact]
    public void A_second_import_changes_nothing()
    {
        using var directory = new TempDirectory();
        using var library = Libraries.With(directory, 5);
        var seq = library.Changes.LastSeq();
        var folder = DataFolder.Open(directory.Path);
        library.IsImported(directory.Path).ShouldBeTrue();
        var report = library.Import(folder);
        (report.Added, report.Changed, report.Unchanged, report.Refused.Count, report.Conflicts.Count).ShouldBe((0, 0, report.Files, 0, 0));
        library.Changes.LastSeq().ShouldBe(seq);
    }

    [Fact]
    public void An_import_adds_and_changes_and_takes_nothing_away()
    {
        using var directory = new TempDirectory();
        using var library = Libraries.With(directory, 5);
        File.Delete(directory["incidents/record-1.md"]);
        directory.Write("incidents/record-2.md", Sample.Minimal(2).With("takes the front page with it", "takes much else with it"));
        directory.Write("incidents/record-9.md", Sample.Minimal(9));
        library.IsImported(directory.Path).ShouldBeFalse();
        var report = library.Import(DataFolder.Open(directory.Path));
        (report.Added, report.Changed).ShouldBe((1, 1));
        library.Incidents.All().Select(i => i.Slug).ShouldBe(["record-1", "record-2", "record-3", "record-4", "record-5", "record-9"], ignoreOrder: true);
        library.Records.Find(Noun.Incident, "record-2")!.Revision.ShouldBe(2);
        var changes = library.Changes.Of(Noun.Incident, "record-2");
        changes.Select(c => c.Act).ShouldBe(["changed", "added"]);
        library.Changes.Revision(changes[0].RecordId, 1).ShouldBe(Sample.Minimal(2));
    }

    [Fact]
    public void A_record_edited_on_the_site_is_left_alone_unless_files_are_to_win()
    {
        using var directory = new TempDirectory();
        using var library = Libraries.With(directory, 2);
        var edited = Sample.Minimal(1).With("takes the front page with it", "was edited on the site");
        library.Save("record-1", edited, "somebody", "a better title").ShouldBeEmpty();
        library.Search.Search(new() { Text = "\"was edited on the site\"" }).Total.ShouldBe(1);

        // The file nobody touched is no conflict …
        library.Import(DataFolder.Open(directory.Path)).Conflicts.ShouldBeEmpty();
        library.Records.Find(Noun.Incident, "record-1")!.Content.ShouldBe(edited);

        // … a file that changed too is.
        directory.Write("incidents/record-1.md", Sample.Minimal(1).With("takes the front page with it", "was changed in the file"));
        library.Import(DataFolder.Open(directory.Path)).Conflicts.ShouldHaveSingleItem().Slug.ShouldBe("record-1");
        library.Records.Find(Noun.Incident, "record-1")!.Content.ShouldBe(edited);
        library.Import(DataFolder.Open(directory.Path), takeFiles: true).Changed.ShouldBe(1);
        library.Records.Find(Noun.Incident, "record-1")!.Content.ShouldContain("changed in the file");
    }

    [Fact]
    public void A_stopped_import_keeps_what_it_did_and_goes_on_when_run_again()
    {
        using var directory = new TempDirectory();
        var path = Libraries.Folder(directory, 1_200);
        using var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        using var stop = new CancellationTokenSource();
        var first = library.Import(DataFolder.Open(path), false, new Stopper(stop), stop.Token);
        first.Completed.ShouldBeFalse();
        var kept = library.Incidents.Count();
        kept.ShouldBeInRange(1, 1_199);
        library.Search.Count.ShouldBe((int)kept);
        library.IsImported(path).ShouldBeFalse();

        var second = library.Import(DataFolder.Open(path));
        second.Completed.ShouldBeTrue();
        second.Added.ShouldBe(1_200 - (int)kept);
        library.Search.Count.ShouldBe(1_200);
        using var fresh = KnowledgeBase.OpenReadOnly(directory["var"], new FakeTime());
        library.Searched().ShouldBe(fresh.Searched());
    }

    [Fact]
    public void A_former_address_leads_to_the_record_for_good()
    {
        using var directory = new TempDirectory();
        Sample.Folder(directory, ("sample-record", Sample.Record));
        using var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        library.Import(DataFolder.Open(directory.Path));
        library.Records.Redirect(Noun.Incident, "old-name").ShouldBe("sample-record");
        directory.Write("incidents/sample-record.md", Sample.Record.With("former_slugs: [old-name]\n", ""));
        library.Import(DataFolder.Open(directory.Path)).Changed.ShouldBe(1);
        library.Records.Redirect(Noun.Incident, "old-name").ShouldBe("sample-record");
    }

    [Fact]
    public void Import_export_import_is_the_identity()
    {
        using var directory = new TempDirectory();
        using var first = KnowledgeBase.Open(directory["first"], "a test", new FakeTime());
        first.Import(DataFolder.Open(Clone.DataPath)).Refused.ShouldBeEmpty();
        var (records, written) = DataExport.Write(first.Records, directory["out"]);
        written.ShouldBe(records);
        using var second = KnowledgeBase.Open(directory["second"], "a test", new FakeTime());
        second.Import(DataFolder.Open(directory["out"])).Refused.ShouldBeEmpty();
        foreach (var noun in Enum.GetValues<Noun>())
        {
            second.Records.All(noun).Select(r => (r.Slug, r.Content)).ShouldBe(first.Records.All(noun).Select(r => (r.Slug, r.Content)), noun.ToString());
            foreach (var record in first.Records.All(noun))
                File.ReadAllText(Path.Combine(Clone.DataPath, DataFolder.PathOf(noun, record.Slug))).ShouldBe(record.Content, record.Slug);
        }

        second.Searched().ShouldBe(first.Searched());
        DataExport.Write(second.Records, directory["out"]).Written.ShouldBe(0);
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Done >= 500)
                stop.Cancel();
        }
    }
}
