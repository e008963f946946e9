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
            ".docx" => SheetFormat.Word,
            ".html" or ".htm" => SheetFormat.Html,
            ".json" => SheetFormat.Json,
            _ => null,
        };

    public static string ContentType(SheetFormat format) => format switch
    {
        SheetFormat.Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        SheetFormat.Html => "text/html; charset=utf-8",
        SheetFormat.Json => "application/json; charset=utf-8",
        _ => "text/markdown; charset=utf-8",
    };

    /// <param name="baseUrl">Address of the site for links, without a slash at the end.</param>
    public static byte[] Write(PrepSheet sheet, SheetFormat format, string baseUrl) => format switch
    {
        SheetFormat.Word => SheetWord.Write(sheet, baseUrl),
        SheetFormat.Html => Utf8(SheetFile.Write(sheet, baseUrl)),
        SheetFormat.Json => Utf8(JsonSerializer.Serialize(sheet, JsonText.Indented) + "\n"),
        SheetFormat.ShowNotes => Utf8(ShowNotes.Write(sheet, baseUrl)),
        _ => Utf8(SheetMarkdown.Write(sheet, baseUrl)),
    };

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
