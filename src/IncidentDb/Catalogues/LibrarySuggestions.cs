using System.Collections.Concurrent;
using IncidentDb.Search;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;
using IncidentDb.Search.Suggestions;

namespace IncidentDb.Catalogues;

/// <summary>
/// Suggestions over a library as it is now. A small library's are as new as its records; a large one's follow in the background. Words are counted
/// by running the search that they lead to, once for each state of the library.
/// </summary>
internal sealed class LibrarySuggestions(KnowledgeBase library)
{
    /// <summary>So many endings of a text of several words are tried.</summary>
    private const int MaxEndings = 4;

    private readonly Followed<State> _state = new(library, (catalogue, snapshot) => new State(snapshot, CatalogueSuggestions.Of(catalogue, snapshot)));

    private sealed record State(SearchSnapshot Snapshot, Suggester Suggester)
    {
        /// <summary>Totals of the searches for single words.</summary>
        public ConcurrentDictionary<string, int> Totals { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>What may be meant by a text, best first.</summary>
    public IReadOnlyList<Suggestion> Find(string text, int count)
    {
        var state = _state.Now();
        var found = new List<Suggestion>(count);
        foreach (var suggestion in state.Suggester.Find(text, count))
        {
            if (suggestion.Kind != "word")
                found.Add(suggestion);
            else if (Counted(state, suggestion.Value) is > 0 and var total)
                found.Add(suggestion with { Records = total });
        }

        if (found.Count < count)
            found.AddRange(Endings(state, text).Where(e => !found.Exists(f => f.Kind == e.Kind && f.Value == e.Value)).Take(count - found.Count));
        return found;
    }

    /// <summary>Records by words of theirs: those that have words beginning as all of these do, or, where there are none and guesses are wanted, what a search for them finds. A slug that was typed whole comes first.</summary>
    public static IReadOnlyList<Suggestion> Records(KnowledgeBase library, string text, int count, bool guess)
    {
        // Signs would make a query of it; here only the words count.
        var words = new string([.. text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || count < 1)
            return [];
        var found = library.Incidents.BySlug([text.Trim()]).Select(Of).ToList();
        foreach (var query in new[] { string.Join(' ', words.Select(w => w + "*")), string.Join(' ', words) }.Take(guess ? 2 : 1))
        {
            if (found.Count > 0)
                break;
            var results = library.Search.Search(new SearchQuery { Text = query, Size = count }, library.SearchOptions() with { WithFacets = false, WithSnippets = false });
            found.AddRange(library.Summaries(results).Where(s => !found.Exists(f => f.Value == s.Slug)).Take(count - found.Count).Select(Of));
        }

        return found;

        static Suggestion Of(Incidents.IncidentSummary s) => new("incident", s.Title, s.Slug, 1);
    }

    /// <summary>A text of several words with its last one completed, those that find most first.</summary>
    private IEnumerable<Suggestion> Endings(State state, string text)
    {
        var blank = text.LastIndexOf(' ');
        var head = blank < 0 ? "" : text[..blank].Trim();
        var last = Folding.Fold(text[(blank + 1)..]);
        // Inside quotation marks another rule holds: words must stand next to each other.
        if (head.Length == 0 || text.Length > 100 || last.Length < 2 || !last.All(char.IsAsciiLetter) || head.Count('"') % 2 == 1)
            return [];
        return state.Snapshot.Matcher.Words(last)
            .Where(w => w is { Records: > 1, Word.Length: > 3 } && w.Word.All(char.IsAsciiLetter) && !StopWords.Contains(w.Word))
            .OrderByDescending(w => w.Records)
            .ThenBy(w => w.Word, StringComparer.Ordinal)
            .Take(MaxEndings)
            .Select(w => $"{head} {w.Word}")
            .Select(t => new Suggestion("word", t, t, Total(t)))
            .Where(s => s.Records > 0)
            .OrderByDescending(s => s.Records);
    }

    /// <summary>The total of a word, kept unless the search was stopped for its time.</summary>
    private int Counted(State state, string word)
    {
        if (state.Totals.TryGetValue(word, out var known))
            return known;
        var results = Results(word);
        if (!results.IsPartial)
            state.Totals[word] = results.Total;
        return results.Total;
    }

    private int Total(string text) => Results(text).Total;

    private SearchResults Results(string text) =>
        library.Search.Search(new SearchQuery { Text = text, Size = 1 }, library.SearchOptions() with { WithFacets = false, WithSnippets = false });
}
