using IncidentDb.Search.Analysis;
using IncidentDb.Search.Inverted;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>
/// What search does when a query asks for more than any record has: it tries the words nearest to a mistyped one, then takes records that hold
/// most of the words. Whether it does so depends on the words alone and not on filters, so that counts stay true whatever is chosen.
/// </summary>
internal sealed class Relaxation(IMatcher matcher, Synonyms synonyms)
{
    private const string NoneHasAll = "No record has all of these words; those with most of them, or with words near in meaning, are shown.";
    private const string FewHaveAll = "Few records have all of these words; those with most of them, or with words near in meaning, are shown too.";

    /// <summary>True for a notice that says what is shown: it is wrong where filters leave nothing to show.</summary>
    public static bool SaysShown(string notice) => notice is NoneHasAll or FewHaveAll;

    /// <summary>With three words or more, so few records with all of them bring in those with most of them.</summary>
    public const int Few = 10;

    /// <summary>So many words are tried in other spellings; a query with more is no longer one that a person mistyped.</summary>
    private const int MaxSpelt = 8;

    /// <summary>So many words are searched in other words too.</summary>
    private const int MaxRelated = 24;

    /// <summary>A record is taken when it has that share of the words that records have at all.</summary>
    private const double Share = 0.4;

    /// <summary>A word in another spelling is a guess, and one two letters away a bold one.</summary>
    private const float OneEdit = 0.7f;
    private const float TwoEdits = 0.4f;

    /// <summary>What a word is made of is not quite what it means.</summary>
    private const float Form = 0.7f;

    /// <summary>What stands for a word that no record has counts more than what stands beside it.</summary>
    private const float InItsPlace = 2f;

    private readonly List<string> _notices = [];
    private int _spelt;

    public IReadOnlyList<string> Notices => _notices;

    /// <summary>The query with every bare word that no record holds replaced by words near to it.</summary>
    public QueryNode Spell(QueryNode node) => node switch
    {
        WordNode { Match: WordMatch.Stem } word when !matcher.HoldsStem(word.Word) && !synonyms.MayBegin(word.Word) => Unknown(word),
        AndNode and => new AndNode([.. and.Items.Select(Spell)]) { Boost = and.Boost },
        OrNode or => new OrNode([.. or.Items.Select(Spell)]) { Boost = or.Boost, Best = or.Best },
        _ => node,
    };

    /// <summary>A word that no record holds: words near to it in meaning if it is an English word, else what it is made of, else the one nearest in spelling.</summary>
    private QueryNode Unknown(WordNode word)
    {
        if (++_spelt > MaxSpelt)
            return word;
        if (WithRelated(word) is OrNode either && either.Items.Skip(1).OfType<WordNode>().Select(w => w.Word).Where(matcher.HoldsStem).Take(3).ToList() is { Count: > 0 } held)
        {
            Notice(word, string.Join(" or ", held.Select(w => $"“{w}”")));
            return new OrNode([word, .. either.Items.Skip(1).Select(i => i with { Boost = i.Boost * InItsPlace })]) { Best = true };
        }

        if (WordForms.Of(word.Word).FirstOrDefault(matcher.HoldsStem) is { } form)
        {
            Notice(word, $"“{form}”");
            return word with { Word = form, Boost = word.Boost * Form };
        }

        var nearest = Nearest(word.Word);
        if (nearest is not { Edits: 1 } && WordForms.Joined(word.Word).FirstOrDefault(j => Array.TrueForAll(j, matcher.HoldsStem)) is { } joined)
        {
            Notice(word, $"“{string.Join(' ', joined)}”");
            return new OrNode([word, .. WordForms.Numbers(joined).Select(j => new PhraseNode { Words = j, Field = word.Field, Boost = word.Boost * Form })]) { Best = true };
        }

        if (nearest is not { } near)
            return word;
        Notice(word, $"“{near.Word}”");
        return word with { Word = near.Word, Boost = word.Boost * (near.Edits > 1 ? TwoEdits : OneEdit) };
    }

    private void Notice(WordNode word, string instead) => _notices.Add($"“{word.Word}” stands in no record; {instead} was searched instead.");

    /// <summary>The nearest word; among equally near ones the most frequent.</summary>
    private (string Word, int Edits)? Nearest(string word)
    {
        if (word.Length < 4 || word.Any(char.IsDigit))
            return null;
        if (matcher.Near(word, 1) is { Count: > 0 } near)
            return (near.MaxBy(matcher.RecordsWith)!, 1);
        if (word.Length < 6)
            return null;
        // Two letters away is often another word, unless it sounds the same.
        var further = matcher.Near(word, 2);
        if (further.Where(w => WordForms.SoundAlike(w, word)).MaxBy(matcher.RecordsWith) is { } alike)
            return (alike, 1);
        return word.Length > 7 && further.MaxBy(matcher.RecordsWith) is { } other ? (other, 2) : null;
    }

    /// <summary>The text with each rare word replaced by one a letter away that ten times as many records hold; null when there is none.</summary>
    public string? DidYouMean(string text, QueryNode root, SearchBudget budget)
    {
        var better = text;
        foreach (var word in Closeness.Words(root).Select(w => w.Word).Distinct(StringComparer.Ordinal))
        {
            if (!budget.Check())
                break;
            var records = matcher.RecordsWith(word);
            if (word.Length < 5 || records is 0 or > 3 || word.Any(char.IsDigit))
                continue;
            var near = matcher.Near(word, 1).Where(w => w != word && EnglishStemmer.Stem(w) != EnglishStemmer.Stem(word)).MaxBy(matcher.RecordsWith);
            if (near is not null && matcher.RecordsWith(near) >= 10 * records)
                better = better.Replace(word, near, StringComparison.OrdinalIgnoreCase);
        }

        return better == text ? null : better;
    }

    /// <summary>How many bare words must all be found; 0 when the query is not a plain list of words.</summary>
    public static int RequiredWords(QueryNode node) => node is AndNode and ? and.Items.Count(IsWord) : 0;

    /// <param name="phrase">What the phrase that the word is in may be called; null when it is in none.</param>
    private QueryNode WithRelated(QueryNode node, IReadOnlyList<string[]>? phrase = null)
    {
        if (node is not WordNode { Match: WordMatch.Stem } word || (phrase ?? RelatedWords.Of(word.Word)) is not { Count: > 0 } related)
            return node;
        var telling = matcher.Telling(word.Word);
        return new OrNode([word, .. related.Select(r => Related(r, word, telling))]) { Best = true };
    }

    /// <summary>The meanings of the phrases that a question holds ("went under", "by hand"), by the last word of each that tells something: it stands for the phrase.</summary>
    private static Dictionary<QueryNode, IReadOnlyList<string[]>> Phrases(IReadOnlyList<QueryNode> items)
    {
        var phrases = new Dictionary<QueryNode, IReadOnlyList<string[]>>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not WordNode { Match: WordMatch.Stem } first || !RelatedWords.MayBegin(first.Word))
                continue;
            var run = items.Skip(i).Take(RelatedWords.LongestPhrase).TakeWhile(n => n is WordNode { Match: WordMatch.Stem } w && w.Field == first.Field).Cast<WordNode>().ToList();
            for (var length = run.Count; length > 1; length--)
            {
                if (RelatedWords.Of(run.Take(length).Select(w => w.Word)) is not { Count: > 0 } related || run.Take(length).LastOrDefault(w => !StopWords.Contains(w.Word)) is not { } telling)
                    continue;
                phrases[telling] = related;
                i += length - 1;
                break;
            }
        }

        return phrases;
    }

    /// <summary>A word or phrase near to the one that was typed. It tells no more than that: who asks for a "plane" doesn't ask for the rarest kind of one.</summary>
    private QueryNode Related(string[] words, WordNode typed, float telling)
    {
        var boost = typed.Boost * RelatedWords.Weight;
        if (telling > 0 && words.Max(matcher.Telling) is var own && own > telling)
            boost *= telling / own;
        return words.Length == 1 ? new WordNode { Word = words[0], Field = typed.Field, Boost = boost } : new PhraseNode { Words = words, Field = typed.Field, Boost = boost };
    }

    private bool Exists(QueryNode node) => node is not WordNode { Match: WordMatch.Stem } word || matcher.HoldsStem(word.Word);

    private static bool IsWord(QueryNode node) => node is WordNode { Match: WordMatch.Stem or WordMatch.Fuzzy } or OrNode { Best: true };

    /// <summary>The query with "all of the words" turned into "most of them"; everything else stays required.</summary>
    public QueryNode Relax(AndNode and, int found)
    {
        var words = and.Items.Where(IsWord).ToList();
        var telling = words.Where(w => w is not WordNode word || !StopWords.Contains(word.Word)).ToList();
        if (telling.Count == 0)
            telling = words;
        var minimum = Math.Max(1, (int)Math.Ceiling(telling.Count(Exists) * Share));
        _notices.Add(found == 0 ? NoneHasAll : FewHaveAll);
        var phrases = Phrases(and.Items);
        var most = new MostNode([.. telling.Select((w, i) => i < MaxRelated ? WithRelated(w, phrases.GetValueOrDefault(w)) : w)], minimum);
        var rest = and.Items.Where(i => !IsWord(i)).ToList();
        return rest.Count == 0 ? most : new AndNode([most, .. rest]);
    }
}
