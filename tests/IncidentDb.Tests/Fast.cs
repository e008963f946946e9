using System.Diagnostics;

namespace IncidentDb.Tests;

/// <summary>Tests of speed share the machine with others only when they must, so they run by themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Checks that something is quick, not that the machine was idle: the best of three runs counts.</summary>
internal static class Fast
{
    public static T Within<T>(int milliseconds, string what, Func<T> run)
    {
        var best = long.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var clock = Stopwatch.StartNew();
            var result = run();
            best = Math.Min(best, clock.ElapsedMilliseconds);
            if (best <= milliseconds)
                return result;
        }

        throw new ShouldAssertException($"{what} took {best} ms, more than {milliseconds} ms");
    }
}
