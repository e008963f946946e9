using IncidentDb.Vocabularies;

namespace IncidentDb.Records;

/// <summary>The nouns that have records of their own. Their lower-case names are the words in paths, tables and messages.</summary>
public enum Noun
{
    Incident,
    Company,
    Pattern,
    Episode,
    Vocabulary,
}

/// <summary>Answers whether a reference leads somewhere. Aliases and former slugs count.</summary>
public interface IKnownSlugs
{
    /// <summary>The slug the reference stands for (itself, or the one an alias leads to), or null when there is none.</summary>
    string? Resolve(Noun noun, string slug);

    /// <summary>All slugs of a noun, for "did you mean".</summary>
    IEnumerable<string> All(Noun noun);
}

/// <summary>What a reader needs besides the text: the file's name for messages, the words that exist, and a place for problems.</summary>
public sealed class ReadContext
{
    private readonly List<Problem> _problems = [];
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    public required string File { get; init; }

    public required VocabularySet Words { get; init; }

    /// <summary>Null while reading a file alone: references are then not checked.</summary>
    public IKnownSlugs? Known { get; init; }

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>Where each field and section begins, by path.</summary>
    public LineMap Lines => new(_lines);

    public void Report(Rule rule, int line, string field, string sentence) => _problems.Add(rule.At(File, line, field, sentence));

    public void Remember(string path, int line) => _lines.TryAdd(path, line);
}

/// <summary>Line numbers of fields and sections, by path; a path without its own line takes its parent's.</summary>
public sealed class LineMap(IReadOnlyDictionary<string, int> lines)
{
    public static readonly LineMap None = new(new Dictionary<string, int>());

    public int this[string path]
    {
        get
        {
            for (var p = path; p.Length > 0; p = Parent(p))
            {
                if (lines.TryGetValue(p, out var line))
                    return line;
            }

            return 0;
        }
    }

    private static string Parent(string path)
    {
        var cut = path.LastIndexOfAny(['.', '[']);
        return cut < 0 ? "" : path[..cut];
    }
}

/// <summary>What reading one file gave: the record (null when it can't be made sense of), what was wrong, and where things stand.</summary>
public sealed record ReadResult<T>
    where T : class
{
    public required T? Record { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    public required LineMap Lines { get; init; }

    public bool HasErrors => Problems.Any(p => p.IsError);
}
