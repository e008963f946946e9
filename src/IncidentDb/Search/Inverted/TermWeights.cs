namespace IncidentDb.Search.Inverted;

/// <summary>
/// How much a word counts in a record: BM25F. The occurrences of each field are divided by its length norm, multiplied by its weight and summed
/// up; what grows without end is then bent by <c>w / (k1 + w)</c>. The lengths that norms compare with are constants, so that the weight of a word
/// depends on its own record only and an index that was changed ranks like one that was built afresh.
/// </summary>
internal static class TermWeights
{
    /// <summary>How soon more of the same stops counting.</summary>
    public const float K1 = 4f;

    /// <summary>Words of an ordinary record in each field of <see cref="TextFields.All"/>.</summary>
    private static readonly float[] _pivot = [9, 14, 110, 120, 190, 260, 520, 40];

    /// <summary>How much the length of each field matters, 0 to 1.</summary>
    private static readonly float[] _b = [0.15f, 0.15f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f];

    // Weights span ten octaves, 2^-3 to 2^7, in 256 steps of 2.8 %.
    private const float StepsPerOctave = 25f;
    private const float LowestOctave = -3f;

    private static readonly float[] _weights = [.. Enumerable.Range(0, 256).Select(code => MathF.Pow(2, (code / StepsPerOctave) + LowestOctave))];

    /// <summary>The weight that a byte stands for.</summary>
    public static ReadOnlySpan<float> Weights => _weights;

    /// <summary>The byte nearest to a weight.</summary>
    public static byte Encode(float weight) => (byte)Math.Clamp(MathF.Round((MathF.Log2(weight) - LowestOctave) * StepsPerOctave), 0, 255);

    /// <summary>What one occurrence in a field of that many words weighs.</summary>
    public static float PerOccurrence(int field, int length) => TextFields.All[field].Weight / (1 - _b[field] + (_b[field] * length / _pivot[field]));

    /// <summary>
    /// How telling a word is that so many of all records hold. The logarithm is bent: people describe what happened with many words of
    /// which the rarest is often the one that the record doesn't use in their sense.
    /// </summary>
    public static float Idf(long holding, int all) => MathF.Pow(MathF.Log(1 + ((Math.Max(all, holding) - holding + 0.5f) / (holding + 0.5f))), 0.6f);

    /// <summary>The score of a weight, without idf: below 1.</summary>
    public static float Bend(float weight) => weight / (K1 + weight);
}
