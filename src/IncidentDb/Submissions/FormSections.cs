namespace IncidentDb.Submissions;

/// <summary>A part of the form under one heading.</summary>
/// <param name="Id">Anchor of the section.</param>
/// <param name="Heading">As printed.</param>
/// <param name="Hint">One sentence under the heading.</param>
/// <param name="Fields">Names of front-matter keys, <c>sections.id</c> for prose, and the timeline.</param>
/// <param name="Folded">True for parts that most records fill later: shown folded while they are empty.</param>
public sealed record FormSection(string Id, string Heading, string Hint, IReadOnlyList<string> Fields, bool Folded = false);

/// <summary>The sections of each noun's form. Every field and heading of its format is in exactly one of them.</summary>
public static class FormSections
{
    public static readonly IReadOnlyList<FormSection> Incident =
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

    public static readonly IReadOnlyList<FormSection> Company =
    [
        new("what", "The company", "Its name as it is written today, and what it does.", ["name", "aliases", "former_names", "sector", "country", "parent", "say_as", "about"]),
        new("known", "What it is known for", "Each line cites the ids of its sources.", ["key_patterns", "scale_metrics", "cost_insights"]),
        new("sources", "Sources", "Each has a short id of your choice, by which the lines above cite it. Say how far you read it.", ["sources"]),
        new("links", "Particulars", "What few companies need.", ["former_slugs", RecordForm.Extra], Folded: true),
    ];

    public static readonly IReadOnlyList<FormSection> Pattern =
    [
        new("what", "The pattern", "Its name, and what it is in one line.", ["name", RecordForm.OneLine, "aliases", "category", "tier", "status", "emerged"]),
        new("text", "The text", "Markdown, with a citation after every sentence that has a date, a figure or a quotation.",
            ["sections.problem", "sections.solution", "sections.violation", "sections.check", "sections.avoid", "sections.trade_offs"]),
        new("related", "What it goes with", "Other patterns, and the laws that it answers to.", ["related", "laws"]),
        new("sources", "Sources", "Each has a short id of your choice, by which the text cites it. Say how far you read it.", ["sources"]),
        new("links", "Particulars", "What few patterns need.", ["former_slugs", RecordForm.Other, RecordForm.Extra], Folded: true),
    ];

    public static readonly IReadOnlyList<FormSection> Episode =
    [
        new("what", "The episode", "Its title, what it is about and how far it is.", ["title", RecordForm.OneLine, "series", "number", "format", "status", "air_date"]),
        new("tells", "What it tells", "Its records, patterns, companies and laws.", ["incidents", "patterns", "companies", "laws"]),
        new("running", "How it runs", "Its parts in their order, what a listener takes away, and what the host wants to remember.", ["segments", "learning_objectives", "content_sources", "sections.notes"]),
        new("links", "Particulars", "What few episodes need.", ["former_slugs", RecordForm.Other, RecordForm.Extra], Folded: true),
    ];
}
