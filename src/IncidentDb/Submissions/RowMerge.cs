using System.Globalization;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>
/// Merges lists whose rows have no keys: the timeline, metrics, relations, what a company is known for, the segments of an episode. Rows of two forms are one when they are equal, else when they have the same
/// text, or the same time and the same type, the same sources or nothing beside them; of other lists when their first part is the same. What one side changed, took out or put in is
/// taken; a row that both changed differently is a conflict of its own.
/// </summary>
internal sealed class RowMerge(string root, IReadOnlyList<RowMerge.Row> before, IReadOnlyList<RowMerge.Row> theirs, IReadOnlyList<RowMerge.Row> mine, WhenPoint? started)
{
    private const string At = ".at";
    private const string Text = ".text";

    private readonly int?[] _theirs = Match(root, before, theirs);
    private readonly int?[] _mine = Match(root, before, mine);
    /// <summary>Rows that both changed differently, by the name that a choice has: the number of the row as both found it, or of a new one.</summary>
    private readonly List<(string Name, Row? Before, Row? Theirs, Row? Mine)> _conflicts = [];

    /// <summary>The fields of one row, each behind the row's number: <c>.at</c>, <c>.text</c>.</summary>
    internal sealed record Row(IReadOnlyList<KeyValuePair<string, string>> Fields)
    {
        public string this[string name] => Fields.FirstOrDefault(f => f.Key == name).Value ?? "";

        public bool IsSame(Row other) => Fields.Count == other.Fields.Count && Fields.All(f => other.Fields.Contains(f));
    }

    /// <summary>True when the unit is such a list and nothing else.</summary>
    public static bool IsList(RecordUnit? unit) => unit is null || unit.Fields.All(f => f.Key.StartsWith('['));

    public static List<Row> RowsOf(RecordUnit? unit) => unit is null ? [] :
    [
        .. unit.Fields.GroupBy(f => int.Parse(f.Key.AsSpan(1, f.Key.IndexOf(']', StringComparison.Ordinal) - 1), CultureInfo.InvariantCulture))
            .OrderBy(g => g.Key)
            .Select(g => new Row([.. g.Select(f => KeyValuePair.Create(f.Key[(f.Key.IndexOf(']', StringComparison.Ordinal) + 1)..], f.Value))])),
    ];

    public static RecordUnit? UnitOf(string root, IReadOnlyList<Row> rows) => rows.Count == 0 ? null : new(
        root,
        [.. rows.SelectMany((r, i) => r.Fields.Select(f => KeyValuePair.Create($"[{i.ToString(CultureInfo.InvariantCulture)}]{f.Key}", f.Value)))]);

    /// <summary>
    /// The rows of both, in the order of the side that changed it. A timeline is in the order of time, of the others an order that both changed differently is a
    /// conflict.
    /// </summary>
    public static (List<Row> Rows, List<(string Name, List<Row> Before, List<Row> Theirs, List<Row> Mine)> Conflicts) Of(
        string root, List<Row> before, List<Row> theirs, List<Row> mine, WhenPoint? started, IReadOnlyDictionary<string, string>? choices)
    {
        var merge = new RowMerge(root, before, theirs, mine, started);
        var leads = root == RecordForm.Timeline ? false : ListMerge.MineLeads(merge._theirs, merge._mine);
        var order = root + ListMerge.Order;
        var chosen = choices?.GetValueOrDefault(order);
        // The same with sides changed, choices and conflicts too.
        var turned = leads ?? chosen == "mine";
        if (turned)
            merge = new RowMerge(root, before, mine, theirs, started);
        var rows = merge.Merge(turned ? choices?.ToDictionary(c => c.Key, c => c.Value switch { "mine" => "theirs", "theirs" => "mine", _ => c.Value }) : choices);
        List<Row> One(Row? row) => row is null ? [] : [row];
        var conflicts = merge._conflicts.ConvertAll(c => (c.Name, One(c.Before), One(turned ? c.Mine : c.Theirs), One(turned ? c.Theirs : c.Mine)));
        if (leads is null && chosen is not ("mine" or "theirs"))
            conflicts.Add((order, before, theirs, mine));
        return (rows, conflicts);
    }

    /// <summary>The rows of both, in the order of the record as it stands, with mine where I put them.</summary>
    /// <param name="choices">For each conflict, by its name: <c>mine</c> or <c>theirs</c>; without one it stays a conflict.</param>
    private List<Row> Merge(IReadOnlyDictionary<string, string>? choices)
    {
        // What becomes of each of their rows, and which of mine stands for it; null takes it out.
        var result = theirs.Select(r => (Row?)r).ToList();
        var stands = new Dictionary<int, int>();
        var put = new List<int>();
        for (var i = 0; i < before.Count; i++)
        {
            var (t, m) = (_theirs[i], _mine[i]);
            var (their, my) = (t is { } a ? theirs[a] : null, m is { } b ? mine[b] : null);
            if (Settle($"{root}.{(i + 1).ToString(CultureInfo.InvariantCulture)}", before[i], their, my, choices) is "theirs")
            {
                if (t is not null && m is not null)
                    stands[m.Value] = t.Value;
                continue;
            }

            // My time, or my row where theirs was taken out: it stands where I have it.
            if (my is not null && (their is null || my[At] != their[At]))
                put.Add(m!.Value);
            else if (my is not null)
                stands[m!.Value] = t!.Value;
            if (t is not null)
                result[t.Value] = put.Contains(m ?? -1) ? null : my;
        }

        var added = Enumerable.Range(0, theirs.Count).Except(_theirs.OfType<int>()).ToList();
        foreach (var m in Enumerable.Range(0, mine.Count).Except(_mine.OfType<int>()))
        {
            var twin = added.FindIndex(a => theirs[a].IsSame(mine[m]));
            if (twin < 0 && Identities(root).FirstOrDefault() is { } same)
                twin = added.FindIndex(a => IsOne(same, theirs[a], mine[m]));
            if (twin < 0)
            {
                put.Add(m);
                continue;
            }

            var t = added[twin];
            added.RemoveAt(twin);
            stands[m] = t;
            if (Settle($"{root}.new-{(t + 1).ToString(CultureInfo.InvariantCulture)}", null, theirs[t], mine[m], choices) is "mine")
                result[t] = mine[m];
        }

        return Placed(result, stands, put);
    }

    /// <summary>Which side's row is taken: that of the one who changed it.</summary>
    private string Settle(string name, Row? was, Row? their, Row? my, IReadOnlyDictionary<string, string>? choices)
    {
        if (IsSame(their, my) || IsSame(was, my))
            return "theirs";
        if (IsSame(was, their))
            return "mine";
        if (choices?.GetValueOrDefault(name) is "mine" or "theirs")
            return choices[name];
        _conflicts.Add((name, was, their, my));
        return "theirs";
    }

    /// <summary>Puts my rows behind the row that they follow in mine; among new rows of theirs by time.</summary>
    private List<Row> Placed(List<Row?> result, Dictionary<int, int> stands, List<int> put)
    {
        var list = result.Select((row, t) => (Row: row, Theirs: t, Mine: -1)).Where(x => x.Row is not null).ToList();
        foreach (var m in put.Order())
        {
            var place = 0;
            for (var previous = m - 1; previous >= 0; previous--)
            {
                var at = list.FindIndex(x => x.Mine == previous || (stands.TryGetValue(previous, out var t) && x.Theirs == t && x.Mine < 0 && x.Row![At] == mine[previous][At]));
                if (at < 0)
                    continue;
                place = at + 1;
                break;
            }

            var time = TimeOf(mine[m]);
            while (place < list.Count && list[place].Mine < 0 && IsTheirsAlone(list[place].Theirs) && TimeOf(list[place].Row!) is { } next && next <= time)
                place++;
            list.Insert(place, (mine[m], -1, m));
        }

        var rows = list.ConvertAll(x => x.Row!);
        return IsSorted(theirs) && IsSorted(mine) && !IsSorted(rows) ? [.. rows.OrderBy(TimeOf)] : rows;

        bool IsTheirsAlone(int t) => !stands.Any(s => s.Value == t && mine[s.Key][At] == theirs[t][At]);
    }

    private DateTimeOffset? TimeOf(Row row) => root == RecordForm.Timeline ? WhenText.Parse(row[At], new WhenText.Reference { Started = started }, out _)?.Earliest : null;

    private bool IsSorted(IReadOnlyList<Row> rows) => root == RecordForm.Timeline && rows.All(r => TimeOf(r) is not null) && rows.Zip(rows.Skip(1)).All(p => TimeOf(p.First) <= TimeOf(p.Second));

    private static bool IsSame(Row? a, Row? b) => a is null ? b is null : b is not null && a.IsSame(b);

    private static bool IsOne(string[] parts, Row a, Row b) => parts.All(p => a[p].Length > 0 && a[p] == b[p]);

    /// <summary>For each row of the first list the row of the second that it became, or null: the likest of those that have the same parts.</summary>
    private static int?[] Match(string root, IReadOnlyList<Row> before, IReadOnlyList<Row> after)
    {
        var matched = new int?[before.Count];
        var taken = new bool[after.Count];
        foreach (var isOne in Identities(root).Select(parts => (Func<Row, Row, bool>)((a, b) => IsOne(parts, a, b))).Prepend((a, b) => a.IsSame(b)))
        {
            var pairs = from i in Enumerable.Range(0, before.Count)
                        where matched[i] is null
                        from j in Enumerable.Range(0, after.Count)
                        where !taken[j] && isOne(before[i], after[j])
                        orderby before[i].Fields.Count(f => after[j][f.Key] == f.Value) descending
                        select (i, j);
            foreach (var (i, j) in pairs.ToList())
            {
                if (matched[i] is null && !taken[j])
                    (matched[i], taken[j]) = (j, true);
            }
        }

        // Written anew at its minute, when nothing else stood or stands there.
        for (var i = 0; root == RecordForm.Timeline && i < before.Count; i++)
        {
            bool IsThen(Row row) => row[At] == before[i][At];
            var there = after.Index().Where(a => IsThen(a.Item)).ToList();
            if (matched[i] is null && there is [var only] && !taken[only.Index] && before.Count(IsThen) == 1)
                (matched[i], taken[only.Index]) = (only.Index, true);
        }

        return matched;
    }

    /// <summary>Parts by which a changed row is still the same one, the surest first.</summary>
    private static string[][] Identities(string root) => root switch
    {
        RecordForm.Timeline => [[At, Text], [Text], [At, ".type"], [At, ".source"]],
        "metrics" => [[".metric"]],
        "relations" => [[".incident"]],
        "key_patterns" => [[".pattern"]],
        "scale_metrics" or "cost_insights" => [[".text"], [".source"]],
        "segments" => [[".start"], [".title"]],
        _ => [],
    };
}
