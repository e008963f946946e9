namespace IncidentDb.Web.Timeline;

/// <summary>Years in a row whose records stand on one page of the timeline.</summary>
internal sealed record YearSpan(int From, int To, int Incidents)
{
    /// <summary>As many records as a page has at least, where there are so many.</summary>
    private const int Least = 40;

    public string Words => From == To ? $"{From}" : $"{From}–{To}";

    public string Url => $"/timeline?year={To}";

    /// <summary>The spans of a library, oldest first. A few that are left over stand with the oldest.</summary>
    /// <param name="years">Years that have records, ascending, and how many.</param>
    public static IReadOnlyList<YearSpan> Of(IReadOnlyList<(int Year, int Incidents)> years)
    {
        var spans = new List<YearSpan>();
        foreach (var (year, incidents) in years.Reverse())
        {
            if (spans.Count > 0 && spans[^1].Incidents < Least)
                spans[^1] = new YearSpan(year, spans[^1].To, spans[^1].Incidents + incidents);
            else
                spans.Add(new YearSpan(year, year, incidents));
        }

        if (spans is [.., var next, { Incidents: < Least / 2 } oldest])
            spans = [.. spans[..^2], new YearSpan(oldest.From, next.To, oldest.Incidents + next.Incidents)];
        spans.Reverse();
        return spans;
    }

    /// <summary>The index of the span that a year stands in or lies nearest before; without a year the newest.</summary>
    public static int IndexOf(IReadOnlyList<YearSpan> spans, int? year) =>
        year is { } y && Enumerable.Range(0, spans.Count).FirstOrDefault(i => spans[i].To >= y, -1) is var i and >= 0 ? i : spans.Count - 1;
}
