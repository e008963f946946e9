using System.Net;
using System.Text;
using IncidentDb.Markup;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>Finds the passages of a record that show why it was found, and marks the words in them.</summary>
internal sealed class Highlighter
{
    private const int MaxSnippets = 2;
    private const int Width = 220;

    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private readonly List<string> _prefixes = [];
    private readonly List<(string Word, int Edits)> _fuzzy = [];

    public Highlighter(QueryNode query) => Collect(query);

    public bool IsEmpty => _stems.Count + _words.Count + _prefixes.Count + _fuzzy.Count == 0;

    private void Collect(QueryNode node)
    {
        switch (node)
        {
            case WordNode { Match: WordMatch.Stem } word:
                _stems.Add(EnglishStemmer.Stem(word.Word));
                break;
            case WordNode { Match: WordMatch.Exact } word:
                _words.Add(word.Word);
                break;
            case WordNode { Match: WordMatch.Prefix } word:
                _prefixes.Add(word.Word);
                break;
            case WordNode word:
                _fuzzy.Add((word.Word, word.Edits));
                break;
            case PhraseNode phrase:
                _words.UnionWith(phrase.Prefix ? phrase.Words.SkipLast(1) : phrase.Words);
                if (phrase.Prefix)
                    _prefixes.Add(phrase.Words[^1]);
                break;
            case AndNode and:
                foreach (var item in and.Items.Where(i => i is not NotNode))
                    Collect(item);
                break;
            case OrNode or:
                foreach (var item in or.Items.Where(i => i is not NotNode))
                    Collect(item);
                break;
        }
    }

    /// <summary>What the token stands for among the words of the query, or null when it is none of them.</summary>
    private string? Hit(string word)
    {
        if (_words.Contains(word))
            return word;
        if (_stems.Count > 0 && EnglishStemmer.Stem(word) is var stem && _stems.Contains(stem))
            return stem;
        foreach (var prefix in _prefixes)
        {
            if (word.StartsWith(prefix, StringComparison.Ordinal))
                return prefix;
        }

        foreach (var (near, edits) in _fuzzy)
        {
            if (word.Length > 0 && word[0] == near[0] && Records.Nearest.Distance(near, word, edits) <= edits)
                return near;
        }

        return null;
    }

    /// <summary>The best passages with their words marked; none when only filters or the title's words matched.</summary>
    public IReadOnlyList<Snippet> Snippets(IndexedRecord record)
    {
        if (IsEmpty)
            return [];
        var found = new List<(Passage Passage, List<(Token Token, string Key)> Hits, float Score)>();
        foreach (var passage in record.Passages)
        {
            var hits = Hits(passage.Text);
            if (hits.Count == 0)
                continue;
            var distinct = hits.Select(h => h.Key).Distinct(StringComparer.Ordinal).Count();
            found.Add((passage, hits, (distinct * 10) + Math.Min(hits.Count, 5) + Telling(passage.Field)));
        }

        var snippets = new List<Snippet>();
        var shown = new HashSet<string>(StringComparer.Ordinal);
        // The title and the line below it stand on the card anyway.
        foreach (var (passage, hits, _) in found.Where(f => f.Passage.Field != 0 && f.Passage.Anchor != OneLineAnchor).OrderByDescending(f => f.Score))
        {
            if (!shown.Add($"{passage.Field}/{passage.Anchor}"))
                continue;
            snippets.Add(new Snippet
            {
                Field = TextFields.All[passage.Field].Name,
                Label = passage.Label.Length > 0 ? passage.Label : TextFields.All[passage.Field].Label,
                Anchor = passage.Anchor,
                Html = Window(passage.Text, hits),
            });
            if (snippets.Count == MaxSnippets)
                break;
        }

        return snippets;
    }

    /// <summary>The anchor of the passage that cards print in full.</summary>
    public const string OneLineAnchor = "top";

    /// <summary>How much a passage of a field says about why a record was found: a name in a list says nothing that the card does not.</summary>
    private static float Telling(int field) => TextFields.All[field] == TextFields.Names ? 0 : TextFields.All[field].Weight;

    private List<(Token Token, string Key)> Hits(string text)
    {
        var hits = new List<(Token, string)>();
        var end = -1;
        foreach (var token in Tokenizer.Tokenize(text))
        {
            // A compound and its parts overlap: the first that fits is marked.
            if (token.Start < end || Hit(token.Word) is not { } key)
                continue;
            hits.Add((token, key));
            end = token.Start + token.Length;
        }

        return hits;
    }

    /// <summary>The whole text with its words marked.</summary>
    public SafeHtml Mark(string text) => MarkRange(text, 0, text.Length, Hits(text));

    /// <summary>The stretch of the text with the most different words, cut at blanks.</summary>
    private static SafeHtml Window(string text, List<(Token Token, string Key)> hits)
    {
        if (text.Length <= Width)
            return MarkRange(text, 0, text.Length, hits);
        var (best, bestCount) = (0, 0);
        for (var i = 0; i < hits.Count; i++)
        {
            var keys = new HashSet<string>(StringComparer.Ordinal);
            for (var j = i; j < hits.Count && hits[j].Token.Start + hits[j].Token.Length - hits[i].Token.Start <= Width - 40; j++)
                keys.Add(hits[j].Key);
            if (keys.Count > bestCount)
                (best, bestCount) = (i, keys.Count);
        }

        var start = Math.Max(0, hits[best].Token.Start - 50);
        var end = Math.Min(text.Length, start + Width);
        start = Math.Max(0, Math.Min(start, end - Width));
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            start--;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
            end++;
        return MarkRange(text, start, end, hits);
    }

    private static SafeHtml MarkRange(string text, int start, int end, List<(Token Token, string Key)> hits)
    {
        var html = new StringBuilder();
        if (start > 0)
            html.Append("… ");
        var at = start;
        foreach (var (token, _) in hits)
        {
            if (token.Start < at || token.Start + token.Length > end)
                continue;
            html.Append(WebUtility.HtmlEncode(text[at..token.Start]));
            html.Append("<mark>").Append(WebUtility.HtmlEncode(text.Substring(token.Start, token.Length))).Append("</mark>");
            at = token.Start + token.Length;
        }

        html.Append(WebUtility.HtmlEncode(text[at..end]));
        if (end < text.Length)
            html.Append(" …");
        return new SafeHtml(html.ToString());
    }
}
