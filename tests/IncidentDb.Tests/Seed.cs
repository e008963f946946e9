using System.Globalization;

namespace IncidentDb.Tests;

/// <summary>Random tests print their seed and take one: <c>INCIDENTDB_SEED=123 dotnet test …</c> repeats a failure.</summary>
internal static class Seed
{
    public static Random Next(out int seed)
    {
        seed = Environment.GetEnvironmentVariable("INCIDENTDB_SEED") is { Length: > 0 } given
            ? int.Parse(given, CultureInfo.InvariantCulture)
            : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"INCIDENTDB_SEED={seed}");
        return new Random(seed);
    }

    /// <summary>One of the items.</summary>
    public static T Of<T>(this Random random, IReadOnlyList<T> items) => items[random.Next(items.Count)];
}
