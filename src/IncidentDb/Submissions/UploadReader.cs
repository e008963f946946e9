using System.Text;
using IncidentDb.Import;
using IncidentDb.Import.Readers;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Submissions;

/// <summary>One record of an uploaded file: what it would become, and what the rules say of it.</summary>
public sealed record UploadedRow
{
    /// <summary>The line it begins on, or the number of the record; 1-based.</summary>
    public required int Number { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    /// <summary>The fields; null when there is nothing to make a draft of.</summary>
    public required FormFields? Form { get; init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    /// <summary>True when there is a published record under its address: it becomes a correction of that one.</summary>
    public required bool IsThere { get; init; }

    /// <summary>True when that record says the same already.</summary>
    public required bool IsEqual { get; init; }

    /// <summary>Published records that it looks like.</summary>
    public IReadOnlyList<Lookalike> Lookalikes { get; init; } = [];

    public int Errors => Problems.Count(p => p.IsError);
}

/// <summary>Reads the records of an uploaded file without keeping anything: a record file, our JSON, or a table.</summary>
public sealed class UploadReader(KnowledgeBase library)
{
    public const int MaxBytes = 2 << 20;
    public const int MaxRecords = 200;

    public static readonly IReadOnlyList<string> Extensions = [".md", ".json", ".ndjson", ".csv"];

    /// <summary>Columns of the table that are named more simply than the form's fields.</summary>
    private static readonly Dictionary<string, string> _columns = new(StringComparer.Ordinal)
    {
        ["one_line"] = RecordForm.OneLine,
        ["source_id"] = "sources[0].key",
        ["source_title"] = "sources[0].title",
        ["source_author"] = "sources[0].author",
        ["source_publisher"] = "sources[0].publisher",
        ["source_type"] = "sources[0].type",
        ["source_published"] = "sources[0].published",
        ["source_url"] = "sources[0].url",
        ["source_read"] = "sources[0].read",
    };

    /// <summary>Columns that hold several rows: <c>partial-rollout: root; flag-reuse: contributing</c>.</summary>
    private static readonly string[] _maps = ["companies", "causes", "patterns", "episodes", "same_as"];

    /// <summary>The header of the template, in its order.</summary>
    public static readonly IReadOnlyList<string> Template =
    [
        "slug", "title", "kind", "one_line", "companies", "started", "ended", "severity", "impact", "detection", "trigger", "causes", "technologies", "regions", "tags", "summary",
        "source_id", "source_title", "source_publisher", "source_type", "source_published", "source_url", "source_read",
    ];

    /// <summary>The records of a file; a file that can't be read is one row that says why.</summary>
    /// <param name="name">The file's name: its extension says the format, and of a record file the stem is the address.</param>
    /// <param name="bytes">Its content, UTF-8.</param>
    public IReadOnlyList<UploadedRow> Read(string name, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
            return [Refused(0, $"The file is larger than {MaxBytes >> 20} MB.")];
        var context = library.Context();
        if (RecordText.Decode(bytes, context) is not { } text)
            return [Refused(0, context.Problems is [var problem, ..] ? problem.Sentence : "The file is no text in UTF-8.")];
        var rows = Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".md" => [OfText(1, Stem(name), text)],
            ".json" => new JsonRecordReader(library.Context).ReadDocument(Encoding.UTF8.GetBytes(text), "file").Select((f, i) => OfFile(i + 1, f)),
            ".ndjson" => Lines(text).Take(MaxRecords + 1).Select(l => OfFile(l.Number, new JsonRecordReader(library.Context).ReadLine(l.Text, "file", l.Number))),
            ".csv" => Table(text),
            _ => [Refused(0, $"The name must end in {string.Join(", ", Extensions)}.")],
        };
        var read = rows.Take(MaxRecords + 1).ToList();
        return read.Count > MaxRecords ? [Refused(0, $"A file holds at most {MaxRecords} records; part it.")] : read.Count == 0 ? [Refused(0, "The file holds no record.")] : read;
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name.Replace('\\', '/'));

    private static IEnumerable<(int Number, string Text)> Lines(string text) =>
        text.Split('\n').Select((line, i) => (i + 1, line)).Where(l => !string.IsNullOrWhiteSpace(l.line));

    private UploadedRow OfText(int number, string slug, string text)
    {
        var form = FormFields.Empty.With(FormFields.Text, text).With(RecordForm.Slug, slug);
        var reading = FormReading.Of(form, slug, library.Context());
        return Row(number, slug, reading.Incident is { } incident && !reading.HasErrors ? RecordForm.Of(incident) : form, reading);
    }

    private UploadedRow OfFile(int number, DataFile file)
    {
        if (file.Incident is not { } incident)
            return Refused(number, file.Problems.Select(p => p.Sentence).ToArray());
        var form = RecordForm.Of(incident);
        return Row(number, file.Slug, form, FormReading.Of(form, file.Slug, library.Context()));
    }

    private IEnumerable<UploadedRow> Table(string text)
    {
        if (CsvTable.Read(text, out var wrong) is not { Count: > 0 } table)
            return [Refused(1, wrong.Length > 0 ? wrong : "The table is empty; its first line names the columns.")];
        var header = table[0];
        var columns = header.Cells.Select(c => c.Trim().ToLowerInvariant()).Select(c => FieldOf(c) is { } field ? (Column: c, Field: field) : (Column: c, Field: "")).ToList();
        var unknown = columns.Where(c => c.Field.Length == 0 && c.Column.Length > 0).Select(c => $"“{c.Column}”{Nearest.Hint(c.Column, Template)}").ToList();
        if (unknown.Count > 0)
            return [Refused(header.Line, $"The table has no column {string.Join(" nor ", unknown)} The columns are those of the template, the fields of the form and the ids of the headings.")];
        return table.Skip(1).Select(row => OfCells(row.Line, columns, row.Cells));
    }

    private static string? FieldOf(string column) =>
        _columns.TryGetValue(column, out var field) ? field
        : SectionHeadings.ById(column) is not null && column is not (SectionHeadings.Timeline or SectionHeadings.Causes or SectionHeadings.Patterns or "impact" or "detection" or "resolution") ? $"sections.{column}"
        : RecordForm.IsField(column) && column is not (FormFields.Text or RecordForm.Timeline) ? column
        : null;

    private UploadedRow OfCells(int line, List<(string Column, string Field)> columns, IReadOnlyList<string> cells)
    {
        if (cells.Count > columns.Count)
            return Refused(line, $"This row has {cells.Count} cells, the header {columns.Count}; a text with commas stands in quotes.");
        var fields = new List<KeyValuePair<string, string>>();
        for (var i = 0; i < cells.Count; i++)
        {
            // A spreadsheet keeps such a cell from being a formula; the sign before it is not part of the text.
            var value = FormFields.Clean(cells[i] is ['\'', '=' or '+' or '-' or '@', ..] ? cells[i][1..] : cells[i]).Trim();
            if (value.Length == 0)
                continue;
            if (_maps.Contains(columns[i].Field))
                fields.AddRange(Map(columns[i].Field, value));
            else
                fields.Add(new(columns[i].Field, value));
        }

        var form = new FormFields(fields);
        if (form.Has("sources[0]") && form["sources[0].key"].Length == 0)
            form = form.With("sources[0].key", "source");
        if (form[RecordForm.Slug].Length == 0 && form["title"].Length > 0)
            form = form.With(RecordForm.Slug, Slug.From(form["title"]));
        var slug = form[RecordForm.Slug];
        return Row(line, slug, form, FormReading.Of(form, slug, library.Context()));
    }

    /// <summary><c>a: x; b: y</c> and <c>a, b</c> as rows with a key and a value.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Map(string name, string text)
    {
        if (Blank.Is(text))
            return [new($"{name}.blank", text)];
        var separators = text.Contains(';', StringComparison.Ordinal) || text.Contains(':', StringComparison.Ordinal) ? (char[])[';', '\n'] : [',', ';', '\n'];
        return text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany((entry, i) =>
        {
            var cut = entry.IndexOf(':', StringComparison.Ordinal);
            return cut < 0
                ? (KeyValuePair<string, string>[])[new($"{name}[{i}].key", entry)]
                : [new($"{name}[{i}].key", entry[..cut].Trim()), new($"{name}[{i}].value", entry[(cut + 1)..].Trim())];
        });
    }

    private UploadedRow Row(int number, string slug, FormFields form, FormReading reading)
    {
        var record = Slug.IsValid(slug) ? library.Records.Find(Noun.Incident, slug) : null;
        var problems = reading.Problems.ToList();
        if (!Slug.IsValid(slug))
            problems.Add(SyntaxRules.BadSlug.At("", 0, RecordForm.Slug, slug.Length == 0 ? "The record has no address (slug)." : $"“{slug}” is no address; use lower-case letters, digits and hyphens, for example “{Slug.From(slug)}”."));
        else if (record is { Status: not "published" })
            problems.Add(SubmissionRules.SlugTaken.At("", 0, RecordForm.Slug, $"The address “{slug}” belongs to a record that was {record.Status}."));
        return new UploadedRow
        {
            Number = number,
            Slug = slug,
            Title = reading.Incident?.Title ?? form["title"],
            Form = form,
            Problems = problems,
            IsThere = record is { Status: "published" },
            IsEqual = record is not null && reading.Text == record.Content,
            Lookalikes = record is null && reading.Incident is { } incident ? [.. DuplicateFinder.Find(library, incident).Where(l => l.IsLikely)] : [],
        };
    }

    private static UploadedRow Refused(int number, params string[] sentences) => new()
    {
        Number = number,
        Slug = "",
        Title = "",
        Form = null,
        Problems = [.. sentences.Select(s => JsonRecordReader.BadJson.At("", 0, "", s))],
        IsThere = false,
        IsEqual = false,
    };
}
