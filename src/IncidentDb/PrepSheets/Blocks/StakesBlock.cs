using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;
using IncidentDb.Wording;

namespace IncidentDb.PrepSheets.Blocks;

/// <summary>What was at risk and for whom, in figures and words; who and what appears, and the words one needs.</summary>
internal static class StakesBlock
{
    public static IReadOnlyList<PartDraft> Parts(Composition c)
    {
        var parts = new List<PartDraft?>();
        foreach (var story in c.Stories)
        {
            parts.Add(Headline(c, story));
            parts.Add(story.Section("stakes", "What was at stake", c.IsShort ? 2 : 3, 0));
            parts.Add(story.Section("challenge", "What had to be solved", 3, 0));
            parts.Add(story.Section("scale", "How large it was", 2, 0));
            if (c.IsLong)
                parts.Add(story.Section("summary", "In short", 2, 1));
            parts.Add(story.Section("impact", "What it did", c.IsShort ? 0 : 2, 1));
            parts.Add(story.Section("background", "What one must know", c.IsShort ? 0 : 3, 2));
        }

        foreach (var story in c.Stories)
            parts.Add(Cast(c, story));
        foreach (var story in c.Stories)
            parts.Add(Jargon(c, story));
        return [.. parts.OfType<PartDraft>()];
    }

    /// <summary>“Four hundred and sixty million dollars, in forty-five minutes.” Only what the record measures, and only with its sources.</summary>
    private static PartDraft? Headline(Composition c, Story story)
    {
        var incident = story.Incident;
        var items = new List<ItemDraft>();
        var loss = incident.Metrics.FirstOrDefault(m => Money.LossOf(incident) is { } money && m.Name == money.Metric && m.Value.Text == money.Text);
        var lasted = Derivation.Of(incident).Lasted.Range;
        var lastedSources = Derivation.LastedSources(incident);
        var inTime = lasted is { Max: var max } && max > TimeSpan.Zero && lastedSources.Count > 0;
        if (loss is { Sources.Count: > 0 })
        {
            // A fine or a refund comes long after: it is not what the minutes cost.
            var together = inTime && loss.Name is "direct_cost" or "revenue_loss" && incident.Kind == Kinds.Incident;
            var time = together ? $", in {DurationWords.Of(lasted!)}" : "";
            var spokenTime = together ? $", in {SpokenTimes.Length(lasted!)}" : "";
            items.Add(Item(
                "loss", AmountWords.Of(loss.Value) + time, SpokenAmounts.Of(loss.Value) + spokenTime, [.. loss.Sources, .. together ? lastedSources : []], Capital(c.Catalogue.Words.Label("metrics", loss.Name)), 9));
            inTime &= !together;
        }

        if (inTime && !incident.IsCaseStudy)
            items.Add(Item("lasted", DurationWords.Of(lasted!), SpokenTimes.Length(lasted!), lastedSources, "How long it lasted", 5));
        foreach (var metric in incident.Metrics.Where(m => m != loss && !m.Value.IsBlank && m.Sources.Count > 0))
        {
            var what = c.Catalogue.Words.Label("metrics", metric.Name);
            var scope = metric.Scope is { } text ? $", {text}" : "";
            items.Add(Item($"metric-{items.Count}", AmountWords.Of(metric.Value) + scope, SpokenAmounts.Of(metric.Value) + SpokenText.Of(AsSentences(scope)).Text, metric.Sources, what, 4));
        }

        return items.Count == 0 ? null : new PartDraft
        {
            Heading = story.Heading("The figures"),
            Form = PartForm.Terms,
            Items = items,
            Record = incident.Slug,
            Weight = (c.IsShort ? 1.2 : 2) * story.Share,
            LeftOutAs = "figures",
            Anchor = "facts",
        };

        // “Customers of the company; how many were affected is not known”: the eye takes that in at once, the ear needs a stop.
        static string AsSentences(string scope) => string.Join(". ", scope.Split("; ").Select((clause, i) => i == 0 ? clause : Capital(clause)));

        ItemDraft Item(string id, string text, string spoken, IReadOnlyList<string> sources, string label, int rank) => new(
            [story.Statements.Compose($"figures/{id}", StatementKind.Cited, text + ".", Capital(spoken) + ".", sources.Distinct(StringComparer.Ordinal), "facts").Labelled(label, label + ":") with { Exact = [text] }], rank);
    }

    /// <summary>Names with what they are and how to say them; companies by their own records.</summary>
    private static PartDraft? Cast(Composition c, Story story)
    {
        var items = new List<ItemDraft>();
        foreach (var company in story.Incident.Companies.Select(x => c.Catalogue.Company(x.Slug)).OfType<Companies.Company>().Where(x => x.SayAs is not null))
        {
            var say = Statements.Of(Noun.Company, company.Slug).Make("say_as", StatementKind.Craft, $"say {company.SayAs}", [], "say_as", "");
            items.Add(new ItemDraft([say.Labelled(company.Name) with { Silent = true, Seconds = 0 }], 1));
        }

        if (story.Incident.Section("cast") is { } cast)
        {
            foreach (var unit in story.Statements.Units(cast, "sections.cast", "cast", StatementKind.Unsourced, wholeItems: true))
                items.Add(new ItemDraft([.. unit.Select(Term)], 2));
        }

        return items.Count == 0 ? null : new PartDraft
        {
            Heading = story.Heading("Cast and systems"),
            Form = PartForm.Terms,
            Items = items,
            Record = story.Incident.Slug,
            Weight = c.IsShort ? 0 : 2 * story.Share,
            Tier = 3,
            LeftOutAs = "Cast",
            Anchor = "cast",
        };
    }

    private static PartDraft? Jargon(Composition c, Story story)
    {
        if (story.Incident.Section("jargon") is not { } jargon)
            return null;
        var items = story.Statements.Units(jargon, "sections.jargon", "jargon", StatementKind.Craft, wholeItems: true).Select(u => new ItemDraft([.. u.Select(Term)])).ToList();
        return items.Count == 0 ? null : new PartDraft
        {
            Heading = story.Heading("In plain words"),
            Form = PartForm.Terms,
            Items = items,
            Record = story.Incident.Slug,
            Weight = c.IsShort ? 0 : 1.5 * story.Share,
            Tier = 3,
            LeftOutAs = "Jargon",
            Anchor = "jargon",
        };
    }

    /// <summary><c>term · words · how to say it</c>: the term is the label, and how to say it stands below it.</summary>
    private static PrepStatement Term(PrepStatement statement)
    {
        var fields = statement.Text.Split(" · ");
        if (fields.Length < 2)
            return statement;
        var text = SpokenText.Of(fields[1]);
        var label = fields[0];
        return (statement with
        {
            Text = fields[1],
            Spoken = text.Text,
            Exact = text.Shown,
        }).Labelled(label, SpokenText.Of(label).Text + ":", fields.Length > 2 ? fields[2] : null);
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
