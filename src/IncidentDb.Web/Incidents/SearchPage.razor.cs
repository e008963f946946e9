using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Search.Facets;
using IncidentDb.Web.Http;
using Microsoft.AspNetCore.Components;

namespace IncidentDb.Web.Incidents;

public partial class SearchPage
{
    [CascadingParameter]
    private HttpContext Context { get; set; } = null!;

    private SearchQuery Query { get; set; } = new();

    /// <summary>Null where the page has none to show: too deep, or answered by another address.</summary>
    private SearchResults? Results { get; set; }

    private bool TooDeep { get; set; }

    private IReadOnlyList<(SearchHit Hit, IncidentSummary Summary, int Place)> Rows { get; set; } = [];

    /// <summary>A facet's values beyond these are on the page that shows them all.</summary>
    private const int ValuesOnPage = 48;

    /// <summary>The facet that would narrow these results best.</summary>
    private (FacetResult Facet, IReadOnlyList<FacetValue> Values)? Split { get; set; }

    private int First => ((Query.Page - 1) * Query.Size) + 1;

    private string Title => Query.Text.Length > 0 ? $"{Query.Text}: {Results?.Total ?? 0} records" : "Incidents and case studies";

    protected override void OnInitialized()
    {
        var notices = new List<string>();
        var options = Library.SearchOptions();
        Query = SearchQuery.Parse(Twins.Parameters(Context.Request.Query), options.Resolve, notices, out var tooDeep);
        TooDeep = tooDeep;
        if (notices.Count == 0 && Context.Request.Query.Keys.Any(k => k.EndsWith(SearchQuery.FromEnd, StringComparison.Ordinal) || k.EndsWith(SearchQuery.ToEnd, StringComparison.Ordinal)))
        {
            // A form sends the ends of ranges apart, and empty ones too: the search has one address.
            Context.Response.Redirect(Query.ToUrl());
            return;
        }

        if (tooDeep)
        {
            Context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Results = Library.Search.Search(Query, options with { Notices = notices, ValuesShown = ValuesOnPage });
        PageTimes.Searched(Results);
        var words = Library.FacetWords;
        Split = FacetSplit.Best(Results, (facet, value) => words.Above(facet, value) is null);
        var summaries = Library.Summaries(Results).ToDictionary(s => s.Slug);
        Rows = [.. Results.Hits.Select((h, i) => (Hit: h, Place: First + i)).Where(h => summaries.ContainsKey(h.Hit.Slug)).Select(h => (h.Hit, summaries[h.Hit.Slug], h.Place))];
    }

    /// <summary>What the form has no control for travels along.</summary>
    private IEnumerable<KeyValuePair<string, string>> Hidden()
    {
        foreach (var (name, value) in Query.Parameters())
        {
            if (name is "q" or "page")
                continue;
            var facet = FacetList.Find(name);
            var hasControl = facet is not null && !value.StartsWith('-') && (facet != FacetList.Year || Query.Filter("year").Include.Count == 1);
            if (!hasControl)
                yield return new(name, value);
        }
    }

    private static string Records(int count) => $"{count:#,0} {(count == 1 ? "record" : "records")}";

    private sealed record Chip(string Key, string Value, string Url, bool Not);

    private IEnumerable<Chip> Chips()
    {
        var words = Library.FacetWords;
        foreach (var (name, filter) in Query.Filters)
        {
            var facet = FacetList.Find(name)!;
            var first = true;
            foreach (var value in filter.Include)
            {
                yield return new Chip(first ? facet.Label + ":" : filter.MatchAll ? "and" : "or", words.Label(facet, value), Query.Toggle(name, value).ToUrl(), false);
                first = false;
            }

            foreach (var value in filter.Exclude)
                yield return new Chip($"not {facet.Label}:", words.Label(facet, value), Query.Toggle(name, value).ToUrl(), true);
        }
    }

    /// <summary>JSON is this page of the search, every other form the whole of it.</summary>
    private string Twin(string extension)
    {
        var query = Query with { View = "cards", More = [] };
        return "/incidents" + extension + (extension == ".json" && !TooDeep ? query : query with { Page = 1, Size = SearchQuery.DefaultSize }).ToQueryString();
    }

    private RenderFragment Exports() => builder =>
    {
        foreach (var (extension, label) in new[] { (".json", "JSON"), (".csv", "CSV"), (".ndjson", "NDJSON"), (".md", "Markdown"), (".bib", "BibTeX"), (".ris", "RIS"), (".atom", "Atom feed") })
            Link(builder, Twin(extension), label, current: false);
    };

    private RenderFragment ViewLink(string view, string label) => builder => Link(builder, (Query with { View = view }).ToUrl(), label, Query.View == view);

    private RenderFragment SortLink(SearchSort sort, string label) => builder => Link(builder, (Query with { Sort = sort, Page = 1 }).ToUrl(), label, Query.Sort == sort);

    private static void Link(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, string url, string label, bool current)
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", url);
        builder.AddAttribute(2, "rel", "nofollow");
        if (current)
            builder.AddAttribute(3, "aria-current", "true");
        builder.AddContent(4, label);
        builder.CloseElement();
    }
}
