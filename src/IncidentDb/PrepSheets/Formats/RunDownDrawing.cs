using System.Globalization;
using IncidentDb.Markup;

namespace IncidentDb.PrepSheets.Formats;

/// <summary>The blocks of a sheet as one bar; its label says the same.</summary>
internal static class RunDownDrawing
{
    /// <summary>Shares too small for a name are drawn without one.</summary>
    private const double NarrowestNamed = 0.09;

    public static SafeHtml Of(PrepSheet sheet)
    {
        double total = sheet.Blocks.Sum(b => b.Budget);
        var html = new HtmlText().Open("svg", "rundown", ("role", "img"), ("height", "52"), ("width", "100%"), ("aria-label", "Run-down: " + string.Join(", ", sheet.Blocks.Select(b => $"{b.Title} {SheetWords.Length(b.Budget)}"))));
        foreach (var block in sheet.Blocks)
        {
            var (x, width) = (block.Start / total, block.Budget / total);
            html.Element("rect", null, block.Id == RunDown.Story ? "main" : null, ("x", Percent(x)), ("y", "0"), ("width", Percent(Math.Max(0.002, width - 0.003))), ("height", "28"));
            if (width >= NarrowestNamed)
                html.Element("text", Short(block.Title), "blockname", ("x", Percent(x)), ("dx", "6"), ("y", "19"));
        }

        var step = sheet.Minutes switch { <= 5 => 1, <= 20 => 5, <= 60 => 15, _ => 30 };
        for (var minute = 0; minute <= sheet.Minutes; minute += step)
        {
            var last = minute == sheet.Minutes;
            html.Element("text", minute.ToString(CultureInfo.InvariantCulture) + (last ? " min" : ""), null, ("x", Percent(minute / (double)sheet.Minutes)), ("y", "46"), ("text-anchor", minute == 0 ? "start" : last ? "end" : "middle"));
        }

        return html.Close().ToHtml();
    }

    private static string Short(string title) => title.Split(' ')[0] is { Length: > 4 } first ? first : title;

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
