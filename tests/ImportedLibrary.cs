using IncidentDb.Import;
using IncidentDb.Storage;

namespace IncidentDb.Testing;

/// <summary>The clone's records, imported once for all tests of a run: each site and library that needs them begins with a copy instead of an import of its own.</summary>
internal static class ImportedLibrary
{
    private static readonly Lazy<string> _directory = new(() =>
    {
        var path = Path.Combine(Path.GetTempPath(), $"incidentdb-test-{Guid.NewGuid():N}");
        using (var library = KnowledgeBase.Open(path, "a test"))
            library.Import(DataFolder.Open(Locations.EditorialFolder()!));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(path, recursive: true);
        return path;
    });

    /// <summary>Makes a data directory of the copy.</summary>
    public static void CopyTo(string directory)
    {
        Directory.CreateDirectory(directory);
        foreach (var file in Directory.EnumerateFiles(_directory.Value))
            File.Copy(file, Path.Combine(directory, Path.GetFileName(file)));
    }
}
