using IncidentDb.Records;

namespace IncidentDb.PrepSheets;

/// <summary>Statements that are told together or not at all.</summary>
/// <param name="Rank">The higher, the sooner it is taken; equal ranks in the order of the text.</param>
internal sealed record ItemDraft(IReadOnlyList<PrepStatement> Statements, int Rank = 0)
{
    private int? _longest;

    /// <summary>True for what makes no sense before another item of its part: where a pattern worked, without where it failed.</summary>
    public bool Follows { get; init; }

    public double Seconds { get; } = Statements.Sum(s => s.Seconds);

    /// <summary>Its sentences as they are said: none of them is said twice on a sheet.</summary>
    public IReadOnlyList<string> Sentences { get; } = [.. Statements.Where(s => !s.Silent).SelectMany(s => Citations.Cut(s.Spoken)).Select(x => x.TrimEnd('.'))];

    /// <summary>Words of its longest sentence.</summary>
    public int LongestSentence => _longest ??= Sentences.Select(Pace.Words).DefaultIfEmpty(0).Max();
}

/// <summary>Everything that could stand under one heading, before time is counted.</summary>
internal sealed record PartDraft
{
    public required string Heading { get; init; }

    public required PartForm Form { get; init; }

    public required IReadOnlyList<ItemDraft> Items { get; init; }

    /// <summary>Slug of the told record; null where it draws on several or on none.</summary>
    public string? Record { get; init; }

    /// <summary>Its claim on the block's time against the other parts; zero takes only what they leave.</summary>
    public double Weight { get; init; }

    /// <summary>Parts of a lower tier come to the leftovers first.</summary>
    public int Tier { get; init; }

    /// <summary>True where an item makes sense only after the one before it.</summary>
    public bool Sequential { get; init; }

    /// <summary>What the list of what was left out calls it; null where leaving it out needs no mention.</summary>
    public string? LeftOutAs { get; init; }

    /// <summary>Its place on the record's page.</summary>
    public string Anchor { get; init; } = "";
}

/// <summary>A block with everything that it could hold.</summary>
internal sealed record BlockDraft(RunDown.Slot Slot, IReadOnlyList<PartDraft> Parts, IReadOnlyList<PartDraft> Prompts);
