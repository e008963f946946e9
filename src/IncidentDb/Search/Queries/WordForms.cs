namespace IncidentDb.Search.Queries;

/// <summary>
/// What a word that no record holds is made of: a word with a beginning or an ending that changes its meaning a little ("biggest", "refetching"), or
/// two words that it joins ("hostnames"). And whether two words sound alike, which is how people misspell.
/// </summary>
internal static class WordForms
{
    /// <summary>Of two joined words none has fewer letters, so that "carpet" is not about cars.</summary>
    private const int ShortestPart = 4;

    private static readonly string[] _endings = ["ships", "ship", "ness", "less", "like", "wide", "able", "hood", "est", "ers", "er", "ful"];
    private static readonly string[] _beginnings = ["inter", "under", "micro", "multi", "over", "non", "mis", "dis", "pre", "un", "re"];

    /// <summary>The word without an ending or a beginning, longest first.</summary>
    public static IEnumerable<string> Of(string word) => Rests(word).Where(r => !StopWords.Contains(r));

    private static IEnumerable<string> Rests(string word)
    {
        if (!IsPlain(word))
            yield break;
        foreach (var ending in _endings.Where(e => word.EndsWith(e, StringComparison.Ordinal)))
        {
            var rest = word[..^ending.Length];
            if (rest.Length < 3)
                continue;
            if (rest.Length > 3)
                yield return rest;
            // "biggest" is "big", "nicest" is "nice".
            if (rest.Length > 3 && rest[^1] == rest[^2])
                yield return rest[..^1];
            if (ending[0] is 'e' or 'a')
                yield return rest + "e";
        }

        foreach (var beginning in _beginnings.Where(b => word.Length > b.Length + 3 && word.StartsWith(b, StringComparison.Ordinal)))
            yield return word[beginning.Length..];
    }

    /// <summary>The pairs of words that a word may join.</summary>
    public static IEnumerable<string[]> Joined(string word)
    {
        for (var i = ShortestPart; IsPlain(word) && i <= word.Length - ShortestPart; i++)
        {
            if (!StopWords.Contains(word.AsSpan(0, i)) && !StopWords.Contains(word.AsSpan(i)))
                yield return [word[..i], word[i..]];
        }
    }

    /// <summary>Two words side by side, and the same for one thing when they name several: phrases are compared as written.</summary>
    public static IEnumerable<string[]> Numbers(string[] words) => words[^1].EndsWith('s') ? [words, [.. words[..^1], words[^1][..^1]]] : [words];

    private static bool IsPlain(string word) => word.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0;

    /// <summary>True when two words have the same sounds but for their vowels: "robloks" and "roblox".</summary>
    public static bool SoundAlike(string word, string other) => Sounds(word) == Sounds(other);

    private static string Sounds(string word)
    {
        var sounds = new System.Text.StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            var next = i + 1 < word.Length ? word[i + 1] : ' ';
            var sound = word[i] switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' or 'y' => i == 0 ? "a" : "",
                'p' when next == 'h' => "f",
                'h' => i == 0 ? "h" : "",
                'c' when next is 'e' or 'i' or 'y' => "s",
                'c' or 'q' => "k",
                'x' => "ks",
                'z' => "s",
                var letter => letter.ToString(),
            };
            // A letter that is written twice is heard once.
            if (sound.Length > 0 && (i == 0 || word[i] != word[i - 1]) && !(sound == "k" && word[i] == 'k' && i > 0 && word[i - 1] == 'c'))
                sounds.Append(sound);
        }

        return sounds.ToString();
    }
}
