using IncidentDb.Episodes;

namespace IncidentDb.Web.Episodes;

/// <summary>What links of episodes say.</summary>
internal static class EpisodeWords
{
    private const int MostNamed = 4;

    /// <summary>“both tell Retired trading code …; patterns: kill switch, canary release; companies: Knight Capital”.</summary>
    public static string Shared(EpisodeLink link, KnowledgeBase library)
    {
        var parts = new List<string>();
        if (link.Incidents.Count > 0)
            parts.Add("both tell: " + Named(library.Incidents.BySlug(link.Incidents).Select(i => i.Title)));
        if (link.Patterns.Count > 0)
            parts.Add("patterns: " + Named(link.Patterns.Select(library.Catalogue.PatternName)));
        if (link.Companies.Count > 0)
            parts.Add("companies: " + Named(link.Companies.Select(library.Catalogue.CompanyName)));
        return string.Join("; ", parts);
    }

    private static string Named(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(MostNamed)) + (all.Count > MostNamed ? $" and {all.Count - MostNamed} more" : "");
    }
}
