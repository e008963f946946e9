using IncidentDb.Incidents;
using IncidentDb.Markup;
using IncidentDb.Search;

namespace IncidentDb.Web.Home;

public partial class HomePage
{
    private int Total { get; set; }

    private SearchResults Results { get; set; } = null!;

    private DateTime Today { get; set; }

    private IncidentDocument? Feature { get; set; }

    private IReadOnlyList<(string TPlus, SafeHtml Text)> Beats { get; set; } = [];

    private IReadOnlyList<IncidentSummary> Latest { get; set; } = [];

    private IReadOnlyList<(string, string, long)> Causes { get; set; } = [];

    private IReadOnlyList<(string, string, long)> Missed { get; set; } = [];

    private IReadOnlyList<(IncidentSummary Incident, string? Before)> Anniversaries { get; set; } = [];

    private int Events { get; set; }

    private long SourceCount { get; set; }

    private int Undetected { get; set; }

    protected override void OnInitialized()
    {
        Today = Clock.GetUtcNow().UtcDateTime.Date;
        Results = Library.Search.Search(new SearchQuery { Size = 1 }, Library.SearchOptions() with { WithSnippets = false });
        Total = Results.Total;
        if (Total == 0)
            return;
        var all = Library.Incidents.All();
        Events = all.Sum(i => i.Events);
        SourceCount = Library.Incidents.SourceCount();
        Latest = Library.Incidents.Latest(6);
        Undetected = Results.Facet("detection")?.Values.Where(v => Records.Blank.Is(v.Value)).Sum(v => v.Count) ?? 0;
        var parents = Library.Catalogue.Words["causes"]?.Terms.Where(t => t.Parent is null).Select(t => t.Slug).ToHashSet() ?? [];
        Causes = [.. (Results.Facet("cause")?.Values ?? []).Where(v => parents.Contains(v.Value)).Take(8).Select(v => (Library.Catalogue.Words.Label("causes", v.Value), $"/causes/{v.Value}", (long)v.Count))];
        Missed =
        [
            .. Library.Incidents.PatternRelationCounts()
                .Select(p => (Pattern: p.Key, Count: p.Where(r => PatternRelations.IsFailure(r.Relation)).Sum(r => r.Incidents)))
                .Where(p => p.Count > 0)
                .OrderByDescending(p => p.Count)
                .ThenBy(p => p.Pattern, StringComparer.Ordinal)
                .Take(8)
                .Select(p => (Library.Catalogue.PatternName(p.Pattern), $"/patterns/{p.Pattern}", p.Count)),
        ];
        Anniversaries = NextAnniversaries(all);
        ChooseFeature(all);
    }

    private string Tally(params string[] kinds) => (Results.Facet("kind")?.Values.Where(v => kinds.Contains(v.Value)).Sum(v => v.Count) ?? 0).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Those of today, else the next ones of the year.</summary>
    private List<(IncidentSummary, string?)> NextAnniversaries(IReadOnlyList<IncidentSummary> all) =>
    [
        .. all.Where(i => i.Started is { Start.Precision: >= Records.WhenPrecision.Day })
            .Select(i => (Incident: i, Days: DaysUntil(i.Started!.Start.Local)))
            .OrderBy(i => i.Days)
            .ThenBy(i => i.Incident.Slug, StringComparer.Ordinal)
            .Take(3)
            .Select(i => (i.Incident, i.Days == 0 ? null : i.Incident.Started!.Start.Local.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture))),
    ];

    private int DaysUntil(DateTime date)
    {
        var day = Math.Min(date.Day, DateTime.DaysInMonth(Today.Year, date.Month));
        var next = new DateTime(Today.Year, date.Month, day);
        if (next < Today)
            next = new DateTime(Today.Year + 1, date.Month, Math.Min(date.Day, DateTime.DaysInMonth(Today.Year + 1, date.Month)));
        return (next - Today).Days;
    }

    /// <summary>Another well-told timeline every day.</summary>
    private void ChooseFeature(IReadOnlyList<IncidentSummary> all)
    {
        var good = all.Where(i => i is { Events: >= 8, Completeness: Completeness.Gold } && i.Phases.Count > 1).ToList();
        if (good.Count == 0)
            good = [.. all.Where(i => i.Events >= 5)];
        if (good.Count == 0)
            return;
        Feature = Library.Incidents.Find(good[(Today.DayOfYear + (Today.Year * 7)) % good.Count].Slug);
        if (Feature is not { } feature)
            return;
        var events = feature.Incident.Timeline.Select((e, i) => (Event: e, Html: feature.Html.Events[i])).ToList();
        var key = events.Where(e => e.Event.Key).ToList();
        Beats = [.. (key.Count >= 3 ? key : events).Where(e => e.Event.At.Start.HasTime).Take(5).Select(e => (TPlus.Of(e.Event.At, feature.Incident.Started?.At) ?? Wording.WhenWords.InTimeline(e.Event.At), e.Html))];
    }
}
