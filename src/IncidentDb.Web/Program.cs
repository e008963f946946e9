using System.Globalization;
using System.Net.Sockets;
using IncidentDb.Storage;
using IncidentDb.Web.About;
using IncidentDb.Web.Accounts;
using IncidentDb.Web.Api;
using IncidentDb.Web.Causes;
using IncidentDb.Web.Changes;
using IncidentDb.Web.Companies;
using IncidentDb.Web.Compare;
using IncidentDb.Web.Copies;
using IncidentDb.Web.Docs;
using IncidentDb.Web.Episodes;
using IncidentDb.Web.Hosting;
using IncidentDb.Web.Http;
using IncidentDb.Web.Incidents;
using IncidentDb.Web.Layout;
using IncidentDb.Web.Patterns;
using IncidentDb.Web.PrepSheets;
using IncidentDb.Web.Submissions;
using IncidentDb.Web.Stats;
using IncidentDb.Web.Timeline;
using Microsoft.AspNetCore.Connections;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

try
{
    var builder = WebApplication.CreateBuilder(Startup.Options(args));
    builder.AddSite();
    var app = builder.Build();

    app.UseProxies();
    app.UseSecurityHeaders();
    app.UseErrorPages();
    app.UseHeadAsGet();
    app.UseWholeAnswers();
    app.UsePublicPages();
    app.UseRouting();
    app.UseTwinErrors();
    app.UseAuthentication();
    app.UseRateLimiter();
    app.UseSameOrigin();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.MapStaticAssets().AllowAnonymous();
    app.MapIncidents();
    app.MapSuggestions();
    app.MapCompanies();
    app.MapCauses();
    app.MapPatterns();
    app.MapEpisodes();
    app.MapPrepSheets();
    app.MapKeptCopies();
    app.MapTimeline();
    app.MapStats();
    app.MapCompare();
    app.MapChanges();
    app.MapAbout();
    app.MapDocs();
    app.MapHealth();
    app.MapMetrics();
    app.MapAccounts();
    app.MapSubmissions();
    app.MapReview();
    app.MapUploads();
    app.MapPaste();
    app.MapApi();
    app.MapNotFound();
    app.MapRazorComponents<App>().ReadOnly();

    app.OpenLibrary();
    await app.RunAsync();
    return 0;
}
catch (Exception e) when (e is DirectoryHeldException or DatabaseUnusableException or SettingException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 3;
}
catch (Exception e) when (e is AddressInUseException or SocketException or FormatException || e.InnerException is AddressInUseException)
{
    // The server could not listen: the port is taken or not allowed, or what was given is no address.
    await Console.Error.WriteLineAsync($"{e.Message} Choose another address with --urls or ASPNETCORE_URLS, for example http://127.0.0.1:5081.");
    return 3;
}
