namespace IncidentDb.Search.Facets;

/// <summary>Which facet would narrow a result best.</summary>
public static class FacetSplit
{
    /// <summary>With fewer results one reads them all.</summary>
    private const int Fewest = 6;

    /// <summary>So many values can be taken in at a glance.</summary>
    private const int Glance = 8;

    /// <summary>What says something about an incident; a tag or the kind of a source does not divide what happened.</summary>
    private static readonly string[] _telling = ["cause", "pattern", "company", "sector", "severity", "impact", "detection", "trigger", "resolution", "technology", "duration", "ttd", "loss"];

    /// <summary>
    /// The facet whose few largest values cover most of the results and leave least of them when one is chosen, with those values; null when there is
    /// little to narrow. Facets in which something is chosen already are left out, and so are values that every result has.
    /// </summary>
    public static (FacetResult Facet, IReadOnlyList<FacetValue> Values)? Best(SearchResults results, Func<Facet, string, bool> isTop)
    {
        if (results.Total < Fewest)
            return null;
        (FacetResult Facet, IReadOnlyList<FacetValue> Values)? best = null;
        var most = 0.0;
        foreach (var facet in results.Facets.Where(f => _telling.Contains(f.Facet.Name) && results.Query.Filter(f.Facet.Name).IsEmpty))
        {
            var values = facet.Values.Where(v => v.Count > 0 && v.Count < results.Total && !Records.Blank.Is(v.Value) && isTop(facet.Facet, v.Value)).OrderByDescending(v => v.Count).Take(Glance).ToList();
            if (values.Count < 2)
                continue;
            double sum = values.Sum(v => v.Count);
            var covered = Math.Min(1, sum / results.Total);
            // What is left, on average, when whoever has a record in mind chooses one of its values.
            var left = values.Sum(v => v.Count / sum * v.Count / results.Total);
            var worth = covered * (1 - left);
            if (worth > most)
                (best, most) = ((facet, values), worth);
        }

        return best;
    }
}
