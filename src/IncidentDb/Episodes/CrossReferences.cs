using IncidentDb.Catalogues;

namespace IncidentDb.Episodes;

/// <summary>What two episodes have in common; the later one calls back to the earlier.</summary>
/// <param name="Incidents">Slugs of records that both tell.</param>
/// <param name="Patterns">Slugs.</param>
/// <param name="Companies">Slugs.</param>
public sealed record EpisodeLink(Episode Earlier, Episode Later, IReadOnlyList<string> Incidents, IReadOnlyList<string> Patterns, IReadOnlyList<string> Companies)
{
    /// <summary>A story told twice binds more than a pattern or a company.</summary>
    public int Weight => (3 * Incidents.Count) + Patterns.Count + Companies.Count;

    public Episode Other(Episode one) => one.Slug == Earlier.Slug ? Later : Earlier;
}

/// <summary>Which episodes share records, patterns and companies.</summary>
public sealed class CrossReferences
{
    private readonly ILookup<string, EpisodeLink> _byEpisode;

    private CrossReferences(IReadOnlyList<Episode> episodes, IReadOnlyList<EpisodeLink> links)
    {
        Episodes = episodes;
        Links = links;
        _byEpisode = links.SelectMany(l => new[] { (l.Earlier.Slug, Link: l), (l.Later.Slug, Link: l) }).ToLookup(x => x.Slug, x => x.Link, StringComparer.Ordinal);
    }

    /// <summary>In the order of the show: by date of airing where it is known, then by series and number.</summary>
    public IReadOnlyList<Episode> Episodes { get; }

    public IReadOnlyList<EpisodeLink> Links { get; }

    /// <summary>Links of an episode, the closest first.</summary>
    public IReadOnlyList<EpisodeLink> Of(string episode) => [.. _byEpisode[episode].OrderByDescending(l => l.Weight).ThenBy(l => l.Earlier.Slug, StringComparer.Ordinal).ThenBy(l => l.Later.Slug, StringComparer.Ordinal)];

    public static CrossReferences Of(Catalogue catalogue)
    {
        var series = catalogue.Words.Slugs("series").ToList();
        var episodes = catalogue.Episodes.OrderBy(e => e.AirDate is null).ThenBy(e => e.AirDate?.At.Earliest).ThenBy(e => series.IndexOf(e.Series)).ToList();
        var links = new List<EpisodeLink>();
        for (var i = 0; i < episodes.Count; i++)
        {
            for (var j = i + 1; j < episodes.Count; j++)
            {
                var (a, b) = (episodes[i], episodes[j]);
                var link = new EpisodeLink(
                    a, b, Shared(a.Incidents.Select(x => x.Key), b.Incidents.Select(x => x.Key)), Shared(a.Patterns.Select(x => x.Key), b.Patterns.Select(x => x.Key)), Shared(a.Companies, b.Companies));
                if (link.Weight > 0)
                    links.Add(link);
            }
        }

        return new CrossReferences(episodes, links);
    }

    private static List<string> Shared(IEnumerable<string> one, IEnumerable<string> other) => [.. one.Intersect(other, StringComparer.Ordinal)];
}
