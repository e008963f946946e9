using IncidentDb.Incidents;
using IncidentDb.Web.Incidents;

namespace IncidentDb.Web.Tests.Incidents;

/// <summary>The drawn timeline: no mark covers another.</summary>
[Collection(ReadingSite.Name)]
public sealed class TimelineAxisTests(Site site)
{
    /// <summary>The narrowest that the drawing gets, and the size of a mark, in pixels.</summary>
    private const double Width = 640;
    private const double Size = 15;

    [Fact]
    public void No_two_marks_of_a_lane_cover_each_other()
    {
        var types = site.Library.Catalogue.Words["event_types"];
        var (drawn, moved) = (0, 0);
        foreach (var incident in site.Library.Incidents.All().Select(i => site.Library.Incidents.Find(i.Slug)!.Incident))
        {
            if (TimelineAxis.Of(incident, Derivation.Of(incident), types) is not { } axis)
                continue;
            drawn++;
            axis.Marks.Concat(axis.Whole?.Marks ?? []).Select(m => m.Event).ShouldBeUnique(incident.Slug);
            moved += axis.Marks.Count(m => m.Down != 0);
            var lanes = axis.Marks.GroupBy(m => m.Lane).Select(l => l.ToList()).Append([.. axis.Whole?.Marks ?? []]);
            foreach (var lane in lanes)
            {
                var places = lane.Select(m => (X: (m.X / 100 * Width) + m.Right, Y: m.Down)).ToList();
                for (var i = 0; i < places.Count; i++)
                {
                    for (var j = i + 1; j < places.Count; j++)
                        (Math.Abs(places[i].X - places[j].X) >= Size || Math.Abs(places[i].Y - places[j].Y) >= Size).ShouldBeTrue($"{incident.Slug}: {places[i]} and {places[j]}");
                }
            }
        }

        drawn.ShouldBeGreaterThan(50);
        moved.ShouldBeGreaterThan(50);
    }
}
