using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace IncidentDb.Browser.Tests;

/// <summary>The system's Chromium, started when the first test asks for a page; where there is none, tests are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Tab? _again;

    /// <summary>
    /// The browser that the environment names, else one where Debian and others put it; null where there is none. The headless shell draws the same pages
    /// without the windows around them, a quarter less work.
    /// </summary>
    private static readonly string? _program = new[]
    {
        Environment.GetEnvironmentVariable("CHROMIUM_PATH"), Environment.GetEnvironmentVariable("INCIDENTDB_CHROMIUM"),
        "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
    }.FirstOrDefault(File.Exists);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A tab of a browser without memory that sees nothing but the site.</summary>
    public async Task<Tab> OpenAsync(Site site, int width = 1280, bool scripts = true, bool policy = true)
    {
        Assert.SkipWhen(_program is null, "There is no chromium-headless-shell and no chromium in /usr/bin; CHROMIUM_PATH can name another place.");
        _playwright ??= await Playwright.CreateAsync();
        // As long as everything else waits: five seconds are short on a machine that builds beside.
        Assertions.SetDefaultExpectTimeout(30_000);
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = _program, Args = _flags });
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = site.Client.BaseAddress!.ToString(),
            ViewportSize = new() { Width = width, Height = 900 },
            JavaScriptEnabled = scripts,
            BypassCSP = !policy,
            // A colour on its way to another has the contrast of neither.
            ReducedMotion = ReducedMotion.Reduce,
        });
        return await Tab.OpenAsync(context);
    }

    /// <summary>
    /// The tab that was used for this before, wide and light and without memory: for tests that only look. Its process has read axe and the site's scripts
    /// already, which takes a new one longer than looking.
    /// </summary>
    public async Task<Tab> OpenAgainAsync(Site site)
    {
        _again ??= await OpenAsync(site);
        await _again.ForgetAsync();
        return _again;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>A page of the browser that notes what a page must not do: complain, break the Content-Security-Policy, or call elsewhere.</summary>
public sealed class Tab : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Tab(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    /// <summary>What the console, the policy and the network have said since the last time this was read.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            var all = new List<string>();
            while (_complaints.TryDequeue(out var complaint))
                all.Add(complaint);
            return all;
        }
    }

    internal static async Task<Tab> OpenAsync(IBrowserContext context)
    {
        var tab = new Tab(context, await context.NewPageAsync());
        // Chromium tells the console of every violation; the event tells those that a script would catch.
        await context.AddInitScriptAsync("document.addEventListener('securitypolicyviolation', e => console.error('CSP: ' + e.violatedDirective + ' ' + e.blockedURI))");
        tab.Page.Console += (_, message) => tab.Note(message.Type is "error" or "warning" && !IsStatusOfThePage(message.Text), $"console: {message.Text}");
        tab.Page.PageError += (_, error) => tab.Note(true, $"script: {error}");
        tab.Page.Dialog += (_, dialog) => tab.Note(true, $"dialog: {dialog.Message}");
        tab.Page.Request += (_, request) => tab.Note(!request.Url.StartsWith("data:", StringComparison.Ordinal) && new Uri(request.Url).Host != "127.0.0.1", $"off-site request: {request.Url}");
        tab.Page.RequestFailed += (_, request) => tab.Note(request.Failure != "net::ERR_ABORTED", $"failed request: {request.Url} {request.Failure}");
        return tab;
    }

    /// <summary>As a new tab has it: no cookie, nothing kept, no complaint, a window of 1280 by 900 and the lights of the machine.</summary>
    internal async Task ForgetAsync()
    {
        if (Page.Url.StartsWith("http", StringComparison.Ordinal))
            await Page.EvaluateAsync("() => { localStorage.clear(); sessionStorage.clear(); }");
        await _context.ClearCookiesAsync();
        await Page.GotoAsync("about:blank");
        await Page.SetViewportSizeAsync(1280, 900);
        await Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Null });
        _complaints.Clear();
    }

    /// <summary>Chromium reports the page's own 404 or 400 as a resource that failed.</summary>
    private static bool IsStatusOfThePage(string text) => text.StartsWith("Failed to load resource: the server responded with a status of 4", StringComparison.Ordinal);

    private void Note(bool wrong, string what)
    {
        if (wrong)
            _complaints.Enqueue(what);
    }

    /// <summary>How many pixels the page is wider than the window: anything above zero scrolls sideways.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    /// <summary>What reaches furthest to the right and so makes the page wide: its path, a step an element.</summary>
    public Task<string> WidestAsync() => Page.EvaluateAsync<string>("""
        () => {
          const clipped = e => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== "visible") return true; return false; };
          const name = e => e.tagName.toLowerCase() + [...e.classList].map(c => "." + c).join("");
          let widest = document.body;
          for (const e of document.querySelectorAll("body *"))
            if (e.getBoundingClientRect().right > widest.getBoundingClientRect().right && !clipped(e)) widest = e;
          const path = [];
          for (let e = widest; e && e !== document.body; e = e.parentElement) path.unshift(name(e));
          return path.join(" > ");
        }
        """);

    /// <summary>With INCIDENTDB_SCREENSHOTS=1 a picture of the page goes to <c>artifacts/screenshots</c>.</summary>
    public async Task PictureAsync(string name, bool fullPage = false)
    {
        if (Environment.GetEnvironmentVariable("INCIDENTDB_SCREENSHOTS") == "1")
            await Page.ScreenshotAsync(new() { FullPage = fullPage, Path = Path.Combine(Storage.Locations.CloneRoot()!, "artifacts", "screenshots", name + ".png") });
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>One site and one browser for all tests of this project.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<FilledSite>, ICollectionFixture<Chromium>
{
    public const string Name = "browser";
}
