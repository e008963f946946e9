using System.Globalization;
using System.Text;
using IncidentDb.Records;
using IncidentDb.Search.Facets;
using IncidentDb.Search.Queries;

namespace IncidentDb.Search;

/// <summary>What was chosen in one facet.</summary>
public sealed record FacetFilter
{
    public static readonly FacetFilter None = new();

    public IReadOnlyList<string> Include { get; init; } = [];

    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>True: a record must have all included values rather than one of them.</summary>
    public bool MatchAll { get; init; }

    public bool IsEmpty => Include.Count == 0 && Exclude.Count == 0;

    public bool Equals(FacetFilter? other) =>
        other is not null && MatchAll == other.MatchAll && Include.SequenceEqual(other.Include) && Exclude.SequenceEqual(other.Exclude);

    public override int GetHashCode() => HashCode.Combine(Include.Count, Exclude.Count, MatchAll);
}

/// <summary>The orders of results; the names are those of the address.</summary>
public enum SearchSort
{
    /// <summary>Best match first; without words the newest incident first.</summary>
    Relevance,

    /// <summary>Oldest incident first.</summary>
    Date,

    /// <summary>Newest incident first.</summary>
    NewestDate,

    /// <summary>Largest loss first.</summary>
    Loss,

    /// <summary>Longest first.</summary>
    Duration,

    /// <summary>Latest addition to the library first.</summary>
    Added,
}

/// <summary>A search as the address bar holds it: immutable, made from parameters, and able to print itself and its neighbours.</summary>
public sealed record SearchQuery
{
    public const int DefaultSize = 20;

    /// <summary>What follows a quantity's name where a form sends the ends of a range apart.</summary>
    public const string FromEnd = ".from";
    public const string ToEnd = ".to";
    public const int MaxSize = 100;

    /// <summary>Results past this place are only in exports.</summary>
    public const int MaxDepth = 10_000;
    private const int MaxValues = 40;
    private const int MaxValueLength = 120;

    public string Text { get; init; } = "";

    /// <summary>Chosen filters by facet name, in the facets' order; none is empty.</summary>
    public IReadOnlyList<KeyValuePair<string, FacetFilter>> Filters { get; init; } = [];

    public SearchSort Sort { get; init; }

    /// <summary>From 1.</summary>
    public int Page { get; init; } = 1;

    public int Size { get; init; } = DefaultSize;

    /// <summary>cards or table.</summary>
    public string View { get; init; } = "cards";

    /// <summary>Facets whose values are all shown.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public FacetFilter Filter(string facet) => Filters.FirstOrDefault(f => f.Key == facet).Value ?? FacetFilter.None;

    public bool HasFilters => Filters.Count > 0;

    private static readonly (string Name, SearchSort Sort)[] _sorts =
    [
        ("relevance", SearchSort.Relevance), ("date", SearchSort.Date), ("-date", SearchSort.NewestDate), ("loss", SearchSort.Loss),
        ("duration", SearchSort.Duration), ("added", SearchSort.Added),
    ];

    public static string NameOf(SearchSort sort) => _sorts.First(s => s.Sort == sort).Name;

    /// <summary>
    /// Reads the parameters of an address. What can't be used becomes a notice; <paramref name="tooDeep"/> is the one thing that is refused:
    /// a page beyond <see cref="MaxDepth"/>.
    /// </summary>
    public static SearchQuery Parse(IEnumerable<KeyValuePair<string, string>> parameters, ResolveValue? resolve, ICollection<string> notices, out bool tooDeep)
    {
        var (text, sort, page, size, view) = ("", SearchSort.Relevance, 1, DefaultSize, "cards");
        var more = new List<string>();
        var all = new HashSet<string>(StringComparer.Ordinal);
        var chosen = new Dictionary<string, (List<string> Include, List<string> Exclude)>(StringComparer.Ordinal);
        var ends = new Dictionary<string, (string From, string To)>(StringComparer.Ordinal);
        foreach (var (name, raw) in parameters)
        {
            var value = raw.Trim();
            switch (name)
            {
                case "q":
                    text = text.Length == 0 ? value : text;
                    break;
                case "sort":
                    if (_sorts.FirstOrDefault(s => s.Name == value) is { Name: not null } known)
                        sort = known.Sort;
                    else if (value.Length > 0)
                        notices.Add($"There is no order “{Cut(value)}”; the results are sorted by relevance.");
                    break;
                case "page":
                    page = Number(value, 1, int.MaxValue, 1, "page", notices);
                    break;
                case "size":
                    size = Number(value, 1, MaxSize, DefaultSize, "size", notices);
                    break;
                case "view":
                    view = value is "table" ? value : "cards";
                    break;
                case "more":
                    if (FacetList.Find(value) is not null && !more.Contains(value))
                        more.Add(value);
                    break;
                case "match":
                    if (value.EndsWith(":all", StringComparison.Ordinal) && FacetList.Find(value[..^4]) is { Multiple: true } multiple)
                        all.Add(multiple.Name);
                    else if (value.Length > 0 && !value.EndsWith(":any", StringComparison.Ordinal))
                        notices.Add($"“match={Cut(value)}” could not be used; write match=cause:all.");
                    break;
                default:
                    if (IsEnd(name, value, ends))
                        break;
                    if (FacetList.Find(name) is not { } facet)
                    {
                        if (notices.Count < 8)
                            notices.Add($"There is no filter “{Cut(name)}”; it was left out.");
                    }
                    else if (value.Length > 0)
                    {
                        Choose(facet, value, resolve, chosen, notices);
                    }

                    break;
            }
        }

        // A range whose ends were typed apart takes the place of the others.
        foreach (var (name, (from, to)) in ends)
        {
            if (chosen.TryGetValue(name, out var lists))
                lists.Include.Clear();
            Choose(FacetList.Find(name)!, from == to ? from : $"{from}..{to}", resolve, chosen, notices);
        }

        tooDeep = (long)page * size > MaxDepth;
        return new SearchQuery
        {
            Text = text,
            Sort = sort,
            Page = page,
            Size = size,
            View = view,
            More = more,
            Filters = Ordered(chosen.ToDictionary(c => c.Key, c => new FacetFilter { Include = c.Value.Include, Exclude = c.Value.Exclude, MatchAll = all.Contains(c.Key) })),
        };
    }

    /// <summary>True for <c>loss.from</c> and <c>loss.to</c>, the two ends of a range as a form sends them; empty ones mean nothing.</summary>
    private static bool IsEnd(string name, string value, Dictionary<string, (string From, string To)> ends)
    {
        var dot = name.LastIndexOf('.');
        if (dot < 0 || name[dot..] is not (FromEnd or ToEnd) || FacetList.Find(name[..dot]) is not { Kind: FacetKind.Quantity } facet)
            return false;
        if (value.Length > 0)
        {
            var (from, to) = ends.GetValueOrDefault(facet.Name, ("", ""));
            ends[facet.Name] = name[dot..] == FromEnd ? (value, to) : (from, value);
        }

        return true;
    }

    private static void Choose(
        Facet facet, string value, ResolveValue? resolve, Dictionary<string, (List<string> Include, List<string> Exclude)> chosen, ICollection<string> notices)
    {
        var exclude = value.StartsWith('-');
        if (exclude)
            value = value[1..];
        if (value.Length is 0 or > MaxValueLength)
        {
            notices.Add($"A value of “{facet.Name}” could not be used; it was left out.");
            return;
        }

        if (facet.Kind == FacetKind.Quantity && !Blank.Is(value) && QuantityRange.Parse(value, facet.Unit) is null)
        {
            notices.Add($"“{facet.Name}={Cut(value)}” is no range; write {facet.Unit switch { QuantityUnit.Year => "2017..2019", QuantityUnit.Minutes => "2h..1d", _ => "1M.." }}. It was left out.");
            return;
        }

        if (facet.Kind == FacetKind.Words && resolve is not null)
        {
            if (resolve(facet, value) is { } slug)
                value = slug;
            else
                notices.Add($"There is no {facet.Label.ToLowerInvariant()} “{Cut(value)}”.");
        }

        if (!chosen.TryGetValue(facet.Name, out var lists))
            chosen[facet.Name] = lists = ([], []);
        var list = exclude ? lists.Exclude : lists.Include;
        if (!list.Contains(value) && list.Count < MaxValues)
            list.Add(value);
    }

    private static int Number(string text, int min, int max, int fallback, string name, ICollection<string> notices)
    {
        if (text.Length == 0)
            return fallback;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return (int)value;
        notices.Add($"“{name}={Cut(text)}” is no number from {min}{(max == int.MaxValue ? " on" : $" to {max}")}; {fallback} was taken.");
        return fallback;
    }

    private static string Cut(string text) => text.Length <= 40 ? text : text[..39] + "…";

    private static List<KeyValuePair<string, FacetFilter>> Ordered(Dictionary<string, FacetFilter> filters) =>
        [.. FacetList.All.Where(f => filters.GetValueOrDefault(f.Name) is { IsEmpty: false }).Select(f => KeyValuePair.Create(f.Name, filters[f.Name]))];

    /// <summary>The same search with another choice in one facet, on its first page.</summary>
    public SearchQuery With(string facet, FacetFilter filter)
    {
        // Called for every value that a page prints: the filters stay in the facets' order by putting this one into its place.
        var place = FacetList.Find(facet) is { } known ? FacetList.IndexOf(known) : int.MaxValue;
        var filters = new List<KeyValuePair<string, FacetFilter>>(Filters.Count + 1);
        foreach (var other in Filters)
        {
            if (other.Key == facet)
                continue;
            if (place >= 0 && FacetList.IndexOf(FacetList.Find(other.Key)!) > place)
                Put();
            filters.Add(other);
        }

        Put();
        return this with { Filters = filters, Page = 1 };

        void Put()
        {
            if (place is >= 0 and < int.MaxValue && !filter.IsEmpty)
                filters.Add(KeyValuePair.Create(facet, filter));
            place = -1;
        }
    }

    /// <summary>Chooses a value, or takes the choice (or the exclusion) back.</summary>
    public SearchQuery Toggle(string facet, string value)
    {
        var filter = Filter(facet);
        if (filter.Exclude.Contains(value))
            return With(facet, filter with { Exclude = [.. filter.Exclude.Where(v => v != value)] });
        return With(facet, filter.Include.Contains(value)
            ? filter with { Include = [.. filter.Include.Where(v => v != value)] }
            : filter with { Include = [.. filter.Include, value] });
    }

    /// <summary>Excludes a value, or takes the exclusion back.</summary>
    public SearchQuery ToggleExclude(string facet, string value)
    {
        var filter = Filter(facet);
        return With(facet, filter.Exclude.Contains(value)
            ? filter with { Exclude = [.. filter.Exclude.Where(v => v != value)] }
            : filter with { Include = [.. filter.Include.Where(v => v != value)], Exclude = [.. filter.Exclude, value] });
    }

    /// <summary>The facet's own choices replaced by this one value.</summary>
    public SearchQuery Only(string facet, string value) => With(facet, new FacetFilter { Include = [value] });

    public SearchQuery WithoutFilters() => this with { Filters = [], Page = 1 };

    /// <summary>The parameters in a fixed order; what has its default value is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters()
    {
        if (Text.Length > 0)
            yield return new("q", Text);
        foreach (var (name, filter) in Filters)
        {
            foreach (var value in filter.Include)
                yield return new(name, value);
            foreach (var value in filter.Exclude)
                yield return new(name, "-" + value);
        }

        foreach (var (name, filter) in Filters)
        {
            if (filter.MatchAll)
                yield return new("match", name + ":all");
        }

        if (Sort != SearchSort.Relevance)
            yield return new("sort", NameOf(Sort));
        if (View != "cards")
            yield return new("view", View);
        foreach (var facet in More)
            yield return new("more", facet);
        if (Size != DefaultSize)
            yield return new("size", Size.ToString(CultureInfo.InvariantCulture));
        if (Page != 1)
            yield return new("page", Page.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary><c>?q=…&amp;cause=…</c>, or nothing.</summary>
    public string ToQueryString()
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Parameters())
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Escape(value));
        return text.ToString();
    }

    /// <summary>The address of the search page, relative to the site.</summary>
    public string ToUrl() => "/incidents" + ToQueryString();

    /// <summary>Escapes what an address needs and leaves what people read: commas, colons and dots stay.</summary>
    private static string Escape(string value) => Uri.EscapeDataString(value)
        .Replace("%20", "+", StringComparison.Ordinal)
        .Replace("%2C", ",", StringComparison.Ordinal)
        .Replace("%3A", ":", StringComparison.Ordinal);
}
