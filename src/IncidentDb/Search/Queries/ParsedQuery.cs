namespace IncidentDb.Search.Queries;

/// <summary>A parsed query with a sentence for every part that could not be used as written.</summary>
/// <param name="Root">Null when there is nothing to search for: every record matches.</param>
/// <param name="Notices">Sentences for the page; each says what was searched instead.</param>
public sealed record ParsedQuery(QueryNode? Root, IReadOnlyList<string> Notices)
{
    public static readonly ParsedQuery Empty = new(null, []);
}
