using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class YamlTreeTests
{
    private static (YamlMap? Map, IReadOnlyList<Problem> Problems) Read(string yaml, int firstLine = 1)
    {
        var context = Clone.Context();
        return (YamlTree.ReadMap(yaml, firstLine, context), context.Problems);
    }

    private static Problem Refused(string yaml, int firstLine = 1)
    {
        var (map, problems) = Read(yaml, firstLine);
        problems.Count.ShouldBe(1);
        if (problems[0].Rule != SyntaxRules.DuplicateKey.Id)
            map.ShouldBeNull();
        problems[0].IsError.ShouldBeTrue();
        return problems[0];
    }

    [Theory]
    [InlineData("NO")]
    [InlineData("yes")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("09:30")]
    [InlineData("0x1F")]
    [InlineData("1e3")]
    [InlineData(".inf")]
    [InlineData("2012-08-01")]
    [InlineData("0o777")]
    public void Every_scalar_is_text(string scalar) => Read($"key: {scalar}").Map!["key"].ShouldBe(new YamlText(scalar, 1));

    [Fact]
    public void Every_node_knows_its_line_in_the_file()
    {
        var map = Read("a: 1\nb:\n  - x\n  - y: 2\n    z: [p,\n      q]\n", firstLine: 10).Map!;
        map.Line.ShouldBe(10);
        var b = map["b"].ShouldBeOfType<YamlList>();
        b.Items[0].Line.ShouldBe(12);
        var y = b.Items[1].ShouldBeOfType<YamlMap>();
        y.Entries.Select(e => (e.Key, e.Line)).ShouldBe([("y", 13), ("z", 14)]);
        ((YamlList)y["z"]!).Items[1].Line.ShouldBe(15);
    }

    [Fact]
    public void An_empty_text_and_one_of_comments_are_an_empty_mapping()
    {
        Read("").Map!.Entries.ShouldBeEmpty();
        Read("# nothing\n").Map!.Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_key_that_stands_twice_is_named_with_the_line_of_the_second()
    {
        var problem = Refused("a: 1\nb: 2\na: 3\n", firstLine: 2);
        (problem.Rule, problem.Line, problem.Field).ShouldBe(("duplicate-key", 4, "a"));
        problem.Sentence.ShouldBe("The key “a” stands here for the second time.");
    }

    [Theory]
    [InlineData("a:\n\tb: 1\n", 2)]
    [InlineData("a: 1\nb: 2\n  \tc: 3\n", 3)]
    public void A_tab_as_indentation_is_refused(string yaml, int line)
    {
        var problem = Refused(yaml);
        (problem.Rule, problem.Line).ShouldBe(("yaml-tab", line));
        problem.Sentence.ShouldContain("tab");
    }

    [Fact]
    public void A_tab_within_a_text_is_text() => Read("a: b\tc\n").Map!["a"].ShouldBe(new YamlText("b\tc", 1));

    [Theory]
    [InlineData("a: &x 1\n", 1)]
    [InlineData("a: 1\nb: *x\n", 2)]
    [InlineData("a: 1\nb: !!str 2\n", 2)]
    [InlineData("a: !<tag:yaml.org,2002:System.Diagnostics.Process> {}", 1)]
    [InlineData("!!python/object/apply:os.system ['id']", 1)]
    [InlineData("a:\n  - b\n  - &c {d: e}\n", 3)]
    [InlineData("&k a: 1", 1)]
    public void Anchors_aliases_and_tags_are_refused(string yaml, int line)
    {
        var problem = Refused(yaml);
        (problem.Rule, problem.Line).ShouldBe(("yaml-feature", line));
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("[{a: ")]
    [InlineData("? ")]
    public void What_nests_deeper_than_thirty_two_levels_is_refused(string open) =>
        Refused("a:\n  " + string.Concat(Enumerable.Repeat(open, 40)) + "x").Rule.ShouldBe("yaml-depth");

    [Fact]
    public void Indentation_that_nests_too_deep_is_refused()
    {
        var yaml = string.Concat(Enumerable.Range(0, 40).Select(i => new string(' ', i) + "a:\n"));
        (Refused(yaml) is { Rule: "yaml-depth", Line: > 30 }).ShouldBeTrue();
    }

    [Fact]
    public void Thirty_levels_are_read()
    {
        var yaml = "a: " + new string('[', 30) + "x" + new string(']', 30);
        Read(yaml).Map!["a"].ShouldNotBeNull();
    }

    [Fact]
    public void Brackets_that_belong_to_a_text_open_nothing()
    {
        var text = new string('[', 100);
        Read($"a: \"{text}\"\nb: 'it''s {text}'\nc: see {text}\n# {text}\n").Map!["a"].ShouldBe(new YamlText(text, 1));
        Read($"a: |\n  {new string('-', 60)}\n  - - - {text}\n").Problems.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("a: b: c", 1)]
    [InlineData("a: 1\nb: [x\nc: 2\n", 0)]
    [InlineData("a: \"never closed", 0)]
    [InlineData("a: 1\n b: 2", 2)]
    [InlineData("a: @x", 1)]
    [InlineData("a: %x\nb: `y`", 0)]
    [InlineData("a: \"\\ud800\"", 1)]
    [InlineData("a: \"\\xZZ\"", 1)]
    public void What_is_no_YAML_says_so_with_a_line(string yaml, int line)
    {
        var problem = Refused(yaml);
        problem.Rule.ShouldBe("yaml");
        problem.Line.ShouldBeGreaterThan(0);
        if (line > 0)
            problem.Line.ShouldBe(line);
        problem.Sentence.ShouldStartWith("This is not valid YAML: ");
    }

    [Theory]
    [InlineData("- a\n- b\n")]
    [InlineData("just text")]
    public void What_is_no_mapping_says_so(string yaml) => Refused(yaml).Sentence.ShouldStartWith("Here a mapping is expected");

    [Theory]
    [InlineData("? [a, b]\n: c\n")]
    [InlineData("{{a: b}: c}")]
    public void A_key_is_a_text(string yaml) => Refused(yaml).Sentence.ShouldBe("A key is a plain text.");

    [Fact]
    public void A_second_document_is_refused() => Refused("a: 1\n---\nb: 2\n").Sentence.ShouldContain("second YAML document");

    [Fact]
    public void More_than_a_mebibyte_is_refused() => Refused(new string('a', YamlTree.MaxBytes) + ": b").Rule.ShouldBe("file-too-large");
}
