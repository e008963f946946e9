using System.Reflection;

namespace IncidentDb.Web.About;

/// <summary>Facts of one draw of records that were checked afresh against their sources.</summary>
/// <param name="Draw">The number of the draw; 0 for records that were looked at besides.</param>
/// <param name="Records">How many records.</param>
/// <param name="Verdicts">Verdict → facts.</param>
public sealed record AuditDraw(int Draw, int Records, IReadOnlyDictionary<string, int> Verdicts)
{
    public int Facts => Verdicts.Values.Sum();

    /// <summary>Facts whose source could be read.</summary>
    public int Checked => Right + Wrong + Verdicts.GetValueOrDefault("imprecise");

    public int Right => Verdicts.GetValueOrDefault("right");

    public int Wrong => Verdicts.GetValueOrDefault("wrong");
}

/// <summary><c>docs/data-audit.csv</c> as it was when the program was built: which facts were checked, and what came of it.</summary>
public static class Audit
{
    /// <summary>The file, or null where there is none.</summary>
    public static string? Csv { get; } = Read();

    public static IReadOnlyList<AuditDraw> Draws { get; } = Csv is null ? [] : Summarise(Csv);

    private static string? Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("data-audit.csv");
        return stream is null ? null : new StreamReader(stream).ReadToEnd();
    }

    /// <summary>Counts by draw; columns are found by their names.</summary>
    public static IReadOnlyList<AuditDraw> Summarise(string csv)
    {
        var rows = Rows(csv).ToList();
        if (rows.Count == 0)
            return [];
        var (draw, record, verdict) = (rows[0].IndexOf("draw"), rows[0].IndexOf("record"), rows[0].IndexOf("verdict"));
        return
        [
            .. rows.Skip(1).Where(r => r.Count == rows[0].Count)
                .GroupBy(r => int.TryParse(r[draw], out var number) ? number : 0)
                .OrderBy(g => g.Key)
                .Select(g => new AuditDraw(g.Key, g.Select(r => r[record]).Distinct(StringComparer.Ordinal).Count(), g.GroupBy(r => r[verdict], StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.Count(), StringComparer.Ordinal))),
        ];
    }

    /// <summary>RFC 4180: quoted cells may hold commas, line ends and doubled quotation marks.</summary>
    private static IEnumerable<List<string>> Rows(string csv)
    {
        var (row, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            var c = csv[i];
            if (quoted && c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == ',')
                    continue;
                yield return row;
                row = [];
            }
            else if (c != '\r' || quoted)
            {
                cell.Append(c);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            yield return row;
        }
    }
}
