using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IncidentDb.Accounts;

namespace IncidentDb.Web.Tests.Accounts;

/// <summary>A browser without scripts: it keeps cookies, loads pages, fills forms in and sends them as they stand.</summary>
public sealed class Person : IDisposable
{
    private readonly Site _site;
    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _client;

    public Person(ContributingSite site, Account? account)
    {
        _site = site;
        Account = account;
        _client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = site.Client.BaseAddress };
        _client.DefaultRequestHeaders.Add("Accept", "text/html");
        if (account is not null)
            _cookies.Add(_client.BaseAddress!, new Cookie("incidentdb", site.Library.Sessions.Begin(account, "a test", keep: false, site.Clock.GetUtcNow())));
    }

    public Account? Account { get; }

    public Site Site => _site;

    public string? Cookie(string name) => _cookies.GetCookies(_client.BaseAddress!)[name]?.Value;

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path);

    public async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await GetAsync(path);
        return await ReadAsync(response, status, path);
    }

    public static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage response, HttpStatusCode status, string what) =>
        new HtmlParser().ParseDocument(await response.ShouldAnswerAsync(status, what));

    /// <summary>The fields of a form as a browser would send them, with the changes.</summary>
    public static List<KeyValuePair<string, string>> Fields(IElement form, params IEnumerable<(string Name, string? Value)> changes)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var element in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var name = element.GetAttribute("name")!;
            switch (element)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } or IHtmlInputElement { Type: "submit" or "button" or "file" }:
                    break;
                case IHtmlInputElement input:
                    fields.Add(new(name, input.Value));
                    break;
                case IHtmlTextAreaElement area:
                    fields.Add(new(name, area.Value.ReplaceLineEndings("\r\n")));
                    break;
                case IHtmlSelectElement select:
                    fields.AddRange(select.SelectedOptions.Select(o => KeyValuePair.Create(name, o.Value)));
                    break;
            }
        }

        foreach (var (name, value) in changes)
        {
            fields.RemoveAll(f => f.Key == name);
            if (value is not null)
                fields.Add(new(name, value));
        }

        return fields;
    }

    /// <summary>Loads a page, changes fields of the form with that action and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params IEnumerable<(string Name, string? Value)> changes)
    {
        var document = await PageAsync(page);
        var form = document.QuerySelectorAll("form").FirstOrDefault(f => f.GetAttribute("action") == action).ShouldNotBeNull($"{page} has no form to {action}");
        return await PostAsync(action, Fields(form, changes));
    }

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields, Action<HttpRequestMessage>? change = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        change?.Invoke(request);
        return _client.SendAsync(request);
    }

    /// <summary>Sends a file to the dry run of the upload page.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string name, string content)
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent(await FormTokenAsync("/submit/upload")), "__RequestVerificationToken" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "file", name },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/submit/upload") { Content = body };
        request.Headers.Add("Origin", _client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        return await _client.SendAsync(request);
    }

    /// <summary>A token that the site takes from this browser.</summary>
    public async Task<string> FormTokenAsync(string page = "/login") =>
        (await PageAsync(page)).QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    public void Dispose() => _client.Dispose();
}
