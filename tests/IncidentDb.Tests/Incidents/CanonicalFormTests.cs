using System.Text;
using IncidentDb.Import;
using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

/// <summary>The files of the clone are in the one canonical form, so exporting an untouched record gives its bytes back.</summary>
public sealed class CanonicalFormTests
{
    [Fact]
    public void Every_file_of_the_clone_is_written_back_byte_for_byte()
    {
        var files = Clone.Data.Files.Concat(Clone.Data.Incidents()).ToList();
        files.Count.ShouldBeGreaterThan(400);
        foreach (var file in files)
        {
            file.Problems.Where(p => p.IsError).ShouldBeEmpty();
            var bytes = File.ReadAllBytes(Path.Combine(Clone.DataPath, file.Path));
            Encoding.UTF8.GetBytes(file.Canonical!).AsSpan().SequenceEqual(bytes).ShouldBeTrue($"{file.Path} is not in canonical form; run “incidentdb format data”");
        }
    }

    [Fact]
    public void Every_record_of_the_clone_read_again_from_what_was_written_is_equal()
    {
        foreach (var file in Clone.Data.Incidents())
        {
            var again = IncidentReader.Read(file.Slug, IncidentWriter.Write(file.Incident!), Clone.Context(file.Path)).Record!;
            again.Whole().ShouldBe(file.Incident!.Whole());
        }
    }

    [Fact]
    public void Files_hold_no_byte_order_mark_and_no_carriage_return()
    {
        foreach (var path in DataFolder.EnumerateFiles(Clone.DataPath))
        {
            var bytes = File.ReadAllBytes(path);
            bytes.AsSpan().StartsWith("\ufeff"u8).ShouldBeFalse(path);
            bytes.ShouldNotContain((byte)'\r', path);
        }
    }

    [Fact]
    public void What_is_not_looked_at_yet_leaves_no_key_behind()
    {
        var text = IncidentWriter.Write(Sample.Good(Sample.CaseStudy.With("patterns:", "causes: {}\nmetrics: []\ntags: []\npatterns:")));
        text.ShouldBe(Sample.CaseStudy);
    }

    [Fact]
    public void A_blank_is_written_because_it_says_something() =>
        IncidentWriter.Write(Sample.Good(Sample.Minimal().With("causes: unknown", "causes: not_disclosed\nmetrics: not_disclosed")))
            .ShouldContain("causes: not_disclosed\nmetrics: not_disclosed\n");
}
