namespace IncidentDb.Web.Patterns;

/// <summary>How often a cause and a missing pattern stand in one record.</summary>
public sealed class Matrix
{
    private readonly Dictionary<(string Cause, string Pattern), int> _cells = [];
    private readonly Dictionary<string, int> _causes = [];
    private readonly Dictionary<string, int> _patterns = [];

    /// <param name="pairs">One for each record, cause and pattern; a record that names a cause and one below it counts once for the parent.</param>
    public static Matrix Of(IEnumerable<(long RecordId, string Cause, string Pattern)> pairs)
    {
        var matrix = new Matrix();
        foreach (var (_, cause, pattern) in pairs.Distinct())
        {
            matrix._cells[(cause, pattern)] = matrix._cells.GetValueOrDefault((cause, pattern)) + 1;
            matrix._causes[cause] = matrix._causes.GetValueOrDefault(cause) + 1;
            matrix._patterns[pattern] = matrix._patterns.GetValueOrDefault(pattern) + 1;
        }

        return matrix;
    }

    public int this[string cause, string pattern] => _cells.GetValueOrDefault((cause, pattern));

    /// <summary>Most frequent first.</summary>
    public IEnumerable<string> Causes => _causes.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key);

    public IEnumerable<string> Patterns => _patterns.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key);

    public IEnumerable<string> PatternsOf(IReadOnlyCollection<string> causes) => _cells
        .Where(c => causes.Contains(c.Key.Cause))
        .GroupBy(c => c.Key.Pattern)
        .OrderByDescending(g => g.Sum(c => c.Value))
        .ThenBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => g.Key);
}
