using System.Globalization;
using System.Text;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Benchmarks;

/// <summary>
/// Makes valid records of any number, always the same for the same seed: words follow the frequencies of the real records with a long tail
/// of made-up ones, so that common, rare and unique words occur as they do in a library that has grown.
/// </summary>
internal sealed class Corpus
{
    private const int TailWords = 120_000;

    private readonly Catalogue _catalogue;
    private readonly string[] _words;
    private readonly double[] _cumulative;
    private readonly string[] _tail;
    private readonly string[] _causes;
    private readonly int _wordsPerRecord;

    /// <param name="catalogue">Names and vocabularies that the records refer to.</param>
    /// <param name="real">Texts whose word frequencies are taken over.</param>
    /// <param name="wordsPerRecord">About how many words of prose a record has.</param>
    public Corpus(Catalogue catalogue, IEnumerable<Incident> real, int wordsPerRecord)
    {
        _catalogue = catalogue;
        _wordsPerRecord = wordsPerRecord;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in real.SelectMany(i => i.Sections.Select(s => s.Markdown).Concat(i.Timeline.Select(e => e.Text))))
        {
            foreach (var token in Search.Analysis.Tokenizer.Tokenize(Citations.Remove(text)).Where(t => t.Word.All(char.IsAsciiLetter)))
                counts[token.Word] = counts.GetValueOrDefault(token.Word) + 1;
        }

        var sorted = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).ToList();
        _words = [.. sorted.Select(c => c.Key)];
        _cumulative = new double[_words.Length];
        double sum = 0;
        for (var i = 0; i < _words.Length; i++)
            _cumulative[i] = sum += sorted[i].Value;
        var random = new Random(7);
        _tail = [.. Enumerable.Range(0, TailWords).Select(_ => Invented(random))];
        _causes = [.. (catalogue.Words["causes"]?.Terms ?? []).Where(t => t.Parent is not null).Select(t => t.Slug)];
    }

    private static string Invented(Random random)
    {
        const string consonants = "bcdfghklmnprstvz";
        const string vowels = "aeiou";
        var word = new StringBuilder();
        for (var i = random.Next(2, 5); i > 0; i--)
            word.Append(consonants[random.Next(consonants.Length)]).Append(vowels[random.Next(vowels.Length)]);
        return word.Append(consonants[random.Next(consonants.Length)]).ToString();
    }

    private string Word(Random random)
    {
        // One word in fourteen is from the tail, the rarer the further out.
        if (random.Next(14) == 0)
            return _tail[(int)(Math.Pow(random.NextDouble(), 3) * _tail.Length)];
        var at = Array.BinarySearch(_cumulative, random.NextDouble() * _cumulative[^1]);
        return _words[Math.Min(_words.Length - 1, at < 0 ? ~at : at)];
    }

    private string Prose(Random random, int words, bool cite)
    {
        var text = new StringBuilder();
        while (words > 0)
        {
            var length = Math.Min(words, random.Next(8, 20));
            for (var i = 0; i < length; i++)
            {
                var word = Word(random);
                text.Append(i == 0 ? char.ToUpperInvariant(word[0]) + word[1..] : " " + word);
            }

            text.Append(cite ? ". [^a] " : ". ");
            words -= length;
        }

        return text.ToString().TrimEnd();
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> list) => list[(int)(Math.Pow(random.NextDouble(), 2) * list.Count)];

    private string Term(Random random, string vocabulary) => Pick(random, _catalogue.Words[vocabulary]!.Terms).Slug;

    /// <summary>The record with a number; the same number gives the same record.</summary>
    public Incident Make(int number)
    {
        var random = new Random(number * 7919 + 13);
        var zone = "Z";
        var start = new DateTime(2005, 1, 1).AddMinutes(random.Next(20 * 365 * 24 * 60));
        When At(int minutes)
        {
            var local = start.AddMinutes(minutes);
            return new When { Start = new WhenPoint { Precision = WhenPrecision.Minute, Local = local, Zone = zone, Offset = TimeSpan.Zero } };
        }

        var length = 10 + (int)(Math.Pow(random.NextDouble(), 4) * 8_000);
        var detected = (int)(Math.Pow(random.NextDouble(), 3) * length / 2);
        var timelineWords = _wordsPerRecord / 4;
        (int Minute, string Type)[] moments =
        [
            (0, "trigger"), (0, "impact_start"), (detected, "detected"), (detected + 2, "escalated"), (Math.Max(detected + 3, length / 3), "action"), (Math.Max(detected + 4, length / 2), "cause_identified"),
            (Math.Max(detected + 5, length * 3 / 4), "mitigation"), (length + 10, "resolved"),
        ];
        var causes = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, _causes)).Distinct(StringComparer.Ordinal).ToList();
        var patterns = Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, _catalogue.Patterns).Slug).Distinct(StringComparer.Ordinal).ToList();
        var loss = random.Next(4) == 0;
        var each = Math.Max(8, _wordsPerRecord / 4 / (causes.Count + (2 * patterns.Count)));
        var incident = new Incident
        {
            Slug = $"synthetic-{number:0000000}",
            Title = Title(random),
            Kind = random.Next(12) == 0 ? Kinds.NearMiss : Kinds.Incident,
            Companies = [new CompanyRole(Pick(random, _catalogue.Companies).Slug, CompanyRoles.Operator)],
            Started = new CitedWhen(At(0), ["a"]),
            Severity = $"S{1 + (int)(Math.Sqrt(random.NextDouble()) * 4)}",
            Impact = [Term(random, "impact")],
            Detection = Term(random, "detection"),
            Trigger = Term(random, "trigger"),
            Resolution = [Term(random, "resolution")],
            Causes = [.. causes.Select((c, i) => new IncidentCause { Slug = c, Role = i == 0 ? "root" : "contributing", Text = Prose(random, each, cite: true) })],
            Patterns =
            [
                .. patterns.Select((p, i) => new IncidentPattern
                {
                    Slug = p,
                    Relation = PatternRelations.All[(number + i) % PatternRelations.All.Count],
                    WhatHappened = Prose(random, each, cite: true),
                    WouldHave = Prose(random, each, cite: true),
                }),
            ],
            Technologies = [Pick(random, _catalogue.Words["technologies"]!.Terms).Slug],
            Regions = [Pick(random, _regions)],
            Metrics = loss
                ? [new Metric { Name = "direct_cost", Value = Amount.Parse($"{Math.Round(Math.Pow(10, 4 + (random.NextDouble() * 5)))} USD", out _)!, Headline = true, Sources = ["a"] }]
                : [new Metric { Name = "users_affected", Value = Amount.Parse(Math.Round(Math.Pow(10, 2 + (random.NextDouble() * 6))).ToString(CultureInfo.InvariantCulture), out _)!, Sources = ["a"] }],
            Sources = [new Source { Id = "a", Title = $"Report {number}", Publisher = "A publisher", Type = "official_postmortem", Url = $"https://example.org/{number}", Read = "full" }],
            OneLine = Prose(random, 12, cite: true),
            Sections =
            [
                new Section("summary", "Summary", Prose(random, Math.Max(50, Math.Min(240, _wordsPerRecord / 4)), cite: true)),
                new Section("background", "Background", Prose(random, Math.Max(10, _wordsPerRecord / 4), cite: true)),
            ],
            Timeline =
            [
                .. moments.Select((m, i) => new TimelineEvent
                {
                    Id = $"e{i}",
                    At = At(m.Minute),
                    Type = m.Type,
                    Key = i is 1 or 6,
                    Text = Prose(random, Math.Max(5, timelineWords / moments.Length), cite: false),
                    Sources = ["a"],
                }),
            ],
        };
        return incident;
    }

    private string Title(Random random)
    {
        var words = string.Join(' ', Enumerable.Range(0, random.Next(5, 10)).Select(_ => Word(random)));
        var title = char.ToUpperInvariant(words[0]) + words[1..];
        return title.Length < 6 ? title + " incident" : title.Length > 140 ? title[..140].Trim() : title;
    }

    private static readonly string[] _regions = ["us-east-1", "europe", "us-west-2", "asia", "united-kingdom", "global", "ap-northeast-1", "brazil"];
}
