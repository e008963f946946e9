using System.Globalization;

namespace IncidentDb.Web.Tests;

/// <summary>Chance that can be repeated: every drawing test prints its seed, and INCIDENTDB_SEED sets it.</summary>
internal static class Seed
{
    public static Random Draw(out string printed)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("INCIDENTDB_SEED"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var set) ? set : Random.Shared.Next();
        printed = $"INCIDENTDB_SEED={seed}";
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
        return new Random(seed);
    }

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public static bool Chance(this Random random, double share) => random.NextDouble() < share;
}
