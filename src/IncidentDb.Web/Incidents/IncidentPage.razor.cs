using System.Globalization;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Markup;
using IncidentDb.Records;
using IncidentDb.Web.Components;
using IncidentDb.Web.Http;
using IncidentDb.Wording;
using Microsoft.AspNetCore.Components;

namespace IncidentDb.Web.Incidents;

public partial class IncidentPage
{
    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private IncidentDocument? Document { get; set; }

    /// <summary>The change that withdrew the record; null for one that stands.</summary>
    private History.Change? Tombstone { get; set; }

    /// <summary>Whose submissions made the record what it is, the first first.</summary>
    private IReadOnlyList<string> Credits { get; set; } = [];

    /// <summary>The search that led here, if any.</summary>
    private CameFrom? From { get; set; }

    private Derivation Derived { get; set; } = null!;

    private Completeness Grade { get; set; } = null!;

    private HostReadiness Readiness { get; set; } = null!;

    private IReadOnlyList<(IncidentSummary Incident, string Why)> Related { get; set; } = [];

    private IReadOnlyList<Export.SimilarShape> Similar { get; set; } = [];

    private IReadOnlyList<(Episode Episode, string Role)> Episodes { get; set; } = [];

    private sealed record Figure(string Label, string Value, SafeHtml Cites);

    private IReadOnlyList<Figure> Figures { get; set; } = [];

    /// <summary>Marked before the page is printed: the bar above it says how many words are.</summary>
    private IReadOnlyList<SafeHtml> SourceTitles { get; set; } = [];

    private static readonly string[] _before = ["stakes", "background", "challenge", "approach", "outcome", "scale"];

    protected override void OnInitialized()
    {
        Document = Library.Incidents.Find(Slug);
        if (Document is null)
        {
            if (Library.Records.Find(Noun.Incident, Slug) is { Status: "withdrawn" })
            {
                Tombstone = Library.Changes.Of(Noun.Incident, Slug).First(c => c.Act == "withdrawn");
                Context.Response.StatusCode = StatusCodes.Status410Gone;
                return;
            }

            Former.Follow(Context, Navigation, Library.Records.Meant(Noun.Incident, Slug) is { } now ? $"/incidents/{now}" : null);
            return;
        }

        var incident = Document.Incident;
        From = CameFrom.Of(Context, Library, Document.Id);
        if (From?.Marks is { } marks)
            Document = Document with { Html = Document.Html.Select(marks.Mark) };
        SourceTitles = [.. incident.Sources.Select(s => Marked(s.Title))];
        Derived = Derivation.Of(incident);
        Grade = Completeness.Of(incident);
        Readiness = HostReadiness.Of(incident);
        Figures = [.. FiguresOf(incident)];
        Related = RelatedTo(incident);
        Credits = Library.ContributorsTo(Slug);
        Similar = Export.SimilarShapes.Of(Library, Document.Id, [.. incident.Relations.Select(r => r.Incident)]);
        Episodes =
        [
            .. Library.Catalogue.Episodes
                .Select(e => (Episode: e, Role: e.Incidents.FirstOrDefault(i => i.Key == incident.Slug).Value ?? incident.Episodes.FirstOrDefault(i => i.Key == e.Slug).Value))
                .Where(e => e.Role is not null)
                .OrderBy(e => e.Role == "main" ? 0 : e.Role == "cold_open" ? 1 : 2),
        ];
    }

    private IEnumerable<Figure> FiguresOf(Incident incident)
    {
        foreach (var metric in incident.Metrics.Where(m => !m.Value.IsBlank).OrderByDescending(m => m.Headline).Take(8))
        {
            var label = Library.Catalogue.Words.Label("metrics", metric.Name);
            yield return new Figure(metric.Scope is { } scope ? $"{label}: {scope}" : label, AmountWords.Of(metric.Value), Cites(metric.Sources));
        }
    }

    /// <summary>A name or title with the words of the search marked.</summary>
    private SafeHtml Marked(string text) => From?.Marks is { } marks ? marks.Mark(text) : SafeHtml.Escape(text);

    private SafeHtml Cites(IReadOnlyList<string> sources) => MarkdownRenderer.RenderCitations(sources, Document!.Incident.SourceNumber);

    /// <summary>What the record itself names, with the reason.</summary>
    private List<(IncidentSummary, string)> RelatedTo(Incident incident) =>
    [
        .. incident.Relations.SelectMany(r => Library.Incidents.BySlug([r.Incident]).Select(other =>
            (other, r.Note is { } note ? $"{Library.Catalogue.Words.Label("relation_types", r.Type)}: {note}" : Library.Catalogue.Words.Label("relation_types", r.Type)))),
    ];

    /// <summary>Where each reason lies on the bar of a likeness; the first four have a tone of their own, as they stand in words below.</summary>
    private static IEnumerable<(string X, string Width, int Tone)> Shares(Export.SimilarShape other)
    {
        var at = 0.0;
        foreach (var (reason, i) in other.Reasons.Select((r, n) => (r, n)))
        {
            var width = reason.Share * 100;
            yield return (Percent(at), Percent(Math.Max(0.4, width - 0.6)), Math.Min(i, 4));
            at += width;
        }
    }

    /// <summary>This record beside those most like it.</summary>
    private string CompareUrl => $"/compare?incident={Document!.Incident.Slug}{string.Concat(Similar.Take(3).Select(s => $"&incident={s.Slug}"))}";

    private static string Percent(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}%");

    /// <summary>Contents of the page for the line of links at its head.</summary>
    private IEnumerable<(string Anchor, string Label)> Contents
    {
        get
        {
            var incident = Document!.Incident;
            if (incident.Timeline.Count > 0)
                yield return ("timeline", "Timeline");
            if (incident.Causes.Count > 0)
                yield return ("causes", "Causes");
            if (incident.Patterns.Count > 0)
                yield return ("patterns", "Patterns");
            if (incident.Section("lessons") is not null)
                yield return ("lessons", "Lessons");
            if (ForHosts.Count > 0)
                yield return ("hosts", "For hosts");
            if (Similar.Count > 0)
                yield return ("similar", "Similar");
            yield return ("sources", "Sources");
            yield return ("cite", "Cite");
        }
    }

    private IEnumerable<string> BeforeTimeline => Document!.Incident.Sections.Select(s => s.Id).Where(_before.Contains);

    private IEnumerable<string> AfterPatterns => Document!.Incident.Sections.Select(s => s.Id)
        .Where(id => id != SectionHeadings.Summary && !_before.Contains(id) && SectionHeadings.ById(id) is not { ForHosts: true });

    private List<string> ForHosts => [.. Document!.Incident.Sections.Select(s => s.Id).Where(id => SectionHeadings.ById(id) is { ForHosts: true })];

    private string HeadingOf(string id) => SectionHeadings.ById(id)?.Heading ?? Document!.Incident.Sections.First(s => s.Id == id).Heading;

    private RenderFragment Prose(string id, bool lede = false) => builder =>
    {
        if (!Document!.Html.Sections.TryGetValue(id, out var html))
            return;
        builder.OpenComponent<ProseSection>(0);
        builder.AddComponentParameter(1, nameof(ProseSection.Id), id);
        builder.AddComponentParameter(2, nameof(ProseSection.Heading), HeadingOf(id));
        builder.AddComponentParameter(3, nameof(ProseSection.Html), html);
        builder.AddComponentParameter(4, nameof(ProseSection.Lede), lede);
        builder.CloseComponent();
    };

    /// <summary>The way from a part of the record to the form at that part.</summary>
    private RenderFragment EditLink(string section, string what) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "class", "no-print");
        builder.AddAttribute(2, "rel", "nofollow");
        builder.AddAttribute(3, "href", $"/incidents/{Slug}/edit?section={section}");
        builder.AddContent(4, "Edit");
        builder.OpenElement(5, "span");
        builder.AddAttribute(6, "class", "vh");
        builder.AddContent(7, " " + what);
        builder.CloseElement();
        builder.CloseElement();
    };

    private static RenderFragment Fact(string label, RenderFragment value, bool there) => builder =>
    {
        if (!there)
            return;
        builder.OpenElement(0, "div");
        builder.OpenElement(1, "dt");
        builder.AddContent(2, label);
        builder.CloseElement();
        builder.OpenElement(3, "dd");
        builder.AddContent(4, value);
        builder.CloseElement();
        builder.CloseElement();
    };

    private static RenderFragment DurationFact(string label, Duration duration) => Fact(
        label,
        builder =>
        {
            builder.AddContent(0, DurationWords.Of(duration.Range!));
            builder.OpenElement(1, "span");
            builder.AddAttribute(2, "class", "formula");
            builder.AddContent(3, duration.Formula);
            builder.CloseElement();
        },
        duration.Range is not null);

    /// <summary>The same time in UTC, where the record has another zone.</summary>
    private static string? Utc(When? when) => when is { Start: { HasTime: true, Offset: { } offset } } && offset != TimeSpan.Zero
        ? when.Start.Earliest.ToString("HH:mm", CultureInfo.InvariantCulture) + " UTC"
        : null;

    private string ClockNote
    {
        get
        {
            var started = Document!.Incident.Started?.At.Start;
            if (started is not { HasTime: true })
                return "Times as the sources give them.";
            var zone = WhenWords.Zone(started);
            var offset = WhenWords.Offset(started.Offset ?? TimeSpan.Zero);
            return $"Times in {(zone == offset ? zone : $"{zone} ({offset})")}. T+ counts from {WhenWords.Clock(started)}.";
        }
    }

    private int CitedTimes(string id)
    {
        var incident = Document!.Incident;
        var texts = incident.Sections.Select(s => s.Markdown).Concat(incident.Causes.Select(c => c.Text)).Concat(incident.Patterns.SelectMany(p => new[] { p.WhatHappened, p.WouldHave })).Append(incident.OneLine);
        var mark = $"[^{id}]";
        return texts.Sum(t => Count(t, mark)) + incident.Timeline.Count(e => e.Sources.Contains(id)) + incident.Metrics.Count(m => m.Sources.Contains(id));
    }

    private static int Count(string text, string mark)
    {
        var count = 0;
        for (var at = text.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = text.IndexOf(mark, at + mark.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    private string ReadSummary
    {
        get
        {
            var sources = Document!.Incident.Sources;
            var full = sources.Count(s => s.Read == "full");
            return sources.Count == 1 ? (full == 1 ? "Read in full" : "Read in part") : $"{full} of {sources.Count} read in full";
        }
    }

    private string GradeLine
    {
        get
        {
            var missing = Grade.Checks.Count(c => !c.Met);
            return Grade.Grade == Completeness.Gold ? "Gold: nothing missing" : $"{Capital.Of(Grade.Grade)}: {missing} {(missing == 1 ? "thing" : "things")} short of gold";
        }
    }
}
