namespace IncidentDb.Storage;

/// <summary>Where things lie: the data directory of an installation, and in a clone the editorial folder beside the solution.</summary>
public static class Locations
{
    public const string DataVariable = "INCIDENTDB_DATA";

    /// <summary>The folder that holds <c>IncidentDb.sln</c>, found by walking up from the program; null when installed.</summary>
    public static string? CloneRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "IncidentDb.sln")))
                return folder.FullName;
        }

        return null;
    }

    /// <summary>Database, keys and backups: <c>INCIDENTDB_DATA</c>, else <c>var/</c> in a clone, else <c>/var/lib/incidentdb</c>.</summary>
    public static string DataDirectory()
    {
        var set = Environment.GetEnvironmentVariable(DataVariable);
        if (!string.IsNullOrWhiteSpace(set))
            return Path.GetFullPath(set);
        return CloneRoot() is { } root ? Path.Combine(root, "var") : "/var/lib/incidentdb";
    }

    /// <summary>The records that come with a clone; null when installed.</summary>
    public static string? EditorialFolder() =>
        CloneRoot() is { } root && Path.Combine(root, "data") is var data && Directory.Exists(data) ? data : null;
}
