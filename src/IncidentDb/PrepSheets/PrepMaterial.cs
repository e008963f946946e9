using IncidentDb.Catalogues;
using IncidentDb.Episodes;
using IncidentDb.Incidents;

namespace IncidentDb.PrepSheets;

/// <summary>A record as it was when the sheet was made.</summary>
/// <param name="Hash">Of its canonical text, twelve hexadecimal digits.</param>
public sealed record RecordAtRevision(Incident Incident, int Revision, string Hash);

/// <summary>A record that the sheet tells, and as what.</summary>
/// <param name="Role">main, cold_open or example.</param>
public sealed record ToldRecord(RecordAtRevision Record, string Role);

/// <summary>A record elsewhere in the library in which a pattern did its work.</summary>
public sealed record WorkedElsewhere(string Pattern, RecordAtRevision Record);

/// <summary>A record in a like situation that ended otherwise, and why it was chosen.</summary>
/// <param name="Patterns">Patterns that failed in the told records and worked in this one.</param>
/// <param name="Note">What a record itself says of the contrast.</param>
public sealed record Contrast(RecordAtRevision Record, IReadOnlyList<string> Patterns, string? Note);

/// <summary>What could be told next.</summary>
/// <param name="Shared">Causes and patterns in common, written <c>cause:slug</c> and <c>pattern:slug</c>; empty for the next of a series.</param>
public sealed record NextStory(Episode? Episode, RecordAtRevision? Record, IReadOnlyList<string> Shared);

/// <summary>Everything that a sheet is composed from. Composing reads nothing else, so the same material gives the same sheet.</summary>
public sealed record PrepMaterial
{
    public required Catalogue Catalogue { get; init; }

    public Episode? Episode { get; init; }

    /// <summary>The records to tell, main stories first.</summary>
    public required IReadOnlyList<ToldRecord> Told { get; init; }

    /// <summary>True where the episode names no record and these were chosen for it.</summary>
    public bool Suggested { get; init; }

    /// <summary>True where no record shows the episode's patterns either, and its laws decided.</summary>
    public bool SuggestedByLaws { get; init; }

    public IReadOnlyList<WorkedElsewhere> Elsewhere { get; init; } = [];

    public Contrast? Contrast { get; init; }

    public NextStory? Next { get; init; }
}
