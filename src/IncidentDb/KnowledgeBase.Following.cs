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
using IncidentDb.Vocabularies;

namespace IncidentDb;

/// <summary>How catalogue and search come to what the database holds, at the start and after every write.</summary>
public sealed partial class KnowledgeBase
{
    /// <summary>With more changes at once everything is read anew.</summary>
    private const int MaxFollowed = 2_000;

    /// <summary>Brings catalogue and search up to the last change. Called after every write; harmless when there is nothing to do.</summary>
    public void Follow() => Database.WhenWritten(FollowNow);

    private void FollowNow()
    {
        lock (_following)
        {
            var changes = Changes.After(Search.Seq);
            if (changes.Count == 0)
                return;
            var seq = changes[^1].Seq;
            // A new name or word changes what many records say in search; a record changes only itself.
            if (changes.Any(c => c.Noun != Noun.Incident) || changes.Count > MaxFollowed)
            {
                Reload();
                return;
            }

            var (removed, changed) = (new List<long>(), new List<IndexedRecord>());
            foreach (var id in changes.Select(c => c.RecordId).Distinct())
            {
                if (Incidents.ById(id) is { } incident)
                    changed.Add(IncidentIndexing.Of(id, incident, _catalogue));
                else
                    removed.Add(id);
            }

            Search.Apply(removed, changed, seq);
        }
    }

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
                FollowNow();
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
        if (changes.Any(c => c.Noun != Noun.Incident))
            return "names or words have changed since";
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
        ReadContext Context(StoredRecord record) => new() { File = record.Slug, Words = words };
        foreach (var record in Records.All(Noun.Vocabulary))
        {
            if (record.Slug == CombinationFile.Name)
                combinations = CombinationFile.Read(record.Content, Context(record)).Record ?? [];
            else if (record.Slug == EraFile.Name)
                eras = EraFile.Read(record.Content, Context(record)).Record ?? [];
        }

        return new Catalogue
        {
            Words = words,
            Companies = [.. Records.All(Noun.Company).Select(r => CompanyFile.Read(r.Slug, r.Content, Context(r)).Record).OfType<Company>()],
            Patterns = [.. Records.All(Noun.Pattern).Select(r => PatternFile.Read(r.Slug, r.Content, Context(r)).Record).OfType<Pattern>()],
            Episodes = [.. Records.All(Noun.Episode).Select(r => EpisodeFile.Read(r.Slug, r.Content, Context(r)).Record).OfType<Episode>()],
            Combinations = combinations,
            Eras = eras,
        };
    }
}
