using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

/// <summary>The samples that other tests break are whole to begin with.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("incident")]
    [InlineData("case study")]
    [InlineData("small")]
    public void A_sample_has_no_problem_and_is_in_canonical_form(string which)
    {
        var text = which switch { "incident" => Sample.Record, "case study" => Sample.CaseStudy, _ => Sample.Minimal() };
        var (incident, problems) = Sample.Read(text);
        problems.ShouldBeEmpty();
        IncidentWriter.Write(incident).ShouldBe(text);
    }

    [Fact]
    public void Small_samples_differ()
    {
        for (var n = 1; n < 40; n++)
            Sample.Read(Sample.Minimal(n)).Problems.ShouldBeEmpty();
        Sample.Minimal(1).ShouldNotBe(Sample.Minimal(2));
    }

    [Fact]
    public void A_sample_folder_has_no_problem()
    {
        using var directory = new TempDirectory();
        var folder = Sample.Folder(directory, ("first-record", Sample.Record), ("second-record", Sample.Minimal()));
        folder.Files.Concat(folder.Incidents()).SelectMany(f => f.Problems).ShouldBeEmpty();
    }
}
