using System.Text;
using IncidentDb.Export;
using IncidentDb.Import.Readers;
using IncidentDb.Submissions;

namespace IncidentDb.Tests.Submissions;

public sealed class UploadReaderTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly KnowledgeBase _library;

    public UploadReaderTests() => _library = Libraries.With(_directory, 3);

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    private IReadOnlyList<UploadedRow> Read(string name, string text) => new UploadReader(_library).Read(name, Encoding.UTF8.GetBytes(text));

    [Fact]
    public void A_record_file_is_one_row_that_says_whether_the_record_is_there()
    {
        Read("a-new-one.md", Sample.Minimal(50)).Single().ShouldSatisfyAllConditions(r => r.Errors.ShouldBe(0), r => r.IsThere.ShouldBeFalse(), r => r.Slug.ShouldBe("a-new-one"));
        Read("record-1.md", Sample.Minimal(1)).Single().ShouldSatisfyAllConditions(r => r.IsThere.ShouldBeTrue(), r => r.IsEqual.ShouldBeTrue());
        Read("record-1.md", Sample.Minimal(1).Replace("severity: ", "severity: X")).Single().ShouldSatisfyAllConditions(r => r.Errors.ShouldBeGreaterThan(0), r => r.Form!.IsText.ShouldBeTrue());
        Read("Bad Name.md", Sample.Minimal(51)).Single().Problems.ShouldContain(p => p.Rule == "bad-slug");
    }

    [Fact]
    public void Our_json_is_read_record_by_record_and_equals_the_file()
    {
        var shapes = new[] { "record-1", "record-2" }.Select(s => System.Text.Json.JsonSerializer.Serialize(IncidentShapes.Incident(_library.Incidents.Find(s)!.Incident, _library.Catalogue), JsonText.Options)).ToList();
        Read("all.ndjson", string.Join('\n', shapes) + "\n{\"slug\": \"x").Select(r => (r.Number, r.IsEqual, r.Form is null)).ShouldBe([(1, true, false), (2, true, false), (3, false, true)]);
        Read("all.json", $"[{string.Join(',', shapes)}]").Select(r => r.IsEqual).ShouldBe([true, true]);
        Read("all.json", "[1]").Single().Errors.ShouldBe(1);
        Read("all.json", "not json").Single().Problems[0].Sentence.ShouldContain("JSON");
    }

    [Fact]
    public void A_table_has_a_row_a_record_and_says_what_is_wrong_with_each()
    {
        var there = _library.Incidents.Find("record-1")!.Incident;
        string Cell(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
        var header = string.Join(',', UploadReader.Template);
        string Row(string slug, string severity) => string.Join(',', slug, Cell("A table, \"quoted\", falls over"), "incident", Cell("The table fell over. [^source]"), there.Companies[0].Slug, "1999-01-02", "", severity, "full_outage", "unknown", "",
            "unknown", "", "", "one-tag", Cell("The table\nfell over, and " + string.Concat(Enumerable.Repeat("it lay there for a long while ", 8)) + "until somebody came. [^source]"),
            "", "The table", "A paper", "news", "1999", "https://example.org/table", "full");
        var rows = Read("table.csv", $"{header}\r\n{Row("a-table", "S3")}\r\n{Row("b-table", "S9")}\r\n");
        rows.Select(r => (r.Number, r.Slug, r.Errors > 0)).ShouldBe([(2, "a-table", false), (4, "b-table", true)], string.Join("\n", rows.SelectMany(r => r.Problems)));
        rows[0].Title.ShouldBe("A table, \"quoted\", falls over");
        rows[1].Problems.Where(p => p.IsError).Select(p => p.Field).ShouldBe(["severity"]);
        Read("table.csv", "slug,titel\nx,y").Single().Problems[0].Sentence.ShouldContain("title");
        Read("table.csv", "slug,title\nx,\"never closed").Single().Problems[0].Sentence.ShouldContain("never closed");
        Read("table.csv", "slug,title\nx,y,z").Single().Problems[0].Sentence.ShouldContain("3 cells");
    }

    [Fact]
    public void A_file_of_another_kind_or_too_many_records_is_refused_with_the_reason()
    {
        Read("x.pdf", "%PDF").Single().Problems[0].Sentence.ShouldContain(".csv");
        new UploadReader(_library).Read("x.md", [0xff, 0xfe, 0x00]).Single().Form.ShouldBeNull();
        Read("x.ndjson", string.Concat(Enumerable.Repeat("{}\n", UploadReader.MaxRecords + 5))).Single().Problems[0].Sentence.ShouldContain("at most");
        Read("x.csv", "").Single().Form.ShouldBeNull();
    }

    [Theory]
    [InlineData("a,b\n1,2", "a|b;1|2")]
    [InlineData("a;b\r\n\"x;y\";2\r\n", "a|b;x;y|2")]
    [InlineData("\ufeffa,b\n\"say \"\"so\"\"\",\"two\nlines\"\n\n", "a|b;say \"so\"|two\nlines")]
    public void Tables_are_read_as_spreadsheets_write_them(string text, string cells) =>
        string.Join(';', CsvTable.Read(text, out _)!.Select(r => string.Join('|', r.Cells))).ShouldBe(cells);
}
