using IncidentDb.Records;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Facets;

namespace IncidentDb.Search.Queries;

/// <summary>The slug that a word stands for in a facet (an alias, a former slug, a label), or null when there is none.</summary>
public delegate string? ResolveValue(Facet facet, string word);

/// <summary>
/// Reads Lucene's query syntax as people type it. It never throws and never gives up: a part it can't use becomes a notice that says
/// what was searched instead. Length, nesting and number of clauses are bounded before anything recurses.
/// </summary>
public sealed class QueryParser
{
    public const int MaxLength = 1024;
    public const int MaxDepth = 20;
    public const int MaxClauses = 64;
    public const int MaxSlop = 50;
    private const int MaxNotices = 8;

    private readonly QueryText _in;
    private readonly ResolveValue? _resolve;
    private readonly List<string> _notices = [];
    private int _depth;
    private int _clauses;
    private int _field = -1;

    private QueryParser(string text, ResolveValue? resolve)
    {
        _in = new QueryText(text);
        _resolve = resolve;
    }

    /// <summary>Parses a query; <paramref name="resolve"/> turns names of facet values into slugs.</summary>
    public static ParsedQuery Parse(string text, ResolveValue? resolve = null)
    {
        var cut = text.Length > MaxLength;
        var parser = new QueryParser(cut ? text[..MaxLength] : text, resolve);
        if (cut)
            parser.Notice($"The query has {text.Length} characters; the first {MaxLength} were searched.");
        var root = parser.ParseOr();
        while (!parser._in.AtEnd)
        {
            // Only a bracket without its partner stops the parser before the end.
            parser.Notice("A closing bracket without an opening one was left out.");
            parser._in.At++;
            root = Join(root, parser.ParseOr());
        }

        return new ParsedQuery(root, parser._notices);
    }

    private static QueryNode? Join(QueryNode? a, QueryNode? b) => a is null ? b : b is null ? a : And([a, b]);

    private void Notice(string sentence)
    {
        if (_notices.Count < MaxNotices && !_notices.Contains(sentence))
            _notices.Add(sentence);
    }

    private QueryNode? ParseOr()
    {
        var items = new List<QueryNode>();
        do
        {
            if (ParseAnd() is { } item)
                items.Add(item);
        }
        while (_in.Take("OR") || _in.Take("||"));
        return items.Count switch { 0 => null, 1 => items[0], _ => new OrNode([.. items.SelectMany(i => i is OrNode { Boost: 1f } or ? or.Items : [i])]) };
    }

    private QueryNode? ParseAnd()
    {
        var items = new List<QueryNode>();
        while (true)
        {
            _in.SkipBlank();
            if (_in.AtEnd || _in.Now == ')' || _in.IsAt("OR") || _in.IsAt("||"))
                break;
            if (_in.Take("AND") || _in.Take("&&"))
                continue;
            if (ParseUnary() is { } item)
                items.Add(item);
        }

        return items.Count switch { 0 => null, 1 => items[0], _ => And(items) };
    }

    private static AndNode And(IEnumerable<QueryNode> items) => new([.. items.SelectMany(i => i is AndNode { Boost: 1f } and ? and.Items : [i])]);

    private QueryNode? ParseUnary()
    {
        var negative = false;
        while (true)
        {
            _in.SkipBlank();
            if (_in.Take("NOT"))
            {
                negative = !negative;
                continue;
            }

            if (!_in.AtEnd && _in.Now is '-' or '!' && _in.At + 1 < _in.Text.Length && !char.IsWhiteSpace(_in.Text[_in.At + 1]))
            {
                negative = !negative;
                _in.At++;
                continue;
            }

            if (!_in.AtEnd && _in.Now == '+' && _in.At + 1 < _in.Text.Length && !char.IsWhiteSpace(_in.Text[_in.At + 1]))
            {
                _in.At++;
                continue;
            }

            break;
        }

        var node = ParsePrimary();
        if (node is null || !negative)
            return node;
        return node is NotNode inner ? inner.Inner : new NotNode(node);
    }

    private QueryNode? ParsePrimary()
    {
        if (_in.AtEnd)
            return null;
        switch (_in.Now)
        {
            case '(':
                return ParseGroup();
            case '"' or '“' or '”':
                return Bounded(ParsePhrase());
            case ')':
                return null;
            case '[' or ']' or '{' or '}' or '^' or '~' or ':' or '\\' or '-' or '+' or '!' or '?':
                _in.At++;
                return null;
            default:
                return ParseWord();
        }
    }

    private QueryNode? ParseGroup()
    {
        _in.At++;
        if (_depth >= MaxDepth)
        {
            Notice($"Brackets nest at most {MaxDepth} deep; the inner ones were read as if they were not there.");
            return null;
        }

        _depth++;
        var inner = ParseOr();
        _depth--;
        if (!_in.AtEnd && _in.Now == ')')
            _in.At++;
        else if (_depth < MaxDepth - 1 || inner is not null)
            Notice("A bracket is never closed; it was closed at the end.");
        var boost = _in.Boost();
        return inner is null || boost == 1f ? inner : inner with { Boost = boost };
    }

    private QueryNode? ParsePhrase()
    {
        var start = ++_in.At;
        while (!_in.AtEnd && _in.Now is not ('"' or '“' or '”'))
            _in.At++;
        var body = _in.Text[start.._in.At];
        if (!_in.AtEnd)
            _in.At++;
        else
            Notice("A quotation mark is never closed; it was closed at the end.");
        var slop = 0;
        if (!_in.AtEnd && _in.Now == '~')
        {
            _in.At++;
            slop = Math.Min(_in.Number() ?? 1, MaxSlop);
        }

        var boost = _in.Boost();
        var prefix = body.EndsWith('*');
        var words = Tokenizer.Tokenize(body).Select(t => t.Word).Take(32).ToList();
        return words.Count switch
        {
            0 => NoWord(body),
            1 => new WordNode { Word = words[0], Match = prefix && words[0].Length > 1 ? WordMatch.Prefix : WordMatch.Exact, Field = _field, Boost = boost },
            _ => new PhraseNode { Words = words, Slop = slop, Field = _field, Prefix = prefix, Boost = boost },
        };
    }

    private QueryNode? NoWord(string text)
    {
        if (text.Trim().Length > 0)
            Notice($"“{Cut(text.Trim())}” holds no word to search for and was left out.");
        return null;
    }

    private QueryNode? ParseWord()
    {
        var start = _in.At;
        if (_in.Field() is { } field)
            return ParseFieldValue(field);
        _in.At = start;
        var raw = _in.Raw();
        if (raw is "*" or "*:*")
            return Bounded(new AllNode());

        var colon = raw.IndexOf(':');
        if (colon > 0 && colon < raw.Length - 1 && raw[..colon].All(char.IsAsciiLetter) && !raw[(colon + 1)..].StartsWith("//", StringComparison.Ordinal))
            Notice($"There is no field “{Cut(raw[..colon])}”; the words around the colon were searched.");
        return WordsOf(raw);
    }

    private QueryNode? WordsOf(string raw)
    {
        var prefix = raw.EndsWith('*') && raw.Length > 1;
        var body = raw.TrimEnd('*', '?');
        if (body.AsSpan().IndexOfAny('*', '?') >= 0)
        {
            Notice($"Wildcards stand only at the end of a word; “{Cut(raw)}” was searched without them.");
            body = body.Replace("*", "", StringComparison.Ordinal).Replace("?", "", StringComparison.Ordinal);
            prefix = false;
        }

        var edits = 0;
        if (!_in.AtEnd && _in.Now == '~')
        {
            _in.At++;
            edits = Math.Clamp(_in.Number() ?? 2, 1, 2);
        }

        var boost = _in.Boost();
        var tokens = Tokenizer.Tokenize(body);
        if (tokens.Count == 0)
            return NoWord(raw);
        // Parts of a compound word follow it and lie within it: only the whole words count here.
        var words = new List<string>();
        var end = -1;
        foreach (var token in tokens)
        {
            if (token.Start < end)
                continue;
            words.Add(token.Word);
            end = token.Start + token.Length;
        }

        var nodes = new List<QueryNode>();
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i];
            var (match, allowed) = (WordMatch.Stem, 0);
            if (i == words.Count - 1)
            {
                if (prefix && word.Length < 2)
                    Notice($"A prefix has at least two letters; “{word}” was searched as a word.");
                else if (prefix)
                    match = WordMatch.Prefix;
                else if (edits > 0 && word.Length < 3)
                    Notice($"“{word}” is too short to be searched with mistakes; it was searched as written.");
                else if (edits > 0)
                    (match, allowed) = (WordMatch.Fuzzy, word.Length < 5 ? 1 : edits);
            }

            if (Bounded(new WordNode { Word = word, Match = match, Edits = allowed, Field = _field, Boost = boost }) is { } node)
                nodes.Add(node);
        }

        return nodes.Count switch { 0 => null, 1 => nodes[0], _ => new AndNode(nodes) };
    }

    private QueryNode? Bounded(QueryNode? node)
    {
        if (node is null)
            return null;
        if (++_clauses <= MaxClauses)
            return node;
        Notice($"A query has at most {MaxClauses} words; the rest was left out.");
        return null;
    }

    private QueryNode? ParseFieldValue(string field)
    {
        if (TextFields.IndexOf(field) is var index and >= 0)
        {
            var outer = _field;
            _field = index;
            var node = ParsePrimary();
            _field = outer;
            return node;
        }

        var value = _in.Value();
        var written = value.Written;
        switch (field)
        {
            case "started":
                return Bounded(ValueReader.Started(value) ?? Unusable(field, written, "a date such as 2017, 2017-03 or [2017 TO 2019]"));
            case "order":
                return Bounded(ValueReader.Order(written, Moment) ?? Unusable(field, written, "two kinds of event such as public_report<detected"));
            case "gap":
                return Bounded(ValueReader.Gap(written, Moment) ?? Unusable(field, written, "two kinds of event and a length such as impact_start..status_posted>1h"));
        }

        var facet = FacetList.Find(field)!;
        if (facet.Kind == FacetKind.Quantity)
        {
            if (Blank.Is(written))
                return Bounded(new ValueNode { Facet = facet, Value = written });
            return Bounded(ValueReader.Quantity(facet, value) ?? Unusable(field, written, ValueReader.Example(facet.Unit)));
        }

        if (value.Low is not null)
            return Bounded(Unusable(field, written, "one value"));
        if (Resolve(facet, written) is { } slug)
            return Bounded(new ValueNode { Facet = facet, Value = slug });
        Notice($"There is no {facet.Label.ToLowerInvariant()} “{Cut(written)}”; it was searched as words.");
        return WordsOf(written);
    }

    private string? Resolve(Facet facet, string word) => _resolve is null ? Slugged(word) : _resolve(facet, word);

    private string? Moment(string word) => Resolve(FacetList.Event, word);

    private static string? Slugged(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text : null;

    private QueryNode? Unusable(string field, string written, string wanted)
    {
        Notice($"“{field}:{Cut(written)}” could not be used: {wanted} is expected. The rest was searched.");
        return null;
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text[..39] + "…";
}
