using IncidentDb.Records;

namespace IncidentDb.Tests.Records;

public sealed class CitationTests
{
    private static IEnumerable<string> Cut(string markdown, bool wholeItems = false) =>
        Citations.Sentences(markdown, wholeItems).Select(s => $"{s.Line}: {s.Text}{(s.Sources.Count > 0 ? $" <{string.Join(',', s.Sources)}>" : "")}");

    [Theory]
    [InlineData("One. Two.", "0: One.|0: Two.")]
    [InlineData("One! Two? Three… Four", "0: One!|0: Two?|0: Three…|0: Four")]
    [InlineData("It lost 3.5 million. Then it rose by 0.5%.", "0: It lost 3.5 million.|0: Then it rose by 0.5%.")]
    [InlineData("See e.g. the Dr. No case, i.e. No. 3 of approx. 12.", "0: See e.g. the Dr. No case, i.e. No. 3 of approx. 12.")]
    [InlineData("At 9 a.m. Eastern time it began. It ended at 5 p.m. Nobody saw.", "0: At 9 a.m. Eastern time it began.|0: It ended at 5 p.m. Nobody saw.")]
    [InlineData("J. Smith of Knight Inc. Said so.", "0: J. Smith of Knight Inc. Said so.")]
    [InlineData("The U.S. Senate met.", "0: The U.S. Senate met.")]
    [InlineData("So did I. Then it broke.", "0: So did I.|0: Then it broke.")]
    [InlineData("Version 2.0 shipped. v1.2.3 did not.", "0: Version 2.0 shipped. v1.2.3 did not.")]
    [InlineData("example.org was down. It came back.", "0: example.org was down.|0: It came back.")]
    [InlineData("“It is down.” So they said.", "0: “It is down.”|0: So they said.")]
    [InlineData("(All of it.) Then more.", "0: (All of it.)|0: Then more.")]
    [InlineData("**Bold.** Next.", "0: **Bold.**|0: Next.")]
    [InlineData("It went on ... and on. End.", "0: It went on ... and on.|0: End.")]
    [InlineData("Was it you?! No.", "0: Was it you?!|0: No.")]
    public void A_text_is_cut_into_its_sentences(string markdown, string expected) => string.Join('|', Cut(markdown)).ShouldBe(expected);

    [Theory]
    [InlineData("One. [^a] Two. [^b]", "0: One. <a>|0: Two. <b>")]
    [InlineData("One [^a]. Two.", "0: One. <a>|0: Two.")]
    [InlineData("One.[^a][^b] Two.", "0: One. <a,b>|0: Two.")]
    [InlineData("One. [^a] [^b]\n[^c]", "0: One. <a,b,c>")]
    [InlineData("One, [^a] two. [^a]", "0: One, two. <a>")]
    [InlineData("One. [^?] Two.", "0: One. <?>|0: Two.")]
    [InlineData("Really? [^?]", "0: Really? <?>")]
    [InlineData("She presses B. [^a] It fails. [^b]", "0: She presses B. <a>|0: It fails. <b>")]
    [InlineData("No stop [^a]", "0: No stop <a>")]
    [InlineData("“Quoted.” [^a] On.", "0: “Quoted.” <a>|0: On.")]
    [InlineData("[^a] Begins with one.", "0: Begins with one. <a>")]
    [InlineData("Not one: [^ ] or [^a b] or [a].", "0: Not one: [^ ] or [^a b] or [a].")]
    public void A_citation_belongs_to_the_sentence_before_it(string markdown, string expected) => string.Join('|', Cut(markdown)).ShouldBe(expected);

    [Fact]
    public void Lists_headings_tables_and_paragraphs_end_a_sentence() =>
        Cut("No stop here\n\nA paragraph over\ntwo lines. And more\n- an item [^a]\n- another\n  that goes on. Second.\n1. numbered\n#### A heading\n| cell | cell |\n> quoted").ShouldBe(
        [
            "0: No stop here",
            "2: A paragraph over two lines.",
            "3: And more",
            "4: an item <a>",
            "5: another that goes on.",
            "6: Second.",
            "7: numbered",
            "8: A heading",
            "9: cell | cell |",
            "10: quoted",
        ]);

    [Fact]
    public void Where_a_list_item_is_one_statement_its_citations_at_the_end_hold_for_all_of_it() =>
        Cut("- “It can't be. Not ours.” · an engineer · page 3 [^a]\n- Somebody. Else.", wholeItems: true)
            .ShouldBe(["0: “It can't be. Not ours.” · an engineer · page 3 <a>", "1: Somebody. Else."]);

    [Theory]
    [InlineData("It lost 5 orders.", true)]
    [InlineData("It happened in August.", true)]
    [InlineData("On the first of May it rained.", true)]
    [InlineData("May was bad.", false)]
    [InlineData("March on.", false)]
    [InlineData("They may march on.", false)]
    [InlineData("He said “no”.", true)]
    [InlineData("He said \"no\".", true)]
    [InlineData("Nobody knew why.", false)]
    [InlineData("Augustus slept.", false)]
    public void A_figure_a_month_and_a_quotation_need_a_source(string sentence, bool needs) => CitationRules.NeedsCitation(sentence).ShouldBe(needs);

    [Theory]
    [InlineData("Text. [^a][^b]", "Text.", "a,b")]
    [InlineData("Text. [^a] [^a]  ", "Text.", "a")]
    [InlineData("Text [^?]", "Text", "?")]
    [InlineData("Text [^a] goes on", "Text [^a] goes on", "")]
    [InlineData("[^a]", "", "a")]
    [InlineData("", "", "")]
    public void Trailing_citations_are_taken_off(string text, string rest, string sources)
    {
        var (left, taken) = Citations.TakeTrailing(text);
        (left, string.Join(',', taken)).ShouldBe((rest, sources));
    }

    [Fact]
    public void Citations_are_found_removed_and_written()
    {
        Citations.In("a [^x] b [^y][^x] c [^?]").ShouldBe(["x", "y"]);
        Citations.Remove("a [^x] b.[^y] [^?]").ShouldBe("a b.");
        Citations.Write(["x", "y"]).ShouldBe(" [^x][^y]");
        Citations.Write([]).ShouldBe("");
    }

    [Fact]
    public void No_letter_of_a_random_text_is_lost_and_lines_point_into_it()
    {
        var random = Seed.Draw();
        string[] parts = ["One", "two", ".", ". ", "! ", "? ", "… ", "\n", "\n\n", "- ", "1. ", "> ", "## ", "| ", "[^a]", " [^b]", "[^?]", "e.g.", "U.S.", "5", "”", ")", " ", "*", "…", "[", "]", "^"];
        for (var i = 0; i < 5_000; i++)
        {
            var markdown = string.Concat(Enumerable.Range(0, random.Next(0, 20)).Select(_ => random.Pick(parts)));
            var sentences = Citations.Sentences(markdown);
            static string Letters(string text) => string.Concat(text.Where(char.IsLetter));
            Letters(string.Concat(sentences.Select(s => s.Text))).ShouldBe(Letters(Citations.Remove(markdown)), markdown);
            sentences.All(s => s.Line >= 0 && s.Line < markdown.Split('\n').Length).ShouldBeTrue(markdown);
            sentences.Select(s => s.Line).ShouldBeInOrder(SortDirection.Ascending, markdown);
        }
    }
}

/// <summary>Texts made to be slow: what reads a file must read a mebibyte of anything.</summary>
[Collection(nameof(Alone))]
public sealed class CitationSpeedTests
{
    [Theory]
    [InlineData(".", " a")]
    [InlineData("[^a]", "x")]
    [InlineData(" ", "x")]
    [InlineData(" [^a]", "x")]
    [InlineData("[^", "")]
    [InlineData("a.", " b")]
    [InlineData("a. b ", "")]
    [InlineData("\"", "")]
    [InlineData(")", ".")]
    [InlineData("\n", "x")]
    [InlineData("- ", "x")]
    [InlineData("e.g. ", "x")]
    public void A_mebibyte_is_cut_in_less_than_two_seconds(string part, string end)
    {
        var text = "One. Two " + string.Concat(Enumerable.Repeat(part, YamlTree.MaxBytes / part.Length)) + end;
        Fast.Within(2_000, $"“{part}” × n", () => Citations.Sentences(text).Count + Citations.TakeTrailing(text).Text.Length + Citations.Remove(text).Length);
    }
}
