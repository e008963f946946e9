using IncidentDb.Records;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Incidents;

/// <summary>By what a record is recognised as the one that is there already.</summary>
public sealed record Traits
{
    /// <summary>Company slugs; one that is not disclosed is no company.</summary>
    public required IReadOnlyList<string> Companies { get; init; }

    /// <summary>The addresses it cites, in their canonical form.</summary>
    public required IReadOnlySet<string> Urls { get; init; }

    public required When? Started { get; init; }

    /// <summary>Telling words of its title and line by their stem, each as written, in their order.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }

    /// <param name="incident">The record, as far as it is known.</param>
    /// <param name="nameOf">The slug under which a company is known here now.</param>
    public static Traits Of(Incident incident, Func<string, string>? nameOf = null) => Of(
        $"{incident.Title} {Citations.Remove(incident.OneLine)}",
        incident.Companies.Select(c => nameOf is null ? c.Slug : nameOf(c.Slug)),
        incident.Started?.At,
        incident.Sources.Select(s => s.Url));

    /// <param name="words">Title and line.</param>
    /// <param name="companies">Slugs, as companies are known here.</param>
    /// <param name="started">When it began, as far as that is known.</param>
    /// <param name="urls">Addresses as written; what is none is left out.</param>
    public static Traits Of(string words, IEnumerable<string> companies, When? started, IEnumerable<string?> urls) => new()
    {
        Companies = Named(companies),
        Urls = urls.Select(url => url is null ? null : SourceUrl.Canonical(url)).OfType<string>().ToHashSet(StringComparer.Ordinal),
        Started = started,
        Words = WordsOf(words),
    };

    /// <param name="summary">A record as lists show it.</param>
    /// <param name="urls">Those of its addresses that matter.</param>
    public static Traits Of(IncidentSummary summary, IReadOnlySet<string> urls) => new()
    {
        Companies = Named(summary.Companies.Select(c => c.Slug)),
        Urls = urls,
        Started = summary.Started,
        Words = WordsOf($"{summary.Title} {summary.OneLine.ToText()}"),
    };

    private static List<string> Named(IEnumerable<string> companies) => [.. companies.Where(c => c != "undisclosed").Distinct(StringComparer.Ordinal)];

    private static Dictionary<string, string> WordsOf(string text)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var token in Tokenizer.Tokenize(text))
        {
            if (token.Word.Length >= 4 && !_common.Contains(token.Word))
                words.TryAdd(EnglishStemmer.Stem(token.Word), text.Substring(token.Start, token.Length));
        }

        return words;
    }

    private static readonly HashSet<string> _common = new(
        [
            "about", "after", "again", "also", "before", "behind", "between", "during", "each", "every", "from", "have", "hours", "into", "minutes", "more", "most", "other", "over", "service", "services",
            "since", "some", "that", "their", "them", "then", "there", "they", "this", "until", "when", "where", "which", "while", "with", "without", "down", "fails", "outage",
        ],
        StringComparer.Ordinal);
}

/// <summary>
/// What two records share: the one measure for a draft beside the published records and for the files of a folder among themselves.
/// </summary>
public sealed record Resemblance
{
    /// <summary>Days within which two outages of a company may be one.</summary>
    public const int Window = 2;

    /// <summary>Days within which two starts are compared at all: a document may tell of several incidents, but rarely of two in a month.</summary>
    public const int Weeks = 30;

    private const int TellingWords = 3;
    private const double MostWords = 0.5;

    /// <summary>Addresses that both cite, in their canonical form.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Companies of both.</summary>
    public required IReadOnlyList<string> Companies { get; init; }

    /// <summary>Days between the two starts, rounded; null when they are more than <see cref="Weeks"/> apart, or one is not known to the month.</summary>
    public required int? DaysApart { get; init; }

    /// <summary>True when both starts are known to the day.</summary>
    public required bool ToTheDay { get; init; }

    /// <summary>Telling words of both, as the first has them.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>The words of both among the words of either, 0 to 1.</summary>
    public required double WordShare { get; init; }

    /// <summary>One company at one time. A month is no time at which two outages can meet.</summary>
    public bool SameOutage => Companies.Count > 0 && DaysApart <= Window && ToTheDay;

    /// <summary>One document about the same weeks, or while the days are not known, with much the same words.</summary>
    public bool SameDocument => Urls.Count > 0 && (DaysApart is not null || (!ToTheDay && Words.Count >= TellingWords));

    /// <summary>Nearly the same words, whatever else they say.</summary>
    public bool SameWords => WordShare >= MostWords;

    public static Resemblance Of(Traits one, Traits other)
    {
        var words = one.Words.Where(w => other.Words.ContainsKey(w.Key)).Select(w => w.Value).ToList();
        var all = one.Words.Count + other.Words.Count - words.Count;
        return new Resemblance
        {
            Urls = [.. one.Urls.Where(other.Urls.Contains)],
            Companies = [.. one.Companies.Where(other.Companies.Contains)],
            DaysApart = Days(one.Started, other.Started),
            ToTheDay = one.Started?.Start.Precision >= WhenPrecision.Day && other.Started?.Start.Precision >= WhenPrecision.Day,
            Words = words,
            WordShare = all == 0 ? 0 : (double)words.Count / all,
        };
    }

    /// <summary>Zero when the two spans touch. Those of years touch too often to say anything.</summary>
    private static int? Days(When? one, When? other)
    {
        if (one is null || other is null || one.Start.Precision < WhenPrecision.Month || other.Start.Precision < WhenPrecision.Month)
            return null;
        var gap = one.Earliest > other.Latest ? one.Earliest - other.Latest : other.Earliest > one.Latest ? other.Earliest - one.Latest : TimeSpan.Zero;
        return gap.TotalDays <= Weeks ? (int)Math.Round(gap.TotalDays) : null;
    }
}
