using System.Text.Json;
using IncidentDb.PrepSheets;
using IncidentDb.PrepSheets.Formats;

namespace IncidentDb.Tests.PrepSheets;

/// <summary><c>incidentdb prep</c> as it runs.</summary>
public sealed class PrepCommandTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    public PrepCommandTests() => ImportedLibrary.CopyTo(_directory.Path);

    private CommandResult Prep(params string[] arguments) => CommandLine.Run(_directory.Path, ["prep", .. arguments]);

    [Fact]
    public void A_sheet_is_written_in_the_format_of_the_name()
    {
        foreach (var name in new[] { "sheet.md", "sheet.docx", "sheet.html", "sheet.json", "sheet.notes.md" })
        {
            var result = Prep("knight-capital-2012", "--minutes", "5", "-o", _directory[name], "--url", "https://example.org/");
            result.ExitCode.ShouldBe(0, result.Error);
            result.Out.ShouldContain("Written to");
            using var library = KnowledgeBase.OpenReadOnly(_directory.Path);
            var sheet = new PrepRequest { Incidents = ["knight-capital-2012"], Minutes = 5 }.Compose(library)!;
            File.ReadAllBytes(_directory[name]).ShouldBe(SheetFormats.Write(sheet, SheetFormats.OfFile(name)!.Value, "https://example.org"), name);
        }
    }

    [Fact]
    public void An_episode_or_several_records_go_to_the_terminal_as_Markdown_or_JSON()
    {
        Prep("incident-documentaries-01-cascading-failure-chronicles", "-m", "150").Out.ShouldStartWith("# The Cascading Failure Chronicles");
        Prep("aws-s3-2017", "facebook-bgp-2021", "--minutes", "20", "--clock", "Europe/London").Out.ShouldContain("GMT");
        using var json = JsonDocument.Parse(Prep("knight-capital-2012", "--json").Out);
        json.RootElement.GetProperty("minutes").GetInt32().ShouldBe(20);
    }

    [Theory]
    [InlineData(2, "a sheet runs 5, 20, 60 or 150 minutes", "knight-capital-2012", "--minutes", "7")]
    [InlineData(2, "no such time zone", "knight-capital-2012", "--clock", "Mars/Base")]
    [InlineData(2, "the extension says no format", "knight-capital-2012", "-o", "sheet.xyz")]
    [InlineData(2, "at most 6 records", "a", "b", "c", "d", "e", "f", "g")]
    [InlineData(1, "neither an episode nor a record “nowhere”", "nowhere")]
    [InlineData(1, "There is no record “nowhere”.", "knight-capital-2012", "nowhere")]
    public void What_cannot_be_done_is_said(int exitCode, string sentence, params string[] arguments)
    {
        var result = Prep(arguments);
        result.ExitCode.ShouldBe(exitCode);
        result.Error.ShouldContain(sentence);
        result.Out.ShouldBeEmpty();
    }

    public void Dispose() => _directory.Dispose();
}
