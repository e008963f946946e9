using System.Diagnostics;
using System.Globalization;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Tests.Import;

/// <summary>reliability.md: an import that is killed leaves whole records only, and running it again completes it.</summary>
[Collection(nameof(Alone))]
public sealed class KilledImportTests
{
    private const int Records = 1_500;

    /// <summary>A few kills with every run of the tests; <c>INCIDENTDB_KILLS=50</c> for the figure in docs/quality.md.</summary>
    private static readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("INCIDENTDB_KILLS") ?? "6", CultureInfo.InvariantCulture);

    [Fact]
    public void Killed_at_any_moment_the_next_start_is_clean_and_the_next_import_completes()
    {
        using var directory = new TempDirectory();
        var path = Libraries.Folder(directory, Records);
        var texts = DataFolder.Open(path).Incidents().ToDictionary(f => f.Slug, f => f.Canonical!);
        var clock = Stopwatch.StartNew();
        CommandLine.Run(directory["whole"], "import", path).ExitCode.ShouldBe(0);
        var whole = clock.Elapsed;
        using var expected = KnowledgeBase.OpenReadOnly(directory["whole"]);
        var searched = expected.Searched();

        // What comes after the last record or before the first is no test of the import: the range of moments narrows to it.
        var random = Seed.Draw();
        var (earliest, latest) = (TimeSpan.Zero, whole);
        var found = new SortedDictionary<long, int>();
        for (var kill = 0; kill < _kills; kill++)
        {
            var data = directory[$"var{kill}"];
            var after = earliest + ((latest - earliest) * random.NextDouble());
            using (var import = CommandLine.Start(data, "import", path))
            {
                Thread.Sleep(after);
                import.Kill();
                import.WaitForExit();
            }

            using (var library = KnowledgeBase.Open(data, "a test"))
            {
                library.Database.CheckIntegrity().ShouldBe("ok");
                library.Changes.FirstBrokenLink().ShouldBeNull();
                var stored = library.Records.All(Noun.Incident);
                found[stored.Count] = found.GetValueOrDefault(stored.Count) + 1;
                if (stored.Count == Records)
                    latest = after > earliest ? (after + latest) / 2 : latest;
                else if (stored.Count == 0)
                    earliest = after < latest ? (after + earliest) / 2 : earliest;
                stored.ShouldAllBe(r => texts[r.Slug] == r.Content);
                library.Incidents.Count().ShouldBe(stored.Count);
                library.Search.Count.ShouldBe(stored.Count);
                library.Import(DataFolder.Open(path)).Completed.ShouldBeTrue();
                library.Search.Count.ShouldBe(Records);
                if (kill % 5 == 0)
                    library.Searched().ShouldBe(searched);
            }

            Directory.Delete(data, recursive: true);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_kills} kills within {whole.TotalSeconds:0.0} s; records found after them: {string.Join(", ", found.Select(f => $"{f.Key} × {f.Value}"))}");
        found.Keys.ShouldContain(k => k < Records, "at least one kill must strike before the end");
    }
}
