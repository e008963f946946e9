using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Turns a query as it was typed into one that the matcher can run.</summary>
internal sealed class QueryPlan(Synonyms synonyms)
{
    /// <summary>A match of another name counts a little less than one of the name that was typed.</summary>
    private const float OtherName = 0.8f;
    private readonly List<string> _notices = [];

    /// <summary>Sentences that say what was searched besides.</summary>
    public IReadOnlyList<string> Notices => _notices;

    public static QueryNode Expand(QueryNode node) => new QueryPlan(Synonyms.None).Make(node);

    public QueryNode Make(QueryNode node) => node switch
    {
        WordNode { Match: WordMatch.Stem } word => Words([word])[0],
        AndNode and => Words(and.Items) is var items && items.Count == 1 && and.Boost == 1 ? items[0] : new AndNode(items) { Boost = and.Boost },
        OrNode or => new OrNode([.. or.Items.Select(Make).Distinct()]) { Boost = or.Boost, Best = or.Best },
        NotNode not => new NotNode(Expand(not.Inner)),
        _ => node,
    };

    /// <summary>The items of a conjunction; a run of bare words may be a name that has others.</summary>
    private List<QueryNode> Words(IReadOnlyList<QueryNode> items)
    {
        var made = new List<QueryNode>(items.Count);
        for (var i = 0; i < items.Count;)
        {
            if (items[i] is not WordNode { Match: WordMatch.Stem } word)
            {
                made.Add(Make(items[i++]));
                continue;
            }

            var run = items.Skip(i).TakeWhile(n => n is WordNode { Match: WordMatch.Stem } w && w.Field == word.Field).Cast<WordNode>().ToList();
            var (length, others) = synonyms.Find([.. run.Select(w => w.Word)], 0);
            if (length == 0)
            {
                made.Add(Compound(word));
                i++;
                continue;
            }

            var typed = run.Take(length).Select(Compound).ToList();
            made.Add(new OrNode([typed.Count == 1 ? typed[0] : new AndNode(typed), .. others.Select(o => Other(o.Words, word))]) { Best = true });
            Notice(run.Take(length), others);
            i += length;
        }

        // Who repeats a part asks no more by it.
        return [.. made.Distinct()];
    }

    private void Notice(IEnumerable<WordNode> typed, IReadOnlyList<(string Text, string[] Words)> others)
    {
        var names = others.Select(o => o.Text).Take(3).ToList();
        var listed = names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
        var notice = $"“{string.Join(' ', typed.Select(w => w.Word))}” was searched as {listed} too.";
        if (_notices.Count < 3 && !_notices.Contains(notice))
            _notices.Add(notice);
    }

    private static QueryNode Other(string[] words, WordNode typed) => words.Length == 1
        ? Compound(new WordNode { Word = words[0], Field = typed.Field, Boost = typed.Boost * OtherName })
        : new PhraseNode { Words = [.. words.SelectMany(w => Tokenizer.Tokenize(w).Select(t => t.Word))], Field = typed.Field, Boost = typed.Boost * OtherName };

    /// <summary>A word with hyphens also finds its parts side by side: <c>fail-over</c> finds <c>fail over</c>.</summary>
    private static QueryNode Compound(WordNode word) => Parts(word.Word) is { Count: > 1 } parts
        ? new OrNode([word with { Match = WordMatch.Exact }, new PhraseNode { Words = parts, Field = word.Field, Boost = word.Boost }]) { Best = true }
        : word;

    /// <summary>The parts of a compound of words; identifiers with digits such as us-east-1 are one thing.</summary>
    private static List<string> Parts(string word) =>
        word.AsSpan().IndexOfAny("-_/") < 0 || word.Any(char.IsDigit) ? [] : [.. Tokenizer.Tokenize(word).Skip(1).Select(t => t.Word)];
}
