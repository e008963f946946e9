using IncidentDb.Catalogues;
using IncidentDb.Search;

namespace IncidentDb.Web.Incidents;

/// <summary>The rows that a facet prints: the most frequent values and every chosen one; words below others stand under them.</summary>
internal static class FacetRows
{
    public static IReadOnlyList<(FacetValue Value, bool Child)> Of(FacetResult facet, bool all, Catalogue catalogue)
    {
        var shown = facet.Values.Where((v, i) => all || i < facet.Facet.Shown || v.Selected || v.Excluded).ToList();
        if (facet.Facet.Vocabulary is not { } name || catalogue.Words[name] is not { } vocabulary || vocabulary.Terms.All(t => t.Parent is null))
            return [.. shown.Select(v => (v, false))];
        var rows = new List<(FacetValue, bool)>();
        var placed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in shown)
        {
            var top = vocabulary.Find(value.Value)?.Parent ?? value.Value;
            if (!placed.Add(top))
                continue;
            var parent = facet.Values.FirstOrDefault(v => v.Value == top);
            if (parent is not null)
                rows.Add((parent, false));
            rows.AddRange(shown.Where(v => v.Value != top && vocabulary.Find(v.Value)?.Parent == top).Select(v => (v, parent is not null)));
        }

        return rows;
    }
}
