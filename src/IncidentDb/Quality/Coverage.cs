using System.Globalization;
using IncidentDb.Catalogues;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Quality;

/// <summary>One line of a tally.</summary>
/// <param name="Label">What is counted.</param>
/// <param name="Count">How many.</param>
/// <param name="Of">Of how many; the share is <c>Count ÷ Of</c>.</param>
/// <param name="Url">The search that shows them, or null.</param>
public sealed record Tally(string Label, int Count, int Of, string? Url = null)
{
    public double Share => Of == 0 ? 0 : (double)Count / Of;
}

/// <summary>A heading with its tallies.</summary>
public sealed record TallyGroup(string Name, string Title, IReadOnlyList<Tally> Rows);

/// <summary>A number the collection means to reach, or not to pass.</summary>
public sealed record Goal(string What, int Wanted, int Reached, bool AtMost = false)
{
    public bool Met => AtMost ? Reached <= Wanted : Reached >= Wanted;
}

/// <summary>Something that would make the collection better soonest, with the reason.</summary>
/// <param name="Noun">incident, pattern or cause.</param>
/// <param name="Slug">Which one.</param>
/// <param name="Label">Its name.</param>
/// <param name="Why">What it lacks.</param>
public sealed record WorthAdding(string Noun, string Slug, string Label, string Why);

/// <summary>What the collection covers, what is blank in it, and what is most worth adding next.</summary>
public sealed record Coverage
{
    private const int FewRecords = 5;
    private const int Shown = 12;

    public required IReadOnlyList<Goal> Goals { get; init; }

    public required IReadOnlyList<TallyGroup> Groups { get; init; }

    /// <summary>For each field: unknown, not disclosed, left out.</summary>
    public required IReadOnlyList<(string Field, int Unknown, int NotDisclosed, int Missing, int Of)> Blanks { get; init; }

    public required IReadOnlyList<string> PatternsWithoutEvidence { get; init; }

    public required IReadOnlyList<WorthAdding> Next { get; init; }

    public static Coverage Of(Catalogue catalogue, IReadOnlyList<Incident> records)
    {
        var told = records.Where(r => !r.IsCaseStudy).ToList();
        var grades = records.ToDictionary(r => r.Slug, Completeness.Of, StringComparer.Ordinal);
        var used = records.SelectMany(r => r.Patterns).Select(p => p.Slug).ToHashSet(StringComparer.Ordinal);
        return new Coverage
        {
            Goals = GoalsOf(catalogue, records, told, grades),
            Groups = GroupsOf(catalogue, records, told, grades),
            Blanks = BlanksOf(told),
            PatternsWithoutEvidence = [.. catalogue.Patterns.Where(p => !used.Contains(p.Slug)).Select(p => p.Slug)],
            Next = NextOf(catalogue, records, told, grades, used),
        };
    }

    private static bool At(Completeness it, string grade) => it.Grade == grade || it.Grade == Completeness.Gold;

    private static bool HasSourcedEvents(Incident incident, int count) => incident.Timeline.Count(e => e.Sources.Any(s => s != Citations.Unsourced)) >= count;

    private static bool HasScale(Incident incident) =>
        incident.Metrics.Any(m => m.Sources.Count > 0 && !Blank.Is(m.Value.Text) && (m.Headline || m.Name.StartsWith("users", StringComparison.Ordinal) || m.Name.StartsWith("accounts", StringComparison.Ordinal) || m.Name is "direct_cost" or "revenue_loss" or "fine" or "refund" or "market_value_change"));

    private static List<Goal> GoalsOf(Catalogue catalogue, IReadOnlyList<Incident> records, List<Incident> told, Dictionary<string, Completeness> grades)
    {
        var causes = ByTopCause(catalogue, told);
        return
        [
            new("incidents and near misses", 150, told.Count),
            new("near misses and small ones (S4, S5)", 15, told.Count(r => r.Kind == "near_miss" || r.Severity is "S4" or "S5")),
            new("incidents at silver or better", 100, told.Count(r => At(grades[r.Slug], Completeness.Silver))),
            new("incidents at gold", 40, told.Count(r => grades[r.Slug].Grade == Completeness.Gold)),
            new("incidents with ten sourced events or more", 60, told.Count(r => HasSourcedEvents(r, 10))),
            new("incidents with a sourced loss or number of users", 60, told.Count(HasScale)),
            new("records of the rarest kind of cause", FewRecords, causes.Count == 0 ? 0 : causes.Min(c => c.Count)),
            new("per cent of the records that one operator has", 10, (int)Math.Ceiling(100.0 * LargestOperator(told) / Math.Max(1, told.Count)), AtMost: true),
            new("case studies", 30, records.Count - told.Count),
            new("companies with key patterns, scale and cost, or two of them", 25, catalogue.Companies.Count(c => (c.KeyPatterns.Count > 0 ? 1 : 0) + (c.ScaleMetrics.Count > 0 ? 1 : 0) + (c.CostInsights.Count > 0 ? 1 : 0) >= 2)),
            new("patterns", 120, catalogue.Patterns.Count),
            new("combinations and conflicts", 150, catalogue.Combinations.Count),
        ];
    }

    private static int LargestOperator(List<Incident> told) => told
        .SelectMany(r => r.Companies.Where(c => c.Role == "operator" && c.Slug != "undisclosed").Select(c => c.Slug).Distinct(StringComparer.Ordinal))
        .GroupBy(c => c, StringComparer.Ordinal).Select(g => g.Count()).DefaultIfEmpty().Max();

    private static List<Tally> ByTopCause(Catalogue catalogue, List<Incident> told)
    {
        var terms = catalogue.Words["causes"]?.Terms ?? [];
        var parents = terms.ToDictionary(t => t.Slug, t => t.Parent, StringComparer.Ordinal);
        string Top(string slug)
        {
            while (parents.GetValueOrDefault(slug) is { } parent)
                slug = parent;
            return slug;
        }

        var counts = told.SelectMany(r => r.Causes.Select(c => Top(c.Slug)).Distinct(StringComparer.Ordinal)).GroupBy(c => c, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. terms.Where(t => t.Parent is null).Select(t => new Tally(t.Label, counts.GetValueOrDefault(t.Slug), told.Count, $"/incidents?cause={t.Slug}")).OrderByDescending(t => t.Count)];
    }

    private static List<TallyGroup> GroupsOf(Catalogue catalogue, IReadOnlyList<Incident> records, List<Incident> told, Dictionary<string, Completeness> grades)
    {
        string Label(string vocabulary, string slug) => catalogue.Words.Find(vocabulary, slug)?.Label ?? slug;
        List<Tally> Count(IEnumerable<string> values, int of, Func<string, string> label, Func<string, string?> url) =>
            [.. values.GroupBy(v => v, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => new Tally(label(g.Key), g.Count(), of, url(g.Key)))];
        var sources = records.SelectMany(r => r.Sources).ToList();
        var sectors = records.SelectMany(r => IncidentIndexing.Sectors(r, catalogue));
        var years = told.Where(r => r.Started is not null).Select(r => r.Started!.At.Earliest.Year).ToList();
        return
        [
            new("years", "Years", [.. years.GroupBy(y => y / 5 * 5).OrderBy(g => g.Key).Select(g => new Tally($"{g.Key}–{g.Key + 4}", g.Count(), told.Count, $"/incidents?year={g.Key}..{g.Key + 4}"))]),
            new("kinds", "Kinds", Count(records.Select(r => r.Kind), records.Count, v => Label("kinds", v), v => $"/incidents?kind={v}")),
            new("completeness", "Completeness", Count(records.Select(r => grades[r.Slug].Grade), records.Count, v => v, v => $"/incidents?completeness={v}")),
            new("sectors", "Sectors", Count(sectors, records.Count, v => Label("sectors", v), v => $"/incidents?sector={v}")),
            new("causes", "Causes", ByTopCause(catalogue, told)),
            new("sources", "Sources by type", Count(sources.Select(s => s.Type), sources.Count, v => Label("source_types", v), _ => null)),
            new("read", "How far sources were read", Count(sources.Select(s => s.Read), sources.Count, v => Label("read", v), _ => null)),
            new("archived", "Sources with an archived copy", [new("archived", sources.Count(s => s.ArchiveUrl is not null), sources.Count)]),
        ];
    }

    private static List<(string, int, int, int, int)> BlanksOf(List<Incident> told)
    {
        (string, int, int, int, int) Row(string field, Func<Incident, string?> value)
        {
            var values = told.Select(value).ToList();
            return (field, values.Count(v => v == Blank.Unknown), values.Count(v => v == Blank.NotDisclosed), values.Count(v => v is null), told.Count);
        }

        return
        [
            Row("ended", r => r.Ended is null ? null : ""),
            Row("severity", r => r.Severity),
            Row("detection", r => r.Detection),
            Row("trigger", r => r.Trigger),
            Row("causes", r => r.CausesBlank ?? (r.Causes.Count > 0 ? "" : null)),
            Row("metrics", r => r.MetricsBlank ?? (r.Metrics.Count == 0 ? null : r.Metrics.All(m => m.Value.Text == Blank.NotDisclosed) ? Blank.NotDisclosed : "")),
            Row("resolution", r => r.Resolution.Count > 0 ? "" : null),
            Row("timeline", r => r.Timeline.Count > 0 ? "" : null),
            Row("patterns", r => r.Patterns.Count > 0 ? "" : null),
            Row("regions", r => r.Regions.Count > 0 ? "" : null),
        ];
    }

    /// <summary>Records one step from the next grade, the better known first; then patterns without evidence; then causes with few records.</summary>
    private static List<WorthAdding> NextOf(Catalogue catalogue, IReadOnlyList<Incident> records, List<Incident> told, Dictionary<string, Completeness> grades, HashSet<string> used)
    {
        var next = new List<WorthAdding>();
        foreach (var record in records.Where(r => grades[r.Slug].Grade != Completeness.Gold).OrderBy(r => r.Severity ?? "S9", StringComparer.Ordinal).ThenByDescending(r => r.Timeline.Count))
        {
            var it = grades[record.Slug];
            var wanted = it.Grade == Completeness.Bronze ? Completeness.Silver : Completeness.Gold;
            var lacks = it.Checks.Where(c => !c.Met && (c.Grade == wanted || wanted == Completeness.Gold)).ToList();
            if (lacks.Count == 1)
                next.Add(new WorthAdding("incident", record.Slug, record.Title, $"{wanted} lacks only {lacks[0].What}"));
        }

        return
        [
            .. next.Take(Shown),
            .. catalogue.Patterns.Where(p => !used.Contains(p.Slug)).OrderBy(p => p.Tier == "gold" ? 0 : p.Tier == "silver" ? 1 : 2).ThenBy(p => p.Slug, StringComparer.Ordinal).Take(Shown)
                .Select(p => new WorthAdding("pattern", p.Slug, p.Name, string.Create(CultureInfo.InvariantCulture, $"no record shows it ({p.Tier})"))),
            .. (catalogue.Words["causes"]?.Terms ?? []).Where(t => t.Parent is not null).Select(t => (Term: t, Count: told.Count(r => r.Causes.Any(c => c.Slug == t.Slug)))).Where(t => t.Count < 2)
                .OrderBy(t => t.Count).ThenBy(t => t.Term.Slug, StringComparer.Ordinal).Take(Shown)
                .Select(t => new WorthAdding("cause", t.Term.Slug, t.Term.Label, t.Count == 0 ? "no record has it" : "one record has it")),
        ];
    }
}
