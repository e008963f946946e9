using System.Buffers;
using System.Numerics;
using System.Text;
using IncidentDb.Markup;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>
/// Finds the passages of a record that show why it was found, and marks the words in them. A plain search for the beginnings of the words
/// tells which passages to look at and where; only the stretch that is printed is read word by word.
/// </summary>
internal sealed class Highlighter
{
    /// <summary>The anchor of the passage that cards print in full.</summary>
    public const string OneLineAnchor = "top";

    private const int MaxSnippets = 2;
    private const int Width = 220;
    private const int MaxPlaces = 256;

    /// <summary>As many as a number has bits.</summary>
    private const int MaxKeys = 32;

    private static readonly SearchValues<char> _folded = SearchValues.Create("',");

    private readonly List<HighlightKey> _keys = [];

    /// <summary>The beginnings of all keys; null when there are none.</summary>
    private readonly SearchValues<string>? _needles;

    /// <summary>True when a word counts by itself, wherever it stands.</summary>
    private readonly bool _single;

    private readonly List<(int Place, uint Keys)> _places = [];
    private readonly List<Word> _words = [];
    private readonly StringBuilder _html = new();
    private readonly List<(float Score, int Passage)> _ranked = [];

    /// <param name="query">The query as it is run.</param>
    /// <param name="near">The words of the index that a mistyped word stands for.</param>
    public Highlighter(QueryNode query, Func<WordNode, IEnumerable<string>> near)
    {
        Collect(query, near);
        // Words that stand in every text tell nothing beside others.
        if (_keys.Exists(k => !StopWords.Contains(k.Word)))
            _keys.RemoveAll(k => k.Phrase is null && StopWords.Contains(k.Word));
        _needles = _keys.Count == 0 ? null : SearchValues.Create([.. _keys.SelectMany(k => k.Beginnings)], StringComparison.OrdinalIgnoreCase);
        _single = _keys.TrueForAll(k => k.Phrase is null);
    }

    private void Collect(QueryNode node, Func<WordNode, IEnumerable<string>> near)
    {
        switch (node)
        {
            case WordNode word:
                if (HighlightKey.Of(word, near) is { } key && _keys.Count < MaxKeys && !_keys.Exists(k => k.Phrase is null && k.Match == key.Match && k.Word == key.Word))
                    _keys.Add(key);
                break;
            case PhraseNode phrase:
                if (_keys.Count + phrase.Words.Count > MaxKeys || _keys.Exists(k => k.Phrase is { } known && known.Equals(phrase)))
                    break;
                for (var i = 0; i < phrase.Words.Count; i++)
                    _keys.Add(HighlightKey.Of(phrase, i));
                break;
            case AndNode and:
                foreach (var item in and.Items.Where(i => i is not NotNode))
                    Collect(item, near);
                break;
            case MostNode most:
                foreach (var item in most.Items)
                    Collect(item, near);
                break;
            case OrNode or:
                foreach (var item in or.Items.Where(i => i is not NotNode))
                    Collect(item, near);
                break;
        }
    }

    /// <summary>True when the query has words that can be marked.</summary>
    public bool HasWords => _keys.Count > 0;

    /// <summary>The best passages with their words marked; none when only filters or the title's words matched.</summary>
    public IReadOnlyList<Snippet> Snippets(IndexedRecord record)
    {
        if (_keys.Count == 0)
            return [];
        _ranked.Clear();
        for (var i = 0; i < record.Passages.Count; i++)
        {
            var passage = record.Passages[i];
            // The title and the line below it stand on the card anyway.
            if (passage.Field == 0 || passage.Anchor == OneLineAnchor)
                continue;
            var found = 0u;
            for (var at = Next(passage.Text, 0, out var keys); at >= 0 && BitOperations.PopCount(found |= keys) < _keys.Count;)
                at = Next(passage.Text, at + 1, out keys);
            if (found > 0)
                _ranked.Add(((BitOperations.PopCount(found) * 10) + Telling(passage.Field), i));
        }

        _ranked.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Passage.CompareTo(b.Passage));
        var snippets = new List<Snippet>(MaxSnippets);
        foreach (var (_, i) in _ranked)
        {
            var passage = record.Passages[i];
            if (snippets.Exists(s => s.Anchor == passage.Anchor && s.Field == TextFields.All[passage.Field].Name) || Cut(passage.Text) is not { } html)
                continue;
            snippets.Add(new Snippet
            {
                Field = TextFields.All[passage.Field].Name,
                Label = passage.Label.Length > 0 ? passage.Label : TextFields.All[passage.Field].Label,
                Anchor = passage.Anchor,
                Html = html,
            });
            if (snippets.Count == MaxSnippets)
                break;
        }

        return snippets;
    }

    /// <summary>How much a passage of a field says about why a record was found: a name in a list says nothing that the card does not, a source's title less than the record's own words.</summary>
    private static float Telling(int field) => TextFields.All[field] == TextFields.Names || TextFields.All[field] == TextFields.Sources ? 0 : TextFields.All[field].Weight;

    /// <summary>Where a word begins that may be one of the keys', with a bit for each of them; −1 when there is none from there on.</summary>
    private int Next(string text, int from, out uint keys)
    {
        keys = 0;
        while (from < text.Length)
        {
            var at = text.AsSpan(from).IndexOfAny(_needles!);
            if (at < 0)
                return -1;
            at += from;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (keys = BeginningAt(text.AsSpan(at))) > 0)
                return at;
            from = at + 1;
        }

        return -1;
    }

    private uint BeginningAt(ReadOnlySpan<char> text)
    {
        var keys = 0u;
        for (var k = 0; k < _keys.Count; k++)
        {
            if (_keys[k].MayBegin(text))
                keys |= 1u << k;
        }

        return keys;
    }

    /// <summary>The stretch of a text with the most words of the query, marked; null when the beginnings deceived.</summary>
    private SafeHtml? Cut(string text)
    {
        if (text.Length <= Width)
            return Mark(text, 0, text.Length);
        _places.Clear();
        for (var at = Next(text, 0, out var keys); at >= 0 && _places.Count < MaxPlaces; at = Next(text, at + 1, out keys))
            _places.Add((at, keys));
        // The richest stretch first; when its beginnings deceived, the next richest.
        for (var tries = 0; tries < 4 && _places.Count > 0; tries++)
        {
            var (best, most) = (0, 0);
            for (var i = 0; i < _places.Count; i++)
            {
                var keys = 0u;
                for (var j = i; j < _places.Count && _places[j].Place - _places[i].Place <= Width - 60; j++)
                    keys |= _places[j].Keys;
                if (BitOperations.PopCount(keys) > most)
                    (best, most) = (i, BitOperations.PopCount(keys));
            }

            var start = Math.Max(0, _places[best].Place - 50);
            var end = Math.Min(text.Length, start + Width);
            start = Math.Max(0, Math.Min(start, end - Width));
            while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
                start--;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            if (Mark(text, start, end) is { } html)
                return html;
            _places.RemoveAll(p => p.Place >= start && p.Place < end);
        }

        return null;
    }

    /// <summary>The text between two places with the words of the query marked; null when there are none.</summary>
    public SafeHtml? Mark(string text, int start, int end)
    {
        _words.Clear();
        if (_needles is null)
            return null;
        if (_single)
            ReadAround(text, start, end);
        else
            ReadAll(text, start, end);
        if (_words.Count == 0)
            return null;

        var html = _html.Clear();
        var at = start;
        var marked = false;
        for (var i = 0; i < _words.Count; i++)
        {
            var word = _words[i];
            if (word.Start < at || !IsHit(i))
                continue;
            if (!marked && start > 0)
                html.Append("… ");
            marked = true;
            Escape(html, text.AsSpan(at, word.Start - at));
            html.Append("<mark>");
            Escape(html, text.AsSpan(word.Start, word.Length));
            html.Append("</mark>");
            at = word.Start + word.Length;
        }

        if (!marked)
            return null;
        Escape(html, text.AsSpan(at, end - at));
        if (end < text.Length)
            html.Append(" …");
        return new SafeHtml(html.ToString());
    }

    /// <summary>Notes the words of a stretch that are the query's.</summary>
    private void ReadAll(string text, int start, int end)
    {
        var words = new WordReader(text.AsSpan(start, end - start), stackalloc char[WordReader.MaxLength]);
        var (place, behind) = (-1, 0);
        while (words.Next())
        {
            // A word inside another, "east" in "us-east-1", stands at the same place.
            if (words.Start >= behind)
                place++;
            behind = Math.Max(behind, words.Start + words.Length);
            if (KeysOf(words.Word) is var keys and > 0)
                _words.Add(new Word(start + words.Start, words.Length, place, keys));
        }
    }

    /// <summary>The same where no word needs to know its neighbours: only what may be a hit is read, from blank to blank.</summary>
    private void ReadAround(string text, int start, int end)
    {
        var (needle, odd) = (start - 1, start - 1);
        for (var at = start; at < end;)
        {
            var rest = text.AsSpan(at, end - at);
            if (needle < at)
                needle = rest.IndexOfAny(_needles!) is var n and >= 0 ? at + n : end;
            // What folding changes can't be seen by its beginning.
            if (odd < at)
                odd = Odd(rest) is var o and >= 0 ? at + o : end;
            var from = Math.Min(needle, odd);
            if (from == end)
                return;
            var to = from;
            while (from > at && !char.IsWhiteSpace(text[from - 1]))
                from--;
            while (to < end && !char.IsWhiteSpace(text[to]))
                to++;
            ReadAll(text, from, to);
            at = Math.Max(to, at + 1);
        }
    }

    private static int Odd(ReadOnlySpan<char> text)
    {
        var sign = text.IndexOfAny(_folded);
        var foreign = (sign < 0 ? text : text[..sign]).IndexOfAnyExceptInRange('\0', '\x7f');
        return foreign >= 0 ? foreign : sign;
    }

    /// <summary>A word of the text that is one of the query's: its place among all words, and a bit for each key that it meets.</summary>
    private readonly record struct Word(int Start, int Length, int Place, uint Keys);

    private uint KeysOf(ReadOnlySpan<char> word)
    {
        var keys = 0u;
        for (var k = 0; k < _keys.Count; k++)
        {
            if (_keys[k].Meets(word))
                keys |= 1u << k;
        }

        return keys;
    }

    /// <summary>A word by itself is a hit wherever it stands, a word of a phrase only beside the others.</summary>
    private bool IsHit(int word)
    {
        for (var k = 0; k < _keys.Count; k++)
        {
            if ((_words[word].Keys & (1u << k)) != 0 && (_keys[k].Phrase is not { } phrase || IsIn(phrase, k - _keys[k].Place, _keys[k].Place, word)))
                return true;
        }

        return false;
    }

    /// <summary>True when all words of a phrase stand around a place, in their order unless there may be others between.</summary>
    private bool IsIn(PhraseNode phrase, int firstKey, int at, int word)
    {
        var reach = phrase.Slop > 0 ? phrase.Words.Count - 1 + phrase.Slop : 0;
        for (var i = 0; i < phrase.Words.Count; i++)
        {
            if (!IsNear(word, 1u << (firstKey + i), phrase.Slop > 0 ? 0 : i - at, reach))
                return false;
        }

        return true;
    }

    /// <summary>True when a word with a key stands so many places from another, give or take the reach.</summary>
    private bool IsNear(int word, uint key, int distance, int reach)
    {
        var expected = _words[word].Place + distance;
        var j = word;
        while (j > 0 && _words[j - 1].Place >= expected - reach)
            j--;
        for (; j < _words.Count && _words[j].Place <= expected + reach; j++)
        {
            if (_words[j].Place >= expected - reach && (_words[j].Keys & key) != 0)
                return true;
        }

        return false;
    }

    private static void Escape(StringBuilder html, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny("&<>\"'") is var at and >= 0)
        {
            html.Append(text[..at]).Append(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&#39;" });
            text = text[(at + 1)..];
        }

        html.Append(text);
    }
}
