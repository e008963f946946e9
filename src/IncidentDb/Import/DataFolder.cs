using IncidentDb.Catalogues;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Import;

/// <summary>A file of the data folder with its canonical text; null where the file could not be understood.</summary>
public sealed record DataFile
{
    public required Noun Noun { get; init; }

    public required string Slug { get; init; }

    /// <summary>Path relative to the data folder, with forward slashes.</summary>
    public required string Path { get; init; }

    /// <summary>The text as it stands, line ends normalised; null when it is not readable as text.</summary>
    public required string? Text { get; init; }

    /// <summary>The text as <c>incidentdb format</c> writes it; null when the file has errors in its shape.</summary>
    public required string? Canonical { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The record, for incidents.</summary>
    public Incident? Incident { get; init; }

    /// <summary>Former slugs that lead to the record.</summary>
    public IReadOnlyList<string> FormerSlugs { get; init; } = [];

    public bool HasErrors => Problems.Any(p => p.IsError);
}

/// <summary>
/// The editorial folder: <c>incidents/*.md</c>, <c>patterns/*.md</c>, <c>companies/*.yaml</c>, <c>episodes/*.md</c>,
/// <c>vocabulary/*.yaml</c>. Opening it reads everything but the incidents; those are streamed.
/// </summary>
public sealed class DataFolder : IKnownSlugs
{
    private readonly List<DataFile> _files = [];
    private readonly HashSet<string> _incidents = new(StringComparer.Ordinal);
    private readonly Dictionary<Noun, HashSet<string>> _names = [];

    private DataFolder(string path) => Path = path;

    public string Path { get; }

    public Catalogue Catalogue { get; private set; } = Catalogue.Empty;

    /// <summary>The vocabularies, companies, patterns and episodes, in the order in which they must be imported.</summary>
    public IReadOnlyList<DataFile> Files => _files;

    public int IncidentCount => _incidents.Count;

    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static DataFolder Open(string path)
    {
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder “{path}”.");
        var folder = new DataFolder(path);
        folder.Load();
        return folder;
    }

    private void Load()
    {
        _incidents.UnionWith(FilesOf(Noun.Incident).Select(SlugOf));
        foreach (var noun in new[] { Noun.Company, Noun.Pattern, Noun.Episode })
            _names[noun] = [.. FilesOf(noun).Select(SlugOf)];

        // Vocabularies first, for they say which words exist; then what only refers to names, which the file names give.
        var vocabularies = new List<Vocabulary>();
        foreach (var file in FilesOf(Noun.Vocabulary).Where(f => SlugOf(f) is not (CombinationFile.Name or EraFile.Name)))
        {
            if (Read(Noun.Vocabulary, file, VocabularySet.Empty, (slug, text, context) => VocabularyFile.Read(slug, text, context), VocabularyFile.Write) is { } vocabulary)
                vocabularies.Add(vocabulary);
        }

        var words = new VocabularySet(vocabularies);
        Catalogue = new Catalogue { Words = words };
        var companies = FilesOf(Noun.Company).Select(f => Read(Noun.Company, f, words, CompanyFile.Read, CompanyFile.Write, c => c.FormerSlugs)).OfType<Company>().ToList();
        Catalogue = new Catalogue { Words = words, Companies = companies };
        var patterns = FilesOf(Noun.Pattern).Select(f => Read(Noun.Pattern, f, words, PatternFile.Read, PatternFile.Write, p => p.FormerSlugs)).OfType<Pattern>().ToList();
        Catalogue = new Catalogue { Words = words, Companies = companies, Patterns = patterns };
        var episodes = FilesOf(Noun.Episode).Select(f => Read(Noun.Episode, f, words, EpisodeFile.Read, EpisodeFile.Write, e => e.FormerSlugs)).OfType<Episode>().ToList();
        IReadOnlyList<Combination> combinations = [];
        IReadOnlyList<Era> eras = [];
        foreach (var file in FilesOf(Noun.Vocabulary))
        {
            if (SlugOf(file) == CombinationFile.Name)
                combinations = Read(Noun.Vocabulary, file, words, (_, text, context) => CombinationFile.Read(text, context), CombinationFile.Write) ?? [];
            else if (SlugOf(file) == EraFile.Name)
                eras = Read(Noun.Vocabulary, file, words, (_, text, context) => EraFile.Read(text, context), EraFile.Write) ?? [];
        }

        Catalogue = new Catalogue { Words = words, Companies = companies, Patterns = patterns, Episodes = episodes, Combinations = combinations, Eras = eras };
    }

    private T? Read<T>(
        Noun noun, string file, VocabularySet words, Func<string, string, ReadContext, ReadResult<T>> read, Func<T, string> write, Func<T, IReadOnlyList<string>>? formerSlugs = null)
        where T : class
    {
        var slug = SlugOf(file);
        var context = new ReadContext { File = Relative(file), Words = words, Known = this };
        var text = RecordText.Decode(File.ReadAllBytes(file), context);
        var record = text is null ? null : read(slug, text, context).Record;
        _files.Add(new DataFile
        {
            Noun = noun,
            Slug = slug,
            Path = Relative(file),
            Text = text,
            Canonical = record is null ? null : write(record),
            Problems = context.Problems,
            FormerSlugs = record is null || formerSlugs is null ? [] : formerSlugs(record),
        });
        return record;
    }

    /// <summary>The incidents in the order of their names, read on all cores.</summary>
    public IEnumerable<DataFile> Incidents() => Incidents(file => file);

    /// <summary>What <paramref name="make"/> makes of each incident, on all cores, in the order of the names.</summary>
    public IEnumerable<T> Incidents<T>(Func<DataFile, T> make) =>
        FilesOf(Noun.Incident).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.AutoBuffered).Select(file => make(ReadIncident(file)));

    /// <summary>Every file the folder holds records in, in a fixed order.</summary>
    public static IEnumerable<string> EnumerateFiles(string path) => Enum.GetValues<Noun>().SelectMany(noun => FilesOf(path, noun));

    private DataFile ReadIncident(string file) => ReadIncident(SlugOf(file), Relative(file), File.ReadAllBytes(file));

    /// <summary>Reads one record against this folder's words and names.</summary>
    public DataFile ReadIncident(string slug, string name, ReadOnlySpan<byte> bytes)
    {
        var context = new ReadContext { File = name, Words = Catalogue.Words, Known = this };
        var text = RecordText.Decode(bytes, context);
        var incident = text is null ? null : IncidentReader.Read(slug, text, context).Record;
        return new DataFile
        {
            Noun = Noun.Incident,
            Slug = slug,
            Path = name,
            Text = text,
            Canonical = incident is null ? null : IncidentWriter.Write(incident),
            Problems = context.Problems,
            Incident = incident,
            FormerSlugs = incident?.FormerSlugs ?? [],
        };
    }

    public string? Resolve(Noun noun, string slug)
    {
        if (noun == Noun.Incident)
            return _incidents.Contains(slug) ? slug : null;
        return _names.GetValueOrDefault(noun)?.Contains(slug) == true ? slug : Catalogue.Resolve(noun, slug);
    }

    public IEnumerable<string> All(Noun noun) => noun == Noun.Incident ? _incidents : _names.GetValueOrDefault(noun) ?? [];

    private IEnumerable<string> FilesOf(Noun noun) => FilesOf(Path, noun);

    private static IEnumerable<string> FilesOf(string path, Noun noun)
    {
        var folder = System.IO.Path.Combine(path, FolderOf(noun));
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*" + ExtensionOf(noun)).Order(StringComparer.Ordinal)
            : [];
    }

    public static string FolderOf(Noun noun) => noun switch
    {
        Noun.Incident => "incidents",
        Noun.Company => "companies",
        Noun.Pattern => "patterns",
        Noun.Episode => "episodes",
        _ => "vocabulary",
    };

    /// <summary>The noun whose files lie in a folder of this name; null when none do.</summary>
    public static Noun? NounOf(string folder) => Enum.GetValues<Noun>().Cast<Noun?>().FirstOrDefault(n => FolderOf(n!.Value) == folder);

    public static string ExtensionOf(Noun noun) => noun is Noun.Company or Noun.Vocabulary ? ".yaml" : ".md";

    /// <summary>Where a record's file lies within a data folder.</summary>
    public static string PathOf(Noun noun, string slug) => $"{FolderOf(noun)}/{slug}{ExtensionOf(noun)}";

    private static string SlugOf(string file) => System.IO.Path.GetFileNameWithoutExtension(file);

    private string Relative(string file) => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/');
}
