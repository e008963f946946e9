using System.Text;
using System.Text.Json;
using IncidentDb.Export;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>What a sheet can be written as.</summary>
public enum SheetFormat
{
    Markdown,
    ShowNotes,
    Word,
    Html,
    Json,
}

/// <summary>A sheet as the bytes of a file. The same sheet gives the same bytes.</summary>
public static class SheetFormats
{
    /// <summary>The format that a file's name asks for, or null.</summary>
    public static SheetFormat? OfFile(string name) => name.EndsWith(".notes.md", StringComparison.OrdinalIgnoreCase)
        ? SheetFormat.ShowNotes
        : Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".md" => SheetFormat.Markdown,
            ".json" => SheetFormat.Json,
            _ => null,
        };

    /// <param name="baseUrl">Address of the site for links, without a slash at the end.</param>
    public static byte[] Write(PrepSheet sheet, SheetFormat format, string baseUrl) => format switch
    {
        SheetFormat.Json => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(sheet, JsonText.Indented) + "\n"),
        _ => Encoding.UTF8.GetBytes(SheetMarkdown.Write(sheet, baseUrl)),
    };
}
