using IncidentDb.Catalogues;
using IncidentDb.Search;
using IncidentDb.Search.Facets;

namespace IncidentDb.Export;

/// <summary>Puts names to what records have in common, for the page and its JSON.</summary>
public static class SimilarShapes
{
    private const int Shown = 6;

    /// <summary>The records most like one with the reasons, best first; those that it names itself are left out.</summary>
    public static IReadOnlyList<SimilarShape> Of(KnowledgeBase library, long id, IReadOnlyList<string> related)
    {
        // One number for all records: what was found is kept under it.
        var found = library.Search.Similar(id, Shown * 2).Where(s => !related.Contains(s.Slug)).Take(Shown).ToList();
        var summaries = library.Incidents.Summaries([.. found.Select(s => s.Id)]).ToDictionary(s => s.Slug);
        var words = new FacetWords(library.Catalogue);
        return
        [
            .. found.Where(s => summaries.ContainsKey(s.Slug)).Select(s => new SimilarShape(
                s.Slug, summaries[s.Slug].Title, summaries[s.Slug].Started?.ToString(), $"/incidents/{s.Slug}", Math.Round(s.Score, 2), [.. s.Reasons.Select(r => Reason(r, words))])),
        ];
    }

    private static LikenessShape Reason(Likeness reason, FacetWords words) => reason.Aspect switch
    {
        "wording" => new("wording", "Wording", Share(reason), [.. reason.Values.Select(v => new ValueShape(v, v))]),
        "time" => new("time", "Time", Share(reason), [.. reason.Values.Select(v => new ValueShape(v, FacetList.Find(v)!.Label))]),
        var name => new(name, FacetList.Find(name)!.Label, Share(reason), [.. reason.Values.Select(v => new ValueShape(v, words.Label(FacetList.Find(name)!, v)))]),
    };

    private static double Share(Likeness reason) => Math.Round(reason.Share, 3);
}
