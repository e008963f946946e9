using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>What a form makes: the record as far as it can be read, and what the rules say, each problem under the name of its field.</summary>
public sealed record FormReading
{
    /// <summary>Null when there is nothing to make sense of; incomplete while there are errors.</summary>
    public required RecordPart? Record { get; init; }

    /// <summary>The record where it is an incident.</summary>
    public Incident? Incident => Record as Incident;

    /// <summary>The sources that it lists.</summary>
    public IReadOnlyList<Source> Sources => Record is null ? [] : SourcesOf(Record);

    /// <summary>The sources that a record of any noun lists.</summary>
    public static IReadOnlyList<Source> SourcesOf(RecordPart record) => NounFormat.Of(record).PartsOf(record).Sources;

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>The record in canonical form; null while there are errors.</summary>
    public required string? Text { get; init; }

    public bool HasErrors => Problems.Any(p => p.IsError);

    /// <summary>Reads a form by the readers and rules of files.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="slug">The record's address; for a new record what the form says, which need not be one.</param>
    /// <param name="context">The words and names to judge by; a new one for each reading.</param>
    /// <param name="noun">What it is a record of.</param>
    public static FormReading Of(FormFields form, string slug, ReadContext context, Noun noun = Noun.Incident)
    {
        var format = NounFormat.Of(noun);
        var named = Slug.IsValid(slug) ? slug : "new-record";
        if (form.IsText)
            return OfText(form[FormFields.Text], named, context, format);
        var composer = new RecordComposer(form, format);
        composer.Compose();
        var (record, found) = format.Read(named, composer.Text, context);
        var problems = composer.Problems.Concat(found.Select(p => p with { Field = composer.FieldOf(p), Line = 0, File = "" })).ToList();
        return Result(record, problems);
    }

    private static FormReading OfText(string text, string slug, ReadContext context, NounFormat format)
    {
        var (record, found) = format.Read(slug, text.EndsWith('\n') ? text : text + "\n", context);
        return Result(record, [.. found.Select(p => p with { Field = FormFields.Text, File = "", Sentence = p.Line > 0 ? $"Line {p.Line}: {p.Sentence}" : p.Sentence })]);
    }

    private static FormReading Result(RecordPart? record, IReadOnlyList<Problem> problems) => new()
    {
        Record = record,
        Problems = problems,
        Text = record is null || problems.Any(p => p.IsError) ? null : NounFormat.Of(record).Write(record),
    };
}
