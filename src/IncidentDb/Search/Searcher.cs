using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Runs one search over one snapshot: match, filter and count in one pass, sort, cut the page out, make its snippets.</summary>
internal sealed class Searcher(SearchSnapshot snapshot, SearchQuery query, SearchOptions options)
{
    private readonly SearchBudget _budget = new(options.Limit);
    private readonly List<string> _notices = [.. options.Notices];

    public SearchResults Run()
    {
        var start = Stopwatch.GetTimestamp();
        var parsed = query.Text.Length == 0 ? ParsedQuery.Empty : QueryParser.Parse(query.Text, options.Resolve);
        _notices.AddRange(parsed.Notices);
        if (query.Text.Length > 0 && parsed.Root is null && parsed.Notices.Count == 0)
            _notices.Add("The query holds no word to search for; all records are shown.");

        var matches = parsed.Root is null ? null : Evaluate(QueryPlan.Expand(parsed.Root));
        var matched = Stopwatch.GetTimestamp();
        var filters = CompiledFilters.Compile(query, snapshot);
        var page = new TopHits(query.Page * query.Size);
        var counter = options.WithFacets ? new FacetCounter(snapshot.Tables, query, options.Counts) : null;
        var total = Collect(matches, filters, page, counter, HasWords(parsed.Root));

        var hits = page.Page(query.Page, query.Size);
        var collected = Stopwatch.GetTimestamp();
        var highlighter = options.WithSnippets && parsed.Root is not null ? new Highlighter(QueryPlan.Expand(parsed.Root)) : null;
        var results = new List<SearchHit>(hits.Count);
        foreach (var (ordinal, score) in hits)
        {
            var record = snapshot.Record(ordinal);
            results.Add(new SearchHit
            {
                Id = record.Id,
                Slug = record.Slug,
                Score = float.IsFinite(score) ? score : 0,
                Snippets = highlighter?.Snippets(record) ?? [],
            });
        }

        var cut = Stopwatch.GetTimestamp();
        var facets = counter is null ? [] : counter.Results(query, options);
        var years = counter?.Years() ?? [];
        var end = Stopwatch.GetTimestamp();
        if (_budget.IsExceeded)
            _notices.Add("The search took too long and was stopped: there may be more results. Use rarer words or fewer wildcards.");
        return new SearchResults
        {
            Query = query,
            Total = total,
            Hits = results,
            Facets = facets,
            Years = years,
            Notices = _notices,
            Took = Stopwatch.GetElapsedTime(start, end),
            Seq = snapshot.Seq,
            Parts = new SearchParts(
                Stopwatch.GetElapsedTime(start, matched), Stopwatch.GetElapsedTime(matched, collected), Stopwatch.GetElapsedTime(collected, cut), Stopwatch.GetElapsedTime(cut, end)),
        };
    }

    private static bool HasWords(QueryNode? node) => node switch
    {
        WordNode or PhraseNode => true,
        AndNode and => and.Items.Any(HasWords),
        OrNode or => or.Items.Any(HasWords),
        _ => false,
    };

    /// <summary>One pass over the matches: a record that fails one facet alone still counts for that facet's values.</summary>
    private int Collect(MatchSet? matches, CompiledFilters filters, TopHits page, FacetCounter? counter, bool hasWords)
    {
        var total = 0;
        var sort = query.Sort == SearchSort.Relevance && !hasWords ? SearchSort.NewestDate : query.Sort;
        var live = snapshot.Live;
        for (var block = 0; block < live.Length; block++)
        {
            var bits = live[block];
            if (matches is not null)
                bits &= matches.Bits[block];
            while (bits != 0)
            {
                var ordinal = (block << 6) + BitOperations.TrailingZeroCount(bits);
                bits &= bits - 1;
                var (columns, local) = snapshot.At(ordinal);
                var failing = filters.FailingFacet(columns, local);
                if (failing == CompiledFilters.Several)
                    continue;
                if (failing == CompiledFilters.None)
                {
                    total++;
                    page.Offer(ordinal, matches?.Scores[ordinal] ?? 0, SortKey(sort, columns, local, matches, ordinal), columns.Started[local]);
                    counter?.Add(columns, local);
                }
                else
                {
                    counter?.AddFor(failing, columns, local);
                }
            }

            if ((block & 63) == 63 && !_budget.Check())
                break;
        }

        return total;
    }

    private static readonly int _loss = FacetList.IndexOf(FacetList.Find("loss")!);
    private static readonly int _duration = FacetList.IndexOf(FacetList.Find("duration")!);

    /// <summary>Larger comes first; what is not known comes last.</summary>
    private static double SortKey(SearchSort sort, Columns columns, int local, MatchSet? matches, int ordinal)
    {
        var key = sort switch
        {
            SearchSort.Relevance => matches?.Scores[ordinal] ?? 0,
            SearchSort.Date => -columns.Started[local],
            SearchSort.NewestDate => columns.Started[local],
            SearchSort.Loss => columns.Lower(_loss)![local],
            SearchSort.Duration => columns.Lower(_duration)![local],
            _ => columns.Added[local],
        };
        return double.IsNaN(key) ? double.NegativeInfinity : key;
    }

    /// <summary>Text goes to the matcher in pieces as large as can be; values and ranges are looked up in the columns.</summary>
    private MatchSet Evaluate(QueryNode node)
    {
        if (IsText(node))
            return snapshot.Matcher.Match(node, _budget);
        switch (node)
        {
            case AndNode and:
                return EvaluateAnd(and);
            case OrNode or:
                var text = or.Items.Where(IsText).ToList();
                var sets = or.Items.Where(i => !IsText(i)).Select(Evaluate).ToList();
                if (text.Count > 0)
                    sets.Add(Evaluate(text.Count == 1 ? text[0] : new OrNode(text)));
                for (var i = 1; i < sets.Count; i++)
                    sets[0].Or(sets[i]);
                return sets[0];
            case NotNode not:
                var all = Everything();
                all.Except(Evaluate(not.Inner));
                return all;
            case AllNode:
                return Everything();
            case ValueNode value:
                var filter = CompiledFilters.Compile(value.Facet, [value.Value], snapshot);
                return Scan((columns, local) => filter.Holds(columns, local));
            case RangeNode range:
                var facet = FacetList.IndexOf(range.Facet);
                return Scan((columns, local) => range.Range.CanHold(columns.Quantity(facet, local)));
            case StartedNode started:
                return Scan((columns, local) => columns.StartedTo[local] >= started.Span.Min && columns.StartedFrom[local] <= started.Span.Max);
            default:
                throw new InvalidOperationException($"A {node.GetType().Name} can't be evaluated.");
        }
    }

    private MatchSet EvaluateAnd(AndNode and)
    {
        var positive = and.Items.Where(i => i is not NotNode).ToList();
        var text = positive.Where(IsText).ToList();
        var nots = and.Items.OfType<NotNode>().ToList();
        MatchSet? set = null;
        if (text.Count > 0)
        {
            // What the text must not hold goes along: the matcher can skip it.
            var with = text.Concat(nots.Where(n => IsText(n.Inner))).ToList();
            set = snapshot.Matcher.Match(with.Count == 1 ? with[0] : new AndNode(with), _budget);
            nots.RemoveAll(n => IsText(n.Inner));
        }

        foreach (var item in positive.Where(i => !IsText(i)))
        {
            if (set is null)
                set = Evaluate(item);
            else
                set.And(Evaluate(item));
        }

        set ??= Everything();
        foreach (var not in nots)
            set.Except(Evaluate(not.Inner));
        return set;
    }

    /// <summary>True when the matcher alone can answer the node.</summary>
    private static bool IsText(QueryNode node) => node switch
    {
        WordNode or PhraseNode => true,
        OrNode or => or.Items.All(IsText),
        AndNode and => and.Items.Any(i => i is not NotNode) && and.Items.All(i => IsText(i is NotNode not ? not.Inner : i)),
        _ => false,
    };

    private MatchSet Everything()
    {
        var set = new MatchSet(snapshot.Capacity);
        set.Fill();
        return set;
    }

    private MatchSet Scan(Func<Columns, int, bool> holds)
    {
        var set = new MatchSet(snapshot.Capacity);
        for (var ordinal = 0; ordinal < snapshot.Capacity; ordinal++)
        {
            var (columns, local) = snapshot.At(ordinal);
            if (holds(columns, local))
                set.Add(ordinal, 0);
            if ((ordinal & 4095) == 4095 && !_budget.Check())
                break;
        }

        return set;
    }
}

/// <summary>The best hits so far, in a bounded heap whose root is the worst of them.</summary>
internal sealed class TopHits(int capacity)
{
    private readonly PriorityQueue<(int Ordinal, float Score), (double Key, double Started, int Ordinal)> _heap = new(Math.Min(capacity, 1024) + 1, new Worst());

    public void Offer(int ordinal, float score, double key, double started)
    {
        var rank = (key, double.IsNaN(started) ? double.NegativeInfinity : started, ordinal);
        if (_heap.Count < capacity)
            _heap.Enqueue((ordinal, score), rank);
        else
            _heap.EnqueueDequeue((ordinal, score), rank);
    }

    /// <summary>The hits of one page, best first.</summary>
    public IReadOnlyList<(int Ordinal, float Score)> Page(int page, int size)
    {
        var worstFirst = new List<(int, float)>(_heap.Count);
        while (_heap.TryDequeue(out var hit, out _))
            worstFirst.Add(hit);
        worstFirst.Reverse();
        return [.. worstFirst.Skip((page - 1) * size).Take(size)];
    }

    /// <summary>Smaller key, then earlier start, then later addition is worse; the order is total, so that pages never overlap.</summary>
    private sealed class Worst : IComparer<(double Key, double Started, int Ordinal)>
    {
        public int Compare((double Key, double Started, int Ordinal) a, (double Key, double Started, int Ordinal) b)
        {
            var byKey = a.Key.CompareTo(b.Key);
            if (byKey != 0)
                return byKey;
            var byStart = a.Started.CompareTo(b.Started);
            return byStart != 0 ? byStart : b.Ordinal.CompareTo(a.Ordinal);
        }
    }
}

/// <summary>Counts facet values over the records of a search.</summary>
internal sealed class FacetCounter
{
    private readonly IReadOnlyList<ValueTable> _tables;
    private readonly int[][] _counts;

    /// <summary>Ranges that somebody typed and that are no value of the columns; counted record by record.</summary>
    private readonly List<TypedRange>[] _typed = new List<TypedRange>[FacetList.All.Count];

    /// <summary>The facets that are counted, by number.</summary>
    private readonly int[] _facets;

    public FacetCounter(IReadOnlyList<ValueTable> tables, SearchQuery query, Func<Facet, bool>? counts)
    {
        _tables = tables;
        _facets = [.. Enumerable.Range(0, tables.Count).Where(f => counts is null || counts(FacetList.All[f]))];
        _counts = new int[tables.Count][];
        foreach (var f in _facets)
            _counts[f] = new int[tables[f].Count];
        foreach (var (name, filter) in query.Filters)
        {
            if (FacetList.Find(name) is not { Kind: FacetKind.Quantity } facet)
                continue;
            var f = FacetList.IndexOf(facet);
            foreach (var value in filter.Include.Concat(filter.Exclude).Where(v => tables[f].Find(v) < 0))
            {
                if (QuantityRange.Parse(value, facet.Unit) is { } range)
                    (_typed[f] ??= []).Add(new TypedRange(value, range));
            }
        }
    }

    private sealed class TypedRange(string text, QuantityRange range)
    {
        public string Text { get; } = text;

        public QuantityRange Range { get; } = range;

        public int Count { get; set; }
    }

    public void Add(Columns columns, int local)
    {
        foreach (var f in _facets)
            AddFor(f, columns, local);
    }

    public void AddFor(int facet, Columns columns, int local)
    {
        if (_counts[facet] is not { } counts)
            return;
        foreach (var value in columns.Values(facet, local))
        {
            if (value < counts.Length)
                counts[value]++;
        }

        if (_typed[facet] is not { } typed)
            return;
        foreach (var range in typed)
        {
            if (range.Range.CanHold(columns.Quantity(facet, local)))
                range.Count++;
        }
    }

    public IReadOnlyList<(int Year, int Count)> Years()
    {
        var year = FacetList.IndexOf(FacetList.Year);
        var table = _tables[year];
        var years = new List<(int, int)>();
        if (_counts[year] is null)
            return years;
        for (var v = 0; v < _counts[year].Length; v++)
        {
            if (_counts[year][v] > 0 && int.TryParse(table[v], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                years.Add((number, _counts[year][v]));
        }

        years.Sort();
        return years;
    }

    public IReadOnlyList<FacetResult> Results(SearchQuery query, SearchOptions options)
    {
        var results = new List<FacetResult>(_facets.Length);
        foreach (var f in _facets)
            results.Add(Result(f, query.Filter(FacetList.All[f].Name), query, options));
        return results;
    }

    private FacetResult Result(int f, FacetFilter filter, SearchQuery query, SearchOptions options)
    {
        var facet = FacetList.All[f];
        var (table, counts) = (_tables[f], _counts[f]);
        var values = new List<FacetValue>();
        for (var v = 0; v < counts.Length; v++)
        {
            if (counts[v] > 0)
                values.Add(Value(table[v], counts[v], filter));
        }

        var available = values.Count;
        // Chosen values stay in sight at zero; so do the words of a short, ordered vocabulary.
        var always = filter.Include.Concat(filter.Exclude).Concat(facet.InOrder ? options.Ordered?.Invoke(facet) ?? [] : []).Concat(facet.Ranges);
        foreach (var value in always.Distinct(StringComparer.Ordinal))
        {
            if (values.Any(x => x.Value == value))
                continue;
            var number = table.Find(value);
            var count = number >= 0 && number < counts.Length ? counts[number] : _typed[f]?.Find(r => r.Text == value)?.Count ?? 0;
            values.Add(Value(value, count, filter));
        }

        Sort(facet, values, options);
        var shown = query.More.Contains(facet.Name) ? int.MaxValue : options.ValuesShown ?? int.MaxValue;
        if (values.Count > shown)
            values = [.. values.Take(shown).Concat(values.Skip(shown).Where(v => v.Selected || v.Excluded))];
        return new FacetResult { Facet = facet, MatchAll = filter.MatchAll, Values = values, Available = available };
    }

    private static FacetValue Value(string value, int count, FacetFilter filter) => new()
    {
        Value = value,
        Count = count,
        Selected = filter.Include.Contains(value),
        Excluded = filter.Exclude.Contains(value),
    };

    private static void Sort(Facet facet, List<FacetValue> values, SearchOptions options)
    {
        if (facet == FacetList.Year)
        {
            values.Sort((a, b) => string.CompareOrdinal(b.Value, a.Value));
            return;
        }

        var order = facet.InOrder ? options.Ordered?.Invoke(facet) ?? [] : facet.Ranges;
        int Place(string value)
        {
            for (var i = 0; i < order.Count; i++)
            {
                if (order[i] == value)
                    return i;
            }

            return order.Count;
        }

        values.Sort((a, b) =>
        {
            if (order.Count > 0 && Place(a.Value) is var pa && Place(b.Value) is var pb && pa != pb)
                return pa.CompareTo(pb);
            var byCount = b.Count.CompareTo(a.Count);
            return byCount != 0 ? byCount : string.CompareOrdinal(a.Value, b.Value);
        });
    }
}
