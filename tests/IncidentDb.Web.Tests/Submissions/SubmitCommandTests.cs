using System.Net;
using System.Net.Sockets;
using IncidentDb.Accounts;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Accounts;
using IncidentDb.Web.Tests.Hosting;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary><c>incidentdb submit</c> as a process, against a site that runs.</summary>
[Collection(Contributing.Name)]
public sealed class SubmitCommandTests(ContributingSite site) : IDisposable
{
    private readonly PrivateDirectory _directory = new();

    private string Server => site.Client.BaseAddress!.ToString();

    public void Dispose() => _directory.Dispose();

    private string File(string name, string text)
    {
        Directory.CreateDirectory(_directory.Path);
        var path = Path.Combine(_directory.Path, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private string Record(string slug) => IncidentWriter.Write(FormReading.Of(Drafts.Record(slug, started: Drafts.NewDay()), slug, site.Library.Context()).Incident!);

    private string Token(Account account, params string[] scopes) => site.Library.Tokens.Create(account, "a test", scopes, TimeSpan.FromDays(1), site.Clock.GetUtcNow())!.Value.Text;

    private async Task<(int Exit, string Output)> RunAsync(string? token, params string[] arguments)
    {
        await using var run = ProgramRun.CommandLine(_directory.Path, [("INCIDENTDB_TOKEN", token ?? "")], ["submit", .. arguments]);
        var exit = await run.ExitAsync();
        return (exit, run.Output.Trim());
    }

    [Fact]
    public async Task A_record_is_sent_and_sending_it_again_is_the_same_submission()
    {
        var account = site.NewAccount();
        var slug = Drafts.NewSlug();
        var (token, file) = (Token(account, Scopes.Submit), File($"{slug}.md", Record(slug)));
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (exit, output) = await RunAsync(token, file, "--server", Server);
            var sent = site.Desk().Store.OfAuthor(account.Id).ShouldHaveSingleItem();
            (sent.Status, sent.Slug).ShouldBe((SubmissionStatus.Submitted, slug));
            (exit, output).ShouldBe((0, $"submitted: {Server}submissions/{sent.Id}"));
        }

        // What came over the wire is the record, letter for letter.
        var reading = site.Desk().Read(site.Desk().Store.OfAuthor(account.Id)[0]);
        reading.Text.ShouldBe(await System.IO.File.ReadAllTextAsync(file));

        // A correction needs its reason; with it, it is another submission.
        var published = site.Published();
        var changed = File($"{published}.md", (await site.Client.GetStringAsync($"/incidents/{published}.md")).Replace("goes quiet", "falls silent", StringComparison.Ordinal));
        var (noReason, said) = await RunAsync(token, changed, "--server", Server);
        (noReason, said.Contains("error why: ", StringComparison.Ordinal)).ShouldBe((1, true), said);
        var (done, _) = await RunAsync(token, changed, "--server", Server, "--why", "It fell silent");
        done.ShouldBe(0);
        site.Desk().Store.OfAuthor(account.Id).Count(s => s.RecordSlug == published && s.Status == SubmissionStatus.Submitted && s.Why == "It fell silent").ShouldBe(1);
    }

    [Fact]
    public async Task A_file_of_another_noun_is_known_by_its_folder_and_corrects_what_is_there()
    {
        var account = site.NewAccount();
        var token = Token(account, Scopes.Submit);
        Directory.CreateDirectory(Path.Combine(_directory.Path, "patterns"));
        Directory.CreateDirectory(Path.Combine(_directory.Path, "companies"));
        foreach (var (noun, file) in new[] { (Noun.Pattern, "patterns/failover.md"), (Noun.Company, "companies/allegro.yaml") })
        {
            var slug = Path.GetFileNameWithoutExtension(file);
            var text = site.Library.Records.Find(noun, slug)!.Content;
            text = noun == Noun.Company ? text.Replace("about: Runs", "about: Has run", StringComparison.Ordinal) : text.Replace("Hand the work", "Hand all work", StringComparison.Ordinal);
            var (exit, output) = await RunAsync(token, File(file, text), "--server", Server, "--why", "Said better");
            exit.ShouldBe(0, output);
            site.Desk().Store.OfAuthor(account.Id).ShouldContain(s => s.Noun == noun && s.RecordSlug == slug && s.Status == SubmissionStatus.Submitted);
        }

        var (missing, said) = await RunAsync(token, File("companies/nowhere-at-all.yaml", "name: Nowhere\n"), "--server", Server);
        (missing, said.Contains("There is no company “nowhere-at-all” to correct", StringComparison.Ordinal)).ShouldBe((1, true), said);
    }

    [Fact]
    public async Task A_draft_stays_a_draft_and_json_is_json()
    {
        var account = site.NewAccount();
        var slug = Drafts.NewSlug();
        var (exit, output) = await RunAsync(Token(account, Scopes.Submit), File($"{slug}.md", Record(slug)), "--server", Server, "--draft", "--json");
        exit.ShouldBe(0, output);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        (json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("slug").GetString()).ShouldBe(("draft", slug));
    }

    [Fact]
    public async Task Whatever_is_wrong_is_one_clear_sentence_and_an_exit_code()
    {
        var account = site.NewAccount();
        var slug = Drafts.NewSlug();
        var good = File($"{slug}.md", Record(slug));
        var token = Token(account, Scopes.Submit);
        async Task FailsAsync(int code, string sentence, string? with, params string[] arguments)
        {
            var (exit, output) = await RunAsync(with, arguments);
            output.ShouldContain(sentence);
            output.ShouldNotContain("   at ", customMessage: "no stack");
            exit.ShouldBe(code, output);
        }

        await FailsAsync(2, "Put a token with the scope “submit” into INCIDENTDB_TOKEN", null, good, "--server", Server);
        await FailsAsync(2, "Put a token with the scope “submit”", "idb_wrong", good, "--server", Server);
        await FailsAsync(2, "This token does not have the scope for that", Token(account, Scopes.Read), good, "--server", Server);
        await FailsAsync(2, "Put a token with the scope “submit”", "not a\ttoken", good, "--server", Server);
        await FailsAsync(2, "There is no file", token, good + "x", "--server", Server);
        await FailsAsync(2, "Write the server as https://", token, good, "--server", "http://incidents.example.org");
        var binary = File("binary.md", "");
        await System.IO.File.WriteAllBytesAsync(binary, [0x2d, 0xff, 0xfe, 0x00]);
        await FailsAsync(2, "can't be read as UTF-8 text", token, binary, "--server", Server);
        site.Desk().Store.OfAuthor(account.Id).ShouldBeEmpty();

        // The rules speak with the file's lines; what was sent is kept as a draft.
        var bad = File($"{Drafts.NewSlug()}.md", Record(slug).Replace("severity: S3", "severity: S9", StringComparison.Ordinal));
        await FailsAsync(1, "It is kept as a draft.", token, bad, "--server", Server);
        var (_, said) = await RunAsync(token, bad, "--server", Server);
        said.ShouldMatch("error text: Line \\d+: .*S9");
        site.Desk().Store.OfAuthor(account.Id).ShouldHaveSingleItem().Status.ShouldBe(SubmissionStatus.Draft);

        // Nobody listens; something else listens.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var answers = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            var buffer = new byte[65_536];
            _ = await client.GetStream().ReadAsync(buffer);
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\nConnection: close\r\n\r\n<h1>Hello</h1"u8.ToArray());
        });
        await FailsAsync(3, "what answers there is no IncidentDb", token, good, "--server", $"http://127.0.0.1:{port}");
        await answers;
        listener.Stop();
        await FailsAsync(3, $"http://127.0.0.1:{port}/ can't be used: ", token, good, "--server", $"http://127.0.0.1:{port}");
    }
}
