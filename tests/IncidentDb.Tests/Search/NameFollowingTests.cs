using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Search;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Kept;
using IncidentDb.Vocabularies;

namespace IncidentDb.Tests.Search;

/// <summary>Search follows what records take from companies, patterns, episodes and vocabularies, by indexing anew the records concerned and no others.</summary>
public sealed class NameFollowingTests : IDisposable
{
    private const int Steps = 120;

    private static readonly string[] _words = ["Zebra", "Quagga", "Okapi", "Retry", "Network", "Queue", "Galaxy", "Backlog"];

    private readonly TempDirectory _directory = new();
    private readonly KnowledgeBase _library;

    public NameFollowingTests()
    {
        ImportedLibrary.CopyTo(_directory["var"]);
        _library = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime());
    }

    public void Dispose()
    {
        _library.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task After_any_series_of_changes_each_record_is_as_a_fresh_start_has_it()
    {
        var random = Seed.Draw(out var seed);
        var log = new List<string>();
        for (var step = 1; step <= Steps; step++)
        {
            await _library.Search.Folding;
            var (built, folding) = (_library.Search.Current.Base, _library.Search.Folding);
            log.Add(Change(random, step));
            // One word can stand in more than half of the records; a name does not here.
            (log[^1].StartsWith("vocabulary", StringComparison.Ordinal) || ReferenceEquals(_library.Search.Current.Base, built) || _library.Search.Folding != folding).ShouldBeTrue($"{log[^1]} built everything anew ({seed})");
            if (step % 30 == 0)
                ShouldBeFresh($"{seed}, after {log[^1]}");
        }

        log.Select(l => l.Split(' ')[0]).Distinct().Order().ShouldBe(["company", "episode", "incident", "pattern", "vocabulary"]);
        ShouldBeFresh(seed);
    }

    /// <summary>The index in the file and the changes since give the same, too.</summary>
    [Fact]
    public void A_start_from_the_kept_index_follows_names_that_changed_since()
    {
        var random = Seed.Draw(out var seed);
        var file = Path.Combine(_library.Database.Directory, KeptIndex.FileName);
        var log = new List<string>();
        _library.Dispose();
        var kept = File.ReadAllBytes(file);
        using (var library = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime()))
        {
            for (var step = 1; step <= 60; step++)
                Change(library, random, step, vocabularies: false);
        }

        File.WriteAllBytes(file, kept);
        using var again = KnowledgeBase.Open(_directory["var"], "a test", new FakeTime(), log: log.Add);
        log.ShouldHaveSingleItem().ShouldContain("holds");
        ShouldBeFresh(again, seed);
    }

    [Fact]
    public void Only_the_records_that_have_a_name_are_indexed_anew()
    {
        var company = _library.Catalogue.Company("github")!;
        var has = _library.Incidents.CountByCompany()["github"];
        int Indexed(Noun noun, string slug, string text)
        {
            var before = _library.Search.Current.DeltaCount;
            Put(_library, noun, slug, text);
            return _library.Search.Current.DeltaCount - before;
        }

        Indexed(Noun.Company, "github", CompanyFile.Write(company with { Name = "Hubbub" })).ShouldBe((int)has);
        Total("hubbub").ShouldBe((int)has);
        Indexed(Noun.Company, "github", CompanyFile.Write(company with { Name = "Hubbub", About = "Keeps code.", Country = "US" })).ShouldBe(0, "search has nothing of that");
        Indexed(Noun.Company, "github", CompanyFile.Write(company)).ShouldBe((int)has);
        Total("hubbub").ShouldBe(0);

        var pattern = _library.Catalogue.Pattern("circuit-breaker")!;
        Indexed(Noun.Pattern, pattern.Slug, PatternFile.Write(pattern with { OneLine = "Another line." })).ShouldBe(0);
        Indexed(Noun.Pattern, pattern.Slug, PatternFile.Write(pattern with { Name = "Fusebox" })).ShouldBe((int)_library.Incidents.CountByPattern()["circuit-breaker"]);

        var episode = _library.Catalogue.Episodes.First(e => e.Incidents.Count > 1);
        Indexed(Noun.Episode, episode.Slug, EpisodeFile.Write(episode with { Title = "Another title" })).ShouldBe(0);
        Indexed(Noun.Episode, episode.Slug, EpisodeFile.Write(episode with { Incidents = [.. episode.Incidents.Skip(1)] })).ShouldBe(1);

        // The name of a sector stands in the text of records that have it from their company alone.
        var sectors = _library.Catalogue.Words["sectors"]!;
        var having = Having("sector", sectors.Terms[0].Slug);
        having.ShouldBeGreaterThan(0);
        Indexed(Noun.Vocabulary, "sectors", VocabularyFile.Write(new Vocabulary("sectors", sectors.Title, [sectors.Terms[0] with { Label = "Hubbubbery" }, .. sectors.Terms.Skip(1)]))).ShouldBe(having);
        Total("hubbubbery").ShouldBe(having);
    }

    private int Total(string text) => _library.Search.Search(new SearchQuery { Text = text }, _library.SearchOptions()).Total;

    private int Having(string facet, string value) => _library.Search.Search(new SearchQuery().With(facet, new FacetFilter { Include = [value] }), _library.SearchOptions()).Total;

    private string Change(Random random, int step) => Change(_library, random, step, vocabularies: true);

    /// <summary>Changes something as an editor might and says what.</summary>
    private static string Change(KnowledgeBase library, Random random, int step, bool vocabularies)
    {
        var catalogue = library.Catalogue;
        string Word() => $"{random.Pick(_words)} {random.Pick(_words)}{(random.Chance(0.5) ? $" {step}" : "")}";
        switch (random.Next(vocabularies ? 12 : 11))
        {
            case 0 or 1 or 2 or 3:
                var company = random.Pick(catalogue.Companies);
                var (what, changed) = random.Next(7) switch
                {
                    0 => ("name", company with { Name = Word() }),
                    // Two under one label: the facet shows both.
                    1 => ("name of another", company with { Name = random.Pick(catalogue.Companies).Name }),
                    2 => ("alias", company with { Aliases = [.. company.Aliases.Skip(random.Next(2)), Word()] }),
                    3 => ("renamed", company with { Name = Word(), FormerNames = [.. company.FormerNames, company.Name] }),
                    4 => ("sector", company with { Sector = random.Pick(catalogue.Words["sectors"]!.Terms).Slug }),
                    5 => ("no sector", company with { Sector = null }),
                    _ => ("former address", company with { FormerSlugs = [$"formerly-{step}"], About = "Told anew." }),
                };
                Put(library, Noun.Company, company.Slug, CompanyFile.Write(changed));
                return $"company {company.Slug}: {what}";
            case 4 or 5 or 6:
                var pattern = random.Pick(catalogue.Patterns);
                Put(library, Noun.Pattern, pattern.Slug, PatternFile.Write(random.Next(5) switch
                {
                    0 => pattern with { Name = Word() },
                    1 => pattern with { Category = random.Pick(catalogue.Words["pattern_categories"]!.Terms).Slug },
                    2 => pattern with { Laws = [.. catalogue.Words["laws"]!.Terms.Select(t => t.Slug).Where(_ => random.Chance(0.1))] },
                    3 => pattern with { Name = random.Pick(catalogue.Patterns).Name, Aliases = [pattern.Name] },
                    _ => pattern with { OneLine = Word() },
                }));
                return $"pattern {pattern.Slug}";
            case 7 or 8:
                var episode = random.Pick(catalogue.Episodes);
                var incidents = library.Incidents.All();
                Put(library, Noun.Episode, episode.Slug, EpisodeFile.Write(random.Next(3) switch
                {
                    0 => episode with { Incidents = [.. episode.Incidents.Where(_ => random.Chance(0.5))] },
                    1 => episode with { Incidents = [.. episode.Incidents.Append(KeyValuePair.Create(random.Pick(incidents).Slug, "example")).DistinctBy(i => i.Key)] },
                    _ => episode with { Title = Word() },
                }));
                return $"episode {episode.Slug}";
            case 9 or 10:
                var incident = library.Incidents.Find(random.Pick(library.Incidents.All()).Slug)!.Incident;
                incident = random.Next(3) switch
                {
                    0 => incident with { Title = $"{Word()} in change {step}" },
                    1 => incident with { Companies = [incident.Companies[0] with { Slug = random.Pick(catalogue.Companies).Slug }, .. incident.Companies.Skip(1)] },
                    _ => incident with { Technologies = [.. catalogue.Words["technologies"]!.Terms.Select(t => t.Slug).Where(_ => random.Chance(0.03))] },
                };
                library.Save(incident.Slug, IncidentWriter.Write(incident), "a test", "a change");
                return $"incident {incident.Slug}";
            default:
                var name = random.Pick((string[])["technologies", "causes", "sectors", "kinds", "impact", "trigger"]);
                var vocabulary = catalogue.Words[name]!;
                var terms = vocabulary.Terms.ToList();
                var at = random.Next(terms.Count);
                var top = terms.Where(t => t.Parent is null && t != terms[at]).Select(t => t.Slug).ToList();
                // A word that has words below it stays at the top.
                terms[at] = random.Next(4) switch
                {
                    0 => terms[at] with { Label = Word() },
                    1 => terms[at] with { Aliases = [.. terms[at].Aliases.Skip(1), $"alias {step}"] },
                    2 when name == "causes" && terms[at].Parent is not null => terms[at] with { Parent = random.Pick(top) },
                    3 => terms[at] with { Slug = $"another_{step}", Aliases = [.. terms[at].Aliases, terms[at].Slug] },
                    _ => terms[at] with { Meaning = Word() },
                };
                Put(library, Noun.Vocabulary, name, VocabularyFile.Write(new Vocabulary(name, vocabulary.Title, terms)));
                return $"vocabulary {name}: {terms[at].Slug}";
        }
    }

    private static void Put(KnowledgeBase library, Noun noun, string slug, string text) =>
        library.Import([new DataFile { Noun = noun, Slug = slug, Path = slug, Text = text, Canonical = text, Problems = [] }], takeFiles: true).Refused.ShouldBeEmpty();

    private void ShouldBeFresh(string seed) => ShouldBeFresh(_library, seed);

    private static void ShouldBeFresh(KnowledgeBase library, string seed)
    {
        using var aside = new TempDirectory();
        foreach (var path in Directory.EnumerateFiles(library.Database.Directory, "incidentdb.db*"))
            File.Copy(path, aside[Path.GetFileName(path)]);
        using var fresh = KnowledgeBase.OpenReadOnly(aside.Path);
        fresh.Search.Seq.ShouldBe(library.Search.Seq);
        var (followed, expected) = (Known(library), Known(fresh));
        followed.Count.ShouldBe(expected.Count, seed);
        foreach (var (id, text) in expected)
            followed[id].ShouldBe(text, seed);
        foreach (var noun in new[] { Noun.Company, Noun.Pattern, Noun.Episode })
            library.Catalogue.Slugs(noun).Order().ShouldBe(fresh.Catalogue.Slugs(noun).Order(), seed);
        library.Catalogue.Companies.Select(c => c.Slug).ShouldBe(fresh.Catalogue.Companies.Select(c => c.Slug), seed);
        foreach (var name in library.Catalogue.Companies.SelectMany(c => c.Aliases.Concat(c.FormerNames).Append(c.Name)))
            library.Catalogue.Resolve(Noun.Company, name).ShouldBe(fresh.Catalogue.Resolve(Noun.Company, name), seed);
        library.Searched().ShouldBe(fresh.Searched(), seed);
        foreach (var text in new[] { "zebra", "galaxy OR okapi", "\"retry queue\"", "names:network", "quaga~", "back*" })
        {
            SearchResults Of(KnowledgeBase of) => of.Search.Search(new SearchQuery { Text = text, Size = 100, Sort = SearchSort.Added }, of.SearchOptions() with { Limit = TimeSpan.FromSeconds(30) });
            var (a, b) = (Of(library), Of(fresh));
            a.Hits.Select(h => h.Slug).ShouldBe(b.Hits.Select(h => h.Slug), $"{text}: {seed}");
            a.Facets.Select(f => $"{f.Facet.Name}: {string.Join(' ', f.Values.Select(v => $"{v.Value}={v.Count}"))}").ShouldBe(b.Facets.Select(f => $"{f.Facet.Name}: {string.Join(' ', f.Values.Select(v => $"{v.Value}={v.Count}"))}"), $"{text}: {seed}");
        }
    }

    /// <summary>Everything that search knows of each record, by its number.</summary>
    private static Dictionary<long, string> Known(KnowledgeBase library)
    {
        var now = library.Search.Current;
        return Enumerable.Range(0, now.Capacity).Where(o => (now.Live[o >> 6] & (1UL << o)) != 0).Select(now.Record).ToDictionary(r => r.Id, r => string.Join('\n',
        [
            r.Slug, .. r.Passages.Select(p => p.ToString()),
            .. FacetList.All.Select(f => f.Kind == FacetKind.Quantity
                ? $"{f.Name}: {r.Quantities.GetValueOrDefault(f.Name, Bounds.None)}"
                : $"{f.Name}: {string.Join(' ', r.Values.GetValueOrDefault(f.Name, []))}"),
        ]));
    }
}
