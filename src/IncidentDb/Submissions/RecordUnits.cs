using System.Globalization;
using System.Text.RegularExpressions;
using IncidentDb.History;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.Submissions;

/// <summary>A part of a record that is compared, remarked on and decided as one: a field, a section, one cause with its text, the timeline.</summary>
/// <param name="Name">As in the form, with the key of its row instead of the number: <c>title</c>, <c>sections.summary</c>, <c>causes.retry-storm</c>.</param>
/// <param name="Fields">What stands behind its name, with its value.</param>
public sealed record RecordUnit(string Name, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>The unit as a person reads it.</summary>
    public string Text => RecordUnits.TextOf(this);

    public bool IsSame(RecordUnit other) => Fields.Count == other.Fields.Count && Fields.All(f => other.Fields.Any(o => o.Key == f.Key && o.Value == f.Value));
}

/// <summary>What changed in one unit.</summary>
public sealed record UnitChange(string Name, string Before, string After)
{
    public string Label { get; init; } = RecordUnits.LabelOf(Name);

    public IReadOnlyList<DiffPart> Parts => WordDiff.Of(Before, After);
}

/// <summary>A unit that two people changed, each in their way.</summary>
/// <param name="Before">As both found it.</param>
/// <param name="Theirs">As the record has it now.</param>
/// <param name="Mine">As the submission has it.</param>
public sealed record UnitConflict(string Name, string Before, string Theirs, string Mine)
{
    public string Label => RecordUnits.LabelOf(Name);
}

/// <summary>A form taken apart into units, compared with another, and merged with a third.</summary>
public static partial class RecordUnits
{
    /// <summary>Parts whose rows have a key that means the same row in another form.</summary>
    private static readonly string[] _keyed = ["companies", "causes", "patterns", "same_as", "episodes", "sources", "incidents", "related", RecordForm.Other];

    private static readonly Dictionary<Noun, Dictionary<string, int>> _orders = NounFormat.All.ToDictionary(f => f.Noun, Order);

    public static IReadOnlyList<RecordUnit> Of(FormFields form, Noun noun = Noun.Incident)
    {
        var units = new Dictionary<string, List<KeyValuePair<string, string>>>(StringComparer.Ordinal);
        foreach (var (name, value) in form.All)
        {
            if (value.Trim().Length == 0)
                continue;
            var (unit, rest) = Place(form, name);
            if (!units.TryGetValue(unit, out var fields))
                units.Add(unit, fields = []);
            fields.Add(new(rest, value));
        }

        return [.. units.OrderBy(u => PlaceOf(u.Key, noun)).Select(u => new RecordUnit(u.Key, u.Value))];
    }

    /// <summary>The unit that a field belongs to, e.g. <c>causes.retry-storm</c> for <c>causes[2].text</c>.</summary>
    public static string UnitOf(FormFields form, string field) => Place(form, field).Unit;

    private static (string Unit, string Part) Place(FormFields form, string name)
    {
        var row = Row().Match(name);
        if (row.Success && _keyed.Contains(row.Groups["root"].Value))
        {
            var root = row.Groups["root"].Value;
            var key = form[$"{root}[{row.Groups["row"].Value}].key"].Trim();
            return key.Length > 0 ? ($"{root}.{key}", row.Groups["rest"].Value) : ($"{root}.{row.Groups["row"].Value}", row.Groups["rest"].Value);
        }

        if (name.StartsWith("sections.", StringComparison.Ordinal))
            return (name, "");
        var end = name.AsSpan().IndexOfAny('[', '.');
        return end < 0 ? (name, "") : (name[..end], name[end..]);
    }

    /// <summary>The form that these units make; rows are numbered anew.</summary>
    public static FormFields ToForm(IEnumerable<RecordUnit> units)
    {
        var fields = new List<KeyValuePair<string, string>>();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            var cut = unit.Name.IndexOf('.', StringComparison.Ordinal);
            var root = cut < 0 ? unit.Name : unit.Name[..cut];
            var prefix = unit.Name;
            if (cut > 0 && _keyed.Contains(root))
            {
                var row = rows.GetValueOrDefault(root);
                rows[root] = row + 1;
                prefix = $"{root}[{row.ToString(CultureInfo.InvariantCulture)}]";
            }

            fields.AddRange(unit.Fields.Select(f => KeyValuePair.Create(prefix + f.Key, f.Value)));
        }

        return new(fields);
    }

    /// <summary>The units in which two forms differ, in the order of the record.</summary>
    public static IReadOnlyList<UnitChange> Changes(FormFields before, FormFields after, Noun noun = Noun.Incident)
    {
        var (old, now) = (Of(before).ToDictionary(u => u.Name, StringComparer.Ordinal), Of(after).ToDictionary(u => u.Name, StringComparer.Ordinal));
        return
        [
            .. old.Keys.Union(now.Keys, StringComparer.Ordinal)
                .Where(n => n != RecordForm.Slug && !(old.TryGetValue(n, out var a) && now.TryGetValue(n, out var b) && a.IsSame(b)))
                .OrderBy(n => PlaceOf(n, noun))
                .Select(n => new UnitChange(n, old.GetValueOrDefault(n)?.Text ?? "", now.GetValueOrDefault(n)?.Text ?? "")),
        ];
    }

    /// <summary>
    /// Brings a form that started from one revision up to another. What only one side changed is taken, in lists row by row and item by item, in the order of the side that
    /// changed it; what both changed differently is a conflict, and the answer in <paramref name="choices"/> decides it: <c>mine</c> or <c>theirs</c>. Until all are decided there is no form.
    /// </summary>
    public static (FormFields? Form, IReadOnlyList<UnitConflict> Conflicts) Merge(
        FormFields started, FormFields theirs, FormFields mine, IReadOnlyDictionary<string, string>? choices = null, Noun noun = Noun.Incident)
    {
        var (b, t, m) = (ByName(TimelineTimes.Whole(started)), ByName(TimelineTimes.Whole(theirs)), ByName(TimelineTimes.Whole(mine)));
        var (merged, conflicts) = (new List<RecordUnit>(), new List<UnitConflict>());
        foreach (var name in Names(b, t, m, noun))
        {
            var (before, their, my) = (b.GetValueOrDefault(name), t.GetValueOrDefault(name), m.GetValueOrDefault(name));
            var taken = their;
            if (IsSame(before, their) || IsSame(my, their))
            {
                taken = my;
            }
            else if (!IsSame(before, my) && ItemOf(name, noun) is { } item && Items(name, item, before, their, my) is { } lists)
            {
                var items = new ListMerge(name, lists.Before, lists.Theirs, lists.Mine);
                taken = Taken(name, item, items.Merge(choices));
                conflicts.AddRange(items.Conflicts.Select(c => new UnitConflict(c.Name, string.Join(", ", c.Before), string.Join(", ", c.Theirs), string.Join(", ", c.Mine))));
                // A blank says that there are no items, or that nobody knows them: beside one it is a contradiction.
                if (items.Conflicts.Count == 0 && RecordForm.ItemsOf(name, item, taken?.Text ?? "").ToList() is { Count: > 1 } all && item is FieldShape.Word { Blanks: true } && all.Exists(Blank.Is))
                    taken = Chosen(name, before, their, my);
            }
            else if (!IsSame(before, my) && RowMerge.IsList(before) && RowMerge.IsList(their) && RowMerge.IsList(my))
            {
                var rows = RowMerge.Of(name, RowMerge.RowsOf(before), RowMerge.RowsOf(their), RowMerge.RowsOf(my), TimelineTimes.StartOf(theirs), choices);
                taken = RowMerge.UnitOf(name, rows.Rows);
                string TextOf(IReadOnlyList<RowMerge.Row> of) => string.Join('\n', of.Select(r => Line(name, r.Fields)));
                conflicts.AddRange(rows.Conflicts.Select(c => new UnitConflict(c.Name, TextOf(c.Before), TextOf(c.Theirs), TextOf(c.Mine))));
            }
            else if (!IsSame(before, my))
            {
                taken = Chosen(name, before, their, my);
            }

            if (taken is not null)
                merged.Add(taken);
        }

        return (conflicts.Count == 0 ? TimelineTimes.Short(ToForm(merged)) : null, conflicts);

        RecordUnit? Chosen(string name, RecordUnit? before, RecordUnit? their, RecordUnit? my)
        {
            if (choices?.GetValueOrDefault(name) is not ("mine" or "theirs"))
                conflicts.Add(new(name, before?.Text ?? "", their?.Text ?? "", my?.Text ?? ""));
            return choices?.GetValueOrDefault(name) == "mine" ? my : their;
        }
    }

    /// <summary>The units of all three in the order of the record; rows with keys in theirs, or in mine where I alone moved them.</summary>
    private static IEnumerable<string> Names(Dictionary<string, RecordUnit> before, Dictionary<string, RecordUnit> theirs, Dictionary<string, RecordUnit> mine, Noun noun)
    {
        var all = theirs.Keys.Concat(mine.Keys).Concat(before.Keys).Distinct(StringComparer.Ordinal).ToList();
        foreach (var root in _keyed)
        {
            List<string> Of(Dictionary<string, RecordUnit> units) => [.. units.Keys.Where(n => n.StartsWith(root + ".", StringComparison.Ordinal))];
            List<int?> Places(List<string> side) => [.. Of(before).Select(n => side.IndexOf(n) is >= 0 and var at ? at : (int?)null)];
            if (ListMerge.MineLeads(Places(Of(theirs)), Places(Of(mine))) != true)
                continue;
            var led = Of(mine).Concat(all.Where(n => n.StartsWith(root + ".", StringComparison.Ordinal))).Distinct(StringComparer.Ordinal).ToList();
            all = [.. all.Except(led), .. led];
        }

        return all.OrderBy(n => PlaceOf(n, noun));
    }

    /// <summary>What an item of the field is, when its value is a list of items.</summary>
    private static FieldShape? ItemOf(string name, Noun noun) => NounFormat.Of(noun).FieldOf(name)?.Shape is FieldShape.List { Item: not FieldShape.Part } list ? list.Item : null;

    private static (List<string> Before, List<string> Theirs, List<string> Mine)? Items(string name, FieldShape item, params ReadOnlySpan<RecordUnit?> units)
    {
        var lists = new List<List<string>>();
        foreach (var unit in units)
        {
            if (unit is not (null or { Fields: [{ Key: "" }] }))
                return null;
            lists.Add([.. RecordForm.ItemsOf(name, item, unit?.Fields[0].Value ?? "").Distinct(StringComparer.Ordinal)]);
        }

        return (lists[0], lists[1], lists[2]);
    }

    private static RecordUnit? Taken(string name, FieldShape item, List<string> items) =>
        items.Count == 0 ? null : new(name, [new("", string.Join(RecordForm.SeparatorOf(name, item), items))]);

    private static Dictionary<string, RecordUnit> ByName(FormFields form) => Of(form).ToDictionary(u => u.Name, StringComparer.Ordinal);

    private static bool IsSame(RecordUnit? a, RecordUnit? b) => a is null ? b is null : b is not null && a.IsSame(b);

    public static string LabelOf(string name)
    {
        var cut = name.IndexOf('.', StringComparison.Ordinal);
        var (root, key) = cut < 0 ? (name, "") : (name[..cut], name[(cut + 1)..]);
        return root switch
        {
            "sections" => NounFormat.HeadingOf(key)?.Heading ?? key,
            "companies" when key.Length > 0 => $"Company {key}",
            "causes" when key.Length > 0 => $"Cause {key}",
            "patterns" when key.Length > 0 => $"Pattern {key}",
            "sources" when key.Length > 0 => $"Source {key}",
            "episodes" when key.Length > 0 => $"Episode {key}",
            "incidents" when key.Length > 0 => $"Record {key}",
            "related" when key.Length > 0 => $"Related pattern {key}",
            "same_as" when key.Length > 0 => $"Same as, {key}",
            _ when key == ListMerge.Order[1..] => $"{Capital(root)}, order",
            RecordForm.Timeline or "metrics" or "relations" or "key_patterns" or "scale_metrics" or "cost_insights" or "segments" when key.Length > 0 => $"{Capital(root)}, {(key.StartsWith("new-", StringComparison.Ordinal) ? "a new line" : $"line {key}")}",
            RecordForm.Other => $"Section {key}",
            RecordForm.OneLine => "In one line",
            RecordForm.Extra => "Other keys",
            "" => name,
            _ when key.Length > 0 => $"{Capital(root)}, item {key}",
            _ => Capital(root),
        };
    }

    private static string Capital(string root) => char.ToUpperInvariant(root[0]) + root[1..].Replace('_', ' ');

    internal static string TextOf(RecordUnit unit)
    {
        if (unit.Fields is [{ Key: "" }])
            return unit.Fields[0].Value;
        if (unit.Fields.Any(f => f.Key.StartsWith('[')))
            return string.Join('\n', unit.Fields.GroupBy(f => RowOf(f.Key)).OrderBy(g => g.Key).Select(g => Line(unit.Name, [.. g])));
        return string.Join('\n', unit.Fields.Where(f => f.Key != ".key").Select(f => f.Key is "" or ".value" or ".text" ? f.Value : $"{Word(f.Key)}: {f.Value}"));
    }

    private static int RowOf(string key) => key.StartsWith('[') ? int.Parse(key.AsSpan(1, key.IndexOf(']', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture) : -1;

    private static string Line(string name, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        string Part(string part) => fields.FirstOrDefault(f => f.Key.EndsWith(part, StringComparison.Ordinal)).Value ?? "";
        if (name != RecordForm.Timeline)
            return string.Join("; ", fields.Select(f => $"{Word(f.Key)}: {f.Value}"));
        var source = Part(".source");
        return string.Join(" · ", new[] { Part(".at"), Part(".type"), Part(".marks"), Part(".actor"), Part(".text") }.Where(p => p.Length > 0)) + (source.Length > 0 ? $" [{source}]" : "");
    }

    private static string Word(string key) => key[(key.LastIndexOf('.') + 1)..].Replace('_', ' ');

    private static int PlaceOf(string name, Noun noun)
    {
        var order = _orders[noun];
        if (order.TryGetValue(name, out var at))
            return at;
        var cut = name.IndexOf('.', StringComparison.Ordinal);
        return cut > 0 && order.TryGetValue(name[..cut], out at) ? at : int.MaxValue;
    }

    private static Dictionary<string, int> Order(NounFormat format)
    {
        var names = new[] { RecordForm.Slug }.Concat(format.Fields.Select(f => f.Key)).Append(RecordForm.OneLine)
            .Concat(format.Headings.Select(h => h.Id is SectionHeadings.Timeline ? RecordForm.Timeline : $"sections.{h.Id}"))
            .Concat([RecordForm.Other, RecordForm.Extra]);
        return names.Select((n, i) => (n, i)).ToDictionary(x => x.n, x => x.i, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(?<root>[a-z_]+)\[(?<row>\d{1,3})\](?<rest>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, RegexLimit.Milliseconds)]
    private static partial Regex Row();
}
