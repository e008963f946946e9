using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

public sealed class KeptSummariesTests : IDisposable
{
    private readonly TempDirectory _directory = new();

    [Fact]
    public void Whoever_makes_room_takes_nothing_from_who_asks_at_the_same_moment()
    {
        using var library = Libraries.With(_directory, 12);
        var all = Enumerable.Range(1, 1000).Select(n => (long)n).Where(n => library.Incidents.Summaries([n]).Count == 1).ToList();
        // Room for none: every request that reads a record makes all the others be forgotten.
        var kept = new KeptSummaries(library.Incidents, most: 0);
        var lacking = 0;
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n =>
        {
            var asked = n % 2 == 0 ? all[..6] : all[3..9];
            if (kept.Of(asked, 1).Count != asked.Count)
                Interlocked.Increment(ref lacking);
        });
        lacking.ShouldBe(0);
    }

    public void Dispose() => _directory.Dispose();
}
