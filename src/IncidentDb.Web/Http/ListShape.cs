namespace IncidentDb.Web.Http;

/// <summary>The one shape of lists in JSON.</summary>
public sealed record ListShape(int Total, IReadOnlyList<object> Items)
{
    public static ListShape Of(IReadOnlyList<object> items) => new(items.Count, items);
}
