using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace IncidentDb.Records;

/// <summary>YAML as the format uses it: every scalar is text (no <c>NO</c> → false), every node knows its line.</summary>
public abstract record YamlNode(int Line);

public sealed record YamlText(string Value, int Line) : YamlNode(Line);

public sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

public sealed record YamlEntry(string Key, YamlNode Value, int Line);

public sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line)
{
    public YamlNode? this[string key] => Entries.FirstOrDefault(e => e.Key == key)?.Value;
}

/// <summary>
/// Reads YAML into a <see cref="YamlNode"/> tree, event by event and never deeper than <see cref="MaxDepth"/>. The text is bounded before
/// the parser sees it as well: 50,000 opening brackets once ended the process, which no catch block can prevent.
/// </summary>
public static class YamlTree
{
    public const int MaxBytes = 1 << 20;
    public const int MaxDepth = 32;

    /// <summary>Far beyond any depth and any text: the first look does not tell a bracket from one within quotes.</summary>
    private const int MaxOpen = 1_000;

    /// <summary>The mapping at the root, or null after reporting why there is none. <paramref name="firstLine"/> is the line in the file at which <paramref name="yaml"/> begins.</summary>
    public static YamlMap? ReadMap(string yaml, int firstLine, ReadContext context)
    {
        var node = Read(yaml, firstLine, context);
        switch (node)
        {
            case YamlMap map:
                return map;
            case null:
                return null;
            default:
                context.Report(SyntaxRules.Yaml, firstLine, "", "Here a mapping is expected: lines of the form “key: value”.");
                return null;
        }
    }

    /// <summary>The root node (an empty mapping for an empty text), or null after reporting what is wrong.</summary>
    public static YamlNode? Read(string yaml, int firstLine, ReadContext context)
    {
        if (!IsBounded(yaml, firstLine, context))
            return null;
        var scanner = new Scanner(new StringReader(yaml), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            if (parser.Accept<StreamEnd>(out _))
                return new YamlMap([], firstLine);
            parser.Consume<DocumentStart>();
            var node = new TreeReader(parser, firstLine - 1, context).Read(1);
            if (node is not null && parser.TryConsume<DocumentEnd>(out _) && !parser.Accept<StreamEnd>(out _))
            {
                context.Report(SyntaxRules.Yaml, firstLine, "", "There is a second YAML document; one is expected.");
                return null;
            }

            return node;
        }
        catch (YamlException e)
        {
            var line = firstLine - 1 + (int)e.Start.Line;
            context.Report(SyntaxRules.Yaml, line, "", $"This is not valid YAML: {Reason(e)} A text with “: ”, “#” or a leading “[”, “{{”, “*”, “&”, “!”, “%”, “@” needs quotes.");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The parser does not foresee every text that breaks off: “[a” with a line “b: c” below it, for one.
            var line = firstLine - 1 + (int)scanner.CurrentPosition.Line;
            context.Report(SyntaxRules.Yaml, line, "", "This is not valid YAML: something that was opened before the end of this line, a bracket or a quotation mark, is not closed.");
            return null;
        }
    }

    private static string Reason(YamlException e)
    {
        var text = e.Message;
        var colon = text.IndexOf("): ", StringComparison.Ordinal);
        if (colon >= 0)
            text = text[(colon + 3)..];
        return text.TrimEnd('.') + ".";
    }

    private static bool IsBounded(string yaml, int firstLine, ReadContext context)
    {
        if (yaml.Length > MaxBytes)
        {
            context.Report(SyntaxRules.TooLarge, firstLine, "", "The YAML is larger than 1 MiB.");
            return false;
        }

        var line = firstLine;
        var open = 0;
        var atLineStart = true;
        foreach (var c in yaml)
        {
            switch (c)
            {
                case '\n':
                    (line, atLineStart) = (line + 1, true);
                    continue;
                case '\t' when atLineStart:
                    context.Report(SyntaxRules.YamlTab, line, "", "This line is indented with a tab; YAML takes spaces.");
                    return false;
                case '[' or '{':
                    open++;
                    break;
                case ']' or '}':
                    open = Math.Max(0, open - 1);
                    break;
            }

            atLineStart &= c == ' ';
            if (open > MaxOpen)
            {
                context.Report(SyntaxRules.YamlDepth, line, "", _tooDeep);
                return false;
            }
        }

        return true;
    }

    private static readonly string _tooDeep = $"This nests deeper than {MaxDepth} levels.";

    private sealed class TreeReader(IParser parser, int lineOffset, ReadContext context)
    {
        public YamlNode? Read(int depth)
        {
            var e = parser.Current ?? throw new YamlException("The text ends too early.");
            var line = lineOffset + (int)e.Start.Line;
            if (depth > MaxDepth)
            {
                context.Report(SyntaxRules.YamlDepth, line, "", _tooDeep);
                return null;
            }

            if (e is AnchorAlias || (e is NodeEvent node && (!node.Anchor.IsEmpty || !node.Tag.IsEmpty)))
            {
                context.Report(SyntaxRules.YamlFeature, line, "", "Anchors (&x), aliases (*x) and tags (!x) are not used here; put a text that begins so in quotes.");
                return null;
            }

            switch (e)
            {
                case Scalar scalar:
                    parser.MoveNext();
                    return new YamlText(scalar.Value, line);
                case SequenceStart:
                    parser.MoveNext();
                    var items = new List<YamlNode>();
                    while (!parser.TryConsume<SequenceEnd>(out _))
                    {
                        if (Read(depth + 1) is not { } item)
                            return null;
                        items.Add(item);
                    }

                    return new YamlList(items, line);
                case MappingStart:
                    parser.MoveNext();
                    return ReadEntries(depth, line);
                default:
                    throw new YamlException(e.Start, e.End, "A value is expected.");
            }
        }

        private YamlMap? ReadEntries(int depth, int line)
        {
            var entries = new List<YamlEntry>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Read(depth + 1);
                if (key is null)
                    return null;
                if (key is not YamlText name)
                {
                    context.Report(SyntaxRules.Yaml, key.Line, "", "A key is a plain text.");
                    return null;
                }

                var value = Read(depth + 1);
                if (value is null)
                    return null;
                if (seen.Add(name.Value))
                    entries.Add(new YamlEntry(name.Value, value, name.Line));
                else
                    context.Report(SyntaxRules.DuplicateKey, name.Line, name.Value, $"The key “{name.Value}” stands here for the second time.");
            }

            return new YamlMap(entries, line);
        }
    }
}
