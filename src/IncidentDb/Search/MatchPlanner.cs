using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Makes a query ready for the walk: text goes to the matcher in pieces as large as can be, values and ranges to the columns.</summary>
internal sealed class MatchPlanner(SearchSnapshot snapshot, Scratch scratch, SearchBudget budget)
{
    private static readonly int _event = FacetList.IndexOf(FacetList.Event);

    /// <summary>Null when no record can match.</summary>
    public Matching? Plan(QueryNode node) => Plan(node, 1);

    private Matching? Plan(QueryNode node, float boost)
    {
        if (IsText(node))
            return snapshot.Matcher.Match(node with { Boost = boost * node.Boost }, scratch, budget);
        boost *= node.Boost;
        switch (node)
        {
            case AndNode and:
                return PlanAnd(and, boost);
            case OrNode or:
                var text = or.Items.Where(IsText).ToList();
                var any = or.Items.Where(i => !IsText(i)).Select(i => Plan(i, boost)).ToList();
                if (text.Count > 0)
                    any.Add(Plan(text.Count == 1 ? text[0] : new OrNode(text) { Best = or.Best }, boost));
                var some = any.OfType<Matching>().ToList();
                return some.Count switch { 0 => null, 1 => some[0], _ => new OrMatching(some, or.Best, scratch) };
            case MostNode most:
                var parts = most.Items.Select(i => Plan(i, boost)).OfType<Matching>().ToList();
                return parts.Count < most.Minimum ? null : new MostMatching(parts, most.Items.Count, most.Minimum, scratch);
            case NotNode not:
                return Plan(not.Inner) is { } inner ? new NotMatching(inner, snapshot.Capacity, scratch) : new AllMatching(snapshot.Capacity);
            case AllNode:
                return new AllMatching(snapshot.Capacity);
            case ValueNode value:
                var filter = new CompiledFilter(value.Facet, new FacetFilter { Include = [value.Value] }, snapshot.Values);
                return new ColumnMatching(snapshot.Capacity / 8, (w, bits, candidates) =>
                {
                    var (columns, window) = snapshot.At(w);
                    filter.Fill(columns, window, bits, candidates);
                    return !Window.IsEmpty(bits);
                });
            case RangeNode range:
                var facet = FacetList.IndexOf(range.Facet);
                return new ColumnMatching(snapshot.Capacity, (w, bits, candidates) =>
                {
                    var (columns, window) = snapshot.At(w);
                    bits.Clear();
                    columns.Set(facet, range.Range, window, bits, candidates);
                    return !Window.IsEmpty(bits);
                });
            case StartedNode started:
                return new ColumnMatching(snapshot.Capacity, (w, bits, candidates) =>
                {
                    var (columns, window) = snapshot.At(w);
                    columns.SetStarted(started.Span, window, bits, candidates);
                    return !Window.IsEmpty(bits);
                });
            case OrderNode order:
                var (first, then) = (snapshot.Values.Find(_event, order.First), snapshot.Values.Find(_event, order.Then));
                return new ColumnMatching(snapshot.Capacity, (w, bits, candidates) =>
                {
                    var (columns, window) = snapshot.At(w);
                    columns.Moments.SetOrder(first, then, window, bits, candidates);
                    return !Window.IsEmpty(bits);
                });
            case GapNode gap:
                var (from, to) = (snapshot.Values.Find(_event, gap.From), snapshot.Values.Find(_event, gap.To));
                return new ColumnMatching(snapshot.Capacity, (w, bits, candidates) =>
                {
                    var (columns, window) = snapshot.At(w);
                    columns.Moments.SetGap(from, to, gap.Range, window, bits, candidates);
                    return !Window.IsEmpty(bits);
                });
            default:
                throw new InvalidOperationException($"A {node.GetType().Name} can't be evaluated.");
        }
    }

    private Matching? PlanAnd(AndNode and, float boost)
    {
        var positive = and.Items.Where(i => i is not NotNode).ToList();
        var text = positive.Where(IsText).ToList();
        var nots = and.Items.OfType<NotNode>().ToList();
        var all = new List<Matching?>();
        if (text.Count > 0)
        {
            // What the text must not hold goes along: the matcher can skip it.
            var with = text.Concat(nots.Where(n => IsText(n.Inner))).ToList();
            all.Add(Plan(with.Count == 1 ? with[0] : new AndNode(with), boost));
            nots.RemoveAll(n => IsText(n.Inner));
        }

        all.AddRange(positive.Where(i => !IsText(i)).Select(i => Plan(i, boost)));
        if (all.Contains(null))
            return null;
        if (all.Count == 0)
            all.Add(new AllMatching(snapshot.Capacity));
        var none = nots.Select(n => Plan(n.Inner)).OfType<Matching>().ToList();
        return all.Count == 1 && none.Count == 0 ? all[0] : new AndMatching(all!, none, scratch);
    }

    /// <summary>True when the matcher alone can answer the node.</summary>
    private static bool IsText(QueryNode node) => node switch
    {
        WordNode or PhraseNode => true,
        OrNode or => or.Items.All(IsText),
        AndNode and => and.Items.Any(i => i is not NotNode) && and.Items.All(i => IsText(i is NotNode not ? not.Inner : i)),
        _ => false,
    };
}
