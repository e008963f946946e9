namespace IncidentDb.Vocabularies;

/// <summary>A word of a vocabulary.</summary>
public sealed record Term : Records.RecordPart
{
    /// <summary>Kebab-case for words that have pages, snake_case for the others.</summary>
    public string Slug { get; init; } = "";

    public string Label { get; init; } = "";

    /// <summary>One line that says what the word means.</summary>
    public string Meaning { get; init; } = "";

    /// <summary>The word above it, for vocabularies in levels.</summary>
    public string? Parent { get; init; }

    /// <summary>Other names, former names and abbreviations; they resolve in filters, files and searches.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The same word in other schemes, e.g. <c>veris: action.error</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Crosswalk { get; init; } = [];

    /// <summary>Group within the vocabulary, where drawing or ordering needs one (event types: the lane).</summary>
    public string? Group { get; init; }

    /// <summary>The drawn sign, where the vocabulary has signs (event types).</summary>
    public string? Sign { get; init; }

    /// <summary>For event types: the event may lie outside the window from the first trigger to the end.</summary>
    public bool OutsideWindow { get; init; }

    /// <summary>Longer text in Markdown, for words with pages.</summary>
    public string? Text { get; init; }
}

/// <summary>All vocabularies by name; immutable. Words are found by slug or alias.</summary>
public sealed class VocabularySet
{
    public static readonly VocabularySet Empty = new([]);

    private readonly Dictionary<string, Vocabulary> _byName;

    public VocabularySet(IEnumerable<Vocabulary> vocabularies) => _byName = vocabularies.ToDictionary(v => v.Name, StringComparer.Ordinal);

    public IEnumerable<Vocabulary> All => _byName.Values;

    public Vocabulary? this[string name] => _byName.GetValueOrDefault(name);

    public IEnumerable<string> Slugs(string vocabulary) => this[vocabulary]?.Terms.Select(t => t.Slug) ?? [];

    /// <summary>The slug a word or alias stands for, or null.</summary>
    public string? Resolve(string vocabulary, string word) => this[vocabulary]?.Find(word)?.Slug;

    public Term? Find(string vocabulary, string? word) => word is null ? null : this[vocabulary]?.Find(word);

    /// <summary>The label of a word; of a blank its words; of an unknown word the word itself, readable.</summary>
    public string Label(string vocabulary, string word) => Find(vocabulary, word)?.Label ?? word.Replace('_', ' ').Replace('-', ' ');
}

/// <summary>One vocabulary, in the order of its file.</summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, Term> _byWord = new(StringComparer.OrdinalIgnoreCase);

    public Vocabulary(string name, string title, IReadOnlyList<Term> terms)
    {
        Name = name;
        Title = title;
        Terms = terms;
        foreach (var term in terms)
            _byWord.TryAdd(term.Slug, term);
        foreach (var term in terms)
        {
            foreach (var alias in term.Aliases)
                _byWord.TryAdd(alias, term);
        }

        Children = terms.Where(t => t.Parent is not null).ToLookup(t => t.Parent!, StringComparer.Ordinal);
    }

    /// <summary>The file's name without its extension.</summary>
    public string Name { get; }

    public string Title { get; }

    public IReadOnlyList<Term> Terms { get; }

    public ILookup<string, Term> Children { get; }

    public Term? Find(string word) => _byWord.GetValueOrDefault(word);

    /// <summary>The word and every word above it, nearest first. A loop (which the rules refuse) ends the walk.</summary>
    public IEnumerable<string> WithAncestors(string slug)
    {
        for (var (term, steps) = (Find(slug), 0); term is not null && steps < 8; steps++)
        {
            yield return term.Slug;
            term = term.Parent is null ? null : Find(term.Parent);
        }
    }

    /// <summary>The word and every word below it.</summary>
    public IEnumerable<string> WithDescendants(string slug)
    {
        yield return slug;
        foreach (var child in Children[slug])
        {
            foreach (var below in WithDescendants(child.Slug))
                yield return below;
        }
    }
}
