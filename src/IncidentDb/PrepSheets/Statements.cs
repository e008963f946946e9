using IncidentDb.Incidents;
using IncidentDb.PrepSheets.Spoken;
using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>Makes statements from the passages of one record.</summary>
internal sealed class Statements(Noun noun, string slug, Func<string, Source?> sourceOf)
{
    public static Statements Of(Incident incident) => new(Noun.Incident, incident.Slug, incident.Source);

    public static Statements Of(Patterns.Pattern pattern) => new(Noun.Pattern, pattern.Slug, id => pattern.Sources.FirstOrDefault(s => s.Id == id));

    /// <summary>For words of ours that have no sources: laws, episodes, companies.</summary>
    public static Statements Of(Noun noun, string slug) => new(noun, slug, _ => null);

    /// <summary>The passages of a text, one statement each, in units that are told whole: a passage of prose, or an item of a list.</summary>
    /// <param name="path">The field, e.g. <c>sections.stakes</c>.</param>
    /// <param name="anchor">Its place on the page.</param>
    /// <param name="uncited">What a passage without a citation is.</param>
    public IEnumerable<IReadOnlyList<PrepStatement>> Units(string markdown, string path, string anchor, StatementKind uncited, bool craft = false, bool wholeItems = false)
    {
        var unit = new List<PrepStatement>();
        var n = 0;
        foreach (var passage in Passage.Of(markdown, wholeItems))
        {
            if (unit.Count > 0 && (passage.Begins || !passage.IsItem))
            {
                yield return unit;
                unit = [];
            }

            var kind = craft ? StatementKind.Craft : KindOf(passage.Sources, uncited);
            // A source behind craft would make it look like a fact.
            unit.Add(Make($"{path}/{++n}", kind, passage.Text, kind == StatementKind.Craft ? [] : passage.Sources, path, anchor) with
            {
                Begins = passage.Begins,
                Label = passage.Heading.Length > 0 ? passage.Heading : null,
            });
        }

        if (unit.Count > 0)
            yield return unit;
    }

    /// <summary>A statement of the record's own words.</summary>
    public PrepStatement Make(string id, StatementKind kind, string text, IEnumerable<string> sources, string path, string anchor)
    {
        var spoken = SpokenText.Of(text);
        var ids = sources.Where(s => s != Citations.Unsourced).ToList();
        return new PrepStatement
        {
            Id = $"{slug}/{id}",
            Kind = kind,
            Text = text,
            Spoken = spoken.Text,
            Exact = spoken.Shown,
            Origin = new StatementOrigin(noun, slug, anchor, path),
            Refs = [.. ids.Where(s => sourceOf(s) is not null).Select(s => new SourceRef(noun, slug, s))],
            Unverified = ids.Count > 0 && ids.All(s => sourceOf(s) is { Read: "no" }),
            Begins = true,
            Seconds = Pace.Of(spoken.Text),
        };
    }

    /// <summary>A statement whose words are ours and whose values are the record's.</summary>
    /// <param name="spoken">The text as it is said, where the values have forms of their own for that.</param>
    public PrepStatement Compose(string id, StatementKind kind, string text, string? spoken, IEnumerable<string> sources, string anchor = "")
    {
        var plain = Make(id, kind, text, sources, StatementOrigin.Composed, anchor);
        return spoken is null ? plain : plain with { Spoken = spoken, Seconds = Pace.Of(spoken) };
    }

    private static StatementKind KindOf(IReadOnlyList<string> sources, StatementKind uncited) =>
        sources.Contains(Citations.Unsourced) ? StatementKind.Unsourced : sources.Count > 0 ? StatementKind.Cited : uncited;
}

internal static class StatementLabels
{
    /// <summary>The statement with a label that is printed and, where it has a spoken form, read aloud.</summary>
    public static PrepStatement Labelled(this PrepStatement statement, string label, string? spoken = null, string? subLabel = null) => statement with
    {
        Label = label,
        SubLabel = subLabel,
        SpokenLabel = spoken,
        Seconds = Pace.Of(spoken is null ? statement.Spoken : $"{spoken} {statement.Spoken}"),
    };
}
