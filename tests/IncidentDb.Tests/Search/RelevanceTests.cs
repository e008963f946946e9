using IncidentDb.Benchmarks;

namespace IncidentDb.Tests.Search;

/// <summary>
/// Ranking may get better, not worse: floors a little under the figures of docs/benchmarks.md, for both halves of the judged queries, of those to
/// practise on and of those written blind, and above both baselines.
/// </summary>
public sealed class RelevanceTests(RelevanceTests.Cloned cloned) : IClassFixture<RelevanceTests.Cloned>
{
    /// <summary>The three rankings, indexed once.</summary>
    public sealed class Cloned : IDisposable
    {
        internal Evaluation Evaluation { get; } = new(Clone.Data);

        public void Dispose() => Evaluation.Dispose();
    }

    [Theory]
    [InlineData("tuning", 0.89, 0.96)]
    [InlineData("practice 1", 0.79, 0.95)]
    [InlineData("practice 2", 0.88, 0.96)]
    [InlineData("blind 1", 0.81, 0.91)]
    [InlineData("blind 2", 0.79, 0.91)]
    [InlineData("held-out", 0.79, 0.91)]
    public void Records_are_found_as_well_as_before_and_better_than_by_the_baselines(string half, double success1, double success5)
    {
        var evaluation = cloned.Evaluation;
        var queries = evaluation.ReadHalf(Path.Combine(Clone.Root, "tools", "benchmarks", "relevance"), half);
        queries.Count.ShouldBeGreaterThanOrEqualTo(60);
        var ours = evaluation.Measure(Evaluation.Ours, queries);
        ours.Success1.ShouldBeGreaterThanOrEqualTo(success1);
        ours.Success5.ShouldBeGreaterThanOrEqualTo(success5);
        foreach (var baseline in (string[])[Evaluation.OneField, Evaluation.Fts5])
        {
            var other = evaluation.Measure(baseline, queries);
            ours.Success1.ShouldBeGreaterThan(other.Success1, baseline);
            ours.Mrr10.ShouldBeGreaterThan(other.Mrr10, baseline);
            ours.Ndcg10.ShouldBeGreaterThan(other.Ndcg10, baseline);
        }
    }
}
