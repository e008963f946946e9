using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Turns a query as it was typed into one that the matcher can run.</summary>
internal static class QueryPlan
{
    /// <summary>A word with hyphens also finds its parts side by side: <c>fail-over</c> finds <c>fail over</c>.</summary>
    public static QueryNode Expand(QueryNode node) => node switch
    {
        WordNode { Match: WordMatch.Stem } word when Parts(word.Word) is { Count: > 1 } parts => new OrNode(
        [
            word with { Match = WordMatch.Exact },
            new PhraseNode { Words = parts, Field = word.Field, Boost = word.Boost },
        ]),
        AndNode and => new AndNode([.. and.Items.Select(Expand)]) { Boost = and.Boost },
        OrNode or => new OrNode([.. or.Items.Select(Expand)]) { Boost = or.Boost },
        NotNode not => new NotNode(Expand(not.Inner)),
        _ => node,
    };

    /// <summary>The parts of a compound of words; identifiers with digits such as us-east-1 are one thing.</summary>
    private static List<string> Parts(string word) =>
        word.AsSpan().IndexOfAny("-_/") < 0 || word.Any(char.IsDigit) ? [] : [.. Tokenizer.Tokenize(word).Skip(1).Select(t => t.Word)];
}
