using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Search.Analysis;

namespace IncidentDb.Quality;

/// <summary>Two records that may tell the same incident, with the reason.</summary>
public sealed record LookAlike(string First, string Second, string Reason);

/// <summary>
/// Finds incidents told twice: the same company at the same time, the same document about the same weeks, or nearly the same words. Records that
/// name each other as related were looked at by a person and are left alone.
/// </summary>
public static class LookAlikes
{
    private const double SameWords = 0.5;
    private static readonly TimeSpan _sameTime = TimeSpan.FromDays(2);
    private static readonly TimeSpan _sameWeeks = TimeSpan.FromDays(30);

    public static IEnumerable<LookAlike> Among(IReadOnlyList<Incident> incidents)
    {
        var told = incidents.Where(i => !i.IsCaseStudy && i.Started is not null)
            .Select(i => (Incident: i, Start: i.Started!.At, Companies: Companies(i), Urls: Urls(i), Words: Words(i)))
            .OrderBy(i => i.Incident.Slug, StringComparer.Ordinal)
            .ToList();
        for (var a = 0; a < told.Count; a++)
        {
            for (var b = a + 1; b < told.Count; b++)
            {
                var (one, other) = (told[a], told[b]);
                if (Related(one.Incident, other.Incident))
                    continue;
                if (one.Companies.Overlaps(other.Companies) && Apart(one.Start, other.Start) <= _sameTime)
                    yield return new LookAlike(one.Incident.Slug, other.Incident.Slug, "the same company, and they began within two days of each other");
                else if (one.Urls.Overlaps(other.Urls) && Apart(one.Start, other.Start) <= _sameWeeks)
                    yield return new LookAlike(one.Incident.Slug, other.Incident.Slug, "the same document as a source, and they began within a month of each other");
                else if (Likeness(one.Words, other.Words) >= SameWords)
                    yield return new LookAlike(one.Incident.Slug, other.Incident.Slug, "nearly the same words in title and line");
            }
        }
    }

    private static bool Related(Incident one, Incident other) =>
        one.Relations.Any(r => r.Incident == other.Slug) || other.Relations.Any(r => r.Incident == one.Slug);

    private static HashSet<string> Companies(Incident incident) => [.. incident.Companies.Select(c => c.Slug).Where(c => c != "undisclosed")];

    private static HashSet<string> Urls(Incident incident) => [.. incident.Sources.Select(s => s.Url).OfType<string>().Select(SourceUrl.Canonical).OfType<string>()];

    private static HashSet<string> Words(Incident incident) =>
        [.. Tokenizer.Tokenize($"{incident.Title} {Citations.Remove(incident.OneLine)}").Where(t => t.Word.Length > 3).Select(t => EnglishStemmer.Stem(t.Word))];

    /// <summary>Zero when the two spans touch. A year or a month is no time at which two incidents can meet.</summary>
    private static TimeSpan Apart(When one, When other)
    {
        if (one.Start.Precision < WhenPrecision.Day || other.Start.Precision < WhenPrecision.Day)
            return TimeSpan.MaxValue;
        return one.Earliest > other.Latest ? one.Earliest - other.Latest : other.Earliest > one.Latest ? other.Earliest - one.Latest : TimeSpan.Zero;
    }

    private static double Likeness(HashSet<string> one, HashSet<string> other)
    {
        var shared = one.Count(other.Contains);
        return shared == 0 ? 0 : (double)shared / (one.Count + other.Count - shared);
    }
}
