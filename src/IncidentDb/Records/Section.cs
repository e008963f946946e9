namespace IncidentDb.Records;

/// <summary>A prose section.</summary>
/// <param name="Id">snake_case id of a known heading, or of an unknown one made from its text.</param>
/// <param name="Heading">The heading as it is written.</param>
/// <param name="Markdown">The text with citations.</param>
public sealed record Section(string Id, string Heading, string Markdown);

/// <summary>A heading of the record format, declared once: its order in files, who it is for and what rule its sentences follow.</summary>
/// <param name="Id">The snake_case name in JSON and in problem paths.</param>
/// <param name="Heading">The text of the heading.</param>
/// <param name="Meaning">One sentence for the documentation and the form.</param>
public sealed record SectionHeading(string Id, string Heading, string Meaning)
{
    /// <summary>True when only case studies have it.</summary>
    public bool CaseStudyOnly { get; init; }

    /// <summary>True when it belongs to the host's material.</summary>
    public bool ForHosts { get; init; }

    /// <summary>True for host craft: no citation needed, but no figure that the record does not hold.</summary>
    public bool Craft { get; init; }

    /// <summary>True when each list item is one statement with its citation at the end.</summary>
    public bool WholeItems { get; init; }

    public int? MaxWords { get; init; }
}
