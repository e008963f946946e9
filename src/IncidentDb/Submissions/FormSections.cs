using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>A part of the form under one heading.</summary>
/// <param name="Id">Anchor of the section.</param>
/// <param name="Heading">As printed.</param>
/// <param name="Hint">One sentence under the heading.</param>
/// <param name="Fields">Names of front-matter keys, <c>sections.id</c> for prose, and the timeline.</param>
/// <param name="Folded">True for parts that most records fill later: shown folded while they are empty.</param>
public sealed record FormSection(string Id, string Heading, string Hint, IReadOnlyList<string> Fields, bool Folded = false);

/// <summary>The form's sections. Every field and heading of the format is in exactly one of them.</summary>
public static class FormSections
{
    public static readonly IReadOnlyList<FormSection> All =
    [
        new("what", "What happened", "The title, one sentence and when. Figures and dates cite a source: [^id] after the sentence.", ["title", "kind", RecordForm.Slug, RecordForm.OneLine, "companies", "started", "ended"]),
        new("sources", "Sources", "Each has a short id of your choice, by which the text cites it. Say how far you read it.", ["sources"]),
        new("story", "The story", "In your own words; Markdown, with a citation after every sentence that has a date, a figure or a quotation.", ["sections.summary", "sections.stakes", "sections.background"]),
        new("case", "For a case study", "What had to be solved, how, and what came of it.", ["sections.challenge", "sections.approach", "sections.outcome", "sections.scale"], Folded: true),
        new("effect", "Effect", "What it did and to whom. “Unknown” and “not disclosed” are answers, too.", ["severity", "impact", "metrics", "sections.impact", "regions", "sectors"]),
        new("causes", "Causes", "Conditions rather than blame; each with what it did here.", ["trigger", "causes"]),
        new("timeline", "Timeline", "One line an event. A bare time such as 09:30 goes on with the day and zone of the line before.", [RecordForm.Timeline]),
        new("response", "Detection and response", "Who noticed, what was tried, what ended it.", ["detection", "sections.detection", "sections.response", "resolution", "sections.resolution"]),
        new("patterns", "Patterns", "Which design patterns were violated, absent or misapplied, and which held.", ["patterns", "technologies"]),
        new("lessons", "Lessons and what followed", "What to take away, what was changed, what is still open.",
            ["sections.what_went_well", "sections.what_went_wrong", "sections.where_they_got_lucky", "sections.why_it_surprised", "sections.lessons", "sections.actions", "sections.aftermath", "sections.sidelights", "sections.unknowns", "sections.disputes"], Folded: true),
        new("hosts", "For hosts", "What an episode needs: a scene, a line that holds, who takes part, what to ask.",
            ["sections.cold_open", "sections.hook", "sections.cast", "sections.quotes", "sections.analogies", "sections.talking_points", "sections.questions", "sections.jargon"], Folded: true),
        new("links", "Links and particulars", "How it belongs to other records, and what few records need.",
            ["tags", "relations", "same_as", "episodes", "confidence", "contributors", "language", "text_origin", "source_licence", "former_slugs", RecordForm.Other, RecordForm.Extra], Folded: true),
    ];

    /// <summary>The declaration of a field of the form; null for prose, which has a heading instead.</summary>
    public static FieldInfo? FieldOf(string name) => name == RecordForm.Timeline ? RecordForm.TimelineField : IncidentFields.All.FirstOrDefault(f => f.Key == name)?.Info;

    /// <summary>The anchor of the section that a field is in; the first for one that is in none.</summary>
    public static FormSection Of(string field)
    {
        var end = field.AsSpan().IndexOfAny('[', '.');
        var root = end < 0 || field.StartsWith("sections.", StringComparison.Ordinal) ? field : field[..end];
        return All.FirstOrDefault(s => s.Fields.Contains(root)) ?? All[0];
    }
}
