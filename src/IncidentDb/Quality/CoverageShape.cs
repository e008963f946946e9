namespace IncidentDb.Quality;

/// <summary>Coverage as JSON: the same for the command line and the site.</summary>
public static class CoverageShape
{
    public static object Of(Coverage coverage) => new
    {
        goals = coverage.Goals.Select(g => new { g.What, g.Wanted, g.AtMost, g.Reached, g.Met }),
        groups = coverage.Groups.Select(g => new { g.Name, g.Title, rows = g.Rows.Select(r => new { r.Label, r.Count, r.Of, share = Math.Round(r.Share, 4), r.Url }) }),
        blanks = coverage.Blanks.Select(b => new { b.Field, b.Unknown, b.NotDisclosed, b.Missing, b.Of }),
        coverage.PatternsWithoutEvidence,
        next = coverage.Next.Select(n => new { n.Noun, n.Slug, n.Label, n.Why }),
    };
}
