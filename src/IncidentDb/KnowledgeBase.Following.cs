using System.Diagnostics;
using System.Globalization;
using IncidentDb.Catalogues;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.History;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Kept;
using IncidentDb.Submissions;
using IncidentDb.Vocabularies;
using Microsoft.Data.Sqlite;

namespace IncidentDb;

/// <summary>How catalogue and search come to what the database holds, at the start and after every write.</summary>
public sealed partial class KnowledgeBase
{
    /// <summary>With more changes at once everything is read anew.</summary>
    private const int MaxFollowed = 2_000;

    /// <summary>Brings catalogue and search up to the last change. Called after every write; harmless when there is nothing to do.</summary>
    public void Follow() => Database.WhenWritten(() => FollowNow());

    /// <param name="started">True for an index from a file, of which it is not known what the catalogue was.</param>
    private void FollowNow(bool started = false)
    {
        lock (_following)
        {
            var changes = Changes.After(Search.Seq);
            if (changes.Count == 0)
                return;
            if (changes.Count > MaxFollowed)
            {
                Reload();
                return;
            }

            // A record changes itself; a name or a word what the records say that have it.
            var nouns = changes.Where(c => c.Noun != Noun.Incident).ToList();
            var catalogue = started || nouns.Count == 0 ? _catalogue : Renewed(nouns);
            var ids = changes.Where(c => c.Noun == Noun.Incident).Select(c => c.RecordId).ToHashSet();
            if (nouns.Count > 0)
                ids.UnionWith(Concerned(started ? CatalogueDifference.After(nouns, catalogue) : CatalogueDifference.Between(_catalogue, catalogue)));
            // One by one a record takes up to twice as long as when all are built together.
            if (ids.Count > Search.Count / 2)
            {
                Reload(changes[^1].Seq, catalogue);
                return;
            }

            var records = ids.Order().AsParallel().AsOrdered().Select(id => (id, Record: Incidents.ById(id) is { } incident ? IncidentIndexing.Of(id, incident, catalogue) : null)).ToList();
            _catalogue = catalogue;
            Search.Apply([.. records.Where(r => r.Record is null).Select(r => r.id)], [.. records.Select(r => r.Record).OfType<IndexedRecord>()], changes[^1].Seq);
        }
    }

    /// <summary>The catalogue after these changes: with other words all of it is read anew, else what changed.</summary>
    private Catalogue Renewed(IReadOnlyList<Change> nouns) => nouns.Any(c => c.Noun == Noun.Vocabulary)
        ? LoadCatalogue()
        : _catalogue.With(nouns.Select(c => (c.Noun, c.Slug)).Distinct().ToDictionary(n => n, n => Records.Find(n.Noun, n.Slug) is { Status: "published" } stored ? Read(stored, _catalogue.Words) : null));

    /// <summary>
    /// The catalogue as the one writer finds it in its transaction: as it was followed, with what others have written since. What is decided by it can't be
    /// overtaken.
    /// </summary>
    internal Catalogue CatalogueIn(SqliteConnection c)
    {
        // In this order: the catalogue is never older than the change up to which search is.
        var (seq, catalogue) = (Search.Seq, _catalogue);
        var late = ChangeLog.NamesAfter(c, seq);
        return late.Count == 0 ? catalogue : catalogue.With(late.ToDictionary(n => n, n => RecordStore.Find(c, n.Noun, n.Slug) is { Status: "published" } stored ? Read(stored, catalogue.Words) : null));
    }

    /// <summary>The records that search knows otherwise after a difference.</summary>
    private IEnumerable<long> Concerned(CatalogueDifference difference) =>
        Search.Having(difference.Touches).Concat(difference.Incidents.Select(slug => Records.Find(Noun.Incident, slug)).OfType<StoredRecord>().Select(r => r.Id));

    /// <summary>Makes search ready: from its file, to which the changes since are added; where it can't be used, from the records.</summary>
    private void Start()
    {
        lock (_following)
        {
            var seq = Changes.LastSeq();
            var loading = Task.Run(LoadCatalogue);
            var kept = _kept?.Read(Misfit);
            var catalogue = loading.GetAwaiter().GetResult();
            // Only who holds the directory writes into it.
            if (_kept is not null && Database.IsWriter)
                Search.Built = built => _kept.Write(built, LastChange);
            if (kept is not null)
            {
                _catalogue = catalogue;
                Search.Start(kept);
                FollowNow(started: true);
                return;
            }

            var start = Stopwatch.GetTimestamp();
            Reload(seq, catalogue);
            _log(string.Create(CultureInfo.InvariantCulture, $"Search was built from {Search.Count:#,0} records in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s."));
        }
    }

    /// <summary>Why an index that was kept is of no use to this database; null when it is.</summary>
    private string? Misfit(KeptState kept)
    {
        if (Changes.ChainAt(kept.Seen) != kept.Chain)
            return "it was built from another database, or from changes that this one no longer has";
        var changes = Changes.After(kept.Seq, MaxFollowed + 1);
        if (changes.Any(c => c.Noun == Noun.Vocabulary))
            return "words have changed since";
        return changes.Count > MaxFollowed ? $"more than {MaxFollowed} records have changed since" : null;
    }

    private (long Seq, string Chain) LastChange()
    {
        var seq = Changes.LastSeq();
        return (seq, Changes.ChainAt(seq) ?? "");
    }

    /// <summary>Reads everything anew.</summary>
    private void Reload() => Reload(Changes.LastSeq(), LoadCatalogue());

    private void Reload(long seq, Catalogue catalogue)
    {
        lock (_following)
        {
            var stored = new List<(long, Incident)>();
            Incidents.ForEach((id, incident) => stored.Add((id, incident)));
            var records = stored.AsParallel().AsOrdered().Select(s => IncidentIndexing.Of(s.Item1, s.Item2, catalogue)).ToList();
            _catalogue = catalogue;
            Search.Load(records, seq);
        }
    }

    private Catalogue LoadCatalogue()
    {
        var vocabularies = new List<Vocabulary>();
        IReadOnlyList<Combination> combinations = [];
        IReadOnlyList<Era> eras = [];
        foreach (var record in Records.All(Noun.Vocabulary))
        {
            var context = new ReadContext { File = record.Slug, Words = VocabularySet.Empty };
            if (record.Slug is CombinationFile.Name or EraFile.Name)
                continue;
            if (VocabularyFile.Read(record.Slug, record.Content, context).Record is { } vocabulary)
                vocabularies.Add(vocabulary);
        }

        var words = new VocabularySet(vocabularies);
        foreach (var record in Records.All(Noun.Vocabulary))
        {
            if (record.Slug == CombinationFile.Name)
                combinations = CombinationFile.Read(record.Content, Context(record, words)).Record ?? [];
            else if (record.Slug == EraFile.Name)
                eras = EraFile.Read(record.Content, Context(record, words)).Record ?? [];
        }

        IReadOnlyList<T> All<T>(Noun noun) => [.. Records.All(noun).Select(r => Read(r, words)).OfType<T>()];
        return new Catalogue
        {
            Words = words,
            Companies = All<Company>(Noun.Company),
            Patterns = All<Pattern>(Noun.Pattern),
            Episodes = All<Episode>(Noun.Episode),
            Combinations = combinations,
            Eras = eras,
        };
    }

    private static ReadContext Context(StoredRecord record, VocabularySet words) => new() { File = record.Slug, Words = words };

    /// <summary>A company, pattern or episode; null when its text can't be read.</summary>
    private static RecordPart? Read(StoredRecord record, VocabularySet words) =>
        NounFormat.Of(Enum.Parse<Noun>(record.Noun, ignoreCase: true)).Read(record.Slug, record.Content, Context(record, words)).Record;
}
