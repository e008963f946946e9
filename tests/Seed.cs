using System.Globalization;

namespace IncidentDb.Testing;

/// <summary>
/// Chance that can be repeated. A plain run draws the same every time, so that it fails for what was changed; <c>INCIDENTDB_SEED=any</c> draws
/// anew, and <c>INCIDENTDB_SEED=123</c> repeats what a run printed.
/// </summary>
internal static class Seed
{
    private const int Usual = 20261121;

    private static readonly int _seed = Environment.GetEnvironmentVariable("INCIDENTDB_SEED") switch
    {
        null or "" => Usual,
        "any" => Random.Shared.Next(),
        var given => int.Parse(given, CultureInfo.InvariantCulture),
    };

    public static Random Draw(out string printed)
    {
        printed = $"INCIDENTDB_SEED={_seed}";
        TestContext.Current.TestOutputHelper?.WriteLine(printed);
        return new Random(_seed);
    }

    public static Random Draw() => Draw(out _);

    public static T Pick<T>(this Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public static bool Chance(this Random random, double share) => random.NextDouble() < share;
}
