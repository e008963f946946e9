using System.CommandLine;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb submit file.md --server URL</c>: sends a record to a site's reviewers.</summary>
internal static class SubmitCommand
{
    public const string TokenVariable = "INCIDENTDB_TOKEN";

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A record file; its name is the record's address." };
        var server = new Option<string>("--server") { Description = "Address of the site.", Required = true };
        var why = new Option<string>("--why") { Description = "What a correction is for.", DefaultValueFactory = _ => "" };
        var draft = new Option<bool>("--draft") { Description = "Keep it as a draft instead of sending it." };
        var json = Output.JsonOption();
        var command = new Command("submit", $"Send a record to a site's reviewers. The token stands in {TokenVariable}; the account page makes one.") { file, server, why, draft, json };
        command.SetAction((parsed, cancelled) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(server)!, parsed.GetValue(why)!, !parsed.GetValue(draft), parsed.GetValue(json), cancelled));
        return command;
    }

    private static async Task<int> RunAsync(string path, string server, string why, bool send, bool json, CancellationToken cancelled)
    {
        if (!File.Exists(path))
            return Output.Fail(ExitCode.Usage, $"There is no file “{path}”.");
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            return Output.Fail(ExitCode.Usage, $"Put a token with the scope “submit” into {TokenVariable}; the account page of the site makes one.");
        if (!Uri.TryCreate(server.TrimEnd('/') + "/", UriKind.Absolute, out var site) || site.Scheme is not ("http" or "https") || (site.Scheme == "http" && !site.IsLoopback))
            return Output.Fail(ExitCode.Usage, "Write the server as https://incidents.example.org; over plain http the token would cross the network in the clear.");
        var text = await File.ReadAllTextAsync(path, cancelled);
        using var client = new HttpClient { BaseAddress = site };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/submissions") { Content = JsonContent.Create(new { slug = Path.GetFileNameWithoutExtension(path), text, why, send }) };
        request.Headers.Authorization = new("Bearer", token);
        // The same file sent again after a lost answer is the same submission.
        request.Headers.Add("Idempotency-Key", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{path}\n{text}\n{send}")))[..32]);
        try
        {
            using var response = await client.SendAsync(request, cancelled);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancelled));
            return Print(answer.RootElement, response.IsSuccessStatusCode, site, json);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return Output.Fail(ExitCode.Unusable, $"{site} can't be used: {e.Message}");
        }
    }

    private static int Print(JsonElement answer, bool done, Uri site, bool json)
    {
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(answer));
        else if (done)
            Console.WriteLine($"{answer.GetProperty("status").GetString()!.Replace('_', ' ')}: {new Uri(site, answer.GetProperty("url").GetString())}");
        else
            Console.WriteLine(answer.GetProperty("detail").GetString());
        if (!json && answer.TryGetProperty("problems", out var problems))
        {
            foreach (var problem in problems.EnumerateArray())
                Console.WriteLine($"{problem.GetProperty("level").GetString()} {problem.GetProperty("field").GetString()}: {problem.GetProperty("sentence").GetString()}");
        }

        return done ? ExitCode.Done : ExitCode.DataProblems;
    }
}
