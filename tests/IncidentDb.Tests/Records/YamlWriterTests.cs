using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class YamlWriterTests
{
    private static YamlMap ReadBack(string yaml)
    {
        var context = Clone.Context();
        return YamlTree.ReadMap(yaml, 1, context).ShouldNotBeNull($"{string.Join('\n', context.Problems)}\n{yaml}");
    }

    private static YamlMap Map(params IEnumerable<(string Key, YamlNode Value)> entries) => new([.. entries.Select(e => new YamlEntry(e.Key, e.Value, 0))], 0);

    private static YamlText Text(string text) => new(text, 0);

    private static YamlList List(params IEnumerable<YamlNode> items) => new([.. items], 0);

    /// <summary>The tree as text, without its lines.</summary>
    private static string Shape(YamlNode node) => node switch
    {
        YamlText text => $"“{text.Value}”",
        YamlList list => $"[{string.Join(',', list.Items.Select(Shape))}]",
        YamlMap map => $"{{{string.Join(',', map.Entries.Select(e => $"“{e.Key}”={Shape(e.Value)}"))}}}",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("2012-08-01T09:30-04:00", "2012-08-01T09:30-04:00")]
    [InlineData("T-00:30", "T-00:30")]
    [InlineData("-00:30", "-00:30")]
    [InlineData("https://example.org/a?b=c#d", "https://example.org/a?b=c#d")]
    [InlineData("it's", "it's")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("a #b", "\"a #b\"")]
    [InlineData("- a", "\"- a\"")]
    [InlineData("ends:", "\"ends:\"")]
    [InlineData("", "\"\"")]
    [InlineData(" a", "\" a\"")]
    [InlineData("[a]", "\"[a]\"")]
    [InlineData("“quoted”", "“quoted”")]
    [InlineData("say \"hi\"", "say \"hi\"")]
    [InlineData("\"hi\"", "\"\\\"hi\\\"\"")]
    [InlineData("a\nb", "\"a\\nb\"")]
    [InlineData("a\u0001b", "\"a\\u0001b\"")]
    [InlineData("@x", "\"@x\"")]
    [InlineData("---", "\"---\"")]
    public void A_text_is_quoted_only_when_it_must_be(string text, string written) => YamlWriter.Write(Map(("key", Text(text)))).ShouldBe($"key: {written}\n");

    [Theory]
    [InlineData("a, b", "[\"a, b\"]")]
    [InlineData("a]", "[\"a]\"]")]
    [InlineData("-", "[\"-\"]")]
    [InlineData("a:b", "[a:b]")]
    [InlineData("4sq", "[4sq]")]
    public void Within_brackets_more_must_be_quoted(string text, string written) => YamlWriter.Write(Map(("key", List(Text(text))))).ShouldBe($"key: {written}\n");

    [Fact]
    public void A_collection_stands_on_one_line_while_it_fits()
    {
        var words = Enumerable.Range(0, 10).Select(i => (YamlNode)Text($"word-number-{i}"));
        YamlWriter.Write(Map(("few", List(words.Take(3))))).ShouldBe("few: [word-number-0, word-number-1, word-number-2]\n");
        var many = YamlWriter.Write(Map(("many", List(words))));
        many.ShouldStartWith("many:\n  - word-number-0\n  - word-number-1\n");
        YamlWriter.Write(Map(("map", Map(("a", Text("1")), ("b", List(Text("x"))))))).ShouldBe("map: {a: 1, b: [x]}\n");
        YamlWriter.Write(Map(("maps", List(Map(("a", Text("1"))))))).ShouldBe("maps:\n  - {a: 1}\n");
        YamlWriter.Write(Map(("deep", Map(("a", Map(("b", Text("1")))))))).ShouldBe("deep:\n  a: {b: 1}\n");
        YamlWriter.Write(Map(("none", List()), ("empty", Map()))).ShouldBe("none: []\nempty: {}\n");
    }

    [Fact]
    public void No_line_is_longer_than_the_width_unless_one_text_is()
    {
        var random = Seed.Draw();
        for (var i = 0; i < 500; i++)
        {
            var texts = List(Enumerable.Range(0, random.Next(1, 30)).Select(_ => (YamlNode)Text(new string('x', random.Next(1, 30)))));
            YamlWriter.Write(Map(("key", texts))).Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(YamlWriter.Width);
        }
    }

    [Fact]
    public void A_random_tree_is_read_back_as_it_was_written()
    {
        var random = Seed.Draw();
        string[] texts =
        [
            "", " ", "a", "- a", "a: b", "a:", ":a", "?", "? a", "#a", "a #b", "[a", "a]", "{", "}", ",", "a,b", "&a", "*a", "!a", "|", ">", "'", "\"", "%a", "@a", "`", "~", "null", "<<", "=",
            "---", "--- a", "...", "-", "--", "0x1", "1e3", "\t", "a\tb", "\ta", "a\t", "\n", "a\nb", "a\n\n b\n", "\r", "a\r\nb", "\u0000", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u00a0a", "é", "\u2028", "\u2029",
            "\ufeff", "a\ufeff", "\ufffd", "\ufffe", "\uffff", "\ud83d\ude00", "\ue010x\ue011", "\\", "\\n", "a\\", "a\"b", "it's", "a'b\"c: #", new string('x', 300), new string('[', 60), "- - - -", "a: &b *c", "\u3000a", " a", "a ", "T+00:10",
        ];
        for (var i = 0; i < 3_000; i++)
            RoundTrip(RandomMap(random, texts, 0));
    }

    [Fact]
    public void Naughty_strings_are_read_back_as_they_were_written()
    {
        var random = Seed.Draw();
        var strings = Hostile.Strings("blns.json");
        foreach (var text in strings)
            RoundTrip(Map(("text", Text(text)), ("list", List(Text(text), Text("b"))), ("map", Map((text, Text(text)))), ("maps", List(Map((text, List(Text(text))))))));
        for (var i = 0; i < 500; i++)
            RoundTrip(RandomMap(random, strings, 0));
    }

    private static void RoundTrip(YamlMap map)
    {
        var yaml = YamlWriter.Write(map);
        var again = ReadBack(yaml);
        (Shape(again) == Shape(map)).ShouldBeTrue($"{Shape(map)}\n{Shape(again)}\n{yaml}");
        (YamlWriter.Write(again) == yaml).ShouldBeTrue(yaml);
    }

    private static YamlMap RandomMap(Random random, IReadOnlyList<string> texts, int depth) =>
        Map(Enumerable.Range(0, random.Next(depth == 0 ? 1 : 0, 5)).Select(i => (Key: random.Next(3) == 0 ? random.Pick(texts) : $"key{i}", Value: RandomNode(random, texts, depth))).DistinctBy(e => e.Key));

    private static YamlNode RandomNode(Random random, IReadOnlyList<string> texts, int depth) => random.Next(depth > 5 ? 1 : 4) switch
    {
        2 => List(Enumerable.Range(0, random.Next(5)).Select(_ => RandomNode(random, texts, depth + 1))),
        3 => RandomMap(random, texts, depth + 1),
        _ => Text(random.Pick(texts)),
    };
}
