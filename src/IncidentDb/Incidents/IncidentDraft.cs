using System.Text;
using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>The commented draft that <c>incidentdb new</c> writes. It passes the rules as it stands and says what each field wants.</summary>
public static class IncidentDraft
{
    public static string Write(string title, string kind, string? url, string company, string pattern, DateTimeOffset now)
    {
        var caseStudy = kind == Kinds.CaseStudy;
        var address = url ?? "https://example.org/the-operators-own-post-mortem";
        var draft = new StringBuilder();
        draft.Append(
            $"""
            ---
            # The lines that begin with # are help; “incidentdb format” removes them. docs/data-format.md explains every field.
            title: {YamlWriter.Quote(title, flow: false)}
            kind: {kind}
            # slugs of data/companies, or a mapping of slug to role: operator, vendor_at_fault, upstream_provider …
            companies: [{company}]
            # When the impact began, never finer than the source: {now.Year}, {now:yyyy-MM}, {now:yyyy-MM-dd}, {now:yyyy-MM-dd}T09:30-04:00; ~ about, ? uncertain
            started: "{now.Year}?"

            """);
        if (!caseStudy)
        {
            draft.Append(
                $"""
                # S1 death, a company lost or over 100 M US dollars · S2 full outage of a major service · S3 wide · S4 minor · S5 near miss
                severity: unknown
                impact: [{(kind == Kinds.NearMiss ? "none" : "partial_outage")}]
                # Who or what noticed first; unknown and not_disclosed are answers too
                detection: unknown
                # causes: {"{"}partial-rollout: root, no-canary: contributing{"}"}, each with a part under “## Causes”
                causes: unknown
                # patterns: {"{"}canary-release: absent{"}"}, each with a part under “## Patterns”

                """);
        }
        else
        {
            draft.Append($"# The patterns that worked or were introduced_after, each with a part under “## Patterns”\npatterns: {{{pattern}: worked}}\n");
        }

        draft.Append(
            $"""
            sources:
              first:
                title: Title of the document
                publisher: Who published it
                # official_postmortem, status_page, company_blog, regulator_or_court, company_filing, news, academic, talk, …
                type: official_postmortem
                url: {YamlWriter.Quote(address, flow: false)}
                # full, part or no: cite only what you have read
                read: no
            ---
            Say in one line of at most two hundred characters what happened. [^first]

            ## Summary
            Say in fifty to two hundred and fifty words of your own what happened, why it happened and what it did to whom. Begin with the system and what it is for, then the change or event that set things off, then how the harm spread, how it was noticed and what ended it. Put the id of a source after every sentence that states a figure, a date or a quotation. [^first]

            """);
        if (caseStudy)
            draft.Append("\n## Challenge\nSay what had to be solved. [^first]\n\n## Approach\nSay what was done. [^first]\n\n## Outcome\nSay what came of it. [^first]\n").Append($"\n## Patterns\n### {pattern}\nWhat happened: Say how it worked here. [^first]\n");
        return draft.ToString();
    }
}
