using System.Globalization;
using IncidentDb.Episodes;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Web.Components;
using IncidentDb.Web.Http;
using IncidentDb.Wording;
using Microsoft.AspNetCore.Components;

namespace IncidentDb.Web.Patterns;

public partial class PatternPage
{
    /// <summary>As many records of a relation as the ledger shows; the search has the rest.</summary>
    private const int Shown = 30;

    [Parameter]
    public string Slug { get; set; } = "";

    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private Pattern? Pattern { get; set; }

    private IReadOnlyList<LedgerRow> Rows { get; set; } = [];

    private List<IGrouping<string, LedgerRow>> Groups { get; set; } = [];

    /// <summary>The prose of those that the ledger shows.</summary>
    private IReadOnlyDictionary<string, IncidentHtml> Told { get; set; } = new Dictionary<string, IncidentHtml>();

    private List<LedgerRow> Failures { get; set; } = [];

    private List<(string Label, string Value)> Costs { get; } = [];

    private IReadOnlyList<Combination> Combinations { get; set; } = [];

    private IReadOnlyList<Episode> Episodes { get; set; } = [];

    private IReadOnlyList<HeatRow> Heat { get; set; } = [];

    private IReadOnlyList<(string Slug, string Name)> HeatColumns { get; set; } = [];

    private string? Years { get; set; }

    protected override void OnInitialized()
    {
        Pattern = Library.Catalogue.Pattern(Slug);
        if (Pattern is null)
        {
            Former.Follow(Context, Navigation, Library.Catalogue.Resolve(Noun.Pattern, Slug) is { } now ? $"/patterns/{now}" : null);
            return;
        }

        Rows = Library.Incidents.Ledger(Slug);
        Groups = [.. PatternRelations.All.Select(r => Rows.Where(row => row.Relation == r).GroupBy(row => row.Relation).FirstOrDefault()).OfType<IGrouping<string, LedgerRow>>()];
        Told = Library.Incidents.Html(Groups.SelectMany(g => g.Take(Shown)).Select(r => r.Incident.Slug));
        Failures = [.. Rows.Where(r => PatternRelations.IsFailure(r.Relation))];
        var years = Rows.Select(r => r.Incident.Started?.Start.Local.Year).OfType<int>().ToList();
        Years = years.Count == 0 ? null : years.Min() == years.Max() ? years.Min().ToString(CultureInfo.InvariantCulture) : $"{years.Min()}, {years.Max()}";
        Combinations = [.. Library.Catalogue.Combinations.Where(c => c.Patterns.Contains(Slug))];
        Episodes = [.. Library.Catalogue.Episodes.Where(e => e.Patterns.Any(p => p.Key == Slug))];
        AddCosts();
        AddHeat();
    }

    /// <summary>Sums and medians with how many records are behind them; what is missing is said.</summary>
    private void AddCosts()
    {
        var losses = Failures.Select(r => r.Incident.Loss).OfType<Money>().Where(m => m.UsdMin is not null || m.UsdMax is not null).ToList();
        if (losses.Count > 0)
        {
            var total = new Money { Metric = "", Currency = "USD", Text = "", Sources = [], Min = losses.Sum(l => l.UsdMin ?? 0), Max = losses.Sum(l => l.UsdMax ?? l.UsdMin ?? 0) };
            var silent = Failures.Count - losses.Count;
            Costs.Add(($"known loss, in {losses.Count} of {Failures.Count} incidents{(silent > 0 ? $"; {silent} do not say" : "")}", AmountWords.Of(total)));
        }

        var lasted = Failures.Select(r => r.Incident.Lasted?.Min).OfType<TimeSpan>().Order().ToList();
        if (lasted.Count > 2)
            Costs.Add(($"median length, n = {lasted.Count}; {DurationWords.Of(lasted[0])} to {DurationWords.Of(lasted[^1])}", DurationWords.Of(lasted[lasted.Count / 2])));
        var detected = Failures.Select(r => r.Incident.TimeToDetect).OfType<DurationRange>().Where(d => d.IsExact).Select(d => d.Min).Order().ToList();
        if (detected.Count > 2)
            Costs.Add(($"median time to notice, n = {detected.Count}; {DurationWords.Of(detected[0])} to {DurationWords.Of(detected[^1])}", DurationWords.Of(detected[detected.Count / 2])));
    }

    /// <summary>The causes that stand beside this pattern most often, against it and its nearest relatives.</summary>
    private void AddHeat()
    {
        var causes = Matrix.Of(Library.Incidents.CausePatternPairs(pattern: Slug)).Causes.Take(6).ToList();
        if (causes.Count < 2)
            return;
        var matrix = Matrix.Of(Library.Incidents.CausePatternPairs(causes));
        var others = Pattern!.Related.Select(r => r.Key).Concat(matrix.PatternsOf(causes)).Where(p => p != Slug && Library.Catalogue.Pattern(p) is not null).Distinct(StringComparer.Ordinal).Take(5);
        HeatColumns = [(Slug, Pattern.Name), .. others.Select(p => (p, Library.Catalogue.PatternName(p)))];
        Heat = [.. causes.Select(c => new HeatRow(c, Library.Catalogue.Words.Label("causes", c), [.. HeatColumns.Select(p => matrix[c, p.Slug])]))];
    }

    private PatternHtml Prose(LedgerRow row) => Told.GetValueOrDefault(row.Incident.Slug)?.Patterns.GetValueOrDefault(Slug) ?? new PatternHtml(default, default);

    private IEnumerable<(string Relation, double X, double Width)> Segments()
    {
        var at = 0.0;
        foreach (var group in Groups)
        {
            var width = 100.0 * group.Count() / Rows.Count;
            yield return (group.Key, at, Math.Max(0.5, width - 0.3));
            at += width;
        }
    }

    private int NumberOf(string id)
    {
        for (var i = 0; i < Pattern!.Sources.Count; i++)
        {
            if (Pattern.Sources[i].Id == id)
                return i + 1;
        }

        return 0;
    }

    private static string P(double x) => string.Create(CultureInfo.InvariantCulture, $"{x:0.##}%");
}
