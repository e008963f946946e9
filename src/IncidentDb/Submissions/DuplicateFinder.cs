using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Submissions;

/// <summary>A published record that a submission looks like, and why.</summary>
public sealed record Lookalike
{
    public required IncidentSummary Incident { get; init; }

    /// <summary>Addresses that both cite, in their canonical form.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Companies of both.</summary>
    public required IReadOnlyList<string> Companies { get; init; }

    /// <summary>Days between the two starts; null when they are not near, or one has none.</summary>
    public required int? DaysApart { get; init; }

    /// <summary>Words of the submission's title and first sentence that the other's have, too.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    public string Slug => Incident.Slug;

    public string Title => Incident.Title;

    /// <summary>True when the author must say what it is: one company at one time, or one source and much the same words or time.</summary>
    public bool IsLikely => (Companies.Count > 0 && DaysApart <= DuplicateFinder.Window) || (Urls.Count > 0 && (DaysApart is not null || Words.Count >= 3));

    internal double Score => (Urls.Count * 4) + (Companies.Count > 0 ? 2 : 0) + (DaysApart is { } days ? 3.0 / (1 + days) + 1 : 0) + (Words.Count * 0.5);
}

/// <summary>Finds published records that may be the one that is being submitted: by address, by company and time, by words.</summary>
public static class DuplicateFinder
{
    /// <summary>Days within which two outages of a company count as near.</summary>
    public const int Window = 3;
    private const int Most = 5;

    /// <summary>The nearest first; none for a record that is nothing like the others.</summary>
    public static IReadOnlyList<Lookalike> Find(KnowledgeBase library, Incident incident)
    {
        var urls = incident.Sources.Select(s => s.Url is null ? null : SourceUrl.Canonical(s.Url)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var candidates = new HashSet<string>(urls.SelectMany(library.Incidents.CitingUrl), StringComparer.Ordinal);
        var companies = incident.Companies.Select(c => library.Catalogue.Resolve(Noun.Company, c.Slug) ?? c.Slug).ToList();
        candidates.UnionWith(companies.SelectMany(library.Incidents.OfCompany).Where(s => Days(s, incident) is not null).Select(s => s.Slug));
        var words = WordsOf($"{incident.Title} {Citations.Remove(incident.OneLine)}");
        if (words.Count > 0)
        {
            var query = new SearchQuery { Text = string.Join(" OR ", words.Keys.Take(24).Select(w => $"title:\"{w}\"")), Size = 20 };
            var found = library.Search.Search(query, library.SearchOptions() with { WithFacets = false, WithSnippets = false });
            candidates.UnionWith(found.Hits.Select(h => h.Slug));
        }

        candidates.Remove(incident.Slug);
        return
        [
            .. library.Incidents.BySlug(candidates)
                .Select(other => Compare(library, other, incident, urls, companies, words))
                .Where(l => l.IsLikely || l.Urls.Count > 0 || l.Words.Count >= 4 || (l.Companies.Count > 0 && l.Words.Count >= 3))
                .OrderByDescending(l => l.Score)
                .Take(Most),
        ];
    }

    private static Lookalike Compare(KnowledgeBase library, IncidentSummary other, Incident incident, HashSet<string> urls, List<string> companies, Dictionary<string, string> words)
    {
        var whole = library.Incidents.Find(other.Slug)?.Incident;
        var theirs = WordsOf($"{other.Title} {Citations.Remove(whole?.OneLine ?? "")}");
        var cited = (whole?.Sources ?? []).Select(s => s.Url is null ? null : SourceUrl.Canonical(s.Url)).OfType<string>();
        return new Lookalike
        {
            Incident = other,
            Urls = [.. urls.Intersect(cited, StringComparer.Ordinal)],
            Companies = [.. other.Companies.Select(c => c.Slug).Intersect(companies, StringComparer.Ordinal)],
            DaysApart = Days(other, incident),
            Words = [.. words.Where(w => theirs.ContainsKey(w.Key)).Select(w => w.Value)],
        };
    }

    /// <summary>Whole days between the spans of the two starts, when there are at most thirty.</summary>
    private static int? Days(IncidentSummary other, Incident incident)
    {
        if (other.Started is not { } a || incident.Started?.At is not { } b)
            return null;
        var gap = a.Earliest > b.Latest ? a.Earliest - b.Latest : b.Earliest > a.Latest ? b.Earliest - a.Latest : TimeSpan.Zero;
        return gap.TotalDays <= 30 ? (int)gap.TotalDays : null;
    }

    /// <summary>Telling words by their stem, each with the word as written.</summary>
    private static Dictionary<string, string> WordsOf(string text)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var word in text.Split((char[]?)[' ', '\n', ',', '.', ';', ':', '(', ')', '“', '”', '"', '’', '\'', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Length >= 4 && !_common.Contains(word.ToLowerInvariant()))
                words.TryAdd(EnglishStemmer.Stem(word.ToLowerInvariant()), word);
        }

        return words;
    }

    private static readonly HashSet<string> _common =
        ["about", "after", "again", "also", "and", "before", "behind", "between", "during", "each", "every", "from", "have", "hours", "into", "minutes", "more", "most", "other", "over", "service", "services", "since", "some", "that", "their", "them", "then", "there", "they", "this", "until", "when", "where", "which", "while", "with", "without", "down", "fails", "outage"];
}
