using System.Globalization;
using System.Text;

namespace IncidentDb.Records;

/// <summary>
/// Writes a <see cref="YamlNode"/> tree in the one canonical form: a list or mapping stands on one line when it fits in
/// <see cref="Width"/> columns and holds no collection of collections, else one entry a line; a text is quoted only when it must be.
/// </summary>
public static class YamlWriter
{
    public const int Width = 120;

    public static string Write(YamlMap map)
    {
        var yaml = new StringBuilder();
        WriteEntries(yaml, map, 0);
        return yaml.ToString();
    }

    private static void WriteEntries(StringBuilder yaml, YamlMap map, int indent)
    {
        foreach (var entry in map.Entries)
        {
            yaml.Append(' ', indent).Append(Quote(entry.Key, flow: true)).Append(':');
            WriteValue(yaml, entry.Value, indent, Quote(entry.Key, flow: true).Length + 2);
        }
    }

    /// <summary>The part after <c>key:</c> or <c>-</c>, with its line feed. <paramref name="used"/> is the columns the line already has after the indentation.</summary>
    private static void WriteValue(StringBuilder yaml, YamlNode value, int indent, int used)
    {
        if (value is YamlText text)
        {
            yaml.Append(' ').Append(Quote(text.Value, flow: false)).Append('\n');
            return;
        }

        // An empty collection can stand nowhere else, however long its key is.
        if (Flow(value) is { } flow && (flow is "[]" or "{}" || indent + used + flow.Length <= Width))
        {
            yaml.Append(' ').Append(flow).Append('\n');
            return;
        }

        yaml.Append('\n');
        if (value is YamlMap map)
        {
            WriteEntries(yaml, map, indent + 2);
            return;
        }

        foreach (var item in ((YamlList)value).Items)
        {
            yaml.Append(' ', indent + 2).Append('-');
            if (item is YamlMap { Entries.Count: > 0 } entries && (Flow(item) is not { } line || indent + 4 + line.Length > Width))
            {
                // The first key stands on the hyphen's line, the others below it.
                var block = new StringBuilder();
                WriteEntries(block, entries, indent + 4);
                yaml.Append(' ').Append(block, indent + 4, block.Length - indent - 4);
            }
            else
            {
                WriteValue(yaml, item, indent + 2, 2);
            }
        }
    }

    /// <summary>The node on one line, or null when it nests too deep for that to be readable.</summary>
    private static string? Flow(YamlNode node, int depth = 0)
    {
        switch (node)
        {
            case YamlText text:
                return Quote(text.Value, flow: true);
            case YamlList { Items.Count: 0 }:
                return "[]";
            case YamlMap { Entries.Count: 0 }:
                return "{}";
            case YamlList list when depth < 2:
                var items = list.Items.Select(i => Flow(i, depth + 1)).ToList();
                if (items.Contains(null) || (depth == 0 && list.Items.Any(i => i is YamlMap)))
                    return null;
                return $"[{string.Join(", ", items)}]";
            case YamlMap map when depth < 3:
                if (depth == 0 && map.Entries.Any(e => e.Value is YamlMap { Entries.Count: > 0 }))
                    return null;
                var entries = map.Entries.Select(e => (e.Key, Value: Flow(e.Value, depth + 1))).ToList();
                if (entries.Any(e => e.Value is null))
                    return null;
                return "{" + string.Join(", ", entries.Select(e => $"{Quote(e.Key, flow: true)}: {e.Value}")) + "}";
            default:
                return null;
        }
    }

    /// <summary>A scalar as it must be written: plain when a YAML parser reads the same text back, else in double quotes.</summary>
    public static string Quote(string text, bool flow)
    {
        if (IsPlain(text, flow))
            return text;
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                '\r' => quoted.Append("\\r"),
                < ' ' or '\u007f' or '\u0085' or '\u2028' or '\u2029' or '\ufeff' or '\ufffe' or '\uffff' or (>= '\u0080' and < '\u00a0')
                    => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPlain(string text, bool flow)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] == ' ' || text[^1] == ':')
            return false;
        // Characters that begin something else in YAML; "-" and "?" only before a space, and ":" because the parser drops it after a hyphen.
        if (":[]{},#&*!|>'\"%@`".Contains(text[0]) || text is "~" or "-" or "---" or "..." or "=" or "<<")
            return false;
        if (text[0] is '-' or '?' && (text.Length == 1 || text[1] == ' '))
            return false;
        if (text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is < ' ' or '\u007f' or '\ufeff' or '\u2028' or '\u2029' or '\u0085' or '\ufffe' or '\uffff' or (>= '\u0080' and < '\u00a0'))
                return false;
            if (c == ':' && (i + 1 == text.Length || text[i + 1] == ' ' || (flow && ",[]{}".Contains(text[i + 1]))))
                return false;
            if (c == '#' && i > 0 && text[i - 1] == ' ')
                return false;
            // Readers of YAML 1.1 end a word inside braces at a question mark.
            if (flow && c is ('[' or ']' or '{' or '}' or ',' or '?'))
                return false;
        }

        return !(flow && (text[0] is '-' or '?'));
    }
}
