using System.Text;
using Dapper;
using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Search;

/// <summary>
/// The matcher on SQLite's FTS5, in a private in-memory database that is fed with our own tokens: two columns a field, one of stems and
/// one of words as written. It is changed in place; the lock makes a query see either the state before a change or after it.
/// </summary>
internal sealed class Fts5Matcher : IMatcher
{
    /// <summary>Stands between two passages, so that no phrase reaches across.</summary>
    private const string Boundary = "¶";
    private const string Separator = Boundary + " ";
    private const int MaxExpansions = 64;

    private readonly Lock _lock = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _stems = new(StringComparer.Ordinal);
    private readonly string _bm25;
    private int _capacity;

    public Fts5Matcher(IReadOnlyList<IndexedRecord> records)
    {
        Storage.SqliteNative.Initialize();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false }.ToString());
        _connection.Open();
        // Our tokens come separated by blanks; whatever sign they hold belongs to them.
        var columns = string.Join(", ", TextFields.All.Select(f => $"{f.Name}_s").Concat(TextFields.All.Select(f => $"{f.Name}_w")));
        _connection.Execute($"create virtual table ft using fts5({columns}, tokenize = \"ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{{|}}~'\", prefix = '2 3')");
        var weights = string.Join(", ", TextFields.All.Concat(TextFields.All).Select(f => f.Weight.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        _bm25 = $"bm25(ft, {weights})";
        _capacity = records.Count;
        Insert(records.Select((r, o) => (o, r)));
    }

    private void Insert(IEnumerable<(int Ordinal, IndexedRecord Record)> records)
    {
        _connection.Execute("begin transaction");
        using (var insert = _connection.CreateCommand())
        {
            var names = TextFields.All.Select(f => $"@{f.Name}_s").Concat(TextFields.All.Select(f => $"@{f.Name}_w")).ToList();
            insert.CommandText = $"insert into ft (rowid, {string.Join(", ", names.Select(n => n[1..]))}) values (@rowid, {string.Join(", ", names)})";
            var rowid = insert.CreateParameter();
            rowid.ParameterName = "@rowid";
            insert.Parameters.Add(rowid);
            var parameters = names.Select(n =>
            {
                var p = insert.CreateParameter();
                p.ParameterName = n;
                insert.Parameters.Add(p);
                return p;
            }).ToList();
            foreach (var (ordinal, record) in records)
            {
                rowid.Value = (long)ordinal + 1;
                var (stems, words) = Columns(record);
                for (var f = 0; f < TextFields.All.Count; f++)
                {
                    parameters[f].Value = stems[f];
                    parameters[TextFields.All.Count + f].Value = words[f];
                }

                insert.ExecuteNonQuery();
                Count(_words, words, 1);
                Count(_stems, stems, 1);
            }
        }

        _connection.Execute("commit transaction");
    }

    private static (string[] Stems, string[] Words) Columns(IndexedRecord record)
    {
        var stems = new StringBuilder[TextFields.All.Count];
        var words = new StringBuilder[TextFields.All.Count];
        for (var f = 0; f < stems.Length; f++)
            (stems[f], words[f]) = (new StringBuilder(), new StringBuilder());
        foreach (var passage in record.Passages)
        {
            foreach (var token in Tokenizer.Tokenize(passage.Text))
            {
                stems[passage.Field].Append(EnglishStemmer.Stem(token.Word)).Append(' ');
                words[passage.Field].Append(token.Word).Append(' ');
            }

            stems[passage.Field].Append(Separator);
            words[passage.Field].Append(Separator);
        }

        return ([.. stems.Select(s => s.ToString())], [.. words.Select(w => w.ToString())]);
    }

    private static void Count(Dictionary<string, int> counts, IEnumerable<string> columns, int step)
    {
        foreach (var word in columns.SelectMany(c => c.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal))
        {
            if (word == Boundary)
                continue;
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _);
            count += step;
            if (count <= 0)
                counts.Remove(word);
        }
    }

    public IMatcher With(IReadOnlyList<(int Ordinal, IndexedRecord Record)> removed, IReadOnlyList<(int Ordinal, IndexedRecord Record)> added, int capacity)
    {
        lock (_lock)
        {
            foreach (var (ordinal, record) in removed)
            {
                var (stems, words) = Columns(record);
                Count(_words, words, -1);
                Count(_stems, stems, -1);
                _connection.Execute("delete from ft where rowid = @rowid", new { rowid = (long)ordinal + 1 });
            }

            Insert(added);
            _capacity = capacity;
        }

        return this;
    }

    public Matching? Match(QueryNode query, Scratch scratch, SearchBudget budget)
    {
        lock (_lock)
        {
            var expression = new StringBuilder();
            if (!Write(query, expression))
                return null;
            using var command = _connection.CreateCommand();
            command.CommandText = $"select rowid, {_bm25} from ft where ft match @expression";
            command.Parameters.AddWithValue("@expression", expression.ToString());
            using var rows = command.ExecuteReader();
            var windows = Window.Count(_capacity);
            var found = new Found(scratch.Rent<ulong>(windows * Window.Words), scratch.Rent<float>(windows * Window.Size));
            while (rows.Read())
            {
                if ((++found.Count & 255) == 0 && !budget.Check())
                    break;
                // FTS5 scores are negative, better ones smaller.
                found.Add((int)(rows.GetInt64(0) - 1), (float)-rows.GetDouble(1));
            }

            return found;
        }
    }

    /// <summary>All that a query found, ahead of the walk.</summary>
    private sealed class Found(ulong[] bits, float[] scores) : Matching
    {
        public int Count { get; set; }

        public override long Estimate => Count;

        public void Add(int ordinal, float score)
        {
            bits[ordinal >> 6] |= 1UL << ordinal;
            scores[ordinal] = score;
        }

        public override bool Fill(int window, WindowBuffer target, ReadOnlySpan<ulong> candidates)
        {
            bits.AsSpan(window * Window.Words, Window.Words).CopyTo(target.Bits);
            scores.AsSpan(window * Window.Size, Window.Size).CopyTo(target.Scores);
            return !Window.IsEmpty(target.Bits);
        }
    }

    /// <summary>The FTS5 expression of a query; false when no record can match it.</summary>
    private bool Write(QueryNode node, StringBuilder text)
    {
        switch (node)
        {
            case WordNode word:
                return WriteWord(word, text);
            case PhraseNode phrase:
                WriteColumns(text, phrase.Field, stems: false);
                if (phrase.Slop > 0)
                {
                    text.Append("NEAR(");
                    for (var i = 0; i < phrase.Words.Count; i++)
                        text.Append(i > 0 ? " " : "").Append(Quoted(phrase.Words[i])).Append(phrase.Prefix && i == phrase.Words.Count - 1 ? "*" : "");
                    text.Append(", ").Append(phrase.Words.Count - 2 + phrase.Slop).Append(')');
                }
                else
                {
                    text.Append(Quoted(string.Join(' ', phrase.Words))).Append(phrase.Prefix ? "*" : "");
                }

                text.Append(')');
                return true;
            case OrNode or:
                return WriteJoined(or.Items, " OR ", any: true, text);
            case AndNode and:
                var positive = and.Items.Where(i => i is not NotNode).ToList();
                var mark = text.Length;
                text.Append('(');
                if (!WriteJoined(positive, " AND ", any: false, text))
                {
                    text.Length = mark;
                    return false;
                }

                foreach (var not in and.Items.OfType<NotNode>())
                {
                    var inner = new StringBuilder();
                    if (Write(not.Inner, inner))
                        text.Append(" NOT ").Append(inner);
                }

                text.Append(')');
                return true;
            default:
                throw new InvalidOperationException($"The matcher was given a {node.GetType().Name}.");
        }
    }

    private bool WriteJoined(IReadOnlyList<QueryNode> items, string between, bool any, StringBuilder text)
    {
        var parts = new List<string>();
        foreach (var item in items)
        {
            var part = new StringBuilder();
            if (Write(item, part))
                parts.Add(part.ToString());
            else if (!any)
                return false;
        }

        if (parts.Count == 0)
            return false;
        text.Append('(').AppendJoin(between, parts).Append(')');
        return true;
    }

    private bool WriteWord(WordNode word, StringBuilder text)
    {
        if (word.Match == WordMatch.Fuzzy)
        {
            var near = Near(word.Word, word.Edits);
            if (near.Count == 0)
                return false;
            WriteColumns(text, word.Field, stems: false);
            text.AppendJoin(" OR ", near.Select(Quoted)).Append(')');
            return true;
        }

        var stems = word.Match == WordMatch.Stem;
        WriteColumns(text, word.Field, stems);
        text.Append(Quoted(stems ? EnglishStemmer.Stem(word.Word) : word.Word));
        if (word.Match == WordMatch.Prefix)
            text.Append('*');
        text.Append(')');
        return true;
    }

    private static void WriteColumns(StringBuilder text, int field, bool stems)
    {
        var suffix = stems ? "_s" : "_w";
        text.Append('{').AppendJoin(' ', (field < 0 ? TextFields.All : [TextFields.All[field]]).Select(f => f.Name + suffix)).Append("} : (");
    }

    private static string Quoted(string words) => $"\"{words.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public float Telling(string word)
    {
        lock (_lock)
        {
            var holding = _stems.GetValueOrDefault(EnglishStemmer.Stem(word));
            return holding == 0 ? 0 : Inverted.TermWeights.Idf(holding, _capacity);
        }
    }

    /// <summary>FTS5's own ranking is left as it is.</summary>
    public void Refine(QueryNode query, Span<RankedHit> hits, Scratch scratch)
    {
    }

    public IReadOnlyList<string> Near(string word, int edits)
    {
        lock (_lock)
            return [.. FuzzyWords.Within(word, edits, _words.Keys).Take(MaxExpansions)];
    }

    public IEnumerable<IndexedWord> Words(string prefix)
    {
        lock (_lock)
            return [.. _words.Where(w => w.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(w => new IndexedWord(w.Key, w.Value))];
    }

    public int RecordsWith(string word)
    {
        lock (_lock)
            return _words.GetValueOrDefault(word);
    }

    public void Dispose() => _connection.Dispose();
}
