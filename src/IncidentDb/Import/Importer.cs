using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using IncidentDb.History;
using IncidentDb.Incidents;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Import;

/// <summary>How far an import has come.</summary>
public readonly record struct ImportProgress(int Done, int Total);

/// <summary>A file that was not imported because the record was edited on the site since its last import.</summary>
public sealed record ImportConflict(Noun Noun, string Slug, string Path);

/// <summary>What an import did.</summary>
public sealed record ImportReport
{
    public required int Files { get; init; }

    public required int Added { get; init; }

    public required int Changed { get; init; }

    public required int Unchanged { get; init; }

    /// <summary>Left alone: edited on the site since the last import.</summary>
    public required IReadOnlyList<ImportConflict> Conflicts { get; init; }

    /// <summary>Files with errors: not imported.</summary>
    public required IReadOnlyList<string> Refused { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>False when the import was stopped; what it had done so far is kept, and running it again goes on.</summary>
    public required bool Completed { get; init; }

    public required TimeSpan Elapsed { get; init; }
}

/// <summary>
/// Brings a data folder into the database: additive and idempotent. Equal records change nothing, new ones are added, changed files
/// change their record unless somebody edited it on the site; a file with errors is refused and the others go on.
/// </summary>
public sealed class Importer(Database database, TimeProvider time)
{
    /// <summary>Records a transaction: large enough that the sync to disk costs little, small enough that a stop loses little.</summary>
    private const int Batch = 250;
    private const string FolderHash = "imported_folder";

    /// <summary>Who stands in the change log for imported records.</summary>
    public const string ImportedBy = "import";

    /// <param name="folder">The folder to import.</param>
    /// <param name="takeFiles">True: files win over edits made on the site.</param>
    /// <param name="progress">Told after each file, not more often than a person can read.</param>
    /// <param name="cancelled">Stops after the batch at hand.</param>
    public ImportReport Import(DataFolder folder, bool takeFiles = false, IProgress<ImportProgress>? progress = null, CancellationToken cancelled = default)
    {
        var report = Import(folder.Files.Select(f => new Prepared(f, null)).Concat(Prepare(folder)), folder.Files.Count + folder.IncidentCount, takeFiles, progress, cancelled);
        if (report.Completed)
            database.Write(c => Database.SetMeta(c, FolderHash, HashOf(folder.Path)));
        return report;
    }

    /// <summary>Imports single records, e.g. those of a JSON file.</summary>
    public ImportReport Import(IEnumerable<DataFile> files, bool takeFiles = false, CancellationToken cancelled = default) =>
        Import(files.Select(Prepare), 0, takeFiles, null, cancelled);

    private ImportReport Import(IEnumerable<Prepared> files, int total, bool takeFiles, IProgress<ImportProgress>? progress, CancellationToken cancelled)
    {
        var clock = Stopwatch.StartNew();
        var tally = new Tally();
        var done = 0;
        var batch = new List<Prepared>(Batch);
        foreach (var file in files)
        {
            if (cancelled.IsCancellationRequested)
                break;
            done++;
            tally.Problems.AddRange(file.File.Problems);
            if (file.File.HasErrors || file.File.Canonical is null)
                tally.Refused.Add(file.File.Path);
            else
                batch.Add(file);
            if (batch.Count == Batch)
            {
                Save(batch, takeFiles, tally);
                batch.Clear();
                progress?.Report(new ImportProgress(done, total));
            }
        }

        var completed = !cancelled.IsCancellationRequested;
        if (batch.Count > 0)
            Save(batch, takeFiles, tally);
        progress?.Report(new ImportProgress(done, total));
        return new ImportReport
        {
            Files = done,
            Added = tally.Added,
            Changed = tally.Changed,
            Unchanged = tally.Unchanged,
            Conflicts = tally.Conflicts,
            Refused = tally.Refused,
            Problems = tally.Problems,
            Completed = completed,
            Elapsed = clock.Elapsed,
        };
    }

    /// <summary>True when the folder is as it was at the last complete import.</summary>
    public bool IsUpToDate(string path) => database.Meta(FolderHash) == HashOf(path);

    private sealed record Prepared(DataFile File, IncidentProjection? Projection);

    private sealed class Tally
    {
        public int Added;
        public int Changed;
        public int Unchanged;

        public List<ImportConflict> Conflicts { get; } = [];

        public List<string> Refused { get; } = [];

        public List<Problem> Problems { get; } = [];
    }

    /// <summary>Reading and rendering use all cores; only the writing waits for its turn.</summary>
    private static IEnumerable<Prepared> Prepare(DataFolder folder) => folder.Incidents(Prepare);

    private static Prepared Prepare(DataFile file) => new(file, file.Incident is null || file.HasErrors ? null : IncidentProjection.Of(file.Incident));

    private void Save(List<Prepared> batch, bool takeFiles, Tally tally)
    {
        var at = Database.Timestamp(time.GetUtcNow());
        var (added, changed, unchanged) = (0, 0, 0);
        var conflicts = new List<ImportConflict>();
        database.Write(c =>
        {
            foreach (var (file, projection) in batch)
            {
                var stored = RecordStore.Find(c, file.Noun, file.Slug);
                if (stored is not null && stored.Content == file.Canonical && stored.Status == "published")
                {
                    if (stored.Imported != stored.Content)
                        RecordStore.MarkImported(c, stored.Id);
                    unchanged++;
                    continue;
                }

                // Withdrawing and merging are edits, too: a start of the site must not bring the record back.
                var editedOnSite = stored is not null && (stored.Imported != stored.Content || stored.Status != "published");
                var fileUnchanged = stored is not null && stored.Imported == file.Canonical;
                if (editedOnSite && !takeFiles)
                {
                    // A file that nobody touched since is no conflict: the site is simply ahead of it.
                    if (fileUnchanged)
                        unchanged++;
                    else
                        conflicts.Add(new ImportConflict(file.Noun, file.Slug, file.Path));
                    continue;
                }

                RecordStore.Save(c, new RecordWrite
                {
                    Noun = file.Noun,
                    Slug = file.Slug,
                    Content = file.Canonical!,
                    Who = ImportedBy,
                    Why = stored is null ? "Imported from the editorial copy" : "The editorial copy changed",
                    At = at,
                    Imported = true,
                    FormerSlugs = file.FormerSlugs,
                    Projection = projection,
                });
                if (stored is null)
                    added++;
                else
                    changed++;
            }
        });
        tally.Added += added;
        tally.Changed += changed;
        tally.Unchanged += unchanged;
        tally.Conflicts.AddRange(conflicts);
    }

    /// <summary>A hash over names and contents of everything the folder holds, and over the version of what is made from them.</summary>
    private static string HashOf(string path)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{IncidentHtml.Version}\n"));
        foreach (var file in DataFolder.EnumerateFiles(path))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(path, file).Replace('\\', '/') + "\n"));
            hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
