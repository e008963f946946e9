using IncidentDb.Storage;

namespace IncidentDb.Web.Tests;

/// <summary>The clone that the tests run in, and the folder with hostile inputs where it lies beside it.</summary>
internal static class Clone
{
    public static string Root { get; } = Locations.CloneRoot() ?? throw new InvalidOperationException("The tests run from a clone.");

    /// <summary>A path under <c>../shared</c>; the test is skipped where that folder is absent.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        Assert.SkipUnless(File.Exists(full) || Directory.Exists(full), $"../shared/{path} is not beside this clone.");
        return full;
    }

    /// <summary>The strings of a list in <c>../shared/security-data</c>, one a line.</summary>
    public static IReadOnlyList<string> Lines(string file) => [.. File.ReadLines(Shared($"security-data/{file}")).Where(l => l.Length > 0)];
}
