using System.Text.Json;
using IncidentDb.Accounts;

namespace IncidentDb.Tests;

/// <summary>What every verb of <c>incidentdb</c> owes whoever types or calls it: a sentence and the right exit code, never a stack of calls.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    private string Filled()
    {
        using var library = Libraries.With(_directory, 3);
        return _directory["var"];
    }

    [Theory]
    [InlineData("prep", "record-1", "--minutes", "5", "-o", "{0}/no/such/folder/sheet.docx")]
    [InlineData("export", "{0}/no/such/folder/records.csv")]
    [InlineData("export", "data", "{0}/a-file/below")]
    [InlineData("new", "A title that is long enough", "--data", "{0}/a-file/below")]
    public void A_file_that_can_t_be_written_is_a_sentence(params string[] arguments)
    {
        _directory.Write("a-file", "in the way");
        var result = CommandLine.Run(Filled(), [.. arguments.Select(a => a.Replace("{0}", _directory.Path, StringComparison.Ordinal))]);
        result.ExitCode.ShouldBe(3, result.Error);
        result.Error.ShouldNotContain("   at ");
        result.Error.Trim().Split('\n').Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("format")]
    public void A_file_of_which_nothing_says_what_it_holds_is_wrong_usage(string verb)
    {
        var result = CommandLine.Run(_directory["var"], verb, _directory.Write("somewhere/amazon.yaml", "name: Amazon\n"));
        result.ExitCode.ShouldBe(2, result.Error);
        result.Error.ShouldContain("lies in no data folder");
        result.Error.ShouldNotContain("   at ");
    }

    [Theory]
    [InlineData("check")]
    [InlineData("format", "--check")]
    [InlineData("import")]
    public void A_folder_without_records_is_not_all_well(string verb, params string[] options)
    {
        // The record lies beside its folder, as when somebody names the wrong one.
        _directory.Write("loose/record-1.md", Sample.Minimal(1));
        var result = CommandLine.Run(_directory["var"], [verb, .. options, _directory["loose"]]);
        result.ExitCode.ShouldBe(2, result.Out);
        result.Error.ShouldContain("holds no records: a data folder has");
    }

    [Fact]
    public void A_part_of_a_data_folder_is_checked_and_formatted()
    {
        var folder = Libraries.Folder(_directory, 3);
        var incidents = Path.Combine(folder, "incidents");
        CommandLine.Run(_directory["var"], "check", incidents).Out.ShouldContain("3 files");
        var file = Path.Combine(incidents, "record-2.md");
        File.WriteAllText(file, File.ReadAllText(file).TrimEnd() + "\n\n\n");
        var check = CommandLine.Run(_directory["var"], "format", "--check", incidents);
        check.ExitCode.ShouldBe(1, check.Error);
        check.Out.ShouldContain("would change");
        check.Out.ShouldContain("record-2.md");
    }

    [Fact]
    public void A_record_in_Markdown_is_not_taken_for_JSON()
    {
        var result = CommandLine.Run(_directory["var"], "import", _directory.Write("loose/record-1.md", Sample.Minimal(1)));
        result.ExitCode.ShouldBe(2, result.Out);
        result.Error.ShouldContain("neither .json nor .ndjson");
    }

    [Fact]
    public void An_option_that_is_not_there_is_no_word_of_a_search()
    {
        var data = Filled();
        var result = CommandLine.Run(data, "search", "queue", "--page", "2");
        result.ExitCode.ShouldBe(2, result.Out);
        result.Error.ShouldContain("no option “--page”");
        CommandLine.Run(data, "search", "--", "queue", "--page").ExitCode.ShouldBe(0);
        CommandLine.Run(data, "search", "queue", "-cloud").ExitCode.ShouldBe(0);
    }

    [Fact]
    public void What_another_program_reads_holds_no_signs_for_a_terminal()
    {
        var data = Filled();
        var found = CommandLine.Run(data, "search", "");
        found.Lines.Count(l => l.StartsWith("  record-", StringComparison.Ordinal)).ShouldBe(3);
        found.Out.ShouldNotContain('\e');
        var imported = CommandLine.Run(data, "import", _directory.Path);
        imported.ExitCode.ShouldBe(0, imported.Error);
        imported.Out.ShouldNotContain('\e');
        imported.Lines.Count.ShouldBe(1, imported.Out);
    }

    [Fact]
    public void A_token_is_made_listed_and_revoked()
    {
        var data = Filled();
        CommandLine.Run(data, "admin", "create", "ada").ExitCode.ShouldBe(0);
        CommandLine.Run(data, "token", "create", "nobody", "--scope", "read").ExitCode.ShouldBe(1);
        CommandLine.Run(data, "token", "create", "ada", "--scope", "everything").ExitCode.ShouldBe(2);
        CommandLine.Run(data, "token", "create", "ada", "--scope", "read", "--days", "0").ExitCode.ShouldBe(2);

        var made = CommandLine.Run(data, "token", "create", "ada", "--name", "nightly import", "--scope", "read", "--scope", "submit", "--days", "7", "--json");
        made.ExitCode.ShouldBe(0, made.Error);
        using var json = JsonDocument.Parse(made.Out);
        var text = json.RootElement.GetProperty("token").GetString()!;
        var number = json.RootElement.GetProperty("number").GetInt64();
        Good(text).ShouldNotBeNull().Scopes.ShouldBe(["read", "submit"]);

        var list = CommandLine.Run(data, "token", "list", "ada");
        list.Out.ShouldContain("nightly import: read, submit");
        list.Out.ShouldNotContain(text);

        CommandLine.Run(data, "token", "revoke", "ada", $"{number}").ExitCode.ShouldBe(0);
        CommandLine.Run(data, "token", "revoke", "ada", $"{number}").ExitCode.ShouldBe(1);
        Good(text).ShouldBeNull();
        CommandLine.Run(data, "token", "list", "ada").Out.ShouldBe("0 tokens\n");

        ApiToken? Good(string secret)
        {
            using var library = KnowledgeBase.Open(data, "a test");
            return library.Tokens.Find(secret, TimeProvider.System.GetUtcNow())?.Token;
        }
    }

    public void Dispose() => _directory.Dispose();
}
