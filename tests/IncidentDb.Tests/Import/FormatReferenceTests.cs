using System.Text.RegularExpressions;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Tests.Import;

/// <summary>The documentation of the format is a tested contract. INCIDENTDB_UPDATE_DOCS=1 writes the tables instead of comparing them.</summary>
public sealed class FormatReferenceTests
{
    private static readonly string _path = Path.Combine(Clone.Root, "docs", "data-format.md");
    private static readonly string _page = File.ReadAllText(_path);

    [Fact]
    public void The_tables_of_the_page_are_those_of_the_declarations()
    {
        var filled = FormatReference.Fill(_page, Clone.Data.Catalogue.Words);
        if (Environment.GetEnvironmentVariable("INCIDENTDB_UPDATE_DOCS") == "1")
            File.WriteAllText(_path, filled);
        else
            filled.ShouldBe(_page, "run the tests once with INCIDENTDB_UPDATE_DOCS=1 and read the difference");
    }

    [Fact]
    public void Every_rule_has_an_id_of_its_own() => FormatReference.Rules.Select(r => r.Id).ShouldBeUnique();

    [Fact]
    public void The_front_matter_of_the_page_is_read_without_an_error()
    {
        var context = Clone.Context();
        var map = YamlTree.ReadMap(Example("yaml record"), 1, context).ShouldNotBeNull();
        Fields.Read(IncidentFields.All, map, new Incident(), context, "", out var incident).ShouldBeTrue();
        context.Problems.ShouldBeEmpty();
        incident.Causes.Count.ShouldBe(3);
    }

    [Fact]
    public void The_front_matter_of_the_page_is_that_of_the_template_record()
    {
        var record = File.ReadAllText(Path.Combine(Clone.DataPath, "incidents", "facebook-bgp-2021.md"));
        foreach (var key in new[] { "title", "kind", "companies", "started", "severity", "impact", "detection", "trigger", "resolution" })
            record.ShouldContain(Example("yaml record").Split('\n').Single(l => l.StartsWith(key + ":", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_times_of_the_page_are_times()
    {
        var rows = Example("whens").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows.Length.ShouldBeGreaterThan(8);
        foreach (var row in rows)
            WhenText.Parse(row.Split("  ")[0], null, out var wrong).ShouldNotBeNull(wrong);
    }

    [Fact]
    public void The_timeline_of_the_page_is_read_and_written_as_it_stands()
    {
        var context = Clone.Context();
        var started = WhenText.Parse("2021-10-04T15:40Z~", null, out _);
        var events = Timeline.Read(Example("timeline"), 1, started, context);
        context.Problems.ShouldBeEmpty();
        events.Count.ShouldBe(4);
        events[2].ActorRole.ShouldBe("network engineers");
    }

    [Fact]
    public void The_pattern_of_the_page_is_valid() => Valid(c => PatternFile.Read("static-stability", Example("markdown pattern"), c));

    [Fact]
    public void The_company_of_the_page_is_valid() => Valid(c => CompanyFile.Read("facebook", Example("yaml company"), c));

    [Fact]
    public void The_episode_of_the_page_is_valid() => Valid(c => EpisodeFile.Read("some-episode", Example("markdown episode"), c));

    [Fact]
    public void The_vocabulary_of_the_page_is_valid() => Valid(c => VocabularyFile.Read("detection", Example("yaml vocabulary"), c));

    private static void Valid<T>(Func<ReadContext, ReadResult<T>> read)
        where T : class
    {
        var result = read(Clone.Context());
        result.Problems.ShouldBeEmpty();
        result.Record.ShouldNotBeNull();
    }

    private static string Example(string kind) => Regex.Match(_page, $"```{kind}\n(?<text>.*?)```", RegexOptions.Singleline).Groups["text"].Value;
}
