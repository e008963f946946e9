using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Tests.Storage;

namespace IncidentDb.Tests.Incidents;

/// <summary>What is counted of every record when it is accepted says the same as the cards do.</summary>
public sealed class CalendarTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly KnowledgeBase _library;

    public CalendarTests()
    {
        string[] begins = ["2012-02-29", "2016-12-31T23:30[America/New_York]", "1998", "2003-07", "2021-10-04/2021-10-06", "2000-01-01"];
        var records = begins.Select((b, n) => ($"begins-{n}", Sample.Minimal(n).With($"started: {2000 + (n % 25)}-0{1 + (n % 9)}-1{n % 10}", $"started: \"{b}\"")))
            .Concat(Enumerable.Range(10, 40).Select(n => ($"record-{n}", Sample.Minimal(n))))
            .Append(("whole", Sample.Record))
            .Append(("study", Sample.CaseStudy));
        Sample.Folder(_directory, records);
        _library = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime());
        _library.Import(DataFolder.Open(_directory.Path)).Added.ShouldBeGreaterThan(48);
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Every_year_has_the_records_that_began_in_it()
    {
        var all = _library.Incidents.All();
        var counts = _library.Incidents.CountByYear();
        counts.ShouldBe([.. all.GroupBy(i => (i.Started!.Start.Local.Year, i.Severity)).Select(g => (g.Key.Year, g.Key.Severity, g.Count())).OrderBy(c => c.Year).ThenBy(c => c.Severity, StringComparer.Ordinal)]);
        counts.ShouldContain((2016, "S2", 3), "the year of the place where it began");
        foreach (var year in all.GroupBy(i => i.Started!.Start.Local.Year))
        {
            _library.Incidents.OfYear(year.Key, 100).Select(i => i.Slug).ShouldBe(year.Select(i => i.Slug));
            _library.Incidents.OfYear(year.Key, 1).Select(i => i.Slug).ShouldBe(year.Take(1).Select(i => i.Slug));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 28)]
    [InlineData(2, 29)]
    [InlineData(3, 1)]
    [InlineData(7, 31)]
    [InlineData(12, 31)]
    public void The_next_anniversaries_are_those_of_the_days_to_come(int month, int day)
    {
        static int Place(DateTime at) => (at.Month * 31) + at.Day;
        var today = new DateOnly(2028, month, day);
        var expected = _library.Incidents.All().Where(i => i.Started!.Start.Precision >= WhenPrecision.Day)
            .OrderBy(i => (Place(i.Started!.Start.Local) - Place(today.ToDateTime(default)) + (13 * 31)) % (13 * 31))
            .ThenBy(i => i.Slug, StringComparer.Ordinal)
            .Select(i => i.Slug)
            .ToList();
        foreach (var most in new[] { 1, 3, 20, 1000 })
            _library.Incidents.NextAnniversaries(today, most).Select(i => i.Slug).ShouldBe(expected.Take(most));
    }

    [Fact]
    public void The_latest_of_one_import_are_those_that_began_last_and_what_is_added_on_the_site_is_before_them()
    {
        var byStart = _library.Incidents.All().Reverse().Select(i => i.Slug).ToList();
        _library.Incidents.Latest(6).Select(i => i.Slug).ShouldBe(byStart.Take(6));
        _library.Save("of-the-site", Sample.Minimal(77).With("started: 2002-06-17", "started: 1990"), "somebody", "It is new").ShouldNotContain(p => p.IsError);
        _library.Incidents.Latest(6).Select(i => i.Slug).ShouldBe(byStart.Take(5).Prepend("of-the-site"));
    }

    [Fact]
    public void Events_are_those_of_all_timelines_and_the_turn_goes_round_the_well_told()
    {
        _library.Incidents.EventCount().ShouldBe(_library.Incidents.All().Sum(i => i.Events));
        foreach (var turn in new[] { 0, 1, 4_000_000 })
            _library.Incidents.ToFeature(turn)!.Incident.Slug.ShouldBe("whole");
    }

    [Fact]
    public void A_database_without_the_columns_is_migrated_to_the_same()
    {
        string Counted(KnowledgeBase library) => string.Join('\n', library.Incidents.CountByYear())
            + string.Join('\n', library.Incidents.NextAnniversaries(new DateOnly(2026, 6, 1), 1000).Select(i => i.Slug))
            + $"{library.Incidents.EventCount()} {library.Incidents.ToFeature(3)!.Incident.Slug}";

        var before = Counted(_library);
        _library.Database.Write(c => OlderSchema.Make(c, 3));
        _library.Dispose();
        using var migrated = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime());
        Counted(migrated).ShouldBe(before);
    }
}
