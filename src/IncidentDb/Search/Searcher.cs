using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Inverted;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Runs one search over one snapshot: match, filter and count window by window, sort, cut the page out, make its snippets.</summary>
/// <param name="snapshot">What is searched.</param>
/// <param name="query">What is asked.</param>
/// <param name="options">How much of the page is wanted.</param>
/// <param name="budget">The time that is left of another search that this one is a part of; null for a search of its own.</param>
internal sealed class Searcher(SearchSnapshot snapshot, SearchQuery query, SearchOptions options, SearchBudget? budget = null)
{
    private readonly SearchBudget _budget = budget ?? new(options.Limit);
    private readonly List<string> _notices = [.. options.Notices];
    private bool _offersCut;

    public SearchResults Run()
    {
        using var scratch = new Scratch();
        var start = Stopwatch.GetTimestamp();
        var parsed = query.Text.Length == 0 ? ParsedQuery.Empty : QueryParser.Parse(query.Text, options.Resolve);
        _notices.AddRange(parsed.Notices);
        if (query.Text.Length > 0 && parsed.Root is null && parsed.Notices.Count == 0)
            _notices.Add("The query holds no word to search for; all records are shown.");

        var root = parsed.Root is null ? null : Prepare(parsed.Root, scratch);
        var matching = root is null ? null : new MatchPlanner(snapshot, scratch, _budget).Plan(root);
        var matched = Stopwatch.GetTimestamp();
        var byScore = query.Sort == SearchSort.Relevance && HasWords(root);
        var top = new TopHits(byScore ? Math.Max(Closeness.Hits, query.Page * query.Size) : query.Page * query.Size);
        var counter = options.WithFacets ? new FacetCounter(snapshot, query, options, scratch) : null;
        var total = root is not null && matching is null ? 0 : Walk(matching, top, counter, HasWords(root), scratch);

        var ranked = top.Sorted();
        if (byScore && root is not null)
            Refine(root, ranked, scratch);
        var hits = ranked.Skip((query.Page - 1) * query.Size).Take(query.Size).ToList();
        var collected = Stopwatch.GetTimestamp();
        var highlighter = options.WithSnippets && root is not null ? new Highlighter(root, w => snapshot.Matcher.Near(w.Word, w.Edits)) : null;
        var results = new List<SearchHit>(hits.Count);
        foreach (var hit in hits)
        {
            var record = snapshot.Record(hit.Ordinal);
            results.Add(new SearchHit
            {
                Id = record.Id,
                Slug = record.Slug,
                Score = float.IsFinite(hit.Score) ? hit.Score : 0,
                Snippets = highlighter?.Snippets(record) ?? [],
            });
        }

        var cut = Stopwatch.GetTimestamp();
        var facets = counter?.Results(query, options) ?? [];
        var years = counter?.Years() ?? [];
        var (stopped, better, rescues) = (_budget.IsExceeded, default(Correction), (IReadOnlyList<Rescue>)[]);
        if (options.WithFacets && parsed.Root is not null)
            better = OtherSpelling(parsed.Root, total);
        if (options.WithFacets && total == 0)
        {
            var left = _budget.Part(options.Limit * Rescue.Share);
            rescues = Rescue.For(query, parsed.Root, other => Total(other, left));
        }

        if (total == 0)
            _notices.RemoveAll(Relaxation.SaysShown);
        if (stopped)
            _notices.Add("The search took too long and was stopped: there may be more results. Use rarer words or fewer wildcards.");
        var end = Stopwatch.GetTimestamp();
        return new SearchResults
        {
            Query = query,
            Total = total,
            Hits = results,
            Facets = facets,
            Years = years,
            Notices = _notices,
            DidYouMean = better,
            Rescues = rescues,
            Took = Stopwatch.GetElapsedTime(start, end),
            Seq = snapshot.Seq,
            IsPartial = _budget.IsExceeded || _offersCut,
            Parts = new SearchParts(
                Stopwatch.GetElapsedTime(start, matched), Stopwatch.GetElapsedTime(matched, collected), Stopwatch.GetElapsedTime(collected, cut), Stopwatch.GetElapsedTime(cut, end)),
        };
    }

    /// <summary>What marks the query's words in whole texts; null when it has none.</summary>
    public WordMarks? Marks()
    {
        using var scratch = new Scratch();
        if (query.Text.Length == 0 || QueryParser.Parse(query.Text, options.Resolve).Root is not { } root)
            return null;
        var highlighter = new Highlighter(Prepare(root, scratch), w => snapshot.Matcher.Near(w.Word, w.Edits));
        return highlighter.HasWords ? new WordMarks(highlighter) : null;
    }

    /// <summary>The query as it is run: with other names, mistyped words mended, and relaxed when it asks for too much.</summary>
    private QueryNode Prepare(QueryNode root, Scratch scratch)
    {
        var relaxation = new Relaxation(snapshot.Matcher, options.Synonyms);
        var plan = new QueryPlan(options.Synonyms);
        var made = plan.Make(relaxation.Spell(root));
        if (Relaxation.RequiredWords(made) is > 1 and var words && Found(made, scratch, Relaxation.Few) is var found && found < (words > 2 ? Relaxation.Few : 1))
            made = relaxation.Relax((AndNode)made, found);
        _notices.AddRange(relaxation.Notices);
        _notices.AddRange(plan.Notices);
        return made;
    }

    /// <summary>How many records match the words alone, counted up to a number.</summary>
    private int Found(QueryNode root, Scratch scratch, int enough)
    {
        if (new MatchPlanner(snapshot, scratch, _budget).Plan(root) is not { } matching)
            return 0;
        var target = scratch.Window();
        var found = 0;
        for (var w = 0; w < snapshot.Windows && found < enough && _budget.Check(); w++)
        {
            var live = snapshot.Live.AsSpan(w * Window.Words, Window.Words);
            if (matching.Fill(w, target, live) && Window.And(target.Bits, live))
                found += Window.CountBits(target.Bits);
        }

        return found;
    }

    /// <summary>Puts the best hits in their final order; which ones these are does not depend on the page.</summary>
    private void Refine(QueryNode root, RankedHit[] ranked, Scratch scratch)
    {
        var best = ranked.AsSpan(0, Math.Min(Closeness.Hits, ranked.Length));
        snapshot.Matcher.Refine(root, best, scratch);
        best.Sort((a, b) => a.IsBehind(b) ? 1 : b.IsBehind(a) ? -1 : 0);
    }

    /// <summary>The search as it may have been meant, when that finds more.</summary>
    private Correction? OtherSpelling(QueryNode root, int total)
    {
        if (new Relaxation(snapshot.Matcher, options.Synonyms).DidYouMean(query.Text, root, _budget) is not { } text)
            return null;
        var other = query with { Text = text, Page = 1 };
        return Total(other, _budget.Part(options.Limit * Rescue.Share)) is { } more && more > total ? new Correction(other, more) : null;
    }

    /// <summary>What another search would find; null when there is too little time.</summary>
    private int? Total(SearchQuery other, SearchBudget left)
    {
        if (!left.Check())
            return NoTime();
        var total = new Searcher(snapshot, other with { Size = 1 }, options with { WithFacets = false, WithSnippets = false, Notices = [] }, left).Run().Total;
        return left.IsExceeded ? NoTime() : total;
    }

    private int? NoTime()
    {
        _offersCut = true;
        return null;
    }

    private static bool HasWords(QueryNode? node) => node switch
    {
        WordNode or PhraseNode => true,
        AndNode and => and.Items.Any(HasWords),
        OrNode or => or.Items.Any(HasWords),
        MostNode => true,
        _ => false,
    };

    /// <summary>Goes over all windows; a record that fails one facet alone still counts for that facet's values.</summary>
    private int Walk(Matching? matching, TopHits top, FacetCounter? counter, bool hasWords, Scratch scratch)
    {
        var filters = query.Filters.Where(f => FacetList.Find(f.Key) is not null).Select(f => new CompiledFilter(FacetList.Find(f.Key)!, f.Value, snapshot.Values)).ToArray();
        var sort = query.Sort == SearchSort.Relevance && !hasWords ? SearchSort.NewestDate : query.Sort;
        var target = scratch.Window();
        var everything = matching is null && filters.Length == 0;
        if (everything && counter is not null)
            counter.Take(snapshot.AllRecords.Counts);

        // The bits that meet each choice; then those that meet all but one.
        var meets = filters.Select(_ => new ulong[Window.Words]).ToArray();
        var spare = new ulong[Window.Words];
        var own = new ulong[Window.Words];
        var total = 0;
        for (var w = 0; w < snapshot.Windows && _budget.Check(); w++)
        {
            var live = snapshot.Live.AsSpan(w * Window.Words, Window.Words);
            if (matching is null)
                live.CopyTo(target.Bits);
            else if (!matching.Fill(w, target, live) || !Window.And(target.Bits, live))
                continue;
            var (columns, window) = snapshot.At(w);
            for (var f = 0; f < filters.Length; f++)
                filters[f].Fill(columns, window, meets[f], target.Bits);
            if (counter is not null)
                CountOwn(filters, meets, target.Bits, counter, columns, window, own, spare);
            foreach (var bits in meets)
                Window.And(target.Bits, bits);
            var count = Window.CountBits(target.Bits);
            if (count == 0)
                continue;
            total += count;
            if (!everything)
                counter?.Add(columns, window, target.Bits, count);
            Rank(sort, target, columns, w, window, matching is not null, top);
        }

        return total;
    }

    private static void CountOwn(CompiledFilter[] filters, ulong[][] meets, ReadOnlySpan<ulong> matching, FacetCounter counter, Columns columns, int window, ulong[] own, ulong[] spare)
    {
        for (var f = 0; f < filters.Length; f++)
        {
            matching.CopyTo(own);
            for (var other = 0; other < filters.Length; other++)
            {
                if (other != f)
                    Window.And(own, meets[other]);
            }

            counter.AddOwn(filters[f].Facet, columns, window, own, spare);
        }
    }

    private static readonly int _loss = FacetList.IndexOf(FacetList.Find("loss")!);
    private static readonly int _duration = FacetList.IndexOf(FacetList.Find("duration")!);

    private static void Rank(SearchSort sort, WindowBuffer target, Columns columns, int w, int window, bool scored, TopHits top)
    {
        var (first, ordinal) = (window << Window.Shift, w << Window.Shift);
        // Larger comes first.
        var (keys, sign) = sort switch
        {
            SearchSort.Relevance => (null, 1),
            SearchSort.Date => (columns.Started, -1),
            SearchSort.NewestDate => (columns.Started, 1),
            SearchSort.Loss => (columns.Lower(_loss), 1),
            SearchSort.Duration => (columns.Lower(_duration), 1),
            _ => (columns.Added, 1),
        };
        for (var i = 0; i < Window.Words; i++)
        {
            var bits = target.Bits[i];
            // Most records of a large result are behind the page already: eight scores are compared at a time.
            if (keys is null && scored && BitOperations.PopCount(bits) > 8)
                bits &= AtLeast((float)top.Threshold, target.Scores.AsSpan(i << 6, 64));
            for (; bits != 0; bits &= bits - 1)
            {
                var o = (i << 6) + BitOperations.TrailingZeroCount(bits);
                var score = scored ? target.Scores[o] : 0;
                var key = keys is null ? score : sign * keys[first + o];
                if (key < top.Threshold)
                    continue;
                // What is not known comes last.
                var started = columns.Started[first + o];
                top.Offer(new RankedHit(double.IsNaN(key) ? double.NegativeInfinity : key, double.IsNaN(started) ? double.NegativeInfinity : started, columns.Ids[first + o], ordinal + o, score));
            }
        }
    }

    /// <summary>A bit for each of 64 scores that reaches a threshold.</summary>
    private static ulong AtLeast(float threshold, ReadOnlySpan<float> scores)
    {
        var least = Vector256.Create(threshold);
        var bits = 0UL;
        for (var i = 0; i < 64; i += Vector256<float>.Count)
            bits |= (ulong)Vector256.GreaterThanOrEqual(Vector256.Create(scores[i..]), least).ExtractMostSignificantBits() << i;
        return bits;
    }
}
