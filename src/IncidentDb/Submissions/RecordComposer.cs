using System.Text;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>
/// Writes the fields of a form as the text of a file, whatever was typed, and remembers which field each path and line comes from: the readers and
/// rules of files then judge the form, and what they find leads back to its field.
/// </summary>
internal sealed class RecordComposer(FormFields form, NounFormat format)
{
    private readonly Dictionary<string, string> _paths = new(StringComparer.Ordinal);
    private readonly List<(int From, int To, string Field)> _lines = [];
    private readonly StringBuilder _text = new();
    private static readonly string[] _marks = ["key", "turning-point"];
    private int _line = 1;

    /// <summary>What is wrong with the form before it is a text at all; the field of each is a field of the form.</summary>
    public List<Problem> Problems { get; } = [];

    public string Text => _text.ToString();

    public void Compose()
    {
        var keys = YamlWriter.Write(new YamlMap(TakeEntries("", format.Fields, ""), 0));
        if (!format.HasText)
        {
            Append(keys);
            return;
        }

        Append($"---\n{keys}---\n");
        Body(RecordForm.OneLine, form[RecordForm.OneLine], "## ");
        foreach (var heading in format.Headings)
        {
            switch (heading.Id)
            {
                case SectionHeadings.Timeline:
                    Timeline(heading.Heading);
                    break;
                case SectionHeadings.Causes:
                    Parts("causes", heading.Heading, row => form[$"{row}.text"]);
                    break;
                case SectionHeadings.Patterns:
                    Parts("patterns", heading.Heading, PatternText);
                    break;
                default:
                    Section($"sections.{heading.Id}", heading.Heading, form[$"sections.{heading.Id}"]);
                    break;
            }
        }

        for (var i = 0; i < form.Rows(RecordForm.Other); i++)
        {
            var row = $"{RecordForm.Other}[{i}]";
            var (heading, text) = (OneLine(form[$"{row}.key"]), form[$"{row}.text"]);
            if (heading.Length == 0 && text.Trim().Length > 0)
                Report(SubmissionRules.RowKey, $"{row}.key", "This text has no heading: give it one, or empty it.");
            else
                Section($"{row}.text", heading, text);
        }
    }

    private string PatternText(string row)
    {
        var (happened, would) = (form[$"{row}.what_happened"].Trim(), form[$"{row}.would_have"].Trim());
        return Incidents.PatternText.Write(new IncidentPattern { Slug = "", Relation = "", WhatHappened = happened, WouldHave = would });
    }

    private void Section(string field, string heading, string text)
    {
        if (text.Trim().Length == 0)
            return;
        Append($"\n## {heading}\n");
        Body(field, text, "## ");
    }

    private void Parts(string name, string heading, Func<string, string> textOf)
    {
        var begun = false;
        for (var i = 0; i < form.Rows(name); i++)
        {
            var row = $"{name}[{i}]";
            var (key, text) = (form[$"{row}.key"].Trim(), textOf(row));
            if (text.Trim().Length == 0 || key.Length == 0)
                continue;
            Append(begun ? $"\n### {OneLine(key)}\n" : $"\n## {heading}\n### {OneLine(key)}\n");
            begun = true;
            Body($"{row}.{RecordForm.RowTexts(name, format.Noun)[0].Key}", text, "### ");
        }
    }

    private void Timeline(string heading)
    {
        var begun = false;
        for (var i = 0; i < form.Rows(RecordForm.Timeline); i++)
        {
            var row = $"{RecordForm.Timeline}[{i}]";
            if (!form.Has(row))
                continue;
            if (!begun)
                Append($"\n## {heading}\n");
            begun = true;
            var (at, type, text, actor) = (OneLine(form[$"{row}.at"]), OneLine(form[$"{row}.type"]), OneLine(form[$"{row}.text"]), OneLine(form[$"{row}.actor"]));
            foreach (var (value, part, what) in new[] { (at, "at", "a time"), (type, "type", "a type"), (text, "text", "a text") })
            {
                if (value.Length == 0)
                    Report(IncidentRules.TimelineLine, $"{row}.{part}", $"This line of the timeline needs {what}.");
            }

            // What is missing is said above; the reader would say it again in the words of files.
            if (at.Length == 0 || type.Length == 0 || text.Length == 0)
                continue;
            var marks = Items(form[$"{row}.marks"], ',');
            var line = new StringBuilder("- ").Append(Escaped(at)).Append(" · ").Append(Escaped(type));
            foreach (var mark in _marks.Where(marks.Contains))
                line.Append(" · ").Append(mark);
            if (actor.Length > Incidents.Timeline.MaxActorLength || _marks.Contains(actor) || actor.Contains("[^", StringComparison.Ordinal))
                Report(IncidentRules.TimelineLine, $"{row}.actor", $"Who acted is a role of at most {Incidents.Timeline.MaxActorLength} characters, without citations.");
            else if (actor.Length > 0)
                line.Append(" · ").Append(Escaped(actor));
            line.Append(" · ").Append(Escaped(text));
            line.Append(Citations.Write([.. RecordForm.IdsOf(form[$"{row}.source"])])).Append('\n');
            _lines.Add((_line, _line, row));
            Append(line.ToString());
        }
    }

    /// <summary>A text under its heading. A line that would be read as a heading is reported and written so that it is none.</summary>
    private void Body(string field, string text, string mark)
    {
        var body = new StringBuilder();
        var fenced = false;
        var heading = false;
        foreach (var row in text.Trim('\n', ' ').Split('\n'))
        {
            if (row.StartsWith("```", StringComparison.Ordinal) || row.StartsWith("~~~", StringComparison.Ordinal))
                fenced = !fenced;
            if (!fenced && (row.StartsWith("## ", StringComparison.Ordinal) || row.StartsWith(mark, StringComparison.Ordinal)))
            {
                heading = true;
                body.Append('\\');
            }

            body.Append(row).Append('\n');
        }

        if (heading)
            Report(IncidentRules.HeadingInText, field, "A line of this text begins like a heading; begin it with “#### ”, or write plain text.");
        if (fenced)
        {
            Report(SubmissionRules.OpenFence, field, "A block of code in this text is never closed; end it with a line of three backquotes.");
            body.Append("```\n");
        }

        var from = _line;
        Append(body.ToString());
        _lines.Add((from, _line - 1, field));
    }

    private List<YamlEntry> TakeEntries(string prefix, IReadOnlyList<FieldInfo> declared, string path)
    {
        var entries = new List<YamlEntry>();
        foreach (var field in declared)
        {
            var fieldPath = path.Length == 0 ? field.Key : $"{path}.{field.Key}";
            if (Take(prefix + field.Key, field.Shape, fieldPath) is { } node)
                entries.Add(new YamlEntry(field.Key, node, 0));
        }

        if (form[prefix + RecordForm.Extra].Trim() is { Length: > 0 } extra)
        {
            var context = new ReadContext { File = "", Words = Vocabularies.VocabularySet.Empty };
            foreach (var entry in YamlTree.ReadMap(extra + "\n", 1, context)?.Entries ?? [])
            {
                // A declared key has a field of its own; here it would stand twice.
                if (declared.Any(f => f.Key == entry.Key))
                    Report(SyntaxRules.DuplicateKey, prefix + RecordForm.Extra, $"“{entry.Key}” has a field of its own; write it there.");
                else
                    entries.Add(entry);
            }

            Problems.AddRange(context.Problems.Select(p => p with { Field = prefix + RecordForm.Extra, Line = 0 }));
        }

        return entries;
    }

    private YamlNode? Take(string name, FieldShape shape, string path)
    {
        _paths.TryAdd(path, name);
        switch (shape)
        {
            case FieldShape.OrBlank or:
                var value = Take(name, or.Value, path);
                var blank = form[$"{name}.blank"].Trim();
                if (blank.Length == 0)
                    return value;
                if (value is not null)
                    Report(SubmissionRules.BlankAndValue, $"{name}.blank", $"“{blank.Replace('_', ' ')}” says that there is nothing to list, but something is listed; take one of them away.");
                return value ?? new YamlText(blank, 0);
            case FieldShape.Time:
                var at = TakeText(name);
                var sources = RecordForm.IdsOf(form[$"{name}.source"]).ToList();
                _paths.TryAdd($"{path}.source", $"{name}.source");
                return at is null || sources.Count == 0 ? at : new YamlMap([new("at", at, 0), new("source", List(sources), 0)], 0);
            case FieldShape.Flag:
                return form[name].Trim() is "true" or "on" ? new YamlText("true", 0) : null;
            case FieldShape.List { Item: FieldShape.Part part }:
                return TakeParts(name, part, path);
            case FieldShape.List list:
                return RecordForm.ItemsOf(name, list.Item, form[name]).ToList() is { Count: > 0 } values ? List(values) : null;
            case FieldShape.Map map:
                return TakeRows(name, map, path);
            case FieldShape.Part part:
                return TakeEntries(name + ".", part.Fields, path) is { Count: > 0 } entries ? new YamlMap(entries, 0) : null;
            default:
                return TakeText(name);
        }
    }

    private YamlText? TakeText(string name) => form[name].Trim() is { Length: > 0 } text ? new YamlText(text, 0) : null;

    private static YamlList List(IEnumerable<string> values) => new([.. values.Select(v => new YamlText(v, 0))], 0);

    private YamlList? TakeParts(string name, FieldShape.Part part, string path)
    {
        var items = new List<YamlNode>();
        for (var i = 0; i < form.Rows(name); i++)
        {
            if (!form.Has($"{name}[{i}]"))
                continue;
            _paths[$"{path}[{items.Count}]"] = $"{name}[{i}].{part.Fields[0].Key}";
            items.Add(new YamlMap(TakeEntries($"{name}[{i}].", part.Fields, $"{path}[{items.Count}]"), 0));
        }

        return items.Count == 0 ? null : new YamlList(items, 0);
    }

    private YamlMap? TakeRows(string name, FieldShape.Map map, string path)
    {
        var entries = new List<YamlEntry>();
        for (var i = 0; i < form.Rows(name); i++)
        {
            var row = $"{name}[{i}]";
            if (!form.Has(row))
                continue;
            var key = form[$"{row}.key"].Trim();
            if (key.Length == 0)
            {
                Report(SubmissionRules.RowKey, $"{row}.key", "This row lacks its first field: fill it in, or empty the row.");
                continue;
            }

            if (entries.Any(e => e.Key == key))
            {
                Report(SyntaxRules.DuplicateKey, $"{row}.key", $"“{key}” stands here for the second time.");
                continue;
            }

            var rowPath = $"{path}.{key}";
            _paths[rowPath] = $"{row}.key";
            foreach (var text in RecordForm.RowTexts(name, format.Noun))
                _paths[$"{rowPath}.{text.Key}"] = $"{row}.{text.Key}";
            if (map.Value is FieldShape.Part part)
            {
                entries.Add(new YamlEntry(key, new YamlMap(TakeEntries($"{row}.", part.Fields, rowPath), 0), 0));
                continue;
            }

            if (Take($"{row}.value", map.Value, $"{rowPath}.value") is { } value)
                entries.Add(new YamlEntry(key, value, 0));
            else if (map.Usual is { } usual)
                entries.Add(new YamlEntry(key, new YamlText(usual, 0), 0));
            else
                Report(SubmissionRules.RowValue, $"{row}.value", $"Say what “{key}” is here.");
        }

        return entries.Count == 0 ? null : new YamlMap(entries, 0);
    }

    private void Report(Rule rule, string field, string sentence) => Problems.Add(rule.At("", 0, field, sentence));

    private void Append(string text)
    {
        _text.Append(text);
        _line += text.AsSpan().Count('\n');
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)['\n', '\t'], StringSplitOptions.RemoveEmptyEntries)).Trim();

    private static string Escaped(string text) => text.Replace("·", "\\·", StringComparison.Ordinal);

    private static IEnumerable<string> Items(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The field that a problem of the readers and rules is about.</summary>
    public string FieldOf(Problem problem)
    {
        var (path, line) = (problem.Field, problem.Line);
        if (path.Length == 0 || path.StartsWith("timeline", StringComparison.Ordinal) || path.StartsWith("sections.", StringComparison.Ordinal) || path == RecordForm.OneLine || path.EndsWith(".text", StringComparison.Ordinal))
        {
            var at = _lines.FirstOrDefault(l => line >= l.From && line <= l.To).Field;
            if (at is not null)
                return at.StartsWith(RecordForm.Timeline, StringComparison.Ordinal) ? $"{at}.{TimelinePart(problem.Rule)}" : at;
        }

        for (var known = path; known.Length > 0; known = Parent(known))
        {
            if (_paths.TryGetValue(known, out var name))
                return name;
        }

        return path;
    }

    private static string TimelinePart(string rule) => rule switch
    {
        _ when rule == SyntaxRules.BadWhen.Id || rule == IncidentRules.TimelineOrder.Id || rule == IncidentRules.OutsideWindow.Id => "at",
        _ when rule == SyntaxRules.UnknownWord.Id => "type",
        _ when rule == IncidentRules.EventUncited.Id || rule == CitationRules.UnknownSource.Id || rule == IncidentRules.Unverified.Id => "source",
        _ => "text",
    };

    private static string Parent(string path)
    {
        var cut = path.LastIndexOfAny(['.', '[']);
        return cut < 0 ? "" : path[..cut];
    }
}
