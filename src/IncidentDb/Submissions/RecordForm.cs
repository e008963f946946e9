using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>
/// A record as the fields of a form. The names follow from the declarations of the format: a key of the front matter is a field, a repeated
/// part has rows, and each section, cause and pattern has its text.
/// </summary>
public static class RecordForm
{
    /// <summary>The address of a new record.</summary>
    public const string Slug = "slug";
    public const string OneLine = "oneLine";
    public const string Timeline = "timeline";

    /// <summary>Keys that the format does not know, as they stand.</summary>
    public const string Extra = "extra";

    /// <summary>Headings that the format does not know, with their texts.</summary>
    public const string Other = "other";

    public static readonly FieldInfo TimelineField = new(Timeline, "What happened when, one typed and sourced line an event.", false, new FieldShape.List(new FieldShape.Part(
    [
        new("at", "2012-08-01T09:30-04:00; on the same day 09:30; or T+00:45 from the start.", true, new FieldShape.Text("text")),
        new("type", "What kind of event it is.", true, new FieldShape.Word("event_types", false)),
        new("text", "What happened, in one or two sentences.", true, new FieldShape.Text("text")),
        new("source", "The ids of the sources that say so; ? marks the line as unsourced.", false, new FieldShape.List(new FieldShape.Text("text"))),
        new("actor", "Who acted, as a role.", false, new FieldShape.Text("text")),
        new("marks", "Whether a short telling needs it, and whether things turned here.", false, new FieldShape.Text("text")),
    ])));

    /// <summary>The key of the part of a row that holds a cause's or pattern's text.</summary>
    public static IReadOnlyList<FieldInfo> RowTexts(string field, Noun noun = Noun.Incident) => field switch
    {
        _ when noun != Noun.Incident => [],
        "causes" => [new("text", "What it did here, with citations.", false, new FieldShape.Text("prose"))],
        "patterns" =>
        [
            new("what_happened", "What happened here, with citations.", false, new FieldShape.Text("prose")),
            new("would_have", "What the pattern would have changed here.", false, new FieldShape.Text("prose")),
        ],
        _ => [],
    };

    /// <summary>True for a name that the form has; others are not kept.</summary>
    public static bool IsField(string name, Noun noun = Noun.Incident)
    {
        var format = NounFormat.Of(noun);
        if (name is Slug or Extra or FormFields.Text)
            return true;
        if (!format.HasText && (name is OneLine || name.StartsWith(Other, StringComparison.Ordinal)))
            return false;
        if (name is OneLine)
            return true;
        var end = name.AsSpan().IndexOfAny('[', '.');
        var root = end < 0 ? name : name[..end];
        if (root == "sections")
            return end > 0 && name[end] == '.' && format.Headings.Any(h => h.Id == name[(end + 1)..]);
        if (root is not Other && format.FieldOf(root) is null)
            return false;
        if (name.Length > 60 || name.Any(c => !(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '_' or '.' or '[' or ']')))
            return false;
        if (end < 0 || name[end] == '.')
            return true;
        var close = name.IndexOf(']', StringComparison.Ordinal);
        return close - end is >= 2 and <= 4 && int.TryParse(name.AsSpan(end + 1, close - end - 1), System.Globalization.NumberStyles.None, null, out var row) && row < FormFields.MaxRows
            && (close == name.Length - 1 || name[close + 1] == '.');
    }

    /// <summary>The record's fields. Reading them back gives the same record.</summary>
    public static FormFields Of(RecordPart record)
    {
        var format = NounFormat.Of(record);
        var (oneLine, sections) = (format.PartsOf(record).OneLine, format.PartsOf(record).Sections);
        var fields = new List<KeyValuePair<string, string>>();
        if (record is Incident { Slug: var slug })
            fields.Add(new(Slug, slug));
        PutEntries(fields, "", format.Fields, format.FrontMatter(record));
        fields.Add(new(OneLine, oneLine));
        foreach (var section in sections.Where(s => format.Headings.Any(h => h.Id == s.Id)))
            fields.Add(new($"sections.{section.Id}", section.Markdown));
        if (record is Incident incident)
        {
            PutTimeline(fields, incident);
            PutRowTexts(fields, incident);
        }

        var other = sections.Where(s => format.Headings.All(h => h.Id != s.Id)).ToList();
        for (var i = 0; i < other.Count; i++)
        {
            fields.Add(new($"{Other}[{i}].key", other[i].Heading));
            fields.Add(new($"{Other}[{i}].text", other[i].Markdown));
        }

        return new(fields.Where(f => f.Value.Length > 0));
    }

    private static void PutRowTexts(List<KeyValuePair<string, string>> fields, Incident incident)
    {
        var rows = new FormFields(fields);
        for (var i = 0; i < rows.Rows("causes"); i++)
            fields.Add(new($"causes[{i}].text", incident.Causes.First(c => c.Slug == rows[$"causes[{i}].key"]).Text));
        for (var i = 0; i < rows.Rows("patterns"); i++)
        {
            var pattern = incident.Patterns.First(p => p.Slug == rows[$"patterns[{i}].key"]);
            fields.Add(new($"patterns[{i}].what_happened", pattern.WhatHappened));
            fields.Add(new($"patterns[{i}].would_have", pattern.WouldHave));
        }
    }

    private static void PutTimeline(List<KeyValuePair<string, string>> fields, Incident incident)
    {
        WhenPoint? previous = null;
        for (var i = 0; i < incident.Timeline.Count; i++)
        {
            var e = incident.Timeline[i];
            var row = $"{Timeline}[{i}]";
            fields.Add(new($"{row}.at", WhenText.WriteIn(e.At, new WhenText.Reference { Previous = previous, Started = incident.Started?.At.Start })));
            fields.Add(new($"{row}.type", e.Type));
            fields.Add(new($"{row}.marks", (e.Key, e.TurningPoint) switch { (true, true) => "key, turning-point", (true, _) => "key", (_, true) => "turning-point", _ => "" }));
            fields.Add(new($"{row}.actor", e.ActorRole ?? ""));
            fields.Add(new($"{row}.text", e.Text));
            fields.Add(new($"{row}.source", string.Join(", ", e.Sources)));
            previous = (e.At.End ?? e.At.Start) is { Precision: >= WhenPrecision.Day } day ? day : e.At.Start;
        }
    }

    /// <summary>The entries of a mapping under their declared fields; keys that are not declared come together under <see cref="Extra"/>.</summary>
    private static void PutEntries(List<KeyValuePair<string, string>> fields, string prefix, IReadOnlyList<FieldInfo> declared, YamlMap map)
    {
        var unknown = new List<YamlEntry>();
        foreach (var entry in map.Entries)
        {
            if (declared.FirstOrDefault(f => f.Key == entry.Key) is { } field)
                Put(fields, prefix + field.Key, field.Shape, entry.Value);
            else
                unknown.Add(entry);
        }

        if (unknown.Count > 0)
            fields.Add(new(prefix + Extra, YamlWriter.Write(new YamlMap(unknown, 0)).TrimEnd('\n')));
    }

    private static void Put(List<KeyValuePair<string, string>> fields, string name, FieldShape shape, YamlNode node)
    {
        switch (shape)
        {
            case FieldShape.OrBlank when node is YamlText blank:
                fields.Add(new($"{name}.blank", blank.Value));
                break;
            case FieldShape.OrBlank or:
                Put(fields, name, or.Value, node);
                break;
            case FieldShape.Time when node is YamlMap time:
                fields.Add(new(name, ((YamlText)time["at"]!).Value));
                Put(fields, $"{name}.source", new FieldShape.List(new FieldShape.Text("text")), time["source"]!);
                break;
            case FieldShape.List { Item: FieldShape.Part part }:
                var items = ((YamlList)node).Items;
                for (var i = 0; i < items.Count; i++)
                    PutEntries(fields, $"{name}[{i}].", part.Fields, (YamlMap)items[i]);
                break;
            case FieldShape.List list:
                var values = node is YamlList many ? many.Items.Select(i => ((YamlText)i).Value) : [((YamlText)node).Value];
                fields.Add(new(name, string.Join(SeparatorOf(name, list.Item), values)));
                break;
            case FieldShape.Map map:
                PutRows(fields, name, map, node);
                break;
            case FieldShape.Part part:
                PutEntries(fields, name + ".", part.Fields, (YamlMap)node);
                break;
            default:
                fields.Add(new(name, ((YamlText)node).Value));
                break;
        }
    }

    private static void PutRows(List<KeyValuePair<string, string>> fields, string name, FieldShape.Map map, YamlNode node)
    {
        var entries = node is YamlMap given ? given.Entries : [.. ((YamlList)node).Items.Select(i => new YamlEntry(((YamlText)i).Value, new YamlText(map.Usual ?? "", 0), 0))];
        for (var i = 0; i < entries.Count; i++)
        {
            fields.Add(new($"{name}[{i}].key", entries[i].Key));
            if (map.Value is FieldShape.Part part)
                PutEntries(fields, $"{name}[{i}].", part.Fields, (YamlMap)entries[i].Value);
            else
                Put(fields, $"{name}[{i}].value", map.Value, entries[i].Value);
        }
    }

    /// <summary>Free texts stand one a line, because they may hold commas; words and ids stand in a row.</summary>
    internal static string SeparatorOf(string name, FieldShape item) => item is FieldShape.Text { Kind: "text" } && !IsSourceList(name) ? "\n" : ", ";

    /// <summary>The items of such a value. Words and ids hold no blanks: blanks, commas and semicolons part them, and brackets of a citation are forgiven.</summary>
    internal static IEnumerable<string> ItemsOf(string name, FieldShape item, string text) => SeparatorOf(name, item) == "\n"
        ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        : IdsOf(text);

    internal static IEnumerable<string> IdsOf(string text) =>
        text.Split((char[]?)[' ', ',', ';', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(id => id.StartsWith("[^", StringComparison.Ordinal) && id.EndsWith(']') ? id[2..^1] : id);

    internal static bool IsSourceList(string name) => name.EndsWith("source", StringComparison.Ordinal);
}
