using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class RecordTextTests
{
    private static (string? Text, IReadOnlyList<Problem> Problems) Decode(params byte[] bytes)
    {
        var context = Clone.Context();
        return (RecordText.Decode(bytes, context), context.Problems);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static (RecordText? Parts, IReadOnlyList<Problem> Problems) Parse(string text)
    {
        var context = Clone.Context();
        return (RecordText.Parse(text, context), context.Problems);
    }

    [Theory]
    [InlineData("\ufeffa\nb\n", "a\nb\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("a\rb", "a\nb")]
    [InlineData("e\u0301", "é")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Byte_order_marks_line_ends_and_accents_are_brought_into_one_form(string bytes, string text) => Decode(Utf8(bytes)).Text.ShouldBe(text);

    [Theory]
    [InlineData(1, new byte[] { 0xff, 0xfe, (byte)'a', 0 })]
    [InlineData(2, new byte[] { (byte)'a', (byte)'\n', 0xc3, 0x28 })]
    [InlineData(3, new byte[] { (byte)'a', (byte)'\n', (byte)'\n', (byte)'b', 0x80 })]
    [InlineData(1, new byte[] { 0xed, 0xa0, 0x80 })]
    [InlineData(1, new byte[] { 0xc0, 0xaf })]
    [InlineData(1, new byte[] { 0xf4, 0x90, 0x80, 0x80 })]
    public void Bytes_that_are_no_UTF_8_are_refused_with_their_line(int line, byte[] bytes)
    {
        var (text, problems) = Decode(bytes);
        text.ShouldBeNull();
        (problems.ShouldHaveSingleItem() is { Rule: "not-utf8" } p && p.Line == line).ShouldBeTrue(problems[0].ToString());
    }

    [Theory]
    [InlineData("a\nb\u0000", 2, "U+0000")]
    [InlineData("a\u001b[31m", 1, "U+001B")]
    [InlineData("\n\n\u007f", 3, "U+007F")]
    [InlineData("a\u009b", 1, "U+009B")]
    [InlineData("a\n\ufffe", 2, "U+FFFE")]
    [InlineData("a\uffff", 1, "U+FFFF")]
    public void Characters_that_are_no_text_are_refused_with_their_line(string bytes, int line, string name)
    {
        var (text, problems) = Decode(Utf8(bytes));
        text.ShouldBeNull();
        var problem = problems.ShouldHaveSingleItem();
        (problem.Rule, problem.Line).ShouldBe(("control-character", line));
        problem.Sentence.ShouldContain(name);
    }

    [Fact]
    public void A_file_has_at_most_a_mebibyte()
    {
        Decode(new byte[YamlTree.MaxBytes + 1]).Problems.ShouldHaveSingleItem().Rule.ShouldBe("file-too-large");
        Decode(Utf8(new string('a', YamlTree.MaxBytes))).Problems.ShouldBeEmpty();
    }

    [Fact]
    public void A_record_is_cut_into_front_matter_lead_and_sections_with_their_lines()
    {
        var parts = Parse("---\na: 1\n---\n\nThe lead\nin two lines.\n\n## One\n\nText.\n### Part\nMore.\n## Two\n## Three\nEnd.").Parts!;
        parts.FrontMatter["a"].ShouldBe(new YamlText("1", 2));
        (parts.Lead.Body, parts.Lead.BodyLine).ShouldBe(("The lead\nin two lines.", 5));
        parts.Sections.Select(s => (s.Heading, s.Body, s.Line, s.BodyLine)).ShouldBe(
        [
            ("One", "Text.\n### Part\nMore.", 8, 10),
            ("Two", "", 13, 14),
            ("Three", "End.", 14, 15),
        ]);
        parts.Sections[0].Parts().Select(p => (p.Heading, p.Body, p.Line, p.BodyLine)).ShouldBe([("", "Text.", 10, 10), ("Part", "More.", 11, 12)]);
    }

    [Theory]
    [InlineData("---\n---\n")]
    [InlineData("---\n---\nText.")]
    [InlineData("---\na: 1\n---")]
    [InlineData("---\n---")]
    public void Short_files_have_parts_too(string text) => Parse(text).Parts.ShouldNotBeNull();

    [Theory]
    [InlineData("", "no-front-matter")]
    [InlineData("title: x\n", "no-front-matter")]
    [InlineData(" ---\na: 1\n---\n", "no-front-matter")]
    [InlineData("--- \na: 1\n---\n", "no-front-matter")]
    [InlineData("---\na: 1\n", "front-matter-open")]
    [InlineData("---\na: 1\n--- \nText.\n", "front-matter-open")]
    [InlineData("---\na: 1\n----\nText.\n", "front-matter-open")]
    public void Front_matter_begins_and_ends_with_three_hyphens(string text, string rule)
    {
        var (parts, problems) = Parse(text);
        parts.ShouldBeNull();
        (problems.ShouldHaveSingleItem().Rule, problems[0].Line).ShouldBe((rule, 1));
    }

    [Theory]
    [InlineData("```\n## not a heading\n```\n## Two\n", "One|Two")]
    [InlineData("~~~\n## no\n```\n## no\n~~~\n## Two\n", "One|Two")]
    [InlineData("````\n```\n## no\n````\n## Two\n", "One|Two")]
    [InlineData("```bash\n# no\n## no\n```   \n## Two\n", "One|Two")]
    [InlineData("```a `b` c```\n## Two\n", "One|Two")]
    [InlineData("  ```\n## no\n  ```\n## Two\n", "One|Two")]
    [InlineData("    ```\n## Two\n", "One|Two")]
    [InlineData("```\n## no, never closed\n", "One")]
    [InlineData("##no\n ## no\n### no\n## Two\n", "One|Two")]
    public void Headings_in_fenced_code_are_code(string body, string headings) =>
        string.Join('|', Parse($"---\n---\nLead.\n## One\n{body}").Parts!.Sections.Select(s => s.Heading)).ShouldBe(headings);

    [Theory]
    [InlineData("\n\na  \n\n\n\nb\t\n \n", "a\n\nb")]
    [InlineData("  indented", "indented")]
    [InlineData("", "")]
    [InlineData(" \n \n", "")]
    public void Text_is_tidied_without_losing_words(string text, string tidy)
    {
        RecordText.Tidy(text).ShouldBe(tidy);
        RecordText.Tidy(tidy).ShouldBe(tidy);
    }
}
