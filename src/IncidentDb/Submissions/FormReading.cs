using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>What a form makes: the record as far as it can be read, and what the rules say, each problem under the name of its field.</summary>
public sealed record FormReading
{
    /// <summary>Null when there is nothing to make sense of; incomplete while there are errors.</summary>
    public required Incident? Incident { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The record in canonical form; null while there are errors.</summary>
    public required string? Text { get; init; }

    public bool HasErrors => Problems.Any(p => p.IsError);

    /// <summary>Reads a form by the readers and rules of files.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="slug">The record's address; for a new record what the form says, which need not be one.</param>
    /// <param name="context">The words and names to judge by; a new one for each reading.</param>
    public static FormReading Of(FormFields form, string slug, ReadContext context)
    {
        var named = Slug.IsValid(slug) ? slug : "new-record";
        if (form.IsText)
            return OfText(form[FormFields.Text], named, context);
        var composer = new RecordComposer(form);
        composer.Compose();
        var result = IncidentReader.Read(named, composer.Text, context);
        var problems = composer.Problems.Concat(result.Problems.Select(p => p with { Field = composer.FieldOf(p), Line = 0, File = "" })).ToList();
        return Result(result.Record, problems);
    }

    private static FormReading OfText(string text, string slug, ReadContext context)
    {
        var result = IncidentReader.Read(slug, text.EndsWith('\n') ? text : text + "\n", context);
        return Result(result.Record, [.. result.Problems.Select(p => p with { Field = FormFields.Text, File = "", Sentence = p.Line > 0 ? $"Line {p.Line}: {p.Sentence}" : p.Sentence })]);
    }

    private static FormReading Result(Incident? incident, IReadOnlyList<Problem> problems) => new()
    {
        Incident = incident,
        Problems = problems,
        Text = incident is null || problems.Any(p => p.IsError) ? null : IncidentWriter.Write(incident),
    };
}
