using System.Globalization;
using IncidentDb.Catalogues;
using IncidentDb.Patterns;
using IncidentDb.Records;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentDb.Web.Patterns;

/// <summary>Which combinations an address asks for: of one relation, with one pattern, or all.</summary>
internal sealed record CombinationQuery
{
    public string? Relation { get; init; }

    /// <summary>A slug; names and aliases are resolved where the address is read.</summary>
    public string? Pattern { get; init; }

    /// <summary>From 1; what is no number is the first page.</summary>
    public int Page { get; init; } = 1;

    public static CombinationQuery Of(HttpRequest request, Catalogue catalogue) => new()
    {
        Relation = Value(request, "relation"),
        Pattern = Value(request, "pattern") is { } pattern ? catalogue.Resolve(Noun.Pattern, pattern) ?? pattern : null,
        Page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page > 0 ? page : 1,
    };

    /// <summary>Better together before those that hurt each other; in each those that most records show first.</summary>
    public IEnumerable<Combination> From(Catalogue catalogue) => catalogue.Combinations
        .Where(c => (Relation is null || c.Relation == Relation) && (Pattern is null || c.Patterns.Contains(Pattern)))
        .OrderByDescending(c => c.Relation, StringComparer.Ordinal)
        .ThenByDescending(c => c.Incidents.Count)
        .ThenBy(c => c.Label, StringComparer.OrdinalIgnoreCase);

    public string Url => QueryHelpers.AddQueryString("/patterns/combinations", new Dictionary<string, string?>
    {
        ["relation"] = Relation,
        ["pattern"] = Pattern,
        ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => p.Value is not null));

    private static string? Value(HttpRequest request, string name) => request.Query[name].FirstOrDefault(v => !string.IsNullOrWhiteSpace(v))?.Trim();
}
