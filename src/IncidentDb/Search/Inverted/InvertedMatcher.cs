using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search.Inverted;

/// <summary>The matcher on our own postings: an immutable base, what was added since, and the counts that both give together.</summary>
internal sealed class InvertedMatcher : IMatcher
{
    private const int MaxFuzzy = 64;

    private readonly InvertedIndex _index;
    private readonly DeltaIndex? _delta;
    private readonly int _capacity;
    private readonly int _live;

    public InvertedMatcher(IReadOnlyList<IndexedRecord> records)
        : this(IndexBuilder.Build(records))
    {
    }

    public InvertedMatcher(InvertedIndex index)
    {
        _index = index;
        _capacity = _live = index.Count;
    }

    private InvertedMatcher(InvertedIndex index, DeltaIndex delta, int capacity, int live)
    {
        _index = index;
        _delta = delta;
        _capacity = capacity;
        _live = live;
    }

    public InvertedIndex Index => _index;

    public IMatcher With(IReadOnlyList<(int Ordinal, IndexedRecord Record)> removed, IReadOnlyList<(int Ordinal, IndexedRecord Record)> added, int capacity)
    {
        var delta = _delta ?? new DeltaIndex(_index);
        var former = removed.ToDictionary(r => r.Record.Id, r => r.Record);
        foreach (var (ordinal, record) in added)
        {
            former.Remove(record.Id, out var replaced);
            delta.Add(ordinal, record, replaced);
        }

        foreach (var record in former.Values)
            delta.Remove(record);
        return new InvertedMatcher(_index, delta, capacity, _live - removed.Count + added.Count);
    }

    public Matching? Match(QueryNode query, Scratch scratch, SearchBudget budget) => Match(query, 1, scratch, budget);

    private Matching? Match(QueryNode query, float boost, Scratch scratch, SearchBudget budget)
    {
        boost *= query.Boost;
        switch (query)
        {
            case WordNode word:
                return Word(Numbers(word, budget), word.Field, boost, scratch, budget);
            case PhraseNode phrase:
                return Phrase(phrase, boost, scratch, budget);
            case OrNode or:
                var any = or.Items.Select(i => Match(i, boost, scratch, budget)).OfType<Matching>().ToList();
                return any.Count switch { 0 => null, 1 => any[0], _ => new OrMatching(any, or.Best, scratch) };
            case AndNode and:
                var all = new List<Matching>();
                foreach (var item in and.Items.Where(i => i is not NotNode))
                {
                    if (Match(item, boost, scratch, budget) is not { } matching)
                        return null;
                    all.Add(matching);
                }

                var none = and.Items.OfType<NotNode>().Select(n => Match(n.Inner, 0, scratch, budget)).OfType<Matching>().ToList();
                return all.Count == 1 && none.Count == 0 ? all[0] : new AndMatching(all, none, scratch);
            default:
                throw new InvalidOperationException($"The matcher was given a {query.GetType().Name}.");
        }
    }

    private WordMatching? Word(List<int> numbers, int field, float boost, Scratch scratch, SearchBudget budget)
    {
        if (numbers.Count == 0)
            return null;
        var holding = Holding(numbers);
        return new WordMatching(Cursors(numbers), field, boost * TermWeights.Idf(holding, _live), holding, _capacity, scratch, budget);
    }

    private PhraseMatching? Phrase(PhraseNode phrase, float boost, Scratch scratch, SearchBudget budget)
    {
        // Near each other, a word that is named twice is asked for once.
        var texts = phrase.Slop == 0 ? phrase.Words : [.. phrase.Words.Distinct(StringComparer.Ordinal)];
        var words = new List<PhrasePart>(texts.Count);
        var weight = 0f;
        for (var i = 0; i < texts.Count; i++)
        {
            var prefix = phrase.Prefix && i == texts.Count - 1 && texts[i] == phrase.Words[^1];
            var numbers = prefix ? StartingWith(texts[i]) : Only(texts[i]);
            if (numbers.Count == 0)
                return null;
            words.Add(new PhrasePart(prefix ? texts[i] + "*" : texts[i], numbers, i));
            weight += TermWeights.Idf(Holding(numbers), _live);
        }

        if (phrase.Slop == 0 && Paired(words) is var parts)
        {
            if (parts is null)
                return null;
            words = parts;
        }

        var all = words.DistinctBy(w => w.Text).Select(w => Word(w.Numbers, phrase.Field, 1, scratch, budget)!).ToList();
        var places = words.Select(w => (new PhraseWord(Cursors(w.Numbers), scratch), w.Offset)).ToArray();
        return new PhraseMatching(places, new AndMatching(all, [], scratch), phrase.Slop == 0 ? 0 : phrase.Words.Count + phrase.Slop, phrase.Field, boost * weight, budget);
    }

    /// <summary>What a phrase is looked up by: a text, the words of the index that it stands for, and how far from the beginning it stands.</summary>
    private readonly record struct PhrasePart(string Text, List<int> Numbers, int Offset);

    /// <summary>The parts of a phrase with two stop words side by side taken as their pair; null when a pair is nowhere.</summary>
    private List<PhrasePart>? Paired(List<PhrasePart> words)
    {
        var parts = new List<PhrasePart>(words.Count);
        var covered = false;
        for (var i = 0; i < words.Count; i++)
        {
            // A prefix is written with a star and is no stop word.
            var pairs = i + 1 < words.Count && WordPairs.Pairs(words[i].Text) && WordPairs.Pairs(words[i + 1].Text);
            if (pairs)
            {
                var text = WordPairs.Text(words[i].Text, words[i + 1].Text);
                if (Only(text) is not { Count: > 0 } numbers)
                    return null;
                parts.Add(new PhrasePart(text, numbers, i));
            }
            else if (!covered)
            {
                parts.Add(words[i]);
            }

            covered = pairs;
        }

        return parts;
    }

    private WordCursor[] Cursors(List<int> numbers) =>
        [.. numbers.Select(n => new WordCursor(_index, n < _index.Words.Length ? n : -1, _delta?.Postings(n), _capacity))];

    /// <summary>About how many records hold one of the words; the same whether they stand in base or delta.</summary>
    private long Holding(List<int> numbers)
    {
        var sum = 0L;
        foreach (var number in numbers)
            sum += Records(number);
        return Math.Min(sum, _live);
    }

    private int Records(int number) => _delta?.Records(number) ?? _index.Records[number];

    private int Find(string word) => _delta?.Find(word) ?? _index.Find(word);

    /// <summary>The words of the index that a word of the query stands for.</summary>
    private List<int> Numbers(WordNode word, SearchBudget budget) => word.Match switch
    {
        WordMatch.Stem => OfStem(EnglishStemmer.Stem(word.Word)),
        WordMatch.Prefix => StartingWith(word.Word),
        WordMatch.Fuzzy => Near(word.Word, word.Edits, budget),
        _ => Only(word.Word),
    };

    private List<int> Only(string word) => Find(word) is var number and >= 0 && Records(number) > 0 ? [number] : [];

    private List<int> OfStem(string stem)
    {
        var numbers = new List<int>();
        foreach (var number in _index.WithStem(stem))
            AddLive(numbers, number);
        foreach (var number in _delta?.WithStem(stem) ?? [])
            AddLive(numbers, number);
        return numbers;
    }

    private List<int> StartingWith(string prefix)
    {
        var numbers = new List<int>();
        var words = _index.Words;
        for (var i = _index.FirstFrom(prefix); i < _index.PlainWords && words[i].StartsWith(prefix, StringComparison.Ordinal); i++)
            AddLive(numbers, i);
        foreach (var (word, number) in _delta?.NewWords ?? [])
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
                AddLive(numbers, number);
        }

        return numbers;
    }

    private void AddLive(List<int> numbers, int number)
    {
        if (Records(number) > 0)
            numbers.Add(number);
    }

    private List<int> Near(string word, int edits, SearchBudget budget)
    {
        var near = FuzzyWords.Within(word, edits, _index.Words.AsSpan(0, _index.PlainWords), budget);
        foreach (var (other, number) in _delta?.NewWords ?? [])
        {
            if (FuzzyWords.Distance(word, other, edits) is var distance && distance <= edits)
                near.Add((number, distance));
        }

        near.RemoveAll(n => Records(n.Number) == 0);
        near.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : string.CompareOrdinal(Text(a.Number), Text(b.Number)));
        return [.. near.Take(MaxFuzzy).Select(n => n.Number)];
    }

    private string Text(int number) => _delta?.Word(number) ?? _index.Words[number];

    public float Telling(string word) => OfStem(EnglishStemmer.Stem(word)) is { Count: > 0 } numbers ? TermWeights.Idf(Holding(numbers), _live) : 0;

    public void Refine(QueryNode query, Span<RankedHit> hits, Scratch scratch)
    {
        var words = Closeness.Words(query)
            .Select(w => OfStem(EnglishStemmer.Stem(w.Word)) is { Count: > 0 } numbers ? new Closeness.QueryWord(Cursors(numbers), w.Boost * TermWeights.Idf(Holding(numbers), _live)) : null)
            .ToList();
        var order = new int[hits.Length];
        var ordinals = new int[hits.Length];
        for (var i = 0; i < order.Length; i++)
            (order[i], ordinals[i]) = (i, hits[i].Ordinal);
        Array.Sort(ordinals, order);
        if (words.Count(w => w is not null) > 1)
            new Closeness(words).Add(hits, order);
        if ((query as MostNode ?? (query as AndNode)?.Items.OfType<MostNode>().FirstOrDefault()) is { } question)
            new Aboutness(question, stem => Cursors(OfStem(stem))).Add(hits, order);
    }

    public IReadOnlyList<string> Near(string word, int edits) => [.. Near(word, edits, new SearchBudget(SearchBudget.Default)).Select(Text)];

    public IEnumerable<IndexedWord> Words(string prefix) => StartingWith(prefix).Select(n => new IndexedWord(Text(n), Records(n)));

    public int RecordsWith(string word) => Find(word) is var number and >= 0 ? Records(number) : 0;

    public void Dispose()
    {
    }
}
