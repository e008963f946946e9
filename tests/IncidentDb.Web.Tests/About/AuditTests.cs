using IncidentDb.Web.About;

namespace IncidentDb.Web.Tests.About;

public sealed class AuditTests
{
    [Fact]
    public void Facts_are_counted_by_draw_and_verdict_whatever_their_cells_hold()
    {
        var draws = Audit.Summarise("record,fact,source_id,verdict,read,draw\na,\"one, \"\"two\"\"\nthree\",s,right,full,1\na,x,s,wrong,full,1\nb,y,s,imprecise,part,1\nc,z,s,right,full,candidate\n");
        draws.Select(d => (d.Draw, d.Records, d.Facts, d.Checked, d.Right, d.Wrong)).ShouldBe([(0, 1, 1, 1, 1, 0), (1, 2, 3, 3, 1, 1)]);
        Audit.Summarise("").ShouldBeEmpty();
    }

    [Fact]
    public void The_audit_of_the_clone_is_in_the_program() => Audit.Draws.ShouldContain(d => d.Draw > 0 && d.Records >= 25 && d.Checked > 300);
}
