using System.Globalization;
using System.Runtime.CompilerServices;
using IncidentDb.Import;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Tests;

/// <summary>The clone that the tests run in: its records, its words, and the shared corpora where they are there.</summary>
internal static class Clone
{
    [ModuleInitializer]
    internal static void Initialize() => CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

    public static string Root { get; } = Locations.CloneRoot() ?? throw new InvalidOperationException("The tests run from a clone.");

    public static string DataPath { get; } = Path.Combine(Root, "data");

    public static DataFolder Data => field ??= DataFolder.Open(DataPath);

    /// <summary>A context with the clone's words and names.</summary>
    public static ReadContext Context(string file = "test.md") => new() { File = file, Words = Data.Catalogue.Words, Known = Data };

    /// <summary>A path under <c>../shared</c>; the test is skipped where that folder is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(File.Exists(full) || Directory.Exists(full), $"../shared/{path} is not beside this clone.");
        return full;
    }
}
