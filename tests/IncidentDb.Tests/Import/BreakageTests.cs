using System.Text;
using IncidentDb.Import;

namespace IncidentDb.Tests.Import;

/// <summary>
/// Ten ways in which a hand-written file goes wrong. Each gives a sentence of its own with file and line, from the command line and
/// from the importer, and the records beside it are imported all the same.
/// </summary>
public sealed class BreakageTests
{
    private static readonly IReadOnlyDictionary<string, (byte[] Content, string Expected)> _breakages = new Dictionary<string, (byte[], string)>
    {
        ["bad date"] = (Text(Sample.Minimal().With("2001-02-11", "2001-02-31")), "incidents/broken.md:5: error bad-when: started: “2001-02-31”: 31 February 2001 does not exist; the month has 28 days."),
        ["unknown cause word"] = (Text(Sample.Record.With("flag-reuse: root", "flag-reus: root").With("### flag-reuse", "### flag-reus")), "incidents/broken.md:12: error unknown-word: causes.flag-reus: “flag-reus” is no word of the vocabulary “causes”; did you mean “flag-reuse”?"),
        ["late mitigation"] = (Text(Sample.Record.With("The orders stop. [^sec]", "The orders stop. [^sec]\n- 11:00 · mitigation · Late. [^sec]")), "incidents/broken.md:57: error outside-window: timeline[7]: “mitigation” at 2012-08-01T11:00[America/New_York] lies after the incident ended (2012-08-01T10:15[America/New_York]); correct the time, or use a type that may lie outside, such as aftermath."),
        ["missing source"] = (Text(Sample.Minimal().With("page. [^first]", "page. [^second]")), "incidents/broken.md:13: error unknown-source: oneLine: “second” is no source of this record."),
        ["duplicate address"] = (
            Text(Sample.Record.With("url: https://example.org/what-happened", "url: http://www.sec.gov/litigation/admin/2013/34-70694.pdf#page=2")),
            "incidents/broken.md:37: error duplicate-source: sources.blog: The source “blog” has the same address as “sec” (https://sec.gov/litigation/admin/2013/34-70694.pdf); keep one of them."),
        ["YAML bomb"] = (
            Text("---\na: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat("bcdefghi".Select(c => $"{c}: &{c} [{string.Join(',', Enumerable.Repeat($"*{(char)(c - 1)}", 9))}]\n")) + "---\nA line.\n"),
            "incidents/broken.md:2: error yaml-feature: Anchors (&x), aliases (*x) and tags (!x) are not used here; put a text that begins so in quotes."),
        ["tab indentation"] = (Text(Sample.Minimal().With("  first:", "\tfirst:")), "incidents/broken.md:11: error yaml-tab: This line is indented with a tab; YAML takes spaces."),
        ["body of 5 MB"] = (Text(Sample.Minimal() + new string('x', 5 << 20)), "incidents/broken.md: error file-too-large: The file has 5.0 MiB; a record has at most 1 MiB."),
        ["invalid UTF-8"] = ([.. Text(Sample.Minimal().With("\n\n## Summary", "\n\n## Stakes\nCaf")), 0xe9, (byte)'\n'], "incidents/broken.md:18: error not-utf8: This line holds bytes that are not UTF-8; save the file as UTF-8."),
        ["missing closing ---"] = (Text(Sample.Minimal().With("\n---\n", "\n")), "incidents/broken.md:1: error front-matter-open: The front matter that begins here is never closed: a line “---” is missing after it."),
    };

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static TheoryData<string> Names => [.. _breakages.Keys];

    [Fact]
    public void There_are_ten_and_their_sentences_differ()
    {
        _breakages.Count.ShouldBe(10);
        _breakages.Values.Select(b => b.Expected[(b.Expected.IndexOf("error", StringComparison.Ordinal) + 6)..].Split(':')[0]).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_command_line_names_the_file_and_the_line_and_fails(string name)
    {
        var (content, expected) = _breakages[name];
        using var directory = new TempDirectory();
        Sample.Folder(directory, ("good-one", Sample.Minimal(7)), ("good-two", Sample.Minimal(8)));
        directory.Write("incidents/broken.md", content);
        var result = CommandLine.Run(directory["var"], "check", directory.Path);
        result.ExitCode.ShouldBe(1, result.Error);
        result.Error.ShouldBeEmpty();
        result.Lines.Where(l => l.Contains(": error ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldBe(expected);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_importer_refuses_the_file_and_takes_the_others(string name)
    {
        var (content, expected) = _breakages[name];
        using var directory = new TempDirectory();
        Sample.Folder(directory, ("a-good-one", Sample.Minimal(7)), ("z-good-one", Sample.Minimal(8)));
        directory.Write("incidents/broken.md", content);
        using var library = KnowledgeBase.Open(directory["var"], "a test", new FakeTime());
        var report = library.Import(DataFolder.Open(directory.Path));
        report.Refused.ShouldBe(["incidents/broken.md"]);
        report.Problems.Where(p => p.IsError).Select(p => p.ToString()).ShouldBe([expected]);
        library.Incidents.All().Select(i => i.Slug).ShouldBe(["a-good-one", "z-good-one"], ignoreOrder: true);
        library.Search.Count.ShouldBe(2);
    }
}
