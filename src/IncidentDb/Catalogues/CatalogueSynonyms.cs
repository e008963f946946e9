using IncidentDb.Search.Queries;

namespace IncidentDb.Catalogues;

/// <summary>The names that mean the same, from everything that has aliases, and from the vocabulary <c>synonyms</c>.</summary>
public static class CatalogueSynonyms
{
    private static readonly string[] _vocabularies = ["synonyms", "technologies", "causes"];

    public static Synonyms Of(Catalogue catalogue)
    {
        var groups = new List<IReadOnlyList<string>>();
        foreach (var term in _vocabularies.SelectMany(v => catalogue.Words[v]?.Terms ?? []))
            groups.Add([term.Label, .. term.Aliases]);
        foreach (var company in catalogue.Companies)
            groups.Add([company.Name, .. company.Aliases, .. company.FormerNames]);
        foreach (var pattern in catalogue.Patterns)
            groups.Add([pattern.Name, .. pattern.Aliases]);
        return new Synonyms(groups);
    }
}
