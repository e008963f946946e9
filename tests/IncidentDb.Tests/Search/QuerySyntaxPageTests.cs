using System.Text.RegularExpressions;
using IncidentDb.Catalogues;
using IncidentDb.Search;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

public sealed partial class QuerySyntaxPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Clone.Root, "docs", "query-syntax.md"));

    public static TheoryData<string> Examples() => [.. Example().Matches(_page).Select(m => m.Groups["query"].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_understood_as_written(string query)
    {
        var parsed = QueryParser.Parse(query, new FacetWords(Clone.Data.Catalogue).Resolve);
        parsed.Notices.ShouldBeEmpty();
        var root = parsed.Root.ShouldNotBeNull();
        QueryParser.Parse(root.ToString()).Root.ShouldBe(root);
    }

    [Fact]
    public void The_page_names_every_field_with_its_weight_and_every_filter()
    {
        foreach (var field in TextFields.All)
            _page.ShouldContain($"| `{field.Name}` |");
        Weight().Matches(_page).Select(m => (m.Groups["field"].Value, float.Parse(m.Groups["weight"].Value))).ShouldBe(TextFields.All.Select(f => (f.Name, f.Weight)));
        foreach (var facet in FacetList.All)
            _page.ShouldContain($"`{facet.Name}", customMessage: facet.Name);
    }

    [GeneratedRegex("^\\| `(?<query>[^`]+)` \\| (?!.*\\| [0-9.]+ \\|$)", RegexOptions.Multiline)]
    private static partial Regex Example();

    [GeneratedRegex("^\\| `(?<field>[a-z]+)` \\|.*\\| (?<weight>[0-9.]+) \\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Weight();
}
