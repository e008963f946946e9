using IncidentDb.Records;

namespace IncidentDb.Incidents;

/// <summary>What a good prep sheet of a record still lacks, each as it reads after “still lacks”.</summary>
public sealed record HostReadiness(IReadOnlyList<string> Lacks)
{
    public bool IsReady => Lacks.Count == 0;

    public static HostReadiness Of(Incident incident)
    {
        var lacks = new List<string>();
        void Need(bool there, string what)
        {
            if (!there)
                lacks.Add(what);
        }

        bool Has(string section) => incident.Section(section) is not null;
        Need(Has("cold_open"), "a cold open");
        Need(Has("hook"), "a hook");
        Need(Has("stakes") || incident.IsCaseStudy && Has("challenge"), incident.IsCaseStudy ? "the challenge" : "the stakes");
        Need(Has("cast"), "a cast");
        Need(Has("quotes"), "a quote");
        Need(Has("talking_points"), "talking points");
        Need(Has("questions"), "questions for a guest");
        Need(Has("lessons"), "lessons");
        Need(Has("jargon"), "its terms in plain words");
        Need(Has("aftermath"), "the aftermath, or that none is known");
        if (!incident.IsCaseStudy)
        {
            Need(incident.Timeline.Any(e => e.TurningPoint), "a turning point");
            Need(incident.Detection is not null and not "unknown", "how it was detected");
            Need(Derivation.Of(incident).Lasted.Range is not null, "when it ended");
        }

        Need(incident.Timeline.Count >= 5, "a timeline of five events");
        Need(incident.Metrics.Any(m => !m.Value.IsBlank) || incident.MetricsBlank is not null, "a figure");
        Need(incident.Patterns.Any(p => p.WhatHappened.Length > 0), "a pattern with its reasons");
        var unsourced = Unsourced(incident);
        Need(unsourced == 0, unsourced == 1 ? "a source for one sentence" : $"sources for {unsourced} sentences");
        var unread = incident.Sources.Count(s => s.Read == "no");
        Need(unread == 0, unread == 1 ? "a reading of one source that nobody opened" : $"a reading of {unread} sources that nobody opened");
        return new HostReadiness(lacks);
    }

    /// <summary>Sentences and events that carry the mark “unsourced”.</summary>
    private static int Unsourced(Incident incident)
    {
        const string mark = "[^?]";
        var texts = incident.Sections.Select(s => s.Markdown).Concat(incident.Causes.Select(c => c.Text)).Concat(incident.Patterns.SelectMany(p => new[] { p.WhatHappened, p.WouldHave }));
        return texts.Sum(t => (t.Length - t.Replace(mark, "", StringComparison.Ordinal).Length) / mark.Length) + incident.Timeline.Count(e => e.Sources.Contains(Citations.Unsourced));
    }
}
