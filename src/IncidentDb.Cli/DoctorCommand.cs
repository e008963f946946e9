using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary><c>doctor</c>, <c>migrate</c>, <c>config</c> and <c>version</c>: the state of an installation.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var json = Output.JsonOption();
        var command = new Command("doctor", "Read the whole database and say what is wrong, or that nothing is.") { json };
        command.SetAction(parsed => Doctor(parsed.GetValue(json)));
        return command;
    }

    private static int Doctor(bool json)
    {
        var directory = Locations.DataDirectory();
        var findings = new List<(string What, string State, bool Good)>();
        try
        {
            using var library = KnowledgeBase.OpenReadOnly(directory);
            findings.Add(("data directory", directory, true));
            findings.Add(("SQLite", $"{SqliteNative.Version} ({SqliteNative.Origin})", true));
            findings.Add(("schema", library.Database.SchemaVersion().ToString(System.Globalization.CultureInfo.InvariantCulture), true));
            var integrity = library.Database.CheckIntegrity();
            findings.Add(("integrity", integrity, integrity == "ok"));
            var broken = library.Changes.FirstBrokenLink();
            findings.Add(("change log", broken is null ? "the chain is whole" : $"change {broken} does not fit the chain", broken is null));
            var act = new Submissions.ActLog(library.Database).FirstBrokenLink();
            findings.Add(("log of acts", act is null ? "the chain is whole" : $"act {act} does not fit the chain", act is null));
            var (stored, found) = (library.Incidents.Count(), library.Search.Count);
            findings.Add(("search", $"{found} of {stored} records", stored == found));
        }
        catch (DatabaseUnusableException e)
        {
            findings.Add(("database", e.Message, false));
        }

        if (json)
        {
            Output.Json(findings.Select(f => new { f.What, f.State, f.Good }));
        }
        else
        {
            foreach (var (what, state, good) in findings)
                Console.WriteLine($"{(good ? "good" : "BAD ")}  {what}: {state}");
        }

        return findings.All(f => f.Good) ? ExitCode.Done : ExitCode.Unusable;
    }

    public static Command Migrate()
    {
        var json = Output.JsonOption();
        var command = new Command("migrate", "Bring the database to the schema of this program.") { json };
        command.SetAction(parsed =>
        {
            try
            {
                using var library = KnowledgeBase.Open(Locations.DataDirectory(), "incidentdb migrate");
                if (parsed.GetValue(json))
                    Output.Json(new { schema = library.Database.SchemaVersion() });
                else
                    Console.WriteLine($"The database has schema {library.Database.SchemaVersion()}.");
                return ExitCode.Done;
            }
            catch (Exception e) when (e is DirectoryHeldException or DatabaseUnusableException)
            {
                return Output.Fail(ExitCode.Unusable, e.Message);
            }
        });
        return command;
    }

    public static Command Config()
    {
        var json = Output.JsonOption();
        var show = new Command("show", "Print where things are and which variables say so.") { json };
        show.SetAction(parsed =>
        {
            var variables = Environment.GetEnvironmentVariables().Keys.OfType<string>()
                .Where(k => k.StartsWith("INCIDENTDB", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)
                .ToDictionary(k => k, k => Secret(k) ? "(set)" : Environment.GetEnvironmentVariable(k));
            if (parsed.GetValue(json))
            {
                Output.Json(new { dataDirectory = Locations.DataDirectory(), editorialFolder = Locations.EditorialFolder(), clone = Locations.CloneRoot(), variables });
            }
            else
            {
                Console.WriteLine($"data directory: {Locations.DataDirectory()}");
                Console.WriteLine($"editorial folder: {Locations.EditorialFolder() ?? "none"}");
                foreach (var (name, value) in variables)
                    Console.WriteLine($"{name}={value}");
            }

            return ExitCode.Done;
        });
        return new Command("config", "The configuration in effect.") { show };
    }

    private static bool Secret(string name) => name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase) || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase) || name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase);

    public static Command Version()
    {
        var json = Output.JsonOption();
        var command = new Command("version", "Print the versions of the program and what it runs on.") { json };
        command.SetAction(parsed =>
        {
            SqliteNative.Initialize();
            var version = typeof(KnowledgeBase).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
            if (parsed.GetValue(json))
                Output.Json(new { version, runtime = RuntimeInformation.FrameworkDescription, sqlite = SqliteNative.Version, sqliteOrigin = SqliteNative.Origin, schema = Migrations.Newest });
            else
                Console.WriteLine($"incidentdb {version}\n{RuntimeInformation.FrameworkDescription}\nSQLite {SqliteNative.Version} ({SqliteNative.Origin}), schema {Migrations.Newest}");
            return ExitCode.Done;
        });
        return command;
    }
}
