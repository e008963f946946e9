using System.Text;
using IncidentDb.Companies;
using IncidentDb.Episodes;
using IncidentDb.Import.Readers;
using IncidentDb.Patterns;
using IncidentDb.Records;
using IncidentDb.Vocabularies;

namespace IncidentDb.Tests.Incidents;

/// <summary>A file with one thing wrong, and the problem that must be named.</summary>
/// <param name="Rule">The id of the rule it breaks.</param>
/// <param name="File">Where it would lie in a data folder; the folder says what reads it.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="At">The beginning of the line that the problem names; null for the file as a whole.</param>
/// <param name="Says">A part of the sentence.</param>
public sealed record Breakage(string Rule, string File, byte[] Content, string? At, string Says)
{
    public static Breakage Of(Rule rule, string text, string? at, string says, string file = "incidents/sample-record.md") => new(rule.Id, file, Encoding.UTF8.GetBytes(text), at, says);

    /// <summary>The numbers of the lines that begin with <see cref="At"/>; 0 for the whole file.</summary>
    public IReadOnlyList<int> Lines => At is null
        ? [0]
        : [.. Encoding.UTF8.GetString(Content).Split('\n').Select((row, i) => (row, Line: i + 1)).Where(r => r.row.StartsWith(At, StringComparison.Ordinal)).Select(r => r.Line)];

    /// <summary>Reads the file as its folder says.</summary>
    public IReadOnlyList<Problem> Judge()
    {
        var (folder, slug) = (Path.GetDirectoryName(File), Path.GetFileNameWithoutExtension(File));
        if (folder == "incidents")
            return Clone.Data.ReadIncident(slug, File, Content).Problems;
        if (folder == "json")
            return [.. new JsonRecordReader(Clone.Data).ReadDocument(Content, File).SelectMany(f => f.Problems)];
        var context = Clone.Context(File);
        var text = RecordText.Decode(Content, context)!;
        return (folder, slug) switch
        {
            ("patterns", _) => PatternFile.Read(slug, text, context).Problems,
            ("companies", _) => CompanyFile.Read(slug, text, context).Problems,
            ("episodes", _) => EpisodeFile.Read(slug, text, context).Problems,
            ("vocabulary", CombinationFile.Name) => CombinationFile.Read(text, context).Problems,
            ("vocabulary", EraFile.Name) => EraFile.Read(text, context).Problems,
            _ => VocabularyFile.Read(slug, text, context).Problems,
        };
    }

    public override string ToString() => $"{Rule}: {Says}";
}
