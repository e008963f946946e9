using IncidentDb.Accounts;
using IncidentDb.Catalogues;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.History;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.PrepSheets;
using IncidentDb.Quality;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Kept;
using IncidentDb.Search.Suggestions;
using IncidentDb.Storage;

namespace IncidentDb;

/// <summary>
/// An open library: the database with everything that is derived from it. The one door for the site, the command line and tests; what is
/// written through it can be searched when the call returns.
/// </summary>
public sealed partial class KnowledgeBase : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Lock _following = new();
    private volatile Catalogue _catalogue = Catalogue.Empty;
    private volatile Tuple<Catalogue, SearchOptions>? _options;
    private readonly LibrarySuggestions _suggestions;
    private readonly Followed<Coverage> _coverage;
    private readonly KeptSummaries _summaries;
    private long _olderGiven;
    private readonly KeptIndex? _kept;
    private readonly Action<string> _log;

    private KnowledgeBase(Database database, TimeProvider time, SearchEngine engine, Action<string>? log = null)
    {
        Database = database;
        _time = time;
        Search = new SearchIndex(engine);
        _log = log ?? (_ => { });
        _kept = engine == SearchEngine.Inverted ? new KeptIndex(database.Directory, _log) : null;
        _suggestions = new LibrarySuggestions(this);
        _coverage = new Followed<Coverage>(this, (catalogue, _) => MakeCoverage(catalogue));
        Records = new RecordStore(database);
        Incidents = new IncidentStore(database);
        _summaries = new KeptSummaries(Incidents);
        Changes = new ChangeLog(database);
        Accounts = new AccountStore(database);
        Sessions = new SessionStore(database);
        Tokens = new TokenStore(database);
        Links = new LinkStore(database);
        Audit = new AuditLog(database);
        Prep = new PrepStore(database);
        Copies = new CopyStore(database);
        Episodes = new EpisodeStore(database);
    }

    public Database Database { get; }

    public RecordStore Records { get; }

    public IncidentStore Incidents { get; }

    public ChangeLog Changes { get; }

    public AccountStore Accounts { get; }

    public SessionStore Sessions { get; }

    public TokenStore Tokens { get; }

    public LinkStore Links { get; }

    public AuditLog Audit { get; }

    public PrepStore Prep { get; }

    public CopyStore Copies { get; }

    public EpisodeStore Episodes { get; }

    public SearchIndex Search { get; }

    /// <summary>
    /// How many answers lacked something: a search that was stopped for its time, or a state of the library before the present one. What was made while this
    /// number grew is not to be kept: asked again, it may be whole.
    /// </summary>
    public long Lacking => Search.Stopped + Interlocked.Read(ref _olderGiven);

    internal void GaveOlder() => Interlocked.Increment(ref _olderGiven);

    /// <summary>Companies, patterns, episodes and vocabularies as they are now.</summary>
    public Catalogue Catalogue => _catalogue;

    /// <summary>Names of facet values as they are now.</summary>
    public FacetWords FacetWords => new(_catalogue);

    /// <summary>
    /// Opens for writing and makes search ready, from <c>search.snapshot</c> where that fits, and keeps it there. <paramref name="holder"/> is what others
    /// are told: "the site", "incidentdb import"; <paramref name="log"/> takes a line about how search became ready.
    /// </summary>
    /// <exception cref="DirectoryHeldException">Another process holds the directory.</exception>
    /// <exception cref="DatabaseUnusableException">The database can't be used.</exception>
    public static KnowledgeBase Open(string directory, string holder, TimeProvider? time = null, SearchEngine engine = SearchEngine.Inverted, Action<string>? log = null)
    {
        var library = new KnowledgeBase(Database.Open(directory, holder), time ?? TimeProvider.System, engine, log);
        try
        {
            library.Reproject();
            library.Start();
            return library;
        }
        catch
        {
            library.Dispose();
            throw;
        }
    }

    /// <summary>Opens for reading beside whoever writes.</summary>
    /// <exception cref="DatabaseUnusableException">There is no database, or it is of another version.</exception>
    public static KnowledgeBase OpenReadOnly(string directory, TimeProvider? time = null)
    {
        var library = new KnowledgeBase(Database.OpenReadOnly(directory), time ?? TimeProvider.System, SearchEngine.Inverted);
        library.Start();
        return library;
    }

    /// <summary>Imports a data folder and brings search up to date.</summary>
    public ImportReport Import(DataFolder folder, bool takeFiles = false, IProgress<ImportProgress>? progress = null, CancellationToken cancelled = default)
    {
        var before = Changes.LastSeq();
        var report = new Importer(Database, _time).Import(folder, takeFiles, progress, cancelled);
        if (Changes.LastSeq() != before)
            Follow();
        return report;
    }

    /// <summary>Imports single records, e.g. those of a JSON file.</summary>
    public ImportReport Import(IEnumerable<DataFile> files, bool takeFiles = false, CancellationToken cancelled = default)
    {
        var report = new Importer(Database, _time).Import(files, takeFiles, cancelled);
        Follow();
        return report;
    }

    /// <summary>True when the folder was imported as it stands.</summary>
    public bool IsImported(string folder) => new Importer(Database, _time).IsUpToDate(folder);

    /// <summary>What a reader needs to judge a record against this library: its words and its names.</summary>
    public ReadContext Context(string file = "") => new() { File = file, Words = _catalogue.Words, Known = new KnownInLibrary(this) };

    /// <summary>
    /// Publishes a record after the rules: the same ones as for files. Nothing is written when there are errors.
    /// </summary>
    /// <returns>What the rules found; the record is published when there is no error among it.</returns>
    public IReadOnlyList<Problem> Save(string slug, string text, string who, string why) => Save(slug, text, who, why, null);

    private IReadOnlyList<Problem> Save(string slug, string text, string who, string why, string? act)
    {
        var context = Context();
        var result = IncidentReader.Read(slug, text, context);
        if (result.Record is not { } incident || result.HasErrors)
            return result.Problems;
        var write = new RecordWrite
        {
            Noun = Noun.Incident,
            Slug = slug,
            Content = IncidentWriter.Write(incident),
            Who = who,
            Why = why,
            Act = act,
            At = Database.Timestamp(_time.GetUtcNow()),
            FormerSlugs = incident.FormerSlugs,
            Projection = IncidentProjection.Of(incident),
        };
        Database.Write(c => RecordStore.Save(c, write));
        Follow();
        return result.Problems;
    }

    /// <summary>Publishes a company that no record has named before, after the rules.</summary>
    /// <returns>What the rules found; the company is there when there is no error among it.</returns>
    public IReadOnlyList<Problem> AddCompany(Company company, string who, string why)
    {
        var context = Context();
        var text = CompanyFile.Write(company);
        var problems = CompanyFile.Read(company.Slug, text, context).Problems.ToList();
        if (!Slug.IsValid(company.Slug))
            problems.Add(SyntaxRules.BadSlug.At("", 0, "slug", $"“{company.Slug}” is no address; use lower-case letters, digits and hyphens."));
        if (problems.Any(p => p.IsError))
            return problems;
        var write = new RecordWrite { Noun = Noun.Company, Slug = company.Slug, Content = text, Who = who, Why = why, At = Database.Timestamp(_time.GetUtcNow()) };
        // Two may add it at once: whoever writes second finds the first.
        Database.Write(c =>
        {
            var catalogue = CatalogueIn(c);
            foreach (var name in company.FormerSlugs.Concat(company.Aliases).Concat(company.FormerNames).Prepend(company.Name).Prepend(company.Slug))
            {
                if (catalogue.Resolve(Noun.Company, name) is not { } holder)
                    continue;
                problems.Add(SyntaxRules.BadSlug.At("", 0, "slug", $"“{name}” stands for the company “{holder}” already."));
                return;
            }

            RecordStore.Save(c, write);
        });
        Follow();
        return problems;
    }

    /// <summary>Withdraws a record: its address says that it was, by whom and why; search, lists and exports have it no more. The history stays.</summary>
    /// <returns>False when there is no such published record.</returns>
    public bool Withdraw(string slug, string who, string why) => Remove(slug, null, who, why);

    /// <summary>Merges a record into another: its address leads there from now on.</summary>
    /// <returns>False when one of the two is not there, or both are one.</returns>
    public bool Merge(string slug, string into, string who, string why) => slug != into && Remove(slug, into, who, why);

    private bool Remove(string slug, string? into, string who, string why)
    {
        var done = Database.Write(c => RecordStore.Remove(c, slug, into, who, why, Database.Timestamp(_time.GetUtcNow())));
        if (done)
            Follow();
        return done;
    }

    /// <summary>Publishes a withdrawn or merged record again, as a new revision with the text it had.</summary>
    /// <returns>What the rules say of it now; it stands again when there is no error among it. Null when there is no such record.</returns>
    public IReadOnlyList<Problem>? Republish(string slug, string who, string why) =>
        Records.Find(Noun.Incident, slug) is { Status: not "published" } record ? Save(slug, record.Content, who, why, "restored") : null;

    /// <summary>Makes stored HTML and summaries anew when this program would make them otherwise.</summary>
    private void Reproject()
    {
        const string name = "projection_version";
        var version = IncidentHtml.Version.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (Database.Meta(name) == version)
            return;
        var words = LoadCatalogue().Words;
        var stored = Records.All(Noun.Incident);
        Database.Write(c =>
        {
            foreach (var record in stored)
            {
                var context = new ReadContext { File = record.Slug, Words = words };
                if (IncidentReader.Read(record.Slug, record.Content, context).Record is { } incident)
                    IncidentStore.Project(c, record.Id, IncidentProjection.Of(incident));
            }

            Database.SetMeta(c, name, version);
        });
    }

    /// <summary>Search options with this library's names; made once for each state of the catalogue.</summary>
    public SearchOptions SearchOptions()
    {
        var (catalogue, known) = (_catalogue, _options);
        if (known?.Item1 != catalogue)
        {
            var words = new FacetWords(catalogue);
            known = Tuple.Create(catalogue, new SearchOptions { Resolve = words.Resolve, Ordered = words.Ordered, Synonyms = CatalogueSynonyms.Of(catalogue) });
            _options = known;
        }

        return known.Item2;
    }

    /// <summary>
    /// Searches once in every way before anybody asks: the runtime compiles the engine on its first searches, which takes half of the time that a search has, and
    /// all of it on a busy machine.
    /// </summary>
    public void WarmUp()
    {
        var patient = SearchOptions() with { Limit = TimeSpan.FromSeconds(30) };
        foreach (var text in (ReadOnlySpan<string>)["", "retry timeout", "\"retry storm\" time* OR databse~1", "title:outage -planned ttd:>1h", "zzzz of the network"])
            Summaries(Search.Search(new SearchQuery { Text = text }, patient));
    }

    /// <summary>The summaries of the hits of a search, in their order; of records that are gone meanwhile there is none.</summary>
    public IReadOnlyList<IncidentSummary> Summaries(SearchResults results) => _summaries.Of([.. results.Hits.Select(h => h.Id)], results.Seq);

    /// <summary>What may be meant by what was typed so far, best first; every count is the total of the search it leads to.</summary>
    public IReadOnlyList<Suggestion> Suggest(string text, int count = 8) => _suggestions.Find(text, count);

    /// <summary>The records that may be meant by what was typed so far of one: its slug, or words of its title or its text, the last of them perhaps half.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="guess">Where none holds them all: records that hold most of the words, or words near to them.</param>
    public IReadOnlyList<Suggestion> SuggestRecords(string text, int count = 8, bool guess = true) => LibrarySuggestions.Records(this, text, count, guess);

    /// <summary>Who changed a record on the site, as the log names them, in the order in which they came.</summary>
    public IReadOnlyList<string> ContributorsTo(string slug) => ContributorsTo(Changes.Of(Noun.Incident, slug));

    /// <summary>The same of a record's changes, newest first as the log gives them.</summary>
    public static IReadOnlyList<string> ContributorsTo(IReadOnlyList<Change> changes) =>
        [.. changes.Select(c => c.Who).Where(w => Who.AccountId(w) is not null).Reverse().Distinct(StringComparer.Ordinal)];

    /// <summary>The names that a citation of a record carries: those in its file, then those of the site as they are called today.</summary>
    public IReadOnlyList<string> CreditsOf(Incident incident) => CreditsOf(incident, ContributorsTo(incident.Slug));

    /// <summary>The same of a record by its slug, which is read for it; nobody when there is none.</summary>
    public IReadOnlyList<string> CreditsOf(string slug) => Incidents.Find(slug) is { } document ? CreditsOf(document.Incident) : [];

    /// <inheritdoc cref="CreditsOf(Incident)"/>
    public IReadOnlyList<string> CreditsOf(Incident incident, IReadOnlyList<string> contributors)
    {
        var ids = contributors.Select(w => Who.AccountId(w)!.Value).ToList();
        var names = ids.Count == 0 ? null : Accounts.Credits(ids);
        return [.. incident.Contributors.Concat(ids.Select(i => names!.TryGetValue(i, out var credit) ? credit.Name : null).OfType<string>()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What the published records cover.</summary>
    public Coverage Coverage() => _coverage.Now();

    private Coverage MakeCoverage(Catalogue catalogue)
    {
        var records = new List<Incident>();
        Incidents.ForEach((_, incident) => records.Add(incident));
        return Quality.Coverage.Of(catalogue, records);
    }

    public void Dispose()
    {
        _kept?.Dispose();
        Search.Dispose();
        Database.Dispose();
    }

    private sealed class KnownInLibrary(KnowledgeBase library) : IKnownSlugs
    {
        public string? Resolve(Noun noun, string slug) => noun == Noun.Incident
            ? library.Records.Find(Noun.Incident, slug) is { Status: "published" } ? slug : library.Records.Redirect(Noun.Incident, slug)
            : library.Catalogue.Resolve(noun, slug);

        public IEnumerable<string> All(Noun noun) => noun == Noun.Incident ? [] : library.Catalogue.Slugs(noun);
    }
}
