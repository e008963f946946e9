using IncidentDb.Catalogues;
using IncidentDb.Records;
using IncidentDb.Search;

namespace IncidentDb.Web.Incidents;

/// <summary>
/// The rows that a facet prints: the most frequent values and every chosen one; values below others stand under them; the three blanks come last
/// and are never left out.
/// </summary>
internal static class FacetRows
{
    public static IReadOnlyList<(FacetValue Value, bool Child)> Of(FacetResult facet, bool all, FacetWords words)
    {
        var shown = facet.Values.Where((v, i) => all || i < facet.Facet.Shown || v.Selected || v.Excluded || Blank.Is(v.Value)).ToList();
        var rows = new List<(FacetValue, bool)>(shown.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in shown.Where(v => !Blank.Is(v.Value)))
        {
            var top = words.Above(facet.Facet, value.Value) ?? value.Value;
            if (!placed.Add(top))
                continue;
            var parent = facet.Values.FirstOrDefault(v => v.Value == top);
            if (parent is not null)
                rows.Add((parent, false));
            rows.AddRange(shown.Where(v => v.Value != top && words.Above(facet.Facet, v.Value) == top).Select(v => (v, parent is not null)));
        }

        rows.AddRange(shown.Where(v => Blank.Is(v.Value)).Select(v => (v, false)));
        return rows;
    }
}
