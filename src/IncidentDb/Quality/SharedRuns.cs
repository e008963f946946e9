namespace IncidentDb.Quality;

/// <summary>Runs of nine words that stand in texts of others: a sentence that was copied or lightly rephrased shows as one.</summary>
public sealed class SharedRuns
{
    public const int Length = 9;

    private readonly HashSet<ulong> _known = [];

    /// <summary>Texts that were taken in.</summary>
    public int Texts { get; private set; }

    /// <summary>Takes in every file of a folder, as text.</summary>
    public static SharedRuns Of(string folder)
    {
        var runs = new SharedRuns();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            runs.Add(File.ReadAllText(file));
        return runs;
    }

    public void Add(string text)
    {
        Texts++;
        // Quotations in the other text are that text too.
        var words = Prose.Words(text.Replace('"', ' ').Replace('“', ' ').Replace('”', ' '));
        for (var i = 0; i + Length <= words.Count; i++)
            _known.Add(Hash(words, i));
    }

    /// <summary>The longest stretches of nine words or more that a text shares with those taken in.</summary>
    public IEnumerable<string> In(string text)
    {
        var words = Prose.Words(text);
        for (var i = 0; i + Length <= words.Count; i++)
        {
            if (!_known.Contains(Hash(words, i)))
                continue;
            var end = i + 1;
            while (end + Length <= words.Count && _known.Contains(Hash(words, end)))
                end++;
            yield return string.Join(' ', words.Skip(i).Take(end - i + Length - 1));
            i = end + Length - 2;
        }
    }

    /// <summary>FNV-1a over the words; a chance meeting of two of some millions is not to be expected in 64 bits.</summary>
    private static ulong Hash(IReadOnlyList<string> words, int from)
    {
        var hash = 14695981039346656037UL;
        for (var i = from; i < from + Length; i++)
        {
            foreach (var c in words[i])
                hash = (hash ^ c) * 1099511628211UL;
            hash = (hash ^ ' ') * 1099511628211UL;
        }

        return hash;
    }
}
