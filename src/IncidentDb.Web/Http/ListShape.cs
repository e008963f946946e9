namespace IncidentDb.Web.Http;

/// <summary>The one shape of lists in JSON.</summary>
public sealed record ListShape(int Total, IReadOnlyList<object> Items)
{
    /// <summary>A part of a longer list.</summary>
    public static ListShape Of(long total, IReadOnlyList<object> items) => new((int)Math.Min(total, int.MaxValue), items);

    public static ListShape Of(IReadOnlyList<object> items) => new(items.Count, items);
}
