using IncidentDb.Search.Analysis;

namespace IncidentDb.Search.Queries;

/// <summary>
/// Names that mean the same: abbreviations, former names, other spellings. A query that uses one of them also searches the others; the records
/// are not touched, so a new name counts at once.
/// </summary>
public sealed class Synonyms
{
    public static readonly Synonyms None = new([]);
    private const int LongestName = 6;

    /// <summary>The words of a name, stemmed and joined by blanks → the groups it is in.</summary>
    private readonly Dictionary<string, List<Group>> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _firstWords = new(StringComparer.Ordinal);

    /// <param name="groups">Each a list of names for the same thing, the usual one first.</param>
    public Synonyms(IEnumerable<IReadOnlyList<string>> groups)
    {
        foreach (var group in Merged(groups))
        {
            foreach (var name in group.Names)
            {
                var key = Key(name.Words);
                if (!_groups.TryGetValue(key, out var same))
                    _groups[key] = same = [];
                same.Add(group);
                _firstWords.Add(Stem(name.Words[0]));
            }
        }
    }

    /// <summary>Lists that share two names or more are about one thing: a technology and a pattern may both be "continuous integration (CI)".</summary>
    private static IEnumerable<Group> Merged(IEnumerable<IReadOnlyList<string>> groups)
    {
        var merged = new List<Dictionary<string, Name>>();
        var holders = new Dictionary<string, List<Dictionary<string, Name>>>(StringComparer.Ordinal);
        foreach (var names in groups)
        {
            var own = names.Select(n => new Name(n, Words(n))).Where(n => n.Words.Length is > 0 and <= LongestName).DistinctBy(n => Key(n.Words)).ToList();
            if (own.Count < 2)
                continue;
            var group = own.SelectMany(n => holders.GetValueOrDefault(Key(n.Words)) ?? []).CountBy(g => g).FirstOrDefault(g => g.Value > 1).Key;
            if (group is null)
                merged.Add(group = new(StringComparer.Ordinal));
            foreach (var name in own)
            {
                var key = Key(name.Words);
                if (!group.TryAdd(key, name))
                    continue;
                if (!holders.TryGetValue(key, out var holding))
                    holders[key] = holding = [];
                holding.Add(group);
            }
        }

        return merged.Select(g => new Group([.. g.Values]));
    }

    private sealed record Name(string Text, string[] Words);

    private sealed record Group(Name[] Names);

    /// <summary>The words of a name without the parts of compounds.</summary>
    private static string[] Words(string name)
    {
        var words = new List<string>();
        var end = 0;
        foreach (var token in Tokenizer.Tokenize(name))
        {
            if (token.Start < end)
                continue;
            words.Add(token.Word);
            end = token.Start + token.Length;
        }

        return [.. words];
    }

    /// <summary>True when a name begins with the word.</summary>
    public bool MayBegin(string word) => _firstWords.Contains(Stem(word));

    private static string Key(IEnumerable<string> words) => string.Join(' ', words.Select(Stem));

    /// <summary>Abbreviations are compared as they are: "os" is not "o".</summary>
    private static string Stem(string word) => word.Length <= 4 ? word : EnglishStemmer.Stem(word);

    /// <summary>
    /// The longest name that the words begin with: how many words it has, and as what else it can be searched. A name that stands for
    /// several things is left alone.
    /// </summary>
    public (int Length, IReadOnlyList<(string Text, string[] Words)> Others) Find(IReadOnlyList<string> words, int from)
    {
        if (_groups.Count == 0 || !_firstWords.Contains(Stem(words[from])))
            return (0, []);
        for (var length = Math.Min(LongestName, words.Count - from); length > 0; length--)
        {
            var name = words.Skip(from).Take(length).ToArray();
            if (!_groups.TryGetValue(Key(name), out var groups) || groups.Count > 1)
                continue;
            // A longer name that contains this one finds nothing that this one doesn't.
            var key = $" {Key(name)} ";
            var others = groups[0].Names.Where(n => !$" {Key(n.Words)} ".Contains(key, StringComparison.Ordinal)).Select(n => (n.Text, n.Words)).ToList();
            if (others.Count > 0)
                return (length, others);
        }

        return (0, []);
    }
}
