using System.Globalization;
using IncidentDb.PrepSheets;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>The arithmetic of each formula, done again.</summary>
internal static class WorkedSums
{
    private const double MinutesInYear = 365.25 * 24 * 60;

    public static void Check(Worked worked, Action<string> complain)
    {
        double Input(string name) => (double)worked.Inputs.First(i => i.Name == name).Value;
        IReadOnlyList<double> expected = worked.Formula switch
        {
            "loss-rate" => [Input("loss") / Input("time")],
            "flow" => [Input("count") / Input("time")],
            "littles-law" => [Input("count") / Input("time") / 60, Input("count") / Input("time") * Input("time to notice")],
            "detection-floor" => [Input("time to notice") / Input("time") * 100],
            "downtime-share" => [100 - (Input("time") / MinutesInYear * 100)],
            "correlated-availability" => [Input("time") / MinutesInYear * Input("time") * 60],
            _ => throw new ShouldAssertException($"{worked.Formula} is a formula that nobody checks"),
        };
        foreach (var (printed, value) in worked.Results.Zip(expected))
        {
            // Two figures that count: five parts in a hundred at most.
            var tolerance = Math.Abs(value) * 0.05;
            if (worked.Formula == "correlated-availability" ? !LengthAgrees(printed, value) : Math.Abs(Value(printed) - value) > (worked.Formula == "downtime-share" ? (100 - value) * 0.05 : tolerance))
                complain($"{worked.Formula} gives {value.ToString("0.####", CultureInfo.InvariantCulture)}, printed is “{printed}”");
        }

        if (worked.Results.Count != expected.Count)
            complain($"{worked.Formula} prints {worked.Results.Count} results");
    }

    private static double Value(string printed) => (double)RecordLines.Values(RecordLines.FiguresIn(printed).First().Value).Last();

    private static bool LengthAgrees(string printed, double seconds)
    {
        if (printed == "less than a second")
            return seconds < 1;
        double total = 0;
        var words = printed.Replace("about ", "", StringComparison.Ordinal).Split(' ');
        for (var i = 0; i + 1 < words.Length; i++)
        {
            if (double.TryParse(words[i], CultureInfo.InvariantCulture, out var n))
                total += n * words[i + 1].TrimEnd('s') switch { "second" => 1, "minute" => 60, "hour" => 3600, _ => 86400 };
        }

        // Lengths drop what is smaller than their second unit.
        return Math.Abs(total - seconds) <= Math.Max(1, seconds * 0.06);
    }
}
