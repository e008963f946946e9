using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using IncidentDb.Accounts;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Submissions;
using IncidentDb.Web.Tests.Hosting;

namespace IncidentDb.Web.Tests.Submissions;

/// <summary>reliability.md D1: what the site has acknowledged is there after kill -9 at any moment, whole, and search agrees with a fresh start.</summary>
public sealed class KilledSiteTests
{
    /// <summary>A few kills with every run of the tests; <c>INCIDENTDB_KILLS=200</c> for the figure in docs/quality.md.</summary>
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("INCIDENTDB_KILLS") ?? "3", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Killed_under_a_load_of_submissions_and_acceptances_the_site_loses_nothing_it_acknowledged()
    {
        var random = Seed.Draw(out var seed);
        using var directory = new PrivateDirectory();
        var tokens = Prepare(directory.Path);
        var (submitted, accepted) = (new ConcurrentDictionary<string, string>(), new ConcurrentDictionary<string, long>());
        for (var kill = 0; kill < _kills; kill++)
        {
            await using (var site = ProgramRun.Site(directory.Path, ("INCIDENTDB__ImportOnStart", "false"), ("INCIDENTDB__WritesPerMinute", "1000000"), ("INCIDENTDB__BackupHours", "0")))
            {
                var address = await site.ListeningAsync();
                using var end = new CancellationTokenSource();
                var load = Enumerable.Range(0, 3).Select(_ => LoadAsync(address, tokens, submitted, accepted, end.Token)).ToList();
                // The first answer of a fresh process takes a second; from it on any moment will do.
                for (var (before, waited) = (accepted.Count, 0); accepted.Count == before && waited < 3_000; waited++)
                    await Task.Delay(10);
                await Task.Delay(random.Next(0, 700));
                await site.KillAsync();
                await end.CancelAsync();
                await Task.WhenAll(load);
            }

            using var library = KnowledgeBase.Open(directory.Path, "a test");
            var desk = new SubmissionDesk(library, fourEyes: true, TimeProvider.System);
            var what = $"kill {kill} {seed}";
            library.Database.CheckIntegrity().ShouldBe("ok", what);
            library.Changes.FirstBrokenLink().ShouldBeNull(what);
            desk.Acts.FirstBrokenLink().ShouldBeNull(what);
            foreach (var (id, slug) in submitted)
                desk.Store.Find(id).ShouldNotBeNull(what).ShouldSatisfyAllConditions(s => s.SentAt.ShouldNotBeNull(what), s => s.Slug.ShouldBe(slug, what));
            foreach (var (id, seq) in accepted)
            {
                var submission = desk.Store.Find(id)!;
                (submission.Status, submission.ChangeSeq).ShouldBe((SubmissionStatus.Accepted, seq), what);
            }

            // Whole or not at all: every accepted submission has its record, its change and its act, and every one of those its submission.
            foreach (var submission in desk.Store.Decided(100_000))
            {
                library.Records.Find(Noun.Incident, submission.Slug).ShouldNotBeNull(what).Content.ShouldBe(desk.Read(submission).Text, what);
                desk.Acts.Of(submission.Id).Count(a => a.What == "accepted" && a.ChangeSeq == submission.ChangeSeq).ShouldBe(1, what);
            }

            library.Search.Count.ShouldBe((int)library.Incidents.Count(), what);
            library.Search.Seq.ShouldBe(library.Changes.LastSeq(), what);
        }

        submitted.Count.ShouldBeGreaterThan(_kills, "there was a load");
        accepted.Count.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_kills} kills; {submitted.Count} submissions and {accepted.Count} acceptances were acknowledged, none was lost");
    }

    [Fact]
    public async Task Killed_between_an_act_and_its_answer_the_site_does_it_once_when_it_is_asked_again()
    {
        var random = Seed.Draw(out var seed);
        using var directory = new PrivateDirectory();
        var tokens = Prepare(directory.Path);
        var slugs = new List<string>();
        var unanswered = 0;
        for (var kill = 0; kill <= _kills; kill++)
        {
            await using var site = ProgramRun.Site(directory.Path, ("INCIDENTDB__ImportOnStart", "false"), ("INCIDENTDB__WritesPerMinute", "1000000"), ("INCIDENTDB__BackupHours", "0"));
            var address = await site.ListeningAsync();
            using var client = new HttpClient { BaseAddress = address };
            // What had no answer before the kill is asked again, word for word.
            foreach (var slug in slugs)
                await SubmitAsync(client, tokens.Author, slug);
            if (kill == _kills)
                break;
            var begun = new ConcurrentBag<string>();
            var load = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                try
                {
                    while (true)
                    {
                        var slug = Drafts.NewSlug();
                        begun.Add(slug);
                        await SubmitAsync(client, tokens.Author, slug);
                    }
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                {
                    Interlocked.Increment(ref unanswered);
                }
            })).ToList();
            await Task.Delay(random.Next(200, 900));
            await site.KillAsync();
            await Task.WhenAll(load);
            slugs.AddRange(begun);
        }

        using var library = KnowledgeBase.Open(directory.Path, "a test");
        var store = new SubmissionStore(library.Database);
        var author = library.Accounts.FindByName(AccountRules.Normalize("author"))!;
        var there = store.OfAuthor(author.Id, 1_000_000).GroupBy(s => s.Slug).ToDictionary(g => g.Key, g => g.Count());
        unanswered.ShouldBeGreaterThanOrEqualTo(_kills, $"there was a load {seed}");
        foreach (var slug in slugs)
            there.GetValueOrDefault(slug).ShouldBe(1, $"{slug} {seed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{_kills} kills; {slugs.Count} submissions under a key, {unanswered} of them without an answer, each is there once");
    }

    /// <summary>A submission whose words and key follow from its slug: the same request however often it is made.</summary>
    private static async Task SubmitAsync(HttpClient client, string token, string slug)
    {
        var record = Drafts.Record(slug, title: $"The town of {slug} goes quiet");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/submissions") { Content = JsonContent.Create(new { slug, fields = record.All.Where(f => f.Key != "slug").ToDictionary(f => f.Key, f => f.Value), send = false }) };
        request.Headers.Authorization = new("Bearer", token);
        request.Headers.Add("Idempotency-Key", slug);
        using var response = await client.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    private static async Task LoadAsync(Uri address, (string Author, string Reviewer) tokens, ConcurrentDictionary<string, string> submitted, ConcurrentDictionary<string, long> accepted, CancellationToken end)
    {
        using var client = new HttpClient { BaseAddress = address };
        try
        {
            while (!end.IsCancellationRequested)
            {
                var slug = Drafts.NewSlug();
                var record = Drafts.Record(slug, started: Drafts.NewDay());
                var sent = await PostAsync(client, tokens.Author, "/api/v1/submissions", new { slug, fields = record.All.Where(f => f.Key != "slug").ToDictionary(f => f.Key, f => f.Value), send = true });
                var id = sent.GetProperty("id").GetString()!;
                submitted[id] = slug;
                var done = await PostAsync(client, tokens.Reviewer, $"/api/v1/review/{id}/accept", new { revision = 0 });
                accepted[id] = done.GetProperty("change").GetInt64();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
        {
            // The site is gone: that is the test.
        }
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string token, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>A library with the clone's words and names, an author whom the limits for newcomers no longer hold, and a reviewer.</summary>
    private static (string Author, string Reviewer) Prepare(string path)
    {
        using var library = KnowledgeBase.Open(path, "a test");
        // Names and words without the records: a start takes a second instead of three, and the test is about what comes after it.
        var folder = Directory.CreateTempSubdirectory("incidentdb-names-").FullName;
        foreach (var noun in new[] { "vocabulary", "companies", "patterns" })
        {
            Directory.CreateDirectory(Path.Combine(folder, noun));
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Clone.Root, "data", noun)))
                File.Copy(file, Path.Combine(folder, noun, Path.GetFileName(file)));
        }

        library.Import(DataFolder.Open(folder));
        Directory.Delete(folder, recursive: true);
        var now = TimeProvider.System.GetUtcNow();
        Account New(string name, string role)
        {
            var account = new Account { Name = name, NormalizedName = AccountRules.Normalize(name), CreditName = name, Role = role, SecurityStamp = Secret.New(), CreatedAt = now };
            library.Accounts.Create(account).ShouldBeTrue();
            return account;
        }

        var (author, reviewer) = (New("author", Roles.Contributor), New("reviewer", Roles.Reviewer));
        var desk = new SubmissionDesk(library, fourEyes: true, TimeProvider.System);
        for (var i = 0; i < SubmissionDesk.TrustedAfter; i++)
        {
            var draft = desk.Begin(new Actor(author.Id, false), Drafts.Record(Drafts.NewSlug(), started: Drafts.NewDay()))!.Value.Draft;
            desk.Send(draft.Id, new Actor(author.Id, false)).IsDone.ShouldBeTrue();
            desk.Accept(draft.Id, new Actor(reviewer.Id, true)).IsDone.ShouldBeTrue();
        }

        return (library.Tokens.Create(author, "load", [Scopes.Submit], TimeSpan.FromDays(1), now)!.Value.Text, library.Tokens.Create(reviewer, "load", [Scopes.Review], TimeSpan.FromDays(1), now)!.Value.Text);
    }
}
