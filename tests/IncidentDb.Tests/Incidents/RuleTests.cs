using IncidentDb.Import;
using IncidentDb.Quality;
using IncidentDb.Records;

namespace IncidentDb.Tests.Incidents;

/// <summary>Every rule of the format is broken once on purpose; a rule that nobody breaks here may as well not exist.</summary>
public sealed class RuleTests
{
    private static readonly IReadOnlyList<Breakage> _all = [.. RecordBreakages.Syntax, .. RecordBreakages.Meaning, .. OtherBreakages.All];

    public static TheoryData<int, string> Breakages => new(_all.Select((b, i) => (i, b.ToString())));

    [Theory]
    [MemberData(nameof(Breakages))]
    public void Breaking_a_rule_is_named_with_its_line(int row, string name)
    {
        var breakage = _all[row];
        var problems = breakage.Judge();
        var named = problems.Where(p => p.Rule == breakage.Rule && p.Sentence.Contains(breakage.Says, StringComparison.Ordinal)).ToList();
        named.ShouldNotBeEmpty($"{name}\n{string.Join('\n', problems)}");
        breakage.Lines.ShouldNotBeEmpty("the table names a line that is not there");
        breakage.Lines.Intersect(named.Select(p => p.Line)).ShouldNotBeEmpty(string.Join('\n', problems));
        named.ShouldAllBe(p => p.File == breakage.File || p.File.StartsWith(breakage.File + "#", StringComparison.Ordinal));
    }

    /// <summary>Those over a whole collection are broken in StrictRuleTests.</summary>
    [Fact]
    public void Every_rule_is_broken_by_a_row() =>
        FormatReference.Rules.Except(StrictRules.All).Select(r => r.Id).Except(_all.Select(b => b.Rule)).ShouldBeEmpty("add a row to RecordBreakages or OtherBreakages");

    [Fact]
    public void Only_rules_of_the_documentation_are_broken() => _all.Select(b => b.Rule).Except(FormatReference.Rules.Select(r => r.Id)).ShouldBeEmpty();

    [Fact]
    public void A_problem_prints_as_file_line_level_rule_field_and_sentence() =>
        SyntaxRules.BadWhen.At("incidents/a.md", 4, "started", "“x” is no time.").ToString().ShouldBe("incidents/a.md:4: error bad-when: started: “x” is no time.");

    [Fact]
    public void Sentences_end_and_speak_to_a_person()
    {
        foreach (var problem in _all.SelectMany(b => b.Judge()))
        {
            problem.Sentence.ShouldMatch(@"[.?]$");
            problem.Sentence.ShouldNotContain("Exception");
            problem.Sentence.Length.ShouldBeLessThan(500);
        }
    }
}
