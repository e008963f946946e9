using IncidentDb.Incidents;

namespace IncidentDb.Tests.Incidents;

public sealed class IncidentDraftTests
{
    private static readonly DateTimeOffset _now = new FakeTime().Now;

    public static TheoryData<string, string> Titles
    {
        get
        {
            string[] titles = ["A queue fills up", "## Not a heading", "In 2012. Something broke. “Quoted”", "colon: and # and [brackets]", "- a list item", "東京証券取引所の障害", "!!!!!!", new string('x', 140), "---    ---", "`code` <b>bold</b> [^id]", "Ends with a question?", "&anchor *alias !tag"];
            var data = new TheoryData<string, string>();
            foreach (var title in titles)
            {
                foreach (var kind in new[] { Kinds.Incident, Kinds.NearMiss, Kinds.CaseStudy })
                    data.Add(kind, title);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public void A_draft_passes_the_rules(string kind, string title)
    {
        var draft = IncidentDraft.Write(title, kind, "https://example.org/a?b=c#d", "undisclosed", "canary-release", _now);
        var incident = Sample.Good(draft);
        (incident.Title, incident.Kind).ShouldBe((title, kind));
        incident.Sources.ShouldHaveSingleItem().Url.ShouldBe("https://example.org/a?b=c#d");
        Sample.Good(IncidentWriter.Write(incident)).Whole().ShouldBe(incident.Whole());
    }

    [Fact]
    public void A_draft_without_an_address_says_where_one_belongs() =>
        Sample.Good(IncidentDraft.Write("A queue fills up", Kinds.Incident, null, "undisclosed", "canary-release", _now)).Sources[0].Url.ShouldStartWith("https://example.org/");
}
