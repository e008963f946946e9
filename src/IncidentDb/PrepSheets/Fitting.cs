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

    /// <summary>Each part's items in the order of taking, made once: the short form is fitted many times over.</summary>
    private readonly Dictionary<PartDraft, List<Candidate>> _candidates = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, int> _sentences = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="Place">In the text.</param>
    /// <param name="Sentences">Numbers of its sentences; the same words have the same number.</param>
    private sealed record Candidate(ItemDraft Item, int Place, int[] Sentences);

    /// <summary>The seconds of each block, and the items chosen of each part.</summary>
    public sealed record Result(IReadOnlyList<int> Budgets, IReadOnlyDictionary<PartDraft, IReadOnlyList<ItemDraft>> Chosen)
    {
        public double Seconds => Chosen.Values.Sum(items => items.Sum(i => i.Seconds));
    }

    public Result Fit()
    {
        var budgets = blocks.Select(b => b.Slot.Seconds).ToArray();
        var chosen = Choose(budgets);
        if (minutes == RunDown.ReadAsItStands)
            (budgets, chosen) = HandOn(chosen);
        return new Result(budgets, chosen);
    }

    /// <summary>The short form is read as it stands: time that one block can't use goes to those that have more to say.</summary>
    private (int[] Budgets, Dictionary<PartDraft, IReadOnlyList<ItemDraft>> Chosen) HandOn(Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen)
    {
        var total = blocks.Sum(b => b.Slot.Seconds);
        for (var round = 0; round < Rounds; round++)
        {
            var used = Used(chosen);
            var hungry = Enumerable.Range(0, blocks.Count).Where(i => blocks[i].Parts.Any(p => chosen[p].Count < p.Items.Count)).ToList();
            var pool = total - used.Sum();
            if (pool < 2 || hungry.Count == 0)
                break;
            var next = Choose(With(used, pool, i => hungry.Contains(i)));
            if (Seconds(next) <= Seconds(chosen))
            {
                // Spread thin the rest fits nowhere: one block after the other is offered all of it.
                var last = hungry[round % hungry.Count];
                next = Choose(With(used, pool, i => i == last));
                if (Seconds(next) <= Seconds(chosen))
                    continue;
            }

            chosen = next;
        }

        // What nobody could use stays with the blocks as air, by their shares.
        var reading = Used(chosen);
        return (With(reading, total - reading.Sum(), _ => true), chosen);
    }

    /// <summary>Whole seconds that each block needs to read what was chosen for it.</summary>
    private int[] Used(Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen) => [.. blocks.Select(b => (int)Math.Ceiling(b.Parts.Sum(p => Seconds(chosen[p])) - 1e-9))];

    /// <summary>The pool shared out in whole seconds among some blocks, by their length.</summary>
    private int[] With(int[] used, int pool, Func<int, bool> takes)
    {
        var takers = Enumerable.Range(0, blocks.Count).Where(takes).ToList();
        var weight = takers.Sum(i => blocks[i].Slot.Seconds);
        var budgets = (int[])used.Clone();
        foreach (var i in takers)
            budgets[i] += pool * blocks[i].Slot.Seconds / weight;
        // Seconds lost to rounding down go to the longest block.
        budgets[takers.MaxBy(i => blocks[i].Slot.Seconds)] += used.Sum() + pool - budgets.Sum();
        return budgets;
    }

    private static double Seconds(Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen) => chosen.Sum(c => Seconds(c.Value));

    private Dictionary<PartDraft, IReadOnlyList<ItemDraft>> Choose(IReadOnlyList<int> budgets)
    {
        var chosen = new Dictionary<PartDraft, IReadOnlyList<ItemDraft>>(ReferenceEqualityComparer.Instance);
        var said = new HashSet<int>();
        for (var i = 0; i < blocks.Count; i++)
        {
            double left = budgets[i];
            left = Fill(blocks[i].Parts, left, said, chosen);
            if (minutes > RunDown.ReadAsItStands)
                Fill(blocks[i].Prompts, left, said, chosen);
            else
                foreach (var prompt in blocks[i].Prompts)
                    chosen[prompt] = [];
        }

        return chosen;
    }

    private double Fill(IReadOnlyList<PartDraft> parts, double left, HashSet<int> said, Dictionary<PartDraft, IReadOnlyList<ItemDraft>> chosen)
    {
        var takers = parts.Select(p => new Taker(p, CandidatesOf(p))).ToList();
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

    private List<Candidate> CandidatesOf(PartDraft part)
    {
        if (_candidates.TryGetValue(part, out var known))
            return known;
        var items = part.Items.Select((item, place) => new Candidate(item, place, [.. item.Sentences.Select(NumberOf)]));
        return _candidates[part] = part.Sequential
            ? [.. items]
            : [.. items.OrderByDescending(x => x.Item.Rank - (_short && x.Item.LongestSentence > MaxWordsInOneBreath ? 6 : 0)).ThenBy(x => x.Place)];
    }

    private int NumberOf(string sentence)
    {
        if (!_sentences.TryGetValue(sentence, out var number))
            _sentences[sentence] = number = _sentences.Count;
        return number;
    }

    /// <summary>Takes items of one part by rank, and gives them back in the order of the text.</summary>
    private sealed class Taker(PartDraft part, List<Candidate> candidates)
    {
        private readonly List<Candidate> _waiting = [.. candidates];
        private readonly List<Candidate> _taken = [];

        public PartDraft Part => part;

        public IReadOnlyList<ItemDraft> Chosen => [.. _taken.OrderBy(t => t.Place).Select(t => t.Item)];

        /// <summary>Takes what fits into the seconds, and returns how many it used.</summary>
        public double Take(double seconds, HashSet<int> said)
        {
            var used = 0.0;
            for (var i = 0; i < _waiting.Count;)
            {
                var candidate = _waiting[i];
                if (candidate.Sentences.Any(said.Contains))
                {
                    _waiting.RemoveAt(i);
                }
                else if (candidate.Item.Follows && _taken.Count == 0)
                {
                    i++;
                }
                else if (used + candidate.Item.Seconds <= seconds)
                {
                    used += candidate.Item.Seconds;
                    _taken.Add(candidate);
                    said.UnionWith(candidate.Sentences);
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
}
