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

    private long Events { get; set; }

    private long SourceCount { get; set; }

    private int Undetected { get; set; }

    protected override void OnInitialized()
    {
        Today = Clock.GetUtcNow().UtcDateTime.Date;
        Results = Library.Search.Search(new SearchQuery { Size = 1 }, Library.SearchOptions() with { WithSnippets = false });
        Total = Results.Total;
        if (Total == 0)
            return;
        Events = Library.Incidents.EventCount();
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
        Anniversaries = [.. Library.Incidents.NextAnniversaries(DateOnly.FromDateTime(Today), 3).Select(i => (i, DayUnlessToday(i.Started!.Start.Local)))];
        // Another well-told timeline every day.
        Feature = Library.Incidents.ToFeature(Today.DayOfYear + (Today.Year * 7));
        Beats = Feature is { } feature ? BeatsOf(feature) : [];
    }

    private string Tally(params string[] kinds) => (Results.Facet("kind")?.Values.Where(v => kinds.Contains(v.Value)).Sum(v => v.Count) ?? 0).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture);

    private string? DayUnlessToday(DateTime began) =>
        (began.Month, began.Day) == (Today.Month, Today.Day) ? null : began.ToString("d MMMM", System.Globalization.CultureInfo.InvariantCulture);

    private static List<(string, SafeHtml)> BeatsOf(IncidentDocument feature)
    {
        var events = feature.Incident.Timeline.Select((e, i) => (Event: e, Html: feature.Html.Events[i])).ToList();
        var key = events.Where(e => e.Event.Key).ToList();
        return [.. (key.Count >= 3 ? key : events).Where(e => e.Event.At.Start.HasTime).Take(5).Select(e => (TPlus.Of(e.Event.At, feature.Incident.Started?.At) ?? Wording.WhenWords.InTimeline(e.Event.At), e.Html))];
    }
}
