using System.Globalization;
using IncidentDb.Search;

namespace IncidentDb.Web.Components;

/// <summary>A bar of the year histogram: one year, or five or ten where one each would be too many.</summary>
public sealed record HistogramBin(int From, int To, int Count, bool On, string Url)
{
    /// <summary>More bars than this are too thin for a thumb.</summary>
    private const int MaxBars = 15;
    private static readonly int[] _steps = [1, 2, 5, 10, 20, 50, 100];

    public string Label => From == To ? From.ToString(CultureInfo.InvariantCulture) : $"{From} to {To}";

    /// <summary>What stands under the bar.</summary>
    public string Tick => From == To ? $"’{From % 100:00}" : $"{From}";

    /// <summary>The bars of a search; years outside a chosen range stay visible.</summary>
    public static IReadOnlyList<HistogramBin> Of(IReadOnlyList<(int Year, int Count)> years, SearchQuery query)
    {
        if (years.Count == 0)
            return [];
        var (first, last) = (years[0].Year, years[^1].Year);
        var step = _steps.First(s => ((last / s) - (first / s) + 1) <= MaxBars || s == 100);
        var chosen = query.Filter("year").Include;
        var bins = new List<HistogramBin>();
        for (var from = first / step * step; from <= last; from += step)
        {
            var to = from + step - 1;
            var value = step == 1 ? from.ToString(CultureInfo.InvariantCulture) : $"{from}..{to}";
            var on = chosen.Count == 0 || chosen.Any(c => Overlaps(c, from, to));
            bins.Add(new HistogramBin(from, to, years.Where(y => y.Year >= from && y.Year <= to).Sum(y => y.Count), on, query.Only("year", value).ToUrl()));
        }

        return bins;
    }

    private static bool Overlaps(string value, int from, int to) =>
        Search.Facets.QuantityRange.Parse(value, Search.Facets.QuantityUnit.Year) is { } range && range.Min <= to && range.Max >= from;
}
