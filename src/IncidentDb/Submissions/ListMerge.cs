using System.Globalization;

namespace IncidentDb.Submissions;

/// <summary>
/// Merges a field that is a list in one value: tags, regions, technologies, other names. What either side put in is there, what either took out is not. A conflict is an
/// item that both replaced, each with something else, and an order that both changed, each in their way; the rest is merged whatever is chosen.
/// </summary>
internal sealed class ListMerge(string name, IReadOnlyList<string> before, IReadOnlyList<string> theirs, IReadOnlyList<string> mine)
{
    /// <summary>What is added to a list's name for its order.</summary>
    public const string Order = ".order";

    private readonly List<(string Name, IReadOnlyList<string> Before, IReadOnlyList<string> Theirs, IReadOnlyList<string> Mine)> _conflicts = [];

    /// <summary>By the name that a choice has: the number of the item as both found it, or <see cref="Order"/>.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<string> Before, IReadOnlyList<string> Theirs, IReadOnlyList<string> Mine)> Conflicts => _conflicts;

    /// <summary>The items of both. Not more than one of a kind.</summary>
    /// <param name="choices">For each conflict, by its name: <c>mine</c> or <c>theirs</c>; without one it stays a conflict.</param>
    public List<string> Merge(IReadOnlyDictionary<string, string>? choices)
    {
        var dropped = Dropped(choices);
        bool Stays(string item) => !dropped.Contains(item) && (before.Contains(item) ? theirs.Contains(item) && mine.Contains(item) : theirs.Contains(item) || mine.Contains(item));
        var leads = MineLeads(Places(theirs), Places(mine));
        if (leads is null && Choice(name + Order, before, theirs, mine, choices) is var chosen)
            leads = chosen == "mine";
        var (lead, other) = leads == true ? (mine, theirs) : (theirs, mine);
        var result = lead.Where(Stays).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < other.Count; i++)
        {
            if (!Stays(other[i]) || result.Contains(other[i]))
                continue;
            // Behind what it follows there, and behind what the other put in at the same place.
            var place = other.Take(i).Select(item => result.IndexOf(item)).LastOrDefault(at => at >= 0, -1) + 1;
            while (place < result.Count && !before.Contains(result[place]) && !other.Contains(result[place]))
                place++;
            result.Insert(place, other[i]);
        }

        return result;
    }

    /// <summary>
    /// Whose order a merged list has: mine where I alone changed it, else theirs; null where both did and not alike. The lists are, for each row as both found it, its
    /// place in theirs and in mine, or null where it is gone.
    /// </summary>
    public static bool? MineLeads(IReadOnlyList<int?> theirs, IReadOnlyList<int?> mine)
    {
        static bool IsMoved(IEnumerable<int> places) => places.Zip(places.Skip(1)).Any(p => p.First > p.Second);
        if (!IsMoved(mine.OfType<int>()))
            return false;
        if (!IsMoved(theirs.OfType<int>()))
            return true;
        var both = theirs.Zip(mine).Where(p => p is { First: not null, Second: not null }).ToList();
        return both.OrderBy(p => p.First).SequenceEqual(both.OrderBy(p => p.Second)) ? false : null;
    }

    private List<int?> Places(IReadOnlyList<string> side) => [.. before.Select(item => side.Index().Where(s => s.Item == item).Select(s => (int?)s.Index).FirstOrDefault())];

    /// <summary>What one side put in the place of an item for which the other's replacement was chosen.</summary>
    private HashSet<string> Dropped(IReadOnlyDictionary<string, string>? choices)
    {
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        var replaced = before.Index()
            .Where(b => !theirs.Contains(b.Item) && !mine.Contains(b.Item))
            .Select(b => (b.Index, b.Item, Theirs: InPlaceOf(b.Index, theirs), Mine: InPlaceOf(b.Index, mine)))
            .Where(r => r.Theirs.Except(r.Mine).Any() && r.Mine.Except(r.Theirs).Any());
        // Items side by side that were replaced together are decided together.
        foreach (var group in replaced.GroupBy(r => (string.Join('\n', r.Theirs), string.Join('\n', r.Mine))))
        {
            var first = group.First();
            var chosen = Choice($"{name}.{(first.Index + 1).ToString(CultureInfo.InvariantCulture)}", [.. group.Select(r => r.Item)], first.Theirs, first.Mine, choices);
            dropped.UnionWith(chosen == "mine" ? first.Theirs.Except(first.Mine) : first.Mine.Except(first.Theirs));
        }

        return dropped;
    }

    /// <summary>The items that a side put between what it kept before an item and what it kept behind it.</summary>
    private List<string> InPlaceOf(int index, IReadOnlyList<string> side)
    {
        var places = Places(side);
        var from = places.Take(index).LastOrDefault(p => p is not null, -1)!.Value;
        var to = places.Skip(index + 1).FirstOrDefault(p => p is not null, side.Count)!.Value;
        return [.. side.Take(to).Skip(from + 1).Where(item => !before.Contains(item))];
    }

    private string Choice(string at, IReadOnlyList<string> was, IReadOnlyList<string> their, IReadOnlyList<string> my, IReadOnlyDictionary<string, string>? choices)
    {
        if (choices?.GetValueOrDefault(at) is "mine" or "theirs")
            return choices[at];
        _conflicts.Add((at, was, their, my));
        return "theirs";
    }
}
