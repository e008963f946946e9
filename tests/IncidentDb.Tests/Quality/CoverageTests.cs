using IncidentDb.Import;
using IncidentDb.Quality;
using IncidentDb.Search;

namespace IncidentDb.Tests.Quality;

public sealed class CoverageTests
{
    [Fact]
    public void Counts_goals_blanks_and_what_to_add_are_those_of_the_records()
    {
        using var directory = new TempDirectory();
        var folder = Sample.Folder(directory, ("whole", Sample.Record), ("a", Sample.Minimal(1)), ("b", Sample.Minimal(2)));
        var coverage = Coverage.Of(folder.Catalogue, [.. folder.Incidents().Select(f => f.Incident!)]);
        Tally Row(string group, string label) => coverage.Groups.Single(g => g.Name == group).Rows.Single(r => r.Label == label);
        Row("kinds", "Incident").ShouldBe(new Tally("Incident", 3, 3, "/incidents?kind=incident"));
        Row("read", "Read in part").Count.ShouldBe(1);
        Row("years", "2010–2014").Count.ShouldBe(1);
        coverage.Blanks.Single(b => b.Field == "detection").ShouldBe(("detection", 2, 0, 0, 3));
        coverage.Goals.Single(g => g.What == "incidents and near misses").ShouldBe(new Goal("incidents and near misses", 150, 3));
        coverage.Goals.ShouldContain(g => g.AtMost);
        coverage.PatternsWithoutEvidence.ShouldBeEmpty();
        coverage.Next.ShouldContain(n => n.Noun == "cause");
    }

    [Fact]
    public void What_it_links_to_finds_as_many_as_it_counts()
    {
        using var directory = new TempDirectory();
        using var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        library.Import(DataFolder.Open(Clone.DataPath));
        foreach (var row in library.Coverage().Groups.SelectMany(g => g.Rows).Where(r => r.Url is not null))
        {
            var (name, value) = row.Url!.Split('?')[1].Split('=') is [var n, var v] ? (n, v) : default;
            var query = new SearchQuery().With(name, new FacetFilter { Include = [value] });
            var told = row.Of < library.Search.Count ? query.With("kind", new FacetFilter { Exclude = ["case_study"] }) : query;
            library.Search.Search(told, library.SearchOptions()).Total.ShouldBe(row.Count, row.Url);
        }
    }

    [Fact]
    public void The_command_prints_the_goals_and_gives_them_as_json()
    {
        using var directory = new TempDirectory();
        Sample.Folder(directory, ("a", Sample.Minimal(1)));
        var text = CommandLine.Run(directory["var"], "coverage", directory.Path);
        text.ExitCode.ShouldBe(0, text.Error);
        text.Out.ShouldContain("SHORT     1 of at least  150  incidents and near misses");
        var json = System.Text.Json.JsonDocument.Parse(CommandLine.Run(directory["var"], "coverage", directory.Path, "--json").Out);
        json.RootElement.GetProperty("goals").GetArrayLength().ShouldBe(12);
    }
}
