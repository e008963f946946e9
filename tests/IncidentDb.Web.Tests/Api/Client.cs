using System.Net.Http.Json;
using System.Text.Json;
using IncidentDb.Accounts;
using IncidentDb.Web.Tests.Accounts;

namespace IncidentDb.Web.Tests.Api;

/// <summary>A program with a token.</summary>
internal sealed class Client : IDisposable
{
    private readonly HttpClient _http;

    public Client(ContributingSite site, Account? account, params string[] scopes)
    {
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = site.Client.BaseAddress };
        if (account is null)
            return;
        (Token, Text) = site.Library.Tokens.Create(account, "a test", scopes, TimeSpan.FromDays(1), site.Clock.GetUtcNow())!.Value;
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Text);
    }

    public ApiToken? Token { get; }

    public string? Text { get; }

    public async Task<(HttpResponseMessage Response, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, "/api/v1" + path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(string path, object? body = null, params (string, string)[] headers) => SendAsync(HttpMethod.Post, path, body, headers);

    public Task<(HttpResponseMessage Response, JsonElement Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public void Dispose() => _http.Dispose();
}
