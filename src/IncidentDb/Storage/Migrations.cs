using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Storage;

/// <summary>The schema's steps: <c>Migrations/0001-name.sql</c> and so on, each run once and whole. A released step is never edited.</summary>
public static class Migrations
{
    private static readonly IReadOnlyList<(long Version, string Name, string Sql)> _steps = Load();

    /// <summary>The schema this program needs.</summary>
    public static long Newest => _steps[^1].Version;

    /// <exception cref="DatabaseUnusableException">The database was written by a newer program.</exception>
    public static void Run(SqliteConnection connection)
    {
        var version = connection.ExecuteScalar<long>("pragma user_version");
        if (version > Newest)
            throw new DatabaseUnusableException($"the database has schema {version}, this program knows up to {Newest}: use a newer program");
        foreach (var step in _steps.Where(s => s.Version > version))
        {
            connection.Execute("begin immediate");
            connection.Execute(step.Sql);
            connection.Execute($"pragma user_version = {step.Version.ToString(CultureInfo.InvariantCulture)}");
            connection.Execute("commit transaction");
        }
    }

    private static List<(long, string, string)> Load()
    {
        var assembly = typeof(Migrations).Assembly;
        var prefix = $"{typeof(Migrations).Namespace}.Migrations.";
        var steps = new List<(long, string, string)>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            var name = resource[prefix.Length..];
            steps.Add((long.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }

        return steps;
    }
}
