namespace IncidentDb.PrepSheets;

/// <summary>A host's copy that lies with an account, as its lists show it. Its owner alone sees it.</summary>
public sealed record KeptCopy
{
    public required string Id { get; init; }

    /// <summary>The owner's name for it; the title of the sheet where none was given.</summary>
    public required string Name { get; init; }

    /// <summary>The sheet that it is of, as it was called when the copy was kept.</summary>
    public required PrepRequest Request { get; init; }

    /// <summary>Size of its file.</summary>
    public required int Bytes { get; init; }

    /// <summary>Counts every save, from 1.</summary>
    public required int Version { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

/// <summary>A copy of an account with what it holds.</summary>
/// <param name="About">What lists show of it.</param>
/// <param name="File">Its file as it was kept, whether or not it can be read.</param>
/// <param name="Copy">What the file holds; null where this version can't read it.</param>
/// <param name="Problem">A sentence that says why it can't be read; null where it can.</param>
public sealed record OpenedCopy(KeptCopy About, ReadOnlyMemory<byte> File, HostCopy? Copy, string? Problem);

/// <summary>What came of keeping a copy.</summary>
public enum KeepOutcome
{
    Done,

    /// <summary>It was saved since the version that the saver saw. Nothing was written.</summary>
    Stale,

    /// <summary>The account has no such copy (any more). Nothing was written.</summary>
    Missing,

    /// <summary>The account keeps as many copies as it can. Nothing was written.</summary>
    TooMany,

    /// <summary>The copies of the account would be too large together. Nothing was written.</summary>
    TooLarge,
}

/// <param name="Copy">The copy as it lies there now; null when none does.</param>
public sealed record KeepAnswer(KeepOutcome Outcome, KeptCopy? Copy);
