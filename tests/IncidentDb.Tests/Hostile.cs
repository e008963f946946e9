using System.Text;
using System.Text.Json;

namespace IncidentDb.Tests;

/// <summary>The hostile inputs of <c>../shared/security-data</c>; a test that needs them is skipped where they are absent.</summary>
internal static class Hostile
{
    /// <summary>An input made of a repeated part.</summary>
    public sealed record Generator(string Name, string Text);

    public static IReadOnlyList<Generator> Generators(string file, string namePrefix = "") =>
    [
        .. Json(file).GetProperty("generators").EnumerateArray()
            .Select(g => new Generator(g.GetProperty("name").GetString()!, Text(g)))
            .Where(g => g.Name.StartsWith(namePrefix, StringComparison.Ordinal)),
    ];

    public static IReadOnlyList<string> Strings(string file, string? property = null)
    {
        var json = property is null ? Json(file) : Json(file).GetProperty(property);
        return [.. json.EnumerateArray().Select(s => s.GetString()!)];
    }

    /// <summary>The whole file, for shapes of its own.</summary>
    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Clone.Shared($"security-data/{file}")));
        return document.RootElement.Clone();
    }

    private static string Text(JsonElement g)
    {
        var (repeat, count) = (g.GetProperty("repeat").GetString()!, g.GetProperty("count").GetInt32());
        return new StringBuilder().Insert(0, repeat, count).Insert(0, g.GetProperty("prefix").GetString()).Append(g.GetProperty("suffix").GetString()).ToString();
    }
}
