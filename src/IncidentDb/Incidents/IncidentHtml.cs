using IncidentDb.Markup;

namespace IncidentDb.Incidents;

/// <summary>The prose of a record as HTML, rendered once when the record is accepted. Citations lead to <c>#source-n</c>.</summary>
public sealed record IncidentHtml
{
    /// <summary>Counts up when the renderer changes: stored HTML of another version is made anew at the next start.</summary>
    public const int Version = 1;

    public required SafeHtml OneLine { get; init; }

    /// <summary>By section id.</summary>
    public required IReadOnlyDictionary<string, SafeHtml> Sections { get; init; }

    /// <summary>The texts of the timeline with their citations, in order.</summary>
    public required IReadOnlyList<SafeHtml> Events { get; init; }

    /// <summary>By slug.</summary>
    public required IReadOnlyDictionary<string, SafeHtml> Causes { get; init; }

    /// <summary>By slug: what happened, and what the pattern would have changed.</summary>
    public required IReadOnlyDictionary<string, PatternHtml> Patterns { get; init; }

    /// <summary>The same with every text changed, e.g. with words marked.</summary>
    public IncidentHtml Select(Func<SafeHtml, SafeHtml> change) => new()
    {
        OneLine = change(OneLine),
        Sections = Sections.ToDictionary(s => s.Key, s => change(s.Value)),
        Events = [.. Events.Select(change)],
        Causes = Causes.ToDictionary(c => c.Key, c => change(c.Value)),
        Patterns = Patterns.ToDictionary(p => p.Key, p => new PatternHtml(change(p.Value.WhatHappened), change(p.Value.WouldHave))),
    };

    public static IncidentHtml Of(Incident incident)
    {
        int Number(string id) => incident.SourceNumber(id);
        return new IncidentHtml
        {
            OneLine = MarkdownRenderer.RenderInline(incident.OneLine, Number),
            Sections = incident.Sections.ToDictionary(s => s.Id, s => MarkdownRenderer.Render(s.Markdown, Number)),
            Events = [.. incident.Timeline.Select(e => MarkdownRenderer.RenderInline(e.Text + Records.Citations.Write(e.Sources), Number))],
            Causes = incident.Causes.ToDictionary(c => c.Slug, c => MarkdownRenderer.Render(c.Text, Number)),
            Patterns = incident.Patterns.ToDictionary(
                p => p.Slug,
                p => new PatternHtml(MarkdownRenderer.Render(p.WhatHappened, Number), MarkdownRenderer.Render(p.WouldHave, Number))),
        };
    }
}

public sealed record PatternHtml(SafeHtml WhatHappened, SafeHtml WouldHave);
