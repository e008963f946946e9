using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.History;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Patterns;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>
/// What differs from noun to noun at the desk: the declared fields and headings of its files, their reader and writer, and the layout of its form. All
/// else – forms, differences, merges, review – follows from these and is the same for every noun.
/// </summary>
public abstract class NounFormat
{
    /// <summary>The formats of the nouns that have pages and can be corrected; vocabularies can't.</summary>
    public static IReadOnlyList<NounFormat> All { get; } =
    [
        new NounFormat<Incident>
        {
            Noun = Noun.Incident,
            Reader = IncidentReader.Read,
            Writer = IncidentWriter.Write,
            Declared = IncidentFields.All,
            Headings = SectionHeadings.All,
            Form = FormSections.Incident,
            TitleKey = "title",
            Parts = i => new(i.OneLine, i.Sections, i.Sources, i.FormerSlugs, []),
        },
        new NounFormat<Company>
        {
            Noun = Noun.Company,
            Reader = CompanyFile.Read,
            Writer = CompanyFile.Write,
            Declared = CompanyFile.All,
            Headings = [],
            Form = FormSections.Company,
            TitleKey = "name",
            Parts = c => new("", [], c.Sources, c.FormerSlugs, [c.Name, .. c.Aliases, .. c.FormerNames, .. c.FormerSlugs]),
        },
        new NounFormat<Pattern>
        {
            Noun = Noun.Pattern,
            Reader = PatternFile.Read,
            Writer = PatternFile.Write,
            Declared = PatternFile.All,
            Headings = PatternFile.Headings,
            Form = FormSections.Pattern,
            TitleKey = "name",
            Parts = p => new(p.OneLine, p.Sections, p.Sources, p.FormerSlugs, [p.Name, .. p.Aliases, .. p.FormerSlugs]),
        },
        new NounFormat<Episode>
        {
            Noun = Noun.Episode,
            Reader = EpisodeFile.Read,
            Writer = EpisodeFile.Write,
            Declared = EpisodeFile.All,
            Headings = EpisodeFile.Headings,
            Form = FormSections.Episode,
            TitleKey = "title",
            Parts = e => new(e.OneLine, e.Sections, [], e.FormerSlugs, e.FormerSlugs),
        },
    ];

    /// <summary>The format of a noun that can be corrected.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It has none.</exception>
    public static NounFormat Of(Noun noun) => All.FirstOrDefault(f => f.Noun == noun) ?? throw new ArgumentOutOfRangeException(nameof(noun), noun, "This noun has no form.");

    /// <summary>The format that a word such as <c>company</c> names, or null.</summary>
    public static NounFormat? Named(string word) => All.FirstOrDefault(f => f.Name == word);

    /// <summary>The format of a record of one of these nouns.</summary>
    public static NounFormat Of(RecordPart record) => All.First(f => f.IsOf(record));

    /// <summary>The heading of a section in any of the formats; their ids are different ones.</summary>
    public static SectionHeading? HeadingOf(string id) => All.SelectMany(f => f.Headings).FirstOrDefault(h => h.Id == id);

    public required Noun Noun { get; init; }

    /// <summary>The noun as addresses of the API and sentences have it.</summary>
    public string Name => ChangeLog.NameOf(Noun);

    /// <summary>The declared keys, in the order of the file.</summary>
    public abstract IReadOnlyList<FieldInfo> Fields { get; }

    /// <summary>The headings of the text, in the order of the file; none for a file that is YAML alone.</summary>
    public required IReadOnlyList<SectionHeading> Headings { get; init; }

    /// <summary>The form, section by section.</summary>
    public required IReadOnlyList<FormSection> Form { get; init; }

    /// <summary>The key that holds what the record is called.</summary>
    public required string TitleKey { get; init; }

    /// <summary>True when the declared keys are front matter, with a line and sections below.</summary>
    public bool HasText => DataFolder.ExtensionOf(Noun) == ".md";

    /// <summary>The record of a file's text, null when it can't be made sense of, with what the readers and rules say.</summary>
    internal abstract (RecordPart? Record, IReadOnlyList<Problem> Problems) Read(string slug, string text, ReadContext context);

    /// <summary>The file's text in canonical form.</summary>
    internal abstract string Write(RecordPart record);

    internal abstract YamlMap FrontMatter(RecordPart record);

    internal abstract RecordParts PartsOf(RecordPart record);

    internal abstract bool IsOf(RecordPart record);

    /// <summary>The declaration of a field of the form; null for prose, which has a heading instead.</summary>
    public FieldInfo? FieldOf(string name) => Noun == Noun.Incident && name == RecordForm.Timeline ? RecordForm.TimelineField : Fields.FirstOrDefault(f => f.Key == name);

    /// <summary>The section of the form that a field is in; the first for one that is in none.</summary>
    public FormSection SectionOf(string field)
    {
        var end = field.AsSpan().IndexOfAny('[', '.');
        var root = end < 0 || field.StartsWith("sections.", StringComparison.Ordinal) ? field : field[..end];
        return Form.FirstOrDefault(s => s.Fields.Contains(root)) ?? Form[0];
    }
}

/// <summary>What every record has, whatever its noun.</summary>
/// <param name="Names">The names that stand for it wherever a record refers to it.</param>
internal sealed record RecordParts(string OneLine, IReadOnlyList<Section> Sections, IReadOnlyList<Source> Sources, IReadOnlyList<string> FormerSlugs, IReadOnlyList<string> Names);

internal sealed class NounFormat<T> : NounFormat
    where T : RecordPart
{
    public required Func<string, string, ReadContext, ReadResult<T>> Reader { get; init; }

    public required Func<T, string> Writer { get; init; }

    public required IReadOnlyList<Field<T>> Declared { get; init; }

    public required Func<T, RecordParts> Parts { get; init; }

    public override IReadOnlyList<FieldInfo> Fields => field ??= [.. Declared.Select(f => f.Info)];

    internal override (RecordPart? Record, IReadOnlyList<Problem> Problems) Read(string slug, string text, ReadContext context)
    {
        var result = Reader(slug, text, context);
        return (result.Record, result.Problems);
    }

    internal override string Write(RecordPart record) => Writer((T)record);

    internal override YamlMap FrontMatter(RecordPart record) => Records.Fields.Write(Declared, (T)record);

    internal override RecordParts PartsOf(RecordPart record) => Parts((T)record);

    internal override bool IsOf(RecordPart record) => record is T;
}
