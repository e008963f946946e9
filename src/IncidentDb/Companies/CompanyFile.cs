using IncidentDb.Records;

namespace IncidentDb.Companies;

/// <summary>Reads and writes <c>data/companies/*.yaml</c>.</summary>
public static class CompanyFile
{
    public static readonly Rule InsightSource = new("insight-source", ProblemLevel.Error, "A key pattern, a scale figure and a cost insight of a company cite a source.");

    private static readonly IReadOnlyList<Field<KeyPattern>> _keyPattern =
    [
        Fields.Of<KeyPattern, string>("pattern", Codecs.Reference(Noun.Pattern), p => p.Pattern, (p, v) => p with { Pattern = v }, "The pattern.", required: true),
        Fields.Of<KeyPattern, string>("text", Codecs.Text, p => p.Text, (p, v) => p with { Text = v }, "How the company uses it.", required: true),
        Fields.Of<KeyPattern, IReadOnlyList<string>>("source", Codecs.OneOrMany(Codecs.Text), p => p.Sources, (p, v) => p with { Sources = v }, "The ids of the sources.", required: true),
    ];

    private static readonly IReadOnlyList<Field<ScaleMetric>> _scale =
    [
        Fields.Of<ScaleMetric, string>("text", Codecs.Text, m => m.Text, (m, v) => m with { Text = v }, "The figure with its unit.", required: true),
        Fields.Of<ScaleMetric, CitedWhen>("as_of", Codecs.When, m => m.AsOf, (m, v) => m with { AsOf = v }, "When it held.", required: true),
        Fields.Of<ScaleMetric, IReadOnlyList<string>>("source", Codecs.OneOrMany(Codecs.Text), m => m.Sources, (m, v) => m with { Sources = v }, "The ids of the sources.", required: true),
    ];

    private static readonly IReadOnlyList<Field<CostInsight>> _cost =
    [
        Fields.Of<CostInsight, string>("text", Codecs.Text, c => c.Text, (c, v) => c with { Text = v }, "What it cost or saved.", required: true),
        Fields.Of<CostInsight, IReadOnlyList<string>>("source", Codecs.OneOrMany(Codecs.Text), c => c.Sources, (c, v) => c with { Sources = v }, "The ids of the sources.", required: true),
    ];

    public static readonly IReadOnlyList<Field<Company>> All =
    [
        Fields.Of<Company, string>("name", Codecs.Text, c => c.Name, (c, v) => c with { Name = v }, "The name as it is written today.", required: true),
        Fields.Of<Company, IReadOnlyList<string>>("aliases", Codecs.List(Codecs.Text), c => c.Aliases, (c, v) => c with { Aliases = v }, "Other names and abbreviations."),
        Fields.Of<Company, IReadOnlyList<string>>("former_names", Codecs.List(Codecs.Text), c => c.FormerNames, (c, v) => c with { FormerNames = v }, "Names it had before."),
        Fields.Of<Company, IReadOnlyList<string>>("former_slugs", Codecs.List(Codecs.Slug), c => c.FormerSlugs, (c, v) => c with { FormerSlugs = v }, "Former addresses; they lead here."),
        Fields.Of<Company, string>("sector", Codecs.Word("sectors"), c => c.Sector, (c, v) => c with { Sector = v }, "What field it works in."),
        Fields.Of<Company, string>("country", Codecs.Text, c => c.Country, (c, v) => c with { Country = v }, "Where its seat is."),
        Fields.Of<Company, string>("parent", Codecs.Reference(Noun.Company), c => c.Parent, (c, v) => c with { Parent = v }, "The company it belongs to."),
        Fields.Of<Company, string>("say_as", Codecs.Text, c => c.SayAs, (c, v) => c with { SayAs = v }, "How a host says the name."),
        Fields.Of<Company, string>("about", Codecs.Text, c => c.About, (c, v) => c with { About = v }, "What it does, in one line."),
        Fields.Of<Company, IReadOnlyList<KeyPattern>>("key_patterns", Codecs.List(Codecs.Part(new KeyPattern(), _keyPattern, "key pattern")), c => c.KeyPatterns, (c, v) => c with { KeyPatterns = v }, "Patterns it is known for."),
        Fields.Of<Company, IReadOnlyList<ScaleMetric>>("scale_metrics", Codecs.List(Codecs.Part(new ScaleMetric(), _scale, "scale figure")), c => c.ScaleMetrics, (c, v) => c with { ScaleMetrics = v }, "How large it was, dated."),
        Fields.Of<Company, IReadOnlyList<CostInsight>>("cost_insights", Codecs.List(Codecs.Part(new CostInsight(), _cost, "cost insight")), c => c.CostInsights, (c, v) => c with { CostInsights = v }, "What things cost or saved."),
        SourceFields.Of<Company>(c => c.Sources, (c, v) => c with { Sources = v }, "The sources under short ids."),
    ];

    public static ReadResult<Company> Read(string slug, string yaml, ReadContext context)
    {
        Company? company = null;
        if (YamlTree.ReadMap(yaml, 1, context) is { } map)
        {
            Fields.Read(All, map, new Company { Slug = slug }, context, "", out company);
            Check(company, context);
        }

        return new ReadResult<Company> { Record = company, Problems = context.Problems, Lines = context.Lines };
    }

    private static void Check(Company company, ReadContext context)
    {
        var cited = company.KeyPatterns.Select((p, i) => ($"key_patterns[{i}]", p.Sources))
            .Concat(company.ScaleMetrics.Select((m, i) => ($"scale_metrics[{i}]", m.Sources)))
            .Concat(company.CostInsights.Select((c, i) => ($"cost_insights[{i}]", c.Sources)));
        foreach (var (path, sources) in cited)
        {
            foreach (var id in sources.Where(id => company.Sources.All(s => s.Id != id)))
                context.Report(InsightSource, context.Lines[path], path, $"“{id}” is no source of this company{Nearest.Hint(id, company.Sources.Select(s => s.Id))}");
        }
    }

    public static string Write(Company company) => YamlWriter.Write(Fields.Write(All, company));
}
