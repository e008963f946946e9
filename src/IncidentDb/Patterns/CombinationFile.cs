using IncidentDb.Records;

namespace IncidentDb.Patterns;

/// <summary>Reads and writes <c>data/vocabulary/combinations.yaml</c>.</summary>
public static class CombinationFile
{
    public const string Name = "combinations";
    public static readonly Rule TooFew = new("combination-size", ProblemLevel.Error, "A combination names two patterns, or one and what it meets.");

    private static readonly IReadOnlyList<Field<Combination>> _combination =
    [
        Fields.Of<Combination, string>("slug", Codecs.Slug, c => c.Slug, (c, v) => c with { Slug = v }, "Its permanent name.", required: true),
        Fields.Of<Combination, string>("label", Codecs.Text, c => c.Label, (c, v) => c with { Label = v }, "What the set is called.", required: true),
        Fields.Of<Combination, string>("relation", Codecs.Word("combination_relations"), c => c.Relation, (c, v) => c with { Relation = v }, "together or conflict.", required: true),
        Fields.Of<Combination, IReadOnlyList<string>>("patterns", Codecs.List(Codecs.Reference(Noun.Pattern)), c => c.Patterns, (c, v) => c with { Patterns = v }, "The patterns.", required: true),
        Fields.Of<Combination, string>("with", Codecs.Text, c => c.With, (c, v) => c with { With = v }, "What they meet besides each other."),
        Fields.Of<Combination, string>("reason", Codecs.Text, c => c.Reason, (c, v) => c with { Reason = v }, "Why they help or hurt each other.", required: true),
        Fields.Of<Combination, IReadOnlyList<string>>("incidents", Codecs.List(Codecs.Reference(Noun.Incident)), c => c.Incidents, (c, v) => c with { Incidents = v }, "Records that show it."),
    ];

    private sealed record Content : RecordPart
    {
        public IReadOnlyList<Combination> Combinations { get; init; } = [];
    }

    private static readonly IReadOnlyList<Field<Content>> _fields =
    [
        Fields.Of<Content, IReadOnlyList<Combination>>("combinations", Codecs.List(Codecs.Part(new Combination(), _combination, "combination")), c => c.Combinations, (c, v) => c with { Combinations = v }, "The sets.", required: true),
    ];

    public static ReadResult<IReadOnlyList<Combination>> Read(string yaml, ReadContext context)
    {
        IReadOnlyList<Combination>? combinations = null;
        if (YamlTree.ReadMap(yaml, 1, context) is { } map && Fields.Read(_fields, map, new Content(), context, "", out var content))
        {
            combinations = content.Combinations;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (c, i) in combinations.Select((c, n) => (c, n)))
            {
                var path = $"combinations[{i}]";
                if (c.Patterns.Count + (c.With is null ? 0 : 1) < 2)
                    context.Report(TooFew, context.Lines[path], path, $"“{c.Slug}” names fewer than two patterns, and nothing that one of them meets.");
                if (!seen.Add(c.Slug))
                    context.Report(SyntaxRules.DuplicateKey, context.Lines[path], path, $"“{c.Slug}” stands here for the second time.");
            }
        }

        return new ReadResult<IReadOnlyList<Combination>> { Record = combinations, Problems = context.Problems, Lines = context.Lines };
    }

    public static string Write(IReadOnlyList<Combination> combinations) => YamlWriter.Write(Fields.Write(_fields, new Content { Combinations = combinations }));
}

/// <summary>Reads and writes <c>data/vocabulary/eras.yaml</c>.</summary>
public static class EraFile
{
    public const string Name = "eras";

    private static readonly IReadOnlyList<Field<Era>> _era =
    [
        Fields.Of<Era, string>("slug", Codecs.Slug, e => e.Slug, (e, v) => e with { Slug = v }, "Its permanent name.", required: true),
        Fields.Of<Era, string>("label", Codecs.Text, e => e.Label, (e, v) => e with { Label = v }, "What the era is called.", required: true),
        Fields.Of<Era, CitedWhen>("from", Codecs.When, e => e.From, (e, v) => e with { From = v }, "Its first year.", required: true),
        Fields.Of<Era, CitedWhen>("to", Codecs.When, e => e.To, (e, v) => e with { To = v }, "Its last year; left out for the present."),
        Fields.Of<Era, string>("meaning", Codecs.Text, e => e.Meaning, (e, v) => e with { Meaning = v }, "What changed in it.", required: true),
        Fields.Of<Era, IReadOnlyList<string>>("patterns", Codecs.List(Codecs.Reference(Noun.Pattern)), e => e.Patterns, (e, v) => e with { Patterns = v }, "Patterns that came up in it."),
        Fields.Of<Era, IReadOnlyList<string>>("incidents", Codecs.List(Codecs.Reference(Noun.Incident)), e => e.Incidents, (e, v) => e with { Incidents = v }, "Records that drove it."),
        SourceFields.Of<Era>(e => e.Sources, (e, v) => e with { Sources = v }, "Papers, books and talks that drove it."),
    ];

    private sealed record Content : RecordPart
    {
        public IReadOnlyList<Era> Eras { get; init; } = [];
    }

    private static readonly IReadOnlyList<Field<Content>> _fields =
    [
        Fields.Of<Content, IReadOnlyList<Era>>("eras", Codecs.List(Codecs.Part(new Era(), _era, "era")), c => c.Eras, (c, v) => c with { Eras = v }, "The eras in their order.", required: true),
    ];

    public static ReadResult<IReadOnlyList<Era>> Read(string yaml, ReadContext context)
    {
        IReadOnlyList<Era>? eras = null;
        if (YamlTree.ReadMap(yaml, 1, context) is { } map && Fields.Read(_fields, map, new Content(), context, "", out var content))
            eras = content.Eras;
        return new ReadResult<IReadOnlyList<Era>> { Record = eras, Problems = context.Problems, Lines = context.Lines };
    }

    public static string Write(IReadOnlyList<Era> eras) => YamlWriter.Write(Fields.Write(_fields, new Content { Eras = eras }));
}
