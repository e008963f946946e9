using IncidentDb.History;

namespace IncidentDb.Tests.History;

public sealed class WordDiffTests
{
    private static string Printed(string before, string after) =>
        string.Concat(WordDiff.Of(before, after).Select(p => p.Kind switch { DiffKind.Removed => $"[-{p.Text}-]", DiffKind.Added => $"[+{p.Text}+]", _ => p.Text }));

    [Theory]
    [InlineData("", "", "")]
    [InlineData("same words", "same words", "same words")]
    [InlineData("", "new", "[+new+]")]
    [InlineData("old", "", "[-old-]")]
    [InlineData("It lasted two hours.", "It lasted three hours.", "It lasted [-two-][+three+] hours.")]
    [InlineData("a b c d", "a x y d", "a [-b c-][+x y+] d")]
    [InlineData("It fell. [^a]", "It fell. [^b]", "It fell. [-[^a]-][+[^b]+]")]
    [InlineData("one two three", "zero one two three four", "[+zero +]one two three[+ four+]")]
    [InlineData("at 09:30 it fell", "at 09:31 it fell", "at [-09:30-][+09:31+] it fell")]
    public void What_changed_is_marked_word_by_word(string before, string after, string printed) => Printed(before, after).ShouldBe(printed);

    [Fact]
    public void Both_texts_can_be_read_off_any_comparison()
    {
        var random = Seed.Draw(out var seed);
        string[] words = ["the", "queue", "grew", " ", "\n", ".", "[^a]", "é", "😀", "09:30", "it’s", "x"];
        for (var i = 0; i < 2_000; i++)
        {
            string Text() => string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Pick(words)));
            var (a, b) = (Text(), Text());
            var parts = WordDiff.Of(a, b);
            string.Concat(parts.Where(p => p.Kind != DiffKind.Added).Select(p => p.Text)).ShouldBe(a, $"{seed} {i}");
            string.Concat(parts.Where(p => p.Kind != DiffKind.Removed).Select(p => p.Text)).ShouldBe(b, $"{seed} {i}");
        }
    }

    [Fact]
    public void Two_long_texts_without_a_word_in_common_are_compared_in_time()
    {
        var (a, b) = (string.Join(' ', Enumerable.Range(0, 20_000)), string.Join(' ', Enumerable.Range(50_000, 20_000)));
        Fast.Within(3_000, "the comparison", () => WordDiff.Of(a, b)).Count.ShouldBeGreaterThan(0);
    }
}
