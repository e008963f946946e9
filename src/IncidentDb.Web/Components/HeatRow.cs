namespace IncidentDb.Web.Components;

/// <summary>A row of a heat map: a cause and its counts, one a column.</summary>
public sealed record HeatRow(string Slug, string Name, IReadOnlyList<int> Counts);
