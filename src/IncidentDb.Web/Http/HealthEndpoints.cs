using System.Reflection;
using System.Runtime.InteropServices;
using IncidentDb.Storage;

namespace IncidentDb.Web.Http;

internal static class HealthEndpoints
{
    private static readonly TimeSpan _maxLag = TimeSpan.FromSeconds(60);
    private const long MinFreeBytes = 200L << 20;

    public static void MapHealth(this WebApplication app)
    {
        // Answers whenever the process does; it touches nothing.
        app.MapGet("/healthz/live", () => Results.Text("alive")).AllowAnonymous();
        app.MapGet("/healthz/ready", Ready).AllowAnonymous();
        app.MapGet("/version", Version).AllowAnonymous();
    }

    private static IResult Ready(HttpContext context, KnowledgeBase library, TimeProvider time)
    {
        var problems = new List<string>();
        long seq = 0;
        try
        {
            seq = library.Changes.LastSeq();
            if (seq != library.Search.Seq && library.Changes.After(library.Search.Seq, 1) is [var first, ..] && time.GetUtcNow() - first.At > _maxLag)
                problems.Add("search is behind the database");
        }
        catch (Exception e) when (e is DatabaseBusyException or DatabaseUnusableException or InvalidOperationException)
        {
            problems.Add("the database can't be read");
        }

        if (library.Database.WritersWaiting > 64)
            problems.Add("too many writes are waiting");
        if (new DriveInfo(library.Database.Directory).AvailableFreeSpace < MinFreeBytes)
            problems.Add("the disk is nearly full");
        var status = problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        // Details are for whoever runs the machine.
        if (context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address))
        {
            return Results.Json(
                new
                {
                    status = problems.Count == 0 ? "ready" : "not ready",
                    problems,
                    databaseSeq = seq,
                    searchSeq = library.Search.Seq,
                    records = library.Search.Count,
                    sqlite = SqliteNative.Version,
                    sqliteOrigin = SqliteNative.Origin,
                },
                statusCode: status);
        }

        return Results.Json(new { status = problems.Count == 0 ? "ready" : "not ready" }, statusCode: status);
    }

    private static IResult Version(KnowledgeBase library)
    {
        var assembly = typeof(KnowledgeBase).Assembly;
        var informational = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = informational.IndexOf('+');
        return Twins.Json(new
        {
            version = plus < 0 ? informational : informational[..plus],
            commit = plus < 0 ? null : informational[(plus + 1)..],
            schema = library.Database.SchemaVersion(),
            runtime = RuntimeInformation.FrameworkDescription,
            sqlite = SqliteNative.Version,
        });
    }
}
