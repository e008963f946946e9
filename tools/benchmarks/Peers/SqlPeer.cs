using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using IncidentDb.Search;
using Microsoft.Data.Sqlite;

namespace IncidentDb.Benchmarks.Peers;

/// <summary>
/// The search page as one would build it on SQLite alone, in its fastest form known to us: FTS5 finds and ranks, the hits go into a table that
/// carries the single-valued facets, the others are joined from a clustered table in the hits' order. In memory, one connection.
/// </summary>
internal sealed partial class SqlPeer : IDisposable
{
    private static readonly string[] _columns = ["severity", "detection", "year"];
    private static readonly string[] _lists = ["company", "cause", "pattern"];

    private readonly SqliteConnection _connection;

    public SqlPeer(IReadOnlyList<IndexedRecord> records)
    {
        Storage.SqliteNative.Initialize();
        _connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        _connection.Open();
        _connection.Execute(
            """
            pragma temp_store = memory;
            create virtual table ft using fts5(title, summary, text, tokenize = 'porter unicode61', prefix = '2 3');
            create table docs (id integer primary key, severity text, detection text, year integer, started real, loss real);
            create table facet_values (facet text, doc integer, value text, primary key (facet, doc, value)) without rowid;
            create temp table hits (doc integer primary key, score real, severity text, detection text, year integer, started real);
            """);
        using var transaction = _connection.BeginTransaction();
        using var ft = Command("insert into ft (rowid, title, summary, text) values (@a, @b, @c, @d)", 4);
        using var docs = Command("insert into docs values (@a, @b, @c, @d, @e, @f)", 6);
        using var values = Command("insert or ignore into facet_values values (@a, @b, @c)", 3);
        foreach (var record in records)
        {
            string Text(Func<int, bool> field) => string.Join('\n', record.Passages.Where(p => field(p.Field)).Select(p => p.Text));
            var (title, summary) = (TextFields.IndexOf("title"), TextFields.IndexOf("summary"));
            Run(ft, record.Id, Text(f => f == title), Text(f => f == summary), Text(f => f != title && f != summary));
            string? One(string facet) => record.Values.TryGetValue(facet, out var list) && list.Count > 0 ? list[0] : null;
            object? Least(string quantity) => record.Quantities.TryGetValue(quantity, out var b) && !double.IsNaN(b.Min) ? b.Min : null;
            Run(docs, record.Id, One("severity"), One("detection"), Least("year"), double.IsNaN(record.Started) ? null : record.Started, Least("loss"));
            foreach (var facet in _lists)
            {
                foreach (var value in record.Values.GetValueOrDefault(facet) ?? [])
                    Run(values, facet, record.Id, value);
            }
        }

        transaction.Commit();
        _connection.Execute("insert into ft (ft) values ('optimize'); analyze;");
    }

    /// <summary>Top twenty, total, six facets and snippets of one query; false when it can't be asked of FTS5 (a mistyped word).</summary>
    public bool Page(SearchQuery query)
    {
        if (query.Text.Contains('~', StringComparison.Ordinal))
            return false;
        var match = Match(query.Text);
        var (where, joined) = Filters(query);
        _connection.Execute("delete from hits");
        var hits = match is null
            ? _connection.Execute($"insert into hits select d.id, 0, d.severity, d.detection, d.year, d.started from docs d{where}")
            : _connection.Execute($"insert into hits select f.rowid, bm25(ft, 6, 3, 1), d.severity, d.detection, d.year, d.started from ft f cross join docs d on d.id = f.rowid where ft match @match{joined}", new { match });
        var order = query.Sort == SearchSort.Relevance ? "score" : "started desc";
        var top = _connection.Query<long>($"select doc from hits order by {order}, doc limit 20").ToList();
        foreach (var column in _columns)
            _connection.Query<(string?, long)>($"select {column}, count(*) from hits group by 1 order by 2 desc limit 12").AsList();
        foreach (var facet in _lists)
            _connection.Query<(string, long)>("select v.value, count(*) from hits h cross join facet_values v on v.facet = @facet and v.doc = h.doc group by 1 order by 2 desc limit 12", new { facet }).AsList();
        if (match is not null)
        {
            foreach (var doc in top)
                _connection.ExecuteScalar<string>("select snippet(ft, 2, '<b>', '</b>', '…', 24) from ft where ft match @match and rowid = @doc", new { match, doc });
        }

        return hits >= 0;
    }

    /// <summary>The query in FTS5's language; null for everything.</summary>
    private static string? Match(string text) => text.Length == 0 ? null : Part().Replace(text, m =>
        m.Value == "OR" ? "OR"
        : m.Groups["phrase"].Success ? $"\"{m.Groups["phrase"].Value}\""
        : $"{(m.Groups["field"].Success ? m.Groups["field"].Value + " : " : "")}\"{m.Groups["word"].Value}\"{m.Groups["star"].Value}");

    private static (string Where, string Joined) Filters(SearchQuery query)
    {
        var all = new List<string>();
        foreach (var (name, filter) in query.Filters)
        {
            var value = filter.Include[0];
            all.Add(name switch
            {
                "severity" or "detection" => $"d.{name} = '{value}'",
                "year" => $"d.year between {value.Replace("..", " and ", StringComparison.Ordinal)}",
                "loss" => string.Create(CultureInfo.InvariantCulture, $"d.loss >= {double.Parse(value[..^3]) * 1e6}"),
                _ => $"exists (select 1 from facet_values v where v.facet = '{name}' and v.doc = d.id and v.value = '{value}')",
            });
        }

        var joined = string.Concat(all.Select(a => " and " + a));
        return (all.Count == 0 ? "" : " where " + joined[5..], joined);
    }

    private SqliteCommand Command(string sql, int parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter($"@{(char)('a' + i)}", null));
        return command;
    }

    private static void Run(SqliteCommand command, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    [GeneratedRegex("\"(?<phrase>[^\"]*)\"|OR|(?:(?<field>[a-z]+):)?(?<word>[^\\s*\":]+)(?<star>\\*?)", RegexOptions.NonBacktracking)]
    private static partial Regex Part();
}
