using System.Text.Encodings.Web;
using System.Text.Unicode;
using IncidentDb.Export;
using IncidentDb.Import;
using IncidentDb.Storage;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Api;
using IncidentDb.Web.Http;
using IncidentDb.Web.Submissions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.WebEncoders;

namespace IncidentDb.Web.Hosting;

internal static class Startup
{
    /// <summary>Settings and assets lie beside the program, wherever it is started from; tests name another folder.</summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        ContentRootPath = args.Any(a => a.StartsWith("--contentRoot", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory,
    };

    /// <summary>Where the site listens when nobody says where.</summary>
    public const string DefaultAddress = "http://127.0.0.1:5080";

    private static readonly string[] _addressKeys = ["urls", "http_ports", "https_ports"];

    /// <summary>
    /// The default address, unless an argument, a variable (<c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>) or the settings name another. It is not
    /// a setting itself: those win over the variables of ASP.NET.
    /// </summary>
    private static void ListenByDefault(WebApplicationBuilder builder)
    {
        if (_addressKeys.All(k => string.IsNullOrEmpty(builder.Configuration[k])) && !builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            builder.WebHost.UseUrls(DefaultAddress);
    }

    public static void AddSite(this WebApplicationBuilder builder)
    {
        var directory = builder.Configuration[Locations.DataVariable] is { Length: > 0 } set ? Path.GetFullPath(set) : Locations.DataDirectory();
        ListenByDefault(builder);
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 256 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.MaxConcurrentConnections = 1_000;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = JsonText.Options.Encoder;
        });
        var settings = SiteSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<Metrics>();
        builder.Services.AddSingleton<Components.KeptFragments>();
        builder.AddPublicPages(settings.KeepPages);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => KnowledgeBase.Open(
            directory,
            "the site",
            services.GetRequiredService<TimeProvider>(),
            settings.SearchEngine,
            line => services.GetRequiredService<ILogger<KnowledgeBase>>().LogInformation("{Line}", line)));
        builder.Services.AddRazorComponents();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddAntiforgery(form =>
        {
            form.Cookie.Name = "incidentdb-form";
            form.Cookie.SameSite = SameSiteMode.Strict;
            form.Cookie.SecurePolicy = settings.PublicUrl.StartsWith("https:", StringComparison.Ordinal) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            // The policy of SecurityHeaders says it for every page.
            form.SuppressXFrameOptionsHeader = true;
        });
        builder.Services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(form =>
        {
            // A timeline of two hundred lines is fourteen hundred fields; how much may be sent at all is the body's limit.
            form.ValueCountLimit = 20_000;
            form.ValueLengthLimit = (int)BodyLimit.Record;
        });
        builder.Services.AddAccounts();
        builder.Services.AddSubmissions();
        builder.Services.AddApi();
        builder.Services.AddHostedService<DailyBackup>();
        builder.Services.AddLimits(settings);
        var keys = Path.Combine(directory, "keys");
        Database.CreatePrivate(keys);
        builder.Services.AddDataProtection().SetApplicationName("IncidentDb").PersistKeysToFileSystem(new DirectoryInfo(keys));
        // Letters of all scripts are sent as they are, not as numbers.
        builder.Services.Configure<WebEncoderOptions>(encoder => encoder.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
    }

    /// <summary>Believes what the configured proxies say of a request's address and scheme, and nobody else.</summary>
    public static void UseProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<SiteSettings>().KnownProxies;
        if (proxies.Count == 0)
            return;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in proxies)
            options.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(options);
    }

    /// <summary>While there is no administrator: where the token lies that makes one.</summary>
    private static void OfferSetup(WebApplication app, KnowledgeBase library)
    {
        if (library.Links.IssueSetup(app.Services.GetRequiredService<TimeProvider>().GetUtcNow()) is { } token)
            Console.WriteLine($"There is no administrator yet. Open /setup and give this token (it also lies in {Path.Combine(library.Database.Directory, IncidentDb.Accounts.LinkStore.SetupFile)}): {token}");
    }

    /// <summary>Opens the database and imports the clone's records before the first request, with a line that says how far it is.</summary>
    public static void OpenLibrary(this WebApplication app)
    {
        var library = app.Services.GetRequiredService<KnowledgeBase>();
        // It counts from the first request on.
        app.Services.GetRequiredService<Metrics>();
        app.Lifetime.ApplicationStopped.Register(library.Dispose);
        OfferSetup(app, library);
        Import(app, library);
        library.WarmUp();
    }

    private static void Import(WebApplication app, KnowledgeBase library)
    {
        if (!app.Services.GetRequiredService<SiteSettings>().ImportOnStart || Locations.EditorialFolder() is not { } data || library.IsImported(data))
            return;
        var folder = DataFolder.Open(data);
        var report = library.Import(folder, progress: new ProgressLine(), cancelled: app.Lifetime.ApplicationStopping);
        Console.WriteLine($"\rImported data/: {report.Added} added, {report.Changed} changed, {report.Unchanged} unchanged, {report.Conflicts.Count} edited on the site, {report.Refused.Count} refused ({report.Elapsed.TotalSeconds:0.0} s)");
        foreach (var problem in report.Problems.Where(p => p.IsError))
            Console.WriteLine(problem);
    }

    private sealed class ProgressLine : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (!Console.IsOutputRedirected)
                Console.Write($"\rImporting data/: {value.Done} of {value.Total}");
        }
    }
}
