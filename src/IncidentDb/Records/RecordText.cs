using System.Text;

namespace IncidentDb.Records;

/// <summary>A part of a Markdown record under a heading.</summary>
/// <param name="Heading">The heading's text, without the hashes.</param>
/// <param name="Body">The text below it, trimmed, line feeds only.</param>
/// <param name="Line">Line of the heading in the file.</param>
/// <param name="BodyLine">Line of the first line of <paramref name="Body"/>.</param>
public sealed record TextSection(string Heading, string Body, int Line, int BodyLine)
{
    /// <summary>The <c>###</c> parts of the body; text before the first of them has an empty heading.</summary>
    public IReadOnlyList<TextSection> Parts() => RecordText.Split(Body, "### ", BodyLine);
}

/// <summary>A Markdown record cut into front matter, lead and sections; nothing is lost and nothing is understood yet.</summary>
public sealed record RecordText
{
    public required YamlMap FrontMatter { get; init; }

    /// <summary>The text before the first <c>##</c> heading.</summary>
    public required TextSection Lead { get; init; }

    public required IReadOnlyList<TextSection> Sections { get; init; }

    /// <summary>The file's text, or null after reporting that it is too large or not UTF-8. A byte order mark is dropped, line ends become line feeds.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, ReadContext context)
    {
        if (bytes.Length > YamlTree.MaxBytes)
        {
            context.Report(SyntaxRules.TooLarge, 0, "", $"The file has {bytes.Length / 1048576.0:0.0} MiB; a record has at most 1 MiB.");
            return null;
        }

        if (bytes.StartsWith("\ufeff"u8))
            bytes = bytes[3..];
        if (!System.Text.Unicode.Utf8.IsValid(bytes))
        {
            var line = 1 + bytes[..FirstInvalid(bytes)].Count((byte)'\n');
            context.Report(SyntaxRules.NotUtf8, line, "", "This line holds bytes that are not UTF-8; save the file as UTF-8.");
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n");
        if (Characters.FirstForbidden(text) is var at and >= 0)
        {
            context.Report(SyntaxRules.ControlCharacter, 1 + text.AsSpan(0, at).Count('\n'), "", $"This line holds {Characters.NameOf(text[at])}; remove it.");
            return null;
        }

        return text.Normalize(NormalizationForm.FormC);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length && Rune.DecodeFromUtf8(bytes[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
            at += used;
        return at;
    }

    /// <summary>The parts of a record file, or null after reporting why it has none.</summary>
    public static RecordText? Parse(string text, ReadContext context)
    {
        if (!text.StartsWith("---\n", StringComparison.Ordinal))
        {
            context.Report(SyntaxRules.NoFrontMatter, 1, "", "The first line must be “---”, the beginning of the front matter.");
            return null;
        }

        var end = text.StartsWith("---\n---\n", StringComparison.Ordinal) ? 3 : text.IndexOf("\n---\n", 3, StringComparison.Ordinal);
        if (end < 0 && text.EndsWith("\n---", StringComparison.Ordinal))
            end = text.Length - 4;
        if (end < 0)
        {
            context.Report(SyntaxRules.FrontMatterOpen, 1, "", "The front matter that begins here is never closed: a line “---” is missing after it.");
            return null;
        }

        var yaml = end > 3 ? text[4..(end + 1)] : "";
        var map = YamlTree.ReadMap(yaml, 2, context);
        if (map is null)
            return null;
        var bodyStart = Math.Min(end + 5, text.Length);
        var bodyLine = 1 + text.AsSpan(0, bodyStart).Count('\n');
        var parts = Split(text[bodyStart..], "## ", bodyLine);
        return new RecordText
        {
            FrontMatter = map,
            Lead = parts[0],
            Sections = parts.Skip(1).ToList(),
        };
    }

    /// <summary>Cuts a text at its headings of one level (not inside fenced code). The first part has an empty heading.</summary>
    internal static IReadOnlyList<TextSection> Split(string text, string mark, int firstLine)
    {
        var parts = new List<TextSection>();
        var body = new StringBuilder();
        var (heading, headingLine) = ("", firstLine);
        var fence = default(CodeFence);
        var line = firstLine - 1;
        foreach (var row in text.Split('\n'))
        {
            line++;
            if (!fence.Takes(row) && row.StartsWith(mark, StringComparison.Ordinal))
            {
                parts.Add(Part());
                (heading, headingLine) = (row[mark.Length..].Trim(), line);
                body.Clear();
            }
            else
            {
                body.Append(row.TrimEnd()).Append('\n');
            }
        }

        parts.Add(Part());
        return parts;

        TextSection Part()
        {
            var raw = body.ToString();
            var trimmed = raw.TrimStart('\n');
            var first = heading.Length > 0 ? headingLine + 1 : headingLine;
            return new TextSection(heading, trimmed.TrimEnd('\n'), headingLine, first + raw.Length - trimmed.Length);
        }
    }

    /// <summary>Text without trailing blanks and with at most one empty line in a row.</summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        var empty = 0;
        foreach (var raw in text.Trim('\n', ' ').Split('\n'))
        {
            var row = raw.TrimEnd();
            empty = row.Length == 0 ? empty + 1 : 0;
            if (empty > 1)
                continue;
            if (tidy.Length > 0)
                tidy.Append('\n');
            tidy.Append(row);
        }

        return tidy.ToString().TrimEnd('\n');
    }
}
