namespace IncidentDb.Records;

/// <summary>A source, under the id by which the text cites it.</summary>
public sealed record Source : RecordPart
{
    public string Id { get; init; } = "";

    public string Title { get; init; } = "";

    public string? Author { get; init; }

    public string Publisher { get; init; } = "";

    /// <summary>A word of the vocabulary <c>source_types</c>.</summary>
    public string Type { get; init; } = "";

    public CitedWhen? Published { get; init; }

    /// <summary>Null only for a book.</summary>
    public string? Url { get; init; }

    public string? ArchiveUrl { get; init; }

    /// <summary>full, part or no: how far it was read when facts were taken from it.</summary>
    public string Read { get; init; } = "";

    public string? Language { get; init; }
}

/// <summary>The keys of a source, declared once.</summary>
public static class SourceFields
{
    public static readonly IReadOnlyList<Field<Source>> All =
    [
        Fields.Of<Source, string>("title", Codecs.Text, s => s.Title, (s, v) => s with { Title = v }, "The title of the document.", required: true),
        Fields.Of<Source, string>("author", Codecs.Text, s => s.Author, (s, v) => s with { Author = v }, "Who wrote it, where the document says."),
        Fields.Of<Source, string>("publisher", Codecs.Text, s => s.Publisher, (s, v) => s with { Publisher = v }, "Who published it.", required: true),
        Fields.Of<Source, string>("type", Codecs.Word("source_types"), s => s.Type, (s, v) => s with { Type = v }, "What kind of document it is.", required: true),
        Fields.Of<Source, CitedWhen>("published", Codecs.When, s => s.Published, (s, v) => s with { Published = v }, "When it was published, at the precision it states."),
        Fields.Of<Source, string>("url", Codecs.Url, s => s.Url, (s, v) => s with { Url = v }, "Where it is; only a book may do without."),
        Fields.Of<Source, string>("archive_url", Codecs.Url, s => s.ArchiveUrl, (s, v) => s with { ArchiveUrl = v }, "An archived copy."),
        Fields.Of<Source, string>("language", Codecs.Text, s => s.Language, (s, v) => s with { Language = v }, "The language of the document, when it is not English."),
        Fields.Of<Source, string>("read", Codecs.Word("read"), s => s.Read, (s, v) => s with { Read = v }, "How far it was read when facts were taken from it.", required: true),
    ];

    /// <summary>One source, for a mapping of ids to sources.</summary>
    public static readonly Codec<Source> Codec = Codecs.Part(new Source(), All, "source");

    /// <summary>The field <c>sources</c> of a record of any kind.</summary>
    public static Field<T> Of<T>(Func<T, IReadOnlyList<Source>> get, Func<T, IReadOnlyList<Source>, T> set, string meaning) =>
        Fields.Of<T, IReadOnlyList<KeyValuePair<string, Source>>>(
            "sources",
            Codecs.Map(Codecs.Text, Codec),
            r => [.. get(r).Select(s => KeyValuePair.Create(s.Id, s))],
            (r, v) => set(r, [.. v.Select(s => s.Value with { Id = s.Key })]),
            meaning);
}
