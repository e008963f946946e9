using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>The headings in canonical order.</summary>
public static class SectionHeadings
{
    public const string Summary = "summary";
    public const string Timeline = "timeline";
    public const string Causes = "causes";
    public const string Patterns = "patterns";

    public static readonly IReadOnlyList<SectionHeading> All =
    [
        new(Summary, "Summary", "What happened, why and what it did, in 50 to 250 words."),
        new("stakes", "Stakes", "What was at risk and for whom."),
        new("background", "Background", "What one must know about the system before the story begins."),
        new("challenge", "Challenge", "What had to be solved.") { CaseStudyOnly = true },
        new("approach", "Approach", "What was done, and in which order.") { CaseStudyOnly = true },
        new("outcome", "Outcome", "What came of it, with figures.") { CaseStudyOnly = true },
        new("scale", "Scale", "How large the system was, dated.") { CaseStudyOnly = true },
        new(Timeline, "Timeline", "What happened when, one typed and sourced line an event."),
        new(Causes, "Causes", "One part for each cause: what it did here."),
        new("detection", "Detection", "How it was noticed, and why not sooner."),
        new("response", "Response", "What was tried, by whom, and what it did."),
        new("resolution", "Resolution", "What ended it."),
        new(Patterns, "Patterns", "One part for each pattern: what happened, and what the pattern would have changed."),
        new("impact", "Impact", "Who was hit, how hard and for how long."),
        new("what_went_well", "What went well", "What worked and should be kept."),
        new("what_went_wrong", "What went wrong", "What did not work in the response."),
        new("where_they_got_lucky", "Where they got lucky", "What could have made it worse and did not."),
        new("why_it_surprised", "Why it surprised", "Which belief about the system turned out wrong."),
        new("lessons", "Lessons", "What to take away, by audience where it helps."),
        new("actions", "Actions", "What the operator changed or promised to change."),
        new("aftermath", "Aftermath", "What followed: fines, hearings, successors, changes in the field."),
        new("sidelights", "Sidelights", "True and telling details from the edge of the story."),
        new("unknowns", "Unknowns", "What no source says."),
        new("disputes", "Disputes", "Where sources disagree; the values stand side by side."),
        new("cold_open", "Cold open", "The scene that opens an episode.") { ForHosts = true, MaxWords = 120 },
        new("hook", "Hook", "The one line that makes a listener stay.") { ForHosts = true, Craft = true },
        new("cast", "Cast", "Who and what appears: name or role, why they matter, how to say it.") { ForHosts = true, WholeItems = true },
        new("quotes", "Quotes", "Words worth reading out, with speaker and place in the source.") { ForHosts = true, WholeItems = true },
        new("analogies", "Analogies", "Comparisons of the host's own.") { ForHosts = true, Craft = true },
        new("talking_points", "Talking points", "Things worth saying.") { ForHosts = true, Craft = true },
        new("questions", "Questions", "Things worth asking a guest.") { ForHosts = true, Craft = true },
        new("jargon", "Jargon", "Terms in plain words.") { ForHosts = true, WholeItems = true },
    ];

    private static readonly Dictionary<string, SectionHeading> _byHeading = All.ToDictionary(h => h.Heading, StringComparer.OrdinalIgnoreCase);
    private static readonly Dictionary<string, SectionHeading> _byId = All.ToDictionary(h => h.Id, StringComparer.Ordinal);

    public static SectionHeading? ByHeading(string heading) => _byHeading.GetValueOrDefault(heading);

    public static SectionHeading? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The id of a heading, known or not.</summary>
    public static string IdOf(string heading) => ByHeading(heading)?.Id ?? Slug.From(heading).Replace('-', '_');

    /// <summary>Position in canonical order; unknown headings come last.</summary>
    public static int OrderOf(string id)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Id == id)
                return i;
        }

        return All.Count;
    }
}
