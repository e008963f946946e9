namespace IncidentDb.Records;

/// <summary>How much a problem weighs: an error keeps a record from being published, a warning does not.</summary>
public enum ProblemLevel
{
    Warning,
    Error,
}

/// <summary>A rule of the record format. The id is stable: it stands in reports, in tests and in <c>docs/data-format.md</c>.</summary>
/// <param name="Id">Kebab-case, never reused for another meaning.</param>
/// <param name="Level">What breaking it means.</param>
/// <param name="Meaning">One sentence for the documentation.</param>
public sealed record Rule(string Id, ProblemLevel Level, string Meaning)
{
    /// <summary>A breach of this rule. <paramref name="line"/> is 1-based; 0 means the file as a whole.</summary>
    public Problem At(string file, int line, string field, string sentence) => new()
    {
        Rule = Id,
        Level = Level,
        File = file,
        Line = line,
        Field = field,
        Sentence = sentence,
    };
}

/// <summary>One thing wrong with what somebody wrote: where it is and a sentence that says how to put it right.</summary>
public sealed record Problem
{
    public required string Rule { get; init; }

    public required ProblemLevel Level { get; init; }

    /// <summary>The file's name as the reader was given it; empty for a form.</summary>
    public required string File { get; init; }

    /// <summary>1-based; 0 where no line is known.</summary>
    public required int Line { get; init; }

    /// <summary>Path of the field, e.g. <c>metrics[1].value</c> or <c>sections.summary</c>; empty for the file as a whole.</summary>
    public required string Field { get; init; }

    public required string Sentence { get; init; }

    public bool IsError => Level == ProblemLevel.Error;

    public override string ToString()
    {
        var where = Line > 0 ? $"{File}:{Line}" : File;
        var field = Field.Length > 0 ? $" {Field}:" : "";
        return $"{where}: {(IsError ? "error" : "warning")} {Rule}:{field} {Sentence}";
    }
}
