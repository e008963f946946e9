using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Catalogues;

/// <summary>
/// Everything that records refer to — companies, patterns, episodes, vocabularies — in memory, immutable. It is small beside the
/// records, and every page needs it.
/// </summary>
public sealed class Catalogue
{
    public static readonly Catalogue Empty = new() { Words = VocabularySet.Empty };

    private readonly Dictionary<string, Company> _companies = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pattern> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Episode> _episodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(Noun, string), string> _other = [];

    public required VocabularySet Words { get; init; }

    /// <summary>By name.</summary>
    public IReadOnlyList<Company> Companies
    {
        get;
        init
        {
            field = [.. value.OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase).ThenBy(c => c.Slug, StringComparer.Ordinal)];
            foreach (var company in field)
            {
                _companies[company.Slug] = company;
                Add(Noun.Company, company.Slug, company.Aliases.Concat(company.FormerNames).Append(company.Name), company.FormerSlugs);
            }
        }
    } = [];

    /// <summary>By name.</summary>
    public IReadOnlyList<Pattern> Patterns
    {
        get;
        init
        {
            field = [.. value.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Slug, StringComparer.Ordinal)];
            foreach (var pattern in field)
            {
                _patterns[pattern.Slug] = pattern;
                Add(Noun.Pattern, pattern.Slug, pattern.Aliases.Append(pattern.Name), pattern.FormerSlugs);
            }
        }
    } = [];

    /// <summary>By series and number.</summary>
    public IReadOnlyList<Episode> Episodes
    {
        get;
        init
        {
            field = [.. value.OrderBy(e => e.Series, StringComparer.Ordinal).ThenBy(e => NumberOf(e.Number)).ThenBy(e => e.Slug, StringComparer.Ordinal)];
            foreach (var episode in field)
            {
                _episodes[episode.Slug] = episode;
                Add(Noun.Episode, episode.Slug, [], episode.FormerSlugs);
            }
        }
    } = [];

    public IReadOnlyList<Combination> Combinations { get; init; } = [];

    public IReadOnlyList<Era> Eras { get; init; } = [];

    public Company? Company(string slug) => _companies.GetValueOrDefault(slug);

    public Pattern? Pattern(string slug) => _patterns.GetValueOrDefault(slug);

    public Episode? Episode(string slug) => _episodes.GetValueOrDefault(slug);

    public string CompanyName(string slug) => Company(slug)?.Name ?? slug;

    public string PatternName(string slug) => Pattern(slug)?.Name ?? slug;

    /// <summary>The catalogue with some of its companies, patterns and episodes as they are now: by slug, null for one that is there no more.</summary>
    internal Catalogue With(IReadOnlyDictionary<(Noun Noun, string Slug), RecordPart?> now)
    {
        IReadOnlyList<T> Now<T>(Noun noun, IReadOnlyList<T> all, Func<T, string> slug) =>
            now.Keys.Any(k => k.Noun == noun) ? [.. all.Where(r => !now.ContainsKey((noun, slug(r)))), .. now.Where(r => r.Key.Noun == noun).Select(r => r.Value).OfType<T>()] : all;
        return new()
        {
            Words = Words,
            Companies = Now(Noun.Company, Companies, c => c.Slug),
            Patterns = Now(Noun.Pattern, Patterns, p => p.Slug),
            Episodes = Now(Noun.Episode, Episodes, e => e.Slug),
            Combinations = Combinations,
            Eras = Eras,
        };
    }

    /// <summary>The slug that a slug, alias or former slug of a company, pattern or episode stands for, however it is written, or null: then the name is free.</summary>
    public string? Resolve(Noun noun, string slug)
    {
        if (Has(noun, slug))
            return slug;
        var tidy = Slug.From(slug);
        return _other.GetValueOrDefault((noun, slug)) ?? (Has(noun, tidy) ? tidy : _other.GetValueOrDefault((noun, tidy)));
    }

    private bool Has(Noun noun, string slug) => noun switch
    {
        Noun.Company => _companies.ContainsKey(slug),
        Noun.Pattern => _patterns.ContainsKey(slug),
        Noun.Episode => _episodes.ContainsKey(slug),
        _ => false,
    };

    public IEnumerable<string> Slugs(Noun noun) => noun switch
    {
        Noun.Company => _companies.Keys,
        Noun.Pattern => _patterns.Keys,
        Noun.Episode => _episodes.Keys,
        _ => [],
    };

    private void Add(Noun noun, string slug, IEnumerable<string> names, IEnumerable<string> formerSlugs)
    {
        foreach (var other in formerSlugs.Concat(names.Select(Slug.From)))
            _other.TryAdd((noun, other), slug);
    }

    /// <summary>The number for ordering: "2", "1.2" and "12a" sort as people count.</summary>
    private static decimal NumberOf(string? number)
    {
        var digits = new string([.. (number ?? "").TakeWhile(c => char.IsAsciiDigit(c) || c == '.')]);
        return decimal.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : decimal.MaxValue;
    }
}
