using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using IncidentDb.Wording;

namespace IncidentDb.Markup;

/// <summary>HTML that may be printed as it is. Only <see cref="MarkdownRenderer"/>, <see cref="HtmlText"/> and <see cref="Escape"/> make it.</summary>
[JsonConverter(typeof(SafeHtmlConverter))]
public readonly partial record struct SafeHtml
{
    private readonly string? _html;

    internal SafeHtml(string html) => _html = html;

    public static readonly SafeHtml Empty = new("");

    public string Html => _html ?? "";

    public bool IsEmpty => Html.Length == 0;

    /// <summary>Plain text, escaped.</summary>
    public static SafeHtml Escape(string text) => new(System.Net.WebUtility.HtmlEncode(text));

    /// <summary>The words without the markup around them.</summary>
    public string ToText() => System.Net.WebUtility.HtmlDecode(Tags().Replace(Html, ""));

    public override string ToString() => Html;

    // What is text is escaped: an angle bracket is always a tag's.
    [GeneratedRegex("<[^>]*>", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Tags();
}

/// <summary>Stored HTML was made by this program and goes back as it came.</summary>
internal sealed class SafeHtmlConverter : JsonConverter<SafeHtml>
{
    public override SafeHtml Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, SafeHtml value, JsonSerializerOptions options) => writer.WriteStringValue(value.Html);
}
