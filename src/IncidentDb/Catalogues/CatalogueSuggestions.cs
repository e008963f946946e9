using IncidentDb.Search;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;
using IncidentDb.Search.Suggestions;

namespace IncidentDb.Catalogues;

/// <summary>What can be suggested while typing: titles, companies, patterns, causes, technologies and frequent words, each with its number of records.</summary>
internal static class CatalogueSuggestions
{
    private const int MaxWords = 20_000;

    public static Suggester Of(Catalogue catalogue, SearchSnapshot snapshot)
    {
        var counts = snapshot.AllRecords.Counts;
        int Count(string facet, string value) =>
            snapshot.Values.Find(FacetList.IndexOf(FacetList.Find(facet)!), value) is var number && number >= 0 && number < counts.Length ? counts[number] : 0;
        var suggestions = new List<Suggestion>();
        suggestions.AddRange(catalogue.Companies.Select(c => new Suggestion("company", c.Name, c.Slug, Count("company", c.Slug)) { OtherNames = [.. c.Aliases, .. c.FormerNames] }));
        suggestions.AddRange(catalogue.Patterns.Select(p => new Suggestion("pattern", p.Name, p.Slug, Count("pattern", p.Slug)) { OtherNames = p.Aliases }));
        foreach (var (kind, vocabulary) in new[] { ("cause", "causes"), ("technology", "technologies") })
            suggestions.AddRange((catalogue.Words[vocabulary]?.Terms ?? []).Select(t => new Suggestion(kind, t.Label, t.Slug, Count(kind, t.Slug)) { OtherNames = t.Aliases }));
        suggestions.RemoveAll(s => s.Records == 0);
        for (var o = 0; o < snapshot.Capacity; o++)
        {
            if ((snapshot.Live[o >> 6] & (1UL << o)) != 0 && snapshot.Name(o) is var (slug, title))
                suggestions.Add(new Suggestion("incident", title, slug, 1));
        }

        var words = snapshot.Matcher.Words("").Where(w => w is { Records: > 1, Word.Length: > 3 } && w.Word.All(char.IsAsciiLetter) && !StopWords.Contains(w.Word));
        suggestions.AddRange(words.OrderByDescending(w => w.Records).ThenBy(w => w.Word, StringComparer.Ordinal).Take(MaxWords).Select(w => new Suggestion("word", w.Word, w.Word, w.Records)));
        return new Suggester(suggestions);
    }
}
