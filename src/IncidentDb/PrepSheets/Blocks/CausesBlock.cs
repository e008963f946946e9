namespace IncidentDb.PrepSheets.Blocks;

/// <summary>The causes in plain words; a block of its own only in the longest form.</summary>
internal static class CausesBlock
{
    public static IReadOnlyList<PartDraft> Parts(Composition c) => [.. c.Stories.Select(s => StoryBlock.CausesPart(c, s)).OfType<PartDraft>()];
}
