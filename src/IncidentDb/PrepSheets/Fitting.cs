namespace IncidentDb.PrepSheets;

/// <summary>
/// Chooses what of the drafts fits the time. Each part first takes its share of the block by weight; what is then left goes to the parts in
/// their tiers. Nothing is said twice on a sheet, and no block runs over.
/// </summary>
internal sealed class Fitting(IReadOnlyList<BlockDraft> blocks, int minutes)
{
    /// <summary>A sentence with more words than this takes a second breath; the short forms take shorter ones first.</summary>
    public const int MaxWordsInOneBreath = 25;

    private const int Rounds = 8;

    private readonly bool _short = minutes <= 20;

    /// <summary>The seconds of each block, and the items chosen of each part.</summary>
    public sealed record Result(IReadOnlyList<int> Budgets, IReadOnlyDictionary<PartDraft, IReadOnlyList<ItemDraft>> Chosen);

    public Result Fit()
    {
        var budgets = blocks.Select(b => (double)b.Slot.Seconds).ToList();
        var chosen = Choose(budgets);
        if (minutes == RunDown.ReadAsItStands)
            chosen = HandOn(budgets, chosen);
        return new Result(Whole(budgets), chosen);
    }

    /// <summary>The short form is read as it stands: time that one block can't use goes to those that have more to say.</summary>
    private Dictionary<PartDraft, IReadOnlyList<ItemDraft>> HandOn(List<double> budgets, Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var used = blocks.Select(b => b.Parts.Sum(p => Seconds(chosen[p]))).ToList();
            var hungry = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Parts.Any(p => chosen[p].Count < p.Items.Count)).ToList();
            var pool = budgets.Sum() - used.Sum();
            if (pool < 2 || hungry.Count == 0)
                break;
            var weight = hungry.Sum(i => (double)blocks[i].Slot.Seconds);
            for (var i = 0; i < budgets.Count; i++)
                budgets[i] = used[i] + (hungry.Contains(i) ? pool * blocks[i].Slot.Seconds / weight : 0);
            var next = Choose(budgets);
            if (next.Sum(c => Seconds(c.Value)) <= chosen.Sum(c => Seconds(c.Value)))
            {
                // Spread thin the rest fits nowhere: the block with the most to say gets all of it.
                var last = hungry[round % hungry.Count];
                for (var i = 0; i < budgets.Count; i++)
                    budgets[i] = used[i] + (i == last ? pool : 0);
                next = Choose(budgets);
                if (next.Sum(c => Seconds(c.Value)) <= chosen.Sum(c => Seconds(c.Value)))
                    continue;
            }

            chosen = next;
        }

        // What nobody could use stays with the blocks as air, by their shares.
        var reading = blocks.Select(b => b.Parts.Sum(p => Seconds(chosen[p]))).ToList();
        var air = minutes * 60 - reading.Sum();
        for (var i = 0; i < budgets.Count; i++)
            budgets[i] = reading[i] + air * blocks[i].Slot.Seconds / blocks.Sum(b => b.Slot.Seconds);
        return chosen;
    }

    private Dictionary<PartDraft, IReadOnlyList<ItemDraft>> Choose(IReadOnlyList<double> budgets)
    {
        var chosen = new Dictionary<PartDraft, IReadOnlyList<ItemDraft>>(ReferenceEqualityComparer.Instance);
        var said = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < blocks.Count; i++)
        {
            var left = budgets[i];
            left = Fill(blocks[i].Parts, left, said, chosen);
            if (minutes > RunDown.ReadAsItStands)
                Fill(blocks[i].Prompts, left, said, chosen);
            else
                foreach (var prompt in blocks[i].Prompts)
                    chosen[prompt] = [];
        }

        return chosen;
    }

    private double Fill(IReadOnlyList<PartDraft> parts, double left, HashSet<string> said, Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen)
    {
        var takers = parts.Select(p => new Taker(p, _short)).ToList();
        var weights = parts.Sum(p => p.Weight);
        var whole = left;
        foreach (var taker in takers.Where(t => t.Part.Weight > 0))
            left -= taker.Take(Math.Min(left, whole * taker.Part.Weight / weights), said);
        foreach (var taker in takers.OrderBy(t => t.Part.Tier))
            left -= taker.Take(left, said);
        foreach (var taker in takers)
            chosen[taker.Part] = taker.Chosen;
        return left;
    }

    /// <summary>Takes items of one part by rank, and gives them back in the order of the text.</summary>
    private sealed class Taker
    {
        private readonly List<(ItemDraft Item, int Place)> _waiting;
        private readonly List<(ItemDraft Item, int Place)> _taken = [];

        public Taker(PartDraft part, bool shortForm)
        {
            Part = part;
            var items = part.Items.Select((item, place) => (Item: item, Place: place));
            _waiting = part.Sequential
                ? [.. items]
                : [.. items.OrderByDescending(x => x.Item.Rank - (shortForm && x.Item.LongestSentence > MaxWordsInOneBreath ? 6 : 0)).ThenBy(x => x.Place)];
        }

        public PartDraft Part { get; }

        public IReadOnlyList<ItemDraft> Chosen => [.. _taken.OrderBy(t => t.Place).Select(t => t.Item)];

        /// <summary>Takes what fits into the seconds, and returns how many it used.</summary>
        public double Take(double seconds, HashSet<string> said)
        {
            var used = 0.0;
            for (var i = 0; i < _waiting.Count;)
            {
                var (item, place) = _waiting[i];
                if (item.Statements.Any(s => said.Contains(s.Spoken)))
                {
                    _waiting.RemoveAt(i);
                }
                else if (used + item.Seconds <= seconds)
                {
                    used += item.Seconds;
                    _taken.Add((item, place));
                    said.UnionWith(item.Statements.Select(s => s.Spoken));
                    _waiting.RemoveAt(i);
                }
                else if (Part.Sequential)
                {
                    break;
                }
                else
                {
                    i++;
                }
            }

            return used;
        }
    }

    private static double Seconds(IReadOnlyList<ItemDraft> items) => items.Sum(i => i.Seconds);

    /// <summary>Whole seconds with the same sum, none below what was asked for by more than rounding up needs.</summary>
    private List<int> Whole(List<double> budgets)
    {
        var total = minutes * 60;
        var whole = budgets.Select(b => (int)Math.Ceiling(b - 1e-9)).ToList();
        // Rounding up may promise a few seconds too many: the roomiest blocks give them back.
        for (var over = whole.Sum() - total; over != 0; over += over > 0 ? -1 : 1)
        {
            var roomiest = Enumerable.Range(0, whole.Count).MaxBy(i => whole[i] - budgets[i] + (over < 0 ? 0 : whole[i] * 1e-6));
            whole[roomiest] += over > 0 ? -1 : 1;
        }

        return whole;
    }
}
