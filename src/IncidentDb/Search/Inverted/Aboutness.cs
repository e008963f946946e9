using IncidentDb.Search.Analysis;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search.Inverted;

/// <summary>
/// A record whose title and names hold many of a question's words is about the question; one that says a single word of it often may not be. Only the
/// best hits are looked at, and only when most of the words are asked for: a record with all of them is judged by their weights.
/// </summary>
internal sealed class Aboutness
{
    /// <summary>What a score grows by when all words stand in title and names.</summary>
    private const float Most = 0.4f;

    /// <summary>A related word, or another name that counts less than the typed one, is that much of a word at the most.</summary>
    private const float RelatedShare = 0.5f;

    private static readonly int _fields = (1 << TextFields.IndexOf(TextFields.Title.Name)) | (1 << TextFields.IndexOf(TextFields.Names.Name));

    private readonly List<Way[]> _words = [];

    /// <summary>A word or phrase that a word of the question stands for: the forms of each of its words, and what it counts.</summary>
    private sealed record Way(WordCursor[][] Words, float Share);

    /// <param name="question">What is asked.</param>
    /// <param name="cursors">The postings of the forms of a stem; none when no record holds it.</param>
    public Aboutness(MostNode question, Func<string, WordCursor[]> cursors)
    {
        foreach (var item in question.Items)
        {
            var ways = new List<Way>();
            foreach (var (i, node) in (item is OrNode { Best: true } or ? or.Items : [item]).Index())
                Collect(node, i == 0 ? 1 : Math.Min(1, node.Boost / RelatedWords.Weight * RelatedShare), cursors, ways);
            _words.Add([.. ways.OrderByDescending(w => w.Share)]);
        }
    }

    private static void Collect(QueryNode node, float share, Func<string, WordCursor[]> cursors, List<Way> ways)
    {
        IReadOnlyList<string> words = node switch
        {
            WordNode { Field: < 0 } word => [word.Word],
            PhraseNode { Field: < 0 } phrase => phrase.Words,
            AndNode and => [.. and.Items.OfType<WordNode>().Select(w => w.Word)],
            _ => [],
        };
        var found = words.Select(w => cursors(EnglishStemmer.Stem(w))).ToArray();
        if (found.Length > 0 && found.All(c => c.Length > 0))
            ways.Add(new Way(found, share));
        // Another name of a typed word with a hyphen is itself a choice.
        if (node is OrNode either)
        {
            foreach (var other in either.Items)
                Collect(other, share, cursors, ways);
        }
    }

    /// <param name="hits">Whose scores are raised.</param>
    /// <param name="order">The places of the hits, by their ordinals.</param>
    public void Add(Span<RankedHit> hits, ReadOnlySpan<int> order)
    {
        var window = -1;
        foreach (var i in order)
        {
            ref var hit = ref hits[i];
            if (hit.Ordinal >> Window.Shift != window)
            {
                window = hit.Ordinal >> Window.Shift;
                foreach (var cursor in _words.SelectMany(w => w).SelectMany(w => w.Words).SelectMany(c => c))
                    cursor.SeekPlaces(window);
            }

            var sum = 0f;
            foreach (var ways in _words)
                sum += Share(ways, hit.Ordinal & (Window.Size - 1));
            var more = hit.Score * Most * sum / _words.Count;
            hit = hit with { Key = hit.Key + more, Score = hit.Score + more };
        }
    }

    private static float Share(Way[] ways, int local)
    {
        foreach (var way in ways)
        {
            var holds = true;
            foreach (var forms in way.Words)
            {
                if (!(holds = Holds(forms, local)))
                    break;
            }

            if (holds)
                return way.Share;
        }

        return 0;
    }

    private static bool Holds(WordCursor[] forms, int local)
    {
        foreach (var form in forms)
        {
            if ((form.FieldsOf(local) & _fields) != 0)
                return true;
        }

        return false;
    }
}
