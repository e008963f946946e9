using IncidentDb.PrepSheets;
using IncidentDb.Records;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>The checker over all episodes and twenty sets in all lengths, and that it complains when it must.</summary>
[Collection(Sheets.Name)]
public sealed class SheetCheckerTests(ClonedLibrary cloned)
{
    [Fact]
    public void No_sheet_says_what_its_records_do_not()
    {
        var checker = new SheetChecker(cloned.Library);
        var (sheets, statements) = (0, 0);
        var complaints = new List<string>();
        foreach (var sheet in cloned.All)
        {
            complaints.AddRange(checker.Check(sheet));
            sheets++;
            statements += sheet.Statements.Count();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{sheets} sheets, {statements} statements, {complaints.Count} complaints");
        sheets.ShouldBe((cloned.Library.Catalogue.Episodes.Count + ClonedLibrary.Sets.Count) * RunDown.Lengths.Count);
        complaints.ShouldBeEmpty($"{complaints.Count} complaints\n" + string.Join("\n", complaints.Take(60)));
    }

    [Fact]
    public void The_checker_complains_of_every_kind_of_lie()
    {
        var sheet = cloned.Compose(20, "knight-capital-2012");
        new SheetChecker(cloned.Library).Check(sheet).ShouldBeEmpty();
        var cited = sheet.Statements.First(s => s.Kind == StatementKind.Cited && s.Origin.Path == "sections.stakes" && s.Text.Contains("ten per cent", StringComparison.Ordinal));
        var unsourced = sheet.Statements.First(s => s.Kind == StatementKind.Unsourced);
        var question = sheet.Statements.First(s => s.Origin.Path == "sections.questions");
        var figure = sheet.Statements.First(s => s.Id.EndsWith("figures/loss", StringComparison.Ordinal));
        var worked = sheet.Statements.First(s => s.Worked is not null);
        var start = sheet.Statements.First(s => s.Label is "T+0:00");
        var segue = sheet.Statements.First(s => s.Id.EndsWith("/segue", StringComparison.Ordinal));

        Complaints(cited, s => s with { Sources = [] }).ShouldContain("no source is shown");
        Complaints(cited, s => s with { Sources = [99] }).ShouldContain("the source is not in the list");
        Complaints(cited, s => s with { Kind = StatementKind.Craft }).ShouldContain("what is not called cited");
        Complaints(cited, s => s with { Kind = StatementKind.Craft, Sources = [] }).ShouldContain("sections.stakes is no craft");
        Complaints(cited, s => s with { Refs = [new SourceRef(Noun.Incident, "knight-capital-2012", "futures")] }).ShouldContain("the record cites sec, the sheet futures");
        Complaints(cited, s => Said(s, s.Text.Replace("ten per cent", "twelve per cent", StringComparison.Ordinal))).ShouldContain("the record does not say this");
        Complaints(unsourced, s => s with { Kind = StatementKind.Cited, Sources = [1] }).ShouldContain("the record cites nothing for this");
        Complaints(cited, s => s with { Kind = StatementKind.Unsourced, Sources = [] }).ShouldContain("the record has a source for this");
        Complaints(question, s => Said(s, "Would you have lost 77 million?")).ShouldContain("77 million is not in the record");
        Complaints(segue, s => Said(s, "Next time: 55 servers.")).ShouldContain("55 is not in the record");
        Complaints(figure, s => s with { Text = s.Text.Replace("460", "12", StringComparison.Ordinal) }).ShouldContain("12 M");
        Complaints(figure, s => s with { Text = s.Text.Replace("460", "470", StringComparison.Ordinal) }).ShouldContain("470 M");
        Complaints(worked, s => s with { Worked = s.Worked! with { Results = ["about 5 million"] } }).ShouldContain("printed is “about 5 million”");
        Complaints(worked, s => s with { Worked = s.Worked! with { Inputs = [.. s.Worked.Inputs.Select(i => i with { Sources = [] })] } }).ShouldContain("has no source");
        Complaints(cited, s => s with { Spoken = s.Spoken.Replace("ten", "eleven", StringComparison.Ordinal) }).ShouldContain("said as");
        Complaints(cited, s => s with { Seconds = s.Seconds / 2 }).ShouldContain("the reading time is not that of its words");
        Complaints(start, s => s with { Label = "T+0:05" }).ShouldContain("“T+0:05” is not");
        Complaints(start, s => s with { SubLabel = "10:30 EDT" }).ShouldContain("“10:30 EDT” is not");
        Complaints(start, s => s with { SpokenLabel = "Five minutes before:" }).ShouldContain("is not");
        Whole(sheet with { Figures = [.. sheet.Figures.Select(f => f with { Say = "nine hundred dollars" })] }).ShouldContain("900 is near no measure");
        Whole(sheet with { Figures = [.. sheet.Figures.Select(f => f with { Exactly = "999 M" })] }).ShouldContain("the exact form is not in the record");
        Whole(sheet with { Blocks = [.. sheet.Blocks.Select(b => b.Id == "hook" ? b with { Parts = [.. b.Parts, sheet.Blocks[0].Parts[0]] } : b)] }).ShouldContain("repetition");
        Whole(sheet with { Blocks = [.. sheet.Blocks.Select(b => b.Id == "story" ? b with { Budget = 30 } : b)] }).ShouldContain("of 30 s");
        Whole(sheet with { Blocks = [.. sheet.Blocks.Select(b => b.Id == "theory" ? b with { Parts = [], Prompts = [] } : b)] }).ShouldContain("theory is empty");
        Whole(cloned.Compose(5, "knight-capital-2012") is var small ? small with { Blocks = [.. small.Blocks.Where(b => b.Id != "story")] } : sheet).ShouldContain("the short form reads in");

        string Complaints(PrepStatement which, Func<PrepStatement, PrepStatement> change)
        {
            PrepPart Part(PrepPart part) => part with { Statements = [.. part.Statements.Select(s => s.Id == which.Id ? change(s) : s)] };
            return Whole(sheet with { Blocks = [.. sheet.Blocks.Select(b => b with { Parts = [.. b.Parts.Select(Part)], Prompts = [.. b.Prompts.Select(Part)] })] });
        }

        string Whole(PrepSheet changed) => string.Join('\n', new SheetChecker(cloned.Library).Check(changed));
    }

    private static PrepStatement Said(PrepStatement s, string text)
    {
        var spoken = IncidentDb.PrepSheets.Spoken.SpokenText.Of(text).Text;
        return s with { Text = text, Spoken = spoken, Seconds = Pace.Of(spoken) };
    }
}
