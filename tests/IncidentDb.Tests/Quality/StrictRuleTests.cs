using IncidentDb.Quality;

namespace IncidentDb.Tests.Quality;

public sealed class StrictRuleTests
{
    private static IReadOnlyList<string> Found(SharedRuns? others, params (string Slug, string Text)[] records)
    {
        using var directory = new TempDirectory();
        return [.. StrictRules.Check(Sample.Folder(directory, records), others).Select(p => p.ToString())];
    }

    private static string Other(int n) => Sample.Minimal(n)
        .With("A service that sends letters put them into a queue without a bound. When the service behind it slowed down the queue grew until it had all the memory of the machine, and the front page on the same machine went with it. People saw errors until somebody emptied the queue and gave it a bound.", $"Letter shop {n} lost its lists. " + string.Concat(Enumerable.Range(0, 8).Select(i => $"Step {n}{i} took down part {i * n} of the mail. ")))
        .With("A queue had no bound, and its memory was that of the front page.", $"Shop number {n} stood still for part of a day.")
        .With($"title: Queue number {n} fills up and takes the front page with it", $"title: Mail room {n * 7} and its {n * 11} lists are gone");

    [Fact]
    public void A_sentence_of_two_records_is_found_with_both_files_and_the_line()
    {
        var found = Found(null, ("first", Sample.Minimal(1)), ("second", Sample.Minimal(12)));
        found.ShouldContain("incidents/second.md:16: error shared-sentence: sections.summary: “A service that sends letters put them into a queue without …” stands in incidents/first.md too; say it in this record's own words.");
        Found(null, ("first", Sample.Minimal(1)), ("third", Other(3))).ShouldBeEmpty();
    }

    [Fact]
    public void Five_stretches_of_nine_words_from_elsewhere_are_too_many_and_quotations_are_none()
    {
        const string theirs = "the quick brown fox jumps over the lazy dog and then the slow green turtle walks under the busy cat while a small grey mouse eats all of the old yellow cheese as the tall thin heron stands quite still in the very cold water until one more large black crow flies right across the whole wide empty evening sky";
        var others = new SharedRuns();
        others.Add(theirs);
        var words = theirs.Split(' ');
        string Copied(int stretches, string quote) => Other(3).With("## Summary\n", "## Summary\n" + string.Concat(Enumerable.Range(0, stretches).Select(i => $"{quote}{string.Join(' ', words.Skip(i * 11).Take(10))}{(quote.Length > 0 ? "”" : "")}. [^first] Something of our own. [^first] ")));
        Found(others, ("copied", Copied(4, ""))).ShouldBeEmpty();
        var five = Found(others, ("copied", Copied(5, "")));
        five.Count.ShouldBe(5);
        five[0].ShouldContain("error shared-run: sections.summary: “the quick brown fox jumps over the lazy dog and” stands in a text of others, one of 5 such stretches");
        Found(others, ("copied", Copied(5, "“"))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("It was the worst outage of the decade.", true)]
    [InlineData("It was the largest data loss so far.", true)]
    [InlineData("It was an unprecedented stop.", true)]
    [InlineData("It was the worst outage of the decade. [^first]", false)]
    [InlineData("Time how long your largest table takes.", false)]
    [InlineData("They planned for the worst case.", false)]
    [InlineData("What is the biggest risk?", false)]
    public void Who_ranks_says_who_does(string sentence, bool found) =>
        Found(null, ("ranked", Other(3).With("## Summary\n", $"## Summary\n{sentence} "))).Any(p => p.Contains("superlative-uncited", StringComparison.Ordinal)).ShouldBe(found);

    [Fact]
    public void The_same_company_on_the_same_day_is_told_once_unless_the_records_name_each_other()
    {
        string Named(int n, string more = "") => Other(n).With("companies: [undisclosed]", "companies: [acme]").With($"started: {2000 + (n % 25)}-0{1 + (n % 9)}-1{n % 10}", "started: 2019-03-04T10:00Z").With("sources:\n", more + "sources:\n");
        IReadOnlyList<string> Judge(string second)
        {
            using var directory = new TempDirectory();
            directory.Write("companies/acme.yaml", "name: Acme\nsector: retail\nabout: Sells anvils.\n");
            return [.. StrictRules.Check(Sample.Folder(directory, [("one", Named(1)), ("two", second)]), null).Select(p => p.ToString())];
        }

        Judge(Named(2)).ShouldHaveSingleItem().ShouldBe("incidents/two.md: error look-alike: This may be the incident of incidents/one.md: the same company, and they began within two days of each other. Merge them, or name one in the relations of the other.");
        Judge(Named(2, "relations:\n  - {incident: one, type: contrasts_with}\n")).ShouldBeEmpty();
    }

    [Fact]
    public void What_happened_is_said_of_one_incident()
    {
        string With(int n) => Other(n).With("causes: unknown\n", "causes: unknown\npatterns: {kill-switch: absent}\n") + "## Patterns\n### kill-switch\nWhat happened: Nobody could stop it.\n\nWould have: A switch would have.\n";
        Found(null, ("one", With(3)), ("two", With(4))).Where(p => p.Contains("shared-reason", StringComparison.Ordinal)).Count().ShouldBe(2);
    }

    [Fact]
    public void A_summary_of_long_words_in_long_sentences_is_hard_to_read()
    {
        var summary = string.Join(' ', Enumerable.Repeat("Organisational interdependencies necessitated comprehensive reconfiguration of heterogeneous infrastructural capabilities notwithstanding considerable institutional", 4));
        Found(null, ("hard", Other(3).With("## Summary\n", $"## Summary\n{summary}. [^first] "))).ShouldHaveSingleItem().ShouldContain("error hard-to-read: sections.summary: The summary has a reading ease of ");
        Prose.ReadingEase("The cat sat on the mat. The dog ran to the cat.").ShouldBeGreaterThan(100);
        Prose.ReadingEase("").ShouldBe(double.NaN);
    }

    [Fact]
    public void The_clone_holds_to_them()
    {
        var corpora = Path.Combine(Clone.Root, "..", "shared", "corpora");
        var others = Directory.Exists(corpora) ? SharedRuns.Of(corpora) : null;
        TestContext.Current.TestOutputHelper?.WriteLine(others is null ? "../shared/corpora is not beside this clone: words were not compared with those of others" : $"compared with {others.Texts} texts");
        StrictRules.Check(Clone.Data, others).Select(p => p.ToString()).ShouldBeEmpty();
    }
}
