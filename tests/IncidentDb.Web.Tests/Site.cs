using System.Globalization;
using IncidentDb.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace IncidentDb.Web.Tests;

/// <summary>The site over real HTTP on a free port, with a data directory of its own that goes with it.</summary>
public class Site : WebApplicationFactory<Program>
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"incidentdb-test-{Guid.NewGuid():N}");

    public Site()
    {
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        UseKestrel(0);
        StartServer();
        Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = ClientOptions.BaseAddress };
        Client.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    /// <summary>A client that follows no redirects.</summary>
    public HttpClient Client { get; }

    public KnowledgeBase Library => (KnowledgeBase)Services.GetService(typeof(KnowledgeBase))!;

    /// <summary>The clone's data, or what a derived class imports.</summary>
    protected virtual bool ImportsClone => true;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        if (ImportsClone)
            ImportedLibrary.CopyTo(_directory);
        builder.UseSetting(Locations.DataVariable, _directory);
        builder.UseSetting("IncidentDb:ImportOnStart", ImportsClone ? "true" : "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
    }

    protected override void Dispose(bool disposing)
    {
        Client.Dispose();
        base.Dispose(disposing);
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
    }
}
