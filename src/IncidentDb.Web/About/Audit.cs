using System.Reflection;
using IncidentDb.Import.Readers;

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
        if (CsvTable.Read(csv, out _, int.MaxValue) is not { Count: > 0 } rows)
            return [];
        var names = rows[0].Cells.ToList();
        var (draw, record, verdict) = (names.IndexOf("draw"), names.IndexOf("record"), names.IndexOf("verdict"));
        return
        [
            .. rows.Skip(1).Select(r => r.Cells).Where(r => r.Count == names.Count)
                .GroupBy(r => int.TryParse(r[draw], out var number) ? number : 0)
                .OrderBy(g => g.Key)
                .Select(g => new AuditDraw(g.Key, g.Select(r => r[record]).Distinct(StringComparer.Ordinal).Count(), g.GroupBy(r => r[verdict], StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.Count(), StringComparer.Ordinal))),
        ];
    }
}
