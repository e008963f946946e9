using System.Text.Json;

namespace IncidentDb.Web.Tests;

/// <summary>A form that a piece of JSON must have; adds what is wrong, with the path to it.</summary>
internal delegate void JsonShape(JsonElement value, string path, ICollection<string> wrong);

/// <summary>The forms of design.md's contract.</summary>
internal static class Json
{
    public static readonly JsonShape Text = Kind(JsonValueKind.String);
    public static readonly JsonShape Flag = (value, path, wrong) => Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, value, path, "true or false", wrong);
    public static readonly JsonShape Number = Kind(JsonValueKind.Number);
    public static readonly JsonShape Integer = (value, path, wrong) => Expect(value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _), value, path, "a whole number", wrong);
    public static readonly JsonShape Anything = (_, _, _) => { };

    /// <summary>Relative and without extension.</summary>
    public static readonly JsonShape Url = (value, path, wrong) => Expect(
        value.ValueKind == JsonValueKind.String && value.GetString() is ['/', not '/', ..] url && !Path.HasExtension(url.Split('?', '#')[0]), value, path, "a relative address without extension", wrong);

    public static JsonShape OneOf(params string[] words) => (value, path, wrong) =>
        Expect(value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()), value, path, string.Join(" or ", words), wrong);

    public static JsonShape OrNull(JsonShape shape) => (value, path, wrong) =>
    {
        if (value.ValueKind != JsonValueKind.Null)
            shape(value, path, wrong);
    };

    public static JsonShape ListOf(JsonShape shape) => (value, path, wrong) =>
    {
        if (!Expect(value.ValueKind == JsonValueKind.Array, value, path, "a list", wrong))
            return;
        var i = 0;
        foreach (var item in value.EnumerateArray())
            shape(item, $"{path}[{i++}]", wrong);
    };

    /// <summary>Keys of any name with values of one form.</summary>
    public static JsonShape MapOf(JsonShape shape) => (value, path, wrong) =>
    {
        if (!Expect(value.ValueKind == JsonValueKind.Object, value, path, "an object", wrong))
            return;
        foreach (var property in value.EnumerateObject())
            shape(property.Value, $"{path}.{property.Name}", wrong);
    };

    /// <summary>All of these keys; others may stand beside them.</summary>
    public static JsonShape Object(params (string Key, JsonShape Shape)[] keys) => (value, path, wrong) =>
    {
        if (!Expect(value.ValueKind == JsonValueKind.Object, value, path, "an object", wrong))
            return;
        foreach (var (key, shape) in keys)
        {
            if (value.TryGetProperty(key, out var property))
                shape(property, $"{path}.{key}", wrong);
            else
                wrong.Add($"{path}.{key} is missing");
        }
    };

    public static void ShouldBe(this JsonElement value, JsonShape shape, string what = "$")
    {
        var wrong = new List<string>();
        shape(value, what, wrong);
        wrong.ShouldBeEmpty();
    }

    private static JsonShape Kind(JsonValueKind kind) => (value, path, wrong) => Expect(value.ValueKind == kind, value, path, kind.ToString(), wrong);

    private static bool Expect(bool there, JsonElement value, string path, string expected, ICollection<string> wrong)
    {
        if (!there)
            wrong.Add($"{path} should be {expected} but is {Cut(value.GetRawText())}");
        return there;
    }

    private static string Cut(string text) => text.Length <= 80 ? text : text[..79] + "…";
}
