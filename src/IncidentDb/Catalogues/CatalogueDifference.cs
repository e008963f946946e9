using IncidentDb.Companies;
using IncidentDb.History;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Search.Facets;
using IncidentDb.Vocabularies;

namespace IncidentDb.Catalogues;

/// <summary>
/// Whose records say something else in search under one catalogue than under another. What <see cref="Incidents.IncidentIndexing"/> takes from a catalogue is
/// here a text for each name and word: where the texts are equal, so is what search knows of every record that has it.
/// </summary>
internal sealed class CatalogueDifference
{
    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _incidents = new(StringComparer.Ordinal);

    private CatalogueDifference()
    {
    }

    /// <summary>Records that an episode names now and did not, or the other way round; by slug.</summary>
    public IReadOnlyCollection<string> Incidents => _incidents;

    /// <summary>True when a record with this facet value has to be indexed anew.</summary>
    public bool Touches(Facet facet, string value) => _values.TryGetValue(facet.Name, out var values) && values.Contains(value);

    /// <summary>What differs between the catalogue that records were indexed with and another.</summary>
    public static CatalogueDifference Between(Catalogue before, Catalogue after)
    {
        var difference = new CatalogueDifference();
        difference.Compare("company", before.Slugs(Noun.Company).Union(after.Slugs(Noun.Company), StringComparer.Ordinal), s => Carried(before.Company(s)), s => Carried(after.Company(s)));
        difference.Compare("pattern", before.Slugs(Noun.Pattern).Union(after.Slugs(Noun.Pattern), StringComparer.Ordinal), s => Carried(before.Pattern(s)), s => Carried(after.Pattern(s)));
        foreach (var slug in before.Slugs(Noun.Episode).Union(after.Slugs(Noun.Episode), StringComparer.Ordinal))
        {
            var names = Named(before, slug).ToHashSet(StringComparer.Ordinal);
            names.SymmetricExceptWith(Named(after, slug));
            difference._incidents.UnionWith(names);
        }

        if (ReferenceEquals(before.Words, after.Words))
            return difference;
        foreach (var facet in FacetList.All.Where(f => f.Vocabulary is not null))
        {
            var (old, now) = (before.Words[facet.Vocabulary!], after.Words[facet.Vocabulary!]);
            difference.Compare(facet.Name, WordsOf(old).Union(WordsOf(now), StringComparer.Ordinal), w => Carried(old, w), w => Carried(now, w));
        }

        return difference;
    }

    /// <summary>What may differ when nothing is known of these names but that they changed: every record that has one of them.</summary>
    /// <param name="changes">Changes of companies, patterns and episodes.</param>
    /// <param name="now">The catalogue after them.</param>
    public static CatalogueDifference After(IEnumerable<Change> changes, Catalogue now)
    {
        var difference = new CatalogueDifference();
        foreach (var change in changes)
        {
            difference.Add(ChangeLog.NameOf(change.Noun), change.Slug);
            if (change.Noun == Noun.Episode)
                difference._incidents.UnionWith(Named(now, change.Slug));
        }

        return difference;
    }

    /// <summary>What search takes of a name or word, as one text, and the other facet values under which a record may have it.</summary>
    private sealed record Entry(string Text, IEnumerable<string> Values)
    {
        public Entry(IEnumerable<string> parts, params IEnumerable<string> values)
            : this(string.Join('\u001f', parts), values)
        {
        }
    }

    private static Entry? Carried(Company? company) => company is null ? null : new([company.Name, .. company.Aliases, .. company.FormerNames, "", company.Sector ?? ""]);

    private static Entry? Carried(Pattern? pattern) => pattern is null ? null : new([pattern.Name, pattern.Category, .. pattern.Laws]);

    private static Entry? Carried(Vocabulary? vocabulary, string word) => vocabulary?.Find(word) is not { } term ? null
        : new([term.Label, .. term.Aliases, "", .. vocabulary.WithAncestors(term.Slug)], term.Aliases.Prepend(term.Slug));

    private static IEnumerable<string> Named(Catalogue catalogue, string episode) => catalogue.Episode(episode)?.Incidents.Select(i => i.Key) ?? [];

    private static IEnumerable<string> WordsOf(Vocabulary? vocabulary) => vocabulary?.Terms.SelectMany(t => t.Aliases.Prepend(t.Slug)) ?? [];

    private void Compare(string facet, IEnumerable<string> words, Func<string, Entry?> before, Func<string, Entry?> after)
    {
        foreach (var word in words)
        {
            var (old, now) = (before(word), after(word));
            if (old?.Text == now?.Text)
                continue;
            foreach (var value in new[] { old, now }.OfType<Entry>().SelectMany(e => e.Values).Append(word))
                Add(facet, value);
        }
    }

    /// <summary>Words of vocabularies are found in whatever case, so values are, too.</summary>
    private void Add(string facet, string value)
    {
        if (!_values.TryGetValue(facet, out var values))
            _values.Add(facet, values = new(StringComparer.OrdinalIgnoreCase));
        values.Add(value);
    }
}
