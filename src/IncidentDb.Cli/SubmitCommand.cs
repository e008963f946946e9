using System.CommandLine;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IncidentDb.History;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb submit file.md --server URL</c>: sends a record to a site's reviewers.</summary>
internal static class SubmitCommand
{
    public const string TokenVariable = "INCIDENTDB_TOKEN";
    private const string Needed = $"Put a token with the scope “submit” into {TokenVariable}; the account page of the site makes one.";

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A record file; its name is the record's address, its folder says what it is a record of." };
        var server = new Option<string>("--server") { Description = "Address of the site.", Required = true };
        var why = new Option<string>("--why") { Description = "What a correction is for.", DefaultValueFactory = _ => "" };
        var noun = new Option<string?>("--noun") { Description = "incident, company, pattern or episode; told by the file's folder when left out." };
        var draft = new Option<bool>("--draft") { Description = "Keep it as a draft instead of sending it." };
        var json = Output.JsonOption();
        var command = new Command("submit", $"Send a record to a site's reviewers. The token stands in {TokenVariable}; the account page makes one.") { file, server, why, noun, draft, json };
        command.SetAction((parsed, cancelled) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(server)!, parsed.GetValue(why)!, parsed.GetValue(noun), !parsed.GetValue(draft), parsed.GetValue(json), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(string path, string server, string why, string? named, bool send, bool json, CancellationToken cancelled)
    {
        if (!File.Exists(path))
            return Output.Fail(ExitCode.Usage, $"There is no file “{path}”.");
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            return Output.Fail(ExitCode.Usage, Needed);
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https") || (site.Scheme == "http" && !site.IsLoopback))
            return Output.Fail(ExitCode.Usage, "Write the server as https://incidents.example.org; over plain http the token would cross the network in the clear.");
        var noun = named ?? NounOf(path);
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, new UTF8Encoding(false, throwOnInvalidBytes: true), cancelled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            return Output.Fail(ExitCode.Usage, $"“{path}” can't be read as UTF-8 text: {e.Message}");
        }

        using var client = new HttpClient { BaseAddress = site };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/submissions") { Content = JsonContent.Create(new { noun, slug = Path.GetFileNameWithoutExtension(path), text, why, send }) };
        // The same file sent again after a lost answer is the same submission.
        request.Headers.Add("Idempotency-Key", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{text}\n{why}\n{send}{(noun == "incident" ? "" : $"\n{noun}")}")))[..32]);
        if (!request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}"))
            return Output.Fail(ExitCode.Usage, $"What stands in {TokenVariable} is no token.");
        try
        {
            using var response = await client.SendAsync(request, cancelled);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancelled));
            return Print(answer.RootElement, response.StatusCode, site, json);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException || (e is TaskCanceledException && !cancelled.IsCancellationRequested))
        {
            var reason = e switch { HttpRequestException => e.Message, TaskCanceledException => "it did not answer in time", _ => "what answers there is no IncidentDb" };
            return Output.Fail(ExitCode.Unusable, $"{site} can't be used: {reason}.");
        }
    }

    /// <summary>What the file is a record of, as folders of records have it; a record elsewhere is an incident, and only companies are YAML.</summary>
    private static string NounOf(string path) => DataFolder.NounOf(Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "") is { } noun and not Noun.Vocabulary
        ? ChangeLog.NameOf(noun)
        : ChangeLog.NameOf(Path.GetExtension(path) == DataFolder.ExtensionOf(Noun.Company) ? Noun.Company : Noun.Incident);

    private static int Print(JsonElement answer, HttpStatusCode status, Uri site, bool json)
    {
        var done = (int)status is >= 200 and < 300;
        var line = done ? $"{answer.GetProperty("status").GetString()!.Replace('_', ' ')}: {new Uri(site, answer.GetProperty("url").GetString())}" : answer.GetProperty("detail").GetString()!;
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(answer));
        else if (done)
            Console.WriteLine(line);
        else
            Console.Error.WriteLine(status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? $"{line} {Needed}" : line);
        if (!json && answer.TryGetProperty("problems", out var problems))
        {
            foreach (var problem in problems.EnumerateArray())
                Console.WriteLine($"{problem.GetProperty("level").GetString()} {problem.GetProperty("field").GetString()}: {problem.GetProperty("sentence").GetString()}");
        }

        return status switch
        {
            _ when done => ExitCode.Done,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.Usage,
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ExitCode.Unusable,
            _ => ExitCode.DataProblems,
        };
    }
}
