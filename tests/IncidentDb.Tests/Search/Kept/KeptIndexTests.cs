using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Search.Kept;

namespace IncidentDb.Tests.Search.Kept;

/// <summary>An index that was read from its file answers as the one that was built, also after changes; a file that is not whole is not used.</summary>
public sealed class KeptIndexTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly List<string> _log = [];

    public void Dispose() => _directory.Dispose();

    private string FilePath => _directory[KeptIndex.FileName];

    private KeptIndex Kept() => new(_directory.Path, _log.Add);

    private static SearchIndex Built(IReadOnlyList<IndexedRecord> records, long seq = 1)
    {
        var index = new SearchIndex();
        index.Load(records, seq);
        return index;
    }

    private void Keep(SearchSnapshot snapshot)
    {
        using var kept = Kept();
        kept.Write(snapshot, () => (snapshot.Seq, "chain"));
    }

    private SearchIndex? Reopened()
    {
        using var kept = Kept();
        if (kept.Read(_ => null) is not { } snapshot)
            return null;
        var index = new SearchIndex();
        index.Start(snapshot);
        return index;
    }

    private static List<IndexedRecord> Real() =>
        [.. Clone.Data.Incidents().Select(f => f.Incident!).Select((incident, i) => IncidentIndexing.Of(i + 1, incident, Clone.Data.Catalogue))];

    /// <summary>Everything that a search gives but the time it took.</summary>
    private static string Shown(SearchIndex index, SearchQuery query)
    {
        var results = index.Search(query, new SearchOptions { Limit = TimeSpan.FromSeconds(30) });
        var hits = results.Hits.Select(h => $"{h.Id} {h.Slug} {h.Score:r} {string.Join(" | ", h.Snippets.Select(s => $"{s.Field} {s.Anchor} {s.Label} {s.Html.Html}"))}");
        var facets = results.Facets.Select(f => $"{f.Facet.Name} {f.Available}: {string.Join(' ', f.Values.Select(v => $"{v.Value}={v.Count}"))}");
        return string.Join('\n', [$"{results.Total} {results.Seq} {results.DidYouMean}", .. results.Notices, .. hits, .. facets, string.Join(' ', results.Years)]);
    }

    private static void ShouldAnswerAlike(SearchIndex a, SearchIndex b, IEnumerable<SearchQuery> queries, string seed)
    {
        var found = 0;
        foreach (var query in queries)
        {
            // A mistyped word is looked for in so many milliseconds: on a busy machine one of the two may be cut short, but not three times.
            var shown = Shown(a, query);
            for (var again = 0; again < 2 && Shown(b, query) != shown; again++)
                shown = Shown(a, query);
            Shown(b, query).ShouldBe(shown, $"{seed}: {query.ToUrl()}");
            found += shown[0] == '0' ? 0 : 1;
        }

        found.ShouldBeGreaterThan(50, "searches that find nothing prove little");
        b.Words("").ShouldBe(a.Words(""));
        b.Count.ShouldBe(a.Count);
    }

    private static IEnumerable<SearchQuery> Drawn(Random random, int count) => Enumerable.Range(0, count).Select(n => n % 2 == 0
        ? FacetCountTests.RandomQuery(random) with { Sort = (SearchSort)random.Next(6), Page = random.Next(1, 3) }
        : new SearchQuery { Text = MatcherContract.RandomText(random) });

    [Fact]
    public void Seven_hundred_searches_of_records_in_several_windows_find_the_same()
    {
        var random = Seed.Draw(out var seed);
        using var built = Built(IndexedRecords.Many(Window.Size + 500, random.Next()));
        Keep(built.Current);
        using var reopened = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        ShouldAnswerAlike(built, reopened, Drawn(random, 700), seed);
    }

    [Fact]
    public void Three_hundred_searches_of_the_real_records_find_and_show_the_same()
    {
        var random = Seed.Draw(out var seed);
        var records = Real();
        using var built = Built(records);
        Keep(built.Current);
        using var reopened = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        string Text()
        {
            var words = random.Pick(random.Pick(records).Passages).Text.Split(' ');
            var at = random.Next(words.Length);
            var some = string.Join(' ', words.Skip(at).Take(random.Next(1, 4)));
            return random.Next(4) switch { 0 => $"\"{some}\"", 1 => some.Length > 4 ? some[..4] + "*" : some, 2 => some + "~", _ => some };
        }

        ShouldAnswerAlike(built, reopened, Enumerable.Range(0, 300).Select(_ => new SearchQuery { Text = Text() }), seed);
        foreach (var record in records)
        {
            string Like(SearchIndex index) => string.Join('\n', new SimilarFinder(index.Current, new SearchBudget(TimeSpan.FromSeconds(30))).Find((int)record.Id - 1, 5).Select(s => $"{s.Slug} {s.Score:r} {string.Join(' ', s.Reasons.Select(r => $"{r.Aspect}={string.Join(',', r.Values)}"))}"));
            Like(reopened).ShouldBe(Like(built), record.Slug);
            reopened.Current.Name((int)record.Id - 1).ShouldBe((record.Slug, record.Passages[0].Text));
        }
    }

    [Fact]
    public async Task Changes_after_reading_and_their_folding_leave_the_same_index()
    {
        var random = Seed.Draw(out var seed);
        var records = IndexedRecords.Many(300, random.Next());
        using var built = Built(records);
        Keep(built.Current);
        using var reopened = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        var seq = 1;
        void Change(IReadOnlyList<long> removed, IReadOnlyList<IndexedRecord> changed)
        {
            seq++;
            built.Apply(removed, changed, seq);
            reopened.Apply(removed, changed, seq);
        }

        for (var step = 0; step < 200; step++)
            Change(random.Chance(0.3) ? [random.Next(1, 301)] : [], [.. Enumerable.Range(0, random.Next(3)).Select(_ => IndexedRecords.Make(random.Next(1, 400), random)).DistinctBy(r => r.Id)]);
        ShouldAnswerAlike(built, reopened, Drawn(random, 200), seed);

        var told = new List<SearchSnapshot>();
        reopened.Built = told.Add;
        Change([], [.. Enumerable.Range(0, 2_100).Select(n => IndexedRecords.Make(1_000 + n, random))]);
        await Task.WhenAll(built.Folding, reopened.Folding);
        reopened.Current.DeltaCount.ShouldBe(0);
        ShouldAnswerAlike(built, reopened, Drawn(random, 200), seed);

        // What was folded is kept in its turn.
        Keep(told.ShouldHaveSingleItem());
        using var again = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        ShouldAnswerAlike(built, again, Drawn(random, 100), seed);
    }

    [Fact]
    public void A_record_is_given_back_as_it_was()
    {
        var records = Real();
        using var built = Built(records);
        Keep(built.Current);
        using var reopened = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        for (var o = 0; o < records.Count; o++)
        {
            var (was, now) = (records[o], reopened.Current.Record(o));
            now.Passages.ShouldBe(was.Passages);
            now.Moments.ShouldBe(was.Moments);
            now.Quantities.OrderBy(q => q.Key).ShouldBe(was.Quantities.OrderBy(q => q.Key));
            foreach (var (facet, values) in was.Values.Where(v => v.Value.Count > 0))
                now.Values[facet].ShouldBe(values.Distinct(), $"{was.Slug}: {facet}");
            (now.Id, now.Slug, now.Started, now.StartedBounds, now.Added).ShouldBe((was.Id, was.Slug, was.Started, was.StartedBounds, was.Added));
        }
    }

    [Fact]
    public void A_file_of_any_other_length_is_not_used()
    {
        using var built = Built(IndexedRecords.Many(60, 8));
        Keep(built.Current);
        var whole = File.ReadAllBytes(FilePath);
        var random = Seed.Draw(out var seed);
        // Every length near the beginning and near the end, where the table lies, and others between.
        var lengths = Enumerable.Range(0, 64).Concat(Enumerable.Range(whole.Length - 700, 700)).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(whole.Length)));
        foreach (var length in lengths)
        {
            File.WriteAllBytes(FilePath, whole[..length]);
            ShouldNotBeUsed($"{seed}, {length} of {whole.Length} bytes");
        }

        File.WriteAllBytes(FilePath, [.. whole, 0]);
        ShouldNotBeUsed("a byte too many");
        File.WriteAllBytes(FilePath, [.. whole, .. whole]);
        ShouldNotBeUsed("twice");
        File.WriteAllBytes(FilePath, [.. whole[..1000], .. whole[1001..]]);
        ShouldNotBeUsed("a byte is missing inside");
        File.WriteAllBytes(FilePath, whole);
        Reopened().ShouldNotBeNull();
    }

    [Fact]
    public void A_file_with_other_bytes_is_not_used()
    {
        using var built = Built(IndexedRecords.Many(60, 9));
        Keep(built.Current);
        var whole = File.ReadAllBytes(FilePath);
        var random = Seed.Draw(out var seed);
        var places = Enumerable.Range(whole.Length - 700, 700).Concat(Enumerable.Range(0, 1_000).Select(_ => random.Next(whole.Length)));
        foreach (var place in places)
        {
            var damaged = (byte[])whole.Clone();
            damaged[place] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(FilePath, damaged);
            ShouldNotBeUsed($"{seed}, a bit of byte {place} of {whole.Length}");
        }

        for (var n = 0; n < 100; n++)
        {
            var damaged = (byte[])whole.Clone();
            random.NextBytes(damaged.AsSpan(random.Next(whole.Length - 200), random.Next(1, 200)));
            File.WriteAllBytes(FilePath, damaged);
            if (!damaged.AsSpan().SequenceEqual(whole))
                ShouldNotBeUsed($"{seed}, a stretch, {n}");
        }
    }

    [Fact]
    public void Arrays_that_change_places_are_not_used()
    {
        // Two arrays of one kind and length: each is whole, but not where it was.
        using (var file = new ArrayFileWriter(FilePath))
        {
            file.Add<int>([1, 2, 3]);
            file.Add<int>([4, 5, 6]);
            file.Finish("about");
        }

        var bytes = File.ReadAllBytes(FilePath);
        File.WriteAllBytes(FilePath, [.. bytes[12..24], .. bytes[..12], .. bytes[24..]]);
        using var reader = new ArrayFileReader(FilePath);
        reader.About.ShouldBe("about");
        Should.Throw<InvalidDataException>(reader.ReadAll);
    }

    private void ShouldNotBeUsed(string why)
    {
        _log.Clear();
        using var reopened = Reopened();
        reopened.ShouldBeNull(why);
        _log.ShouldHaveSingleItem(why).ShouldStartWith("search.snapshot is not used: ");
    }

    [Fact]
    public void What_is_no_file_is_not_used()
    {
        Reopened().ShouldBeNull();
        _log.ShouldBeEmpty("a first start is nothing to speak of");
        Directory.CreateDirectory(FilePath);
        ShouldNotBeUsed("a directory");
        Directory.Delete(FilePath);
        File.WriteAllText(FilePath, "");
        ShouldNotBeUsed("an empty file");
        using (var file = new ArrayFileWriter(FilePath))
            file.Finish("nothing that was said before");
        ShouldNotBeUsed("of something else");
        using (var file = new ArrayFileWriter(FilePath))
            file.Finish(new KeptState(KeptState.ThisBuild, 1, 1, "chain").ToString());
        ShouldNotBeUsed("without arrays");
        using (var file = new ArrayFileWriter(FilePath))
            file.Finish(new KeptState(KeptState.ThisBuild + "0", 1, 1, "chain").ToString());
        ShouldNotBeUsed("of another build");
        _log.Single().ShouldContain("another build");
    }

    [Fact]
    public void Where_it_can_not_be_written_the_log_says_so_and_what_was_kept_stays()
    {
        using var built = Built(IndexedRecords.Many(50, 10));
        Keep(built.Current);
        var whole = File.ReadAllBytes(FilePath);
        Directory.CreateDirectory(KeptIndex.Unfinished(FilePath));
        using var other = Built(IndexedRecords.Many(51, 11));
        Keep(other.Current);
        _log.ShouldHaveSingleItem().ShouldStartWith("search.snapshot was not written: ");
        File.ReadAllBytes(FilePath).ShouldBe(whole);
        Directory.Delete(KeptIndex.Unfinished(FilePath));

        // A text that is no text can't be given back as it was: nothing is kept of it.
        using var broken = Built([IndexedRecords.Make(1, new Random(1)) with { Passages = [new Passage(0, "", "", "half \ud800 a character")] }]);
        Keep(broken.Current);
        _log.Count.ShouldBe(2);
        File.ReadAllBytes(FilePath).ShouldBe(whole);
        File.Exists(KeptIndex.Unfinished(FilePath)).ShouldBeFalse();
    }

    [Fact]
    public void Of_several_indexes_the_last_is_kept()
    {
        using (var kept = Kept())
        {
            for (var n = 1; n <= 20; n++)
            {
                var seq = n;
                kept.Write(Built(IndexedRecords.Many(20 + n, n), seq).Current, () => (seq, "chain"));
            }
        }

        using var reopened = Reopened().ShouldNotBeNull(string.Join('\n', _log));
        (reopened.Seq, reopened.Count).ShouldBe((20, 40));
    }
}
