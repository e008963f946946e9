using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search;

namespace IncidentDb.Submissions;

/// <summary>A published record that a submission looks like, and why.</summary>
public sealed record Lookalike
{
    public required IncidentSummary Incident { get; init; }

    /// <summary>What both have.</summary>
    public required Resemblance Shared { get; init; }

    public string Slug => Incident.Slug;

    public string Title => Incident.Title;

    /// <summary>True when the author must say what it is: one company at one time, or one source and much the same words or time.</summary>
    public bool IsLikely => Shared.SameOutage || Shared.SameDocument;

    /// <summary>Worth a look, though nobody must answer.</summary>
    internal bool IsWorthALook => IsLikely || Shared.Urls.Count > 0 || Shared.Words.Count >= 4 || (Shared.Companies.Count > 0 && (Shared.DaysApart <= Resemblance.Window || Shared.Words.Count >= 3));

    internal double Score => (Shared.Urls.Count * 4) + (Shared.Companies.Count > 0 ? 2 : 0) + (Shared.DaysApart is { } days ? 3.0 / (1 + days) + 1 : 0) + (Shared.Words.Count * 0.5);
}

/// <summary>Finds published records that may be the one that is being submitted: by address, by company and time, by words.</summary>
public static class DuplicateFinder
{
    private const int Most = 5;
    private const int MostWords = 24;
    private const int MostText = 2_000;
    private const int MostUrls = 40;
    private const int MostCompanies = 20;

    /// <summary>Of one company's records, or of those that cite one document; more of them tell nothing apart.</summary>
    private const int MostOfOne = 200;

    /// <summary>The nearest first; none for a record that is nothing like the others.</summary>
    public static IReadOnlyList<Lookalike> Find(KnowledgeBase library, Incident incident) => Find(library, Traits.Of(incident, c => Known(library, c)), incident.Slug);

    /// <summary>The same for a form that is no record yet: each of the fields that matter counts as soon as it can be read.</summary>
    public static IReadOnlyList<Lookalike> Find(KnowledgeBase library, FormFields form)
    {
        IEnumerable<string> Each(string part, string field) => Enumerable.Range(0, form.Rows(part)).Select(i => form[$"{part}[{i}].{field}"].Trim()).Where(v => v.Length > 0);
        var words = $"{form["title"]} {Citations.Remove(form[RecordForm.OneLine])}";
        var companies = Each("companies", "key").Select(c => Known(library, Slug.From(c)));
        return Find(library, Traits.Of(words.Length <= MostText ? words : words[..MostText], companies, WhenText.Parse(form["started"].Trim(), null, out _), Each("sources", "url").Take(MostUrls)), "");
    }

    private static string Known(KnowledgeBase library, string company) => library.Catalogue.Resolve(Noun.Company, company) ?? company;

    private static IReadOnlyList<Lookalike> Find(KnowledgeBase library, Traits mine, string slug)
    {
        var citing = mine.Urls.SelectMany(url => library.Incidents.CitingUrl(url).Take(MostOfOne).Select(slug => (slug, url))).ToLookup(c => c.slug, c => c.url, StringComparer.Ordinal);
        var candidates = new Dictionary<string, IncidentSummary>(StringComparer.Ordinal);
        foreach (var other in library.Incidents.BySlug(citing.Select(c => c.Key)).Concat(OfCompanies(library, mine)).Concat(OfWords(library, mine)))
            candidates.TryAdd(other.Slug, other);
        candidates.Remove(slug);
        return
        [
            .. candidates.Values
                .Select(other => new Lookalike { Incident = other, Shared = Resemblance.Of(mine, Traits.Of(other, citing[other.Slug].ToHashSet(StringComparer.Ordinal))) })
                .Where(l => l.IsWorthALook)
                .OrderByDescending(l => l.Score)
                .Take(Most),
        ];
    }

    /// <summary>Those near in time; what is alike at another time is alike by its words.</summary>
    private static IEnumerable<IncidentSummary> OfCompanies(KnowledgeBase library, Traits mine)
    {
        if (mine.Started is not { } when || when.Start.Precision < WhenPrecision.Month)
            return [];
        var weeks = TimeSpan.FromDays(Resemblance.Weeks + 1);
        return mine.Companies.Take(MostCompanies).SelectMany(c => library.Incidents.OfCompany(c, when.Earliest - weeks, when.Latest + weeks, MostOfOne));
    }

    private static IEnumerable<IncidentSummary> OfWords(KnowledgeBase library, Traits mine)
    {
        if (mine.Words.Count == 0)
            return [];
        var query = new SearchQuery { Text = $"title:({string.Join(" OR ", mine.Words.Values.Take(MostWords))})", Size = 20 };
        return library.Summaries(library.Search.Search(query, library.SearchOptions().HitsOnly));
    }
}
