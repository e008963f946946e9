using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary>Reads one file against the data folder it lies in, or the clone's when it lies in none.</summary>
internal static class FileInFolder
{
    public static DataFile Read(string path)
    {
        var folder = DataFolder.Open(FolderOf(path) ?? Output.DataFolder(null) ?? Path.GetTempPath());
        var slug = Path.GetFileNameWithoutExtension(path);
        var parent = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "";
        var known = folder.Files.FirstOrDefault(f => string.Equals(Path.GetFullPath(Path.Combine(folder.Path, f.Path)), Path.GetFullPath(path), StringComparison.Ordinal));
        return known ?? (parent == DataFolder.FolderOf(Noun.Incident) || Path.GetExtension(path) == ".md"
            ? folder.ReadIncident(slug, path, File.ReadAllBytes(path))
            : throw new UsageException($"“{path}” lies in no data folder, so what it should hold is not known."));
    }

    /// <summary>The nearest folder above that has a <c>vocabulary</c> beside the file's own.</summary>
    public static string? FolderOf(string path)
    {
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(path)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(Path.Combine(folder, DataFolder.FolderOf(Noun.Vocabulary))))
                return folder;
        }

        return null;
    }

    /// <summary>True for a file in a folder, at any depth.</summary>
    public static bool IsBelow(string file, string folder) =>
        Path.GetFullPath(file).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
