using IncidentDb.Catalogues;
using IncidentDb.Search;
using IncidentDb.Search.Queries;

namespace IncidentDb.Tests.Search;

public sealed class SynonymsTests
{
    private static readonly Synonyms _synonyms = new(
    [
        ["Kubernetes", "k8s"],
        ["Amazon S3", "S3", "Simple Storage Service"],
        ["load balancer", "LB"],
        ["uninterruptible power supply", "UPS"],
        ["Block", "Square"],
        ["block storage", "Block"],
    ]);

    [Theory]
    [InlineData("k8s", "kubernetes")]
    [InlineData("k8s outage", "(k8s OR kubernetes^0.8) outage")]
    [InlineData("load balancers down", "((load balancers) OR lb^0.8) down")]
    [InlineData("amazon s3", "(amazon s3) OR s3^0.8 OR \"simple storage service\"^0.8")]
    [InlineData("s3", "s3 OR \"simple storage service\"^0.8")]
    [InlineData("title:k8s", "title:k8s OR title:kubernetes^0.8")]
    [InlineData("power is up", "power is up")]
    [InlineData("block", "block")]
    [InlineData("\"k8s\"", "\"k8s\"")]
    [InlineData("-k8s outage", "-k8s outage")]
    public void A_name_is_searched_under_its_other_names_too(string text, string planned)
    {
        var plan = new QueryPlan(_synonyms).Make(QueryParser.Parse(text).Root!);
        if (planned == "kubernetes")
            planned = "k8s OR kubernetes^0.8";
        plan.ToString().ShouldBe(planned);
    }

    [Fact]
    public void Lists_that_share_two_names_are_one_and_a_name_they_share_keeps_its_others()
    {
        var synonyms = new Synonyms([["content delivery network", "CDN"], ["Content delivery network", "CDN", "edge cache"], ["CDN", "code name"]]);
        synonyms.Find(["edge", "cache"], 0).Others.Select(o => o.Text).ShouldBe(["content delivery network", "CDN"]);
        synonyms.Find(["content", "delivery", "network"], 0).Others.Select(o => o.Text).ShouldBe(["CDN", "edge cache"]);
        synonyms.Find(["cdn"], 0).Length.ShouldBe(0, "it stands for a code name too");
    }

    [Fact]
    public void What_was_searched_besides_is_said()
    {
        var plan = new QueryPlan(_synonyms);
        plan.Make(QueryParser.Parse("amazon s3 outage").Root!);
        plan.Notices.ShouldBe(["“amazon s3” was searched as S3 and Simple Storage Service too."]);
    }

    [Fact]
    public void Only_the_better_name_counts()
    {
        using var index = new SearchIndex();
        index.Load([Record(1, "kubernetes k8s"), Record(2, "kubernetes lost its state"), Record(3, "docker")], 1);
        var results = index.Search(new SearchQuery { Text = "k8s" }, new SearchOptions { Synonyms = _synonyms });
        results.Hits.Select(h => h.Id).ShouldBe([1, 2]);
        results.Hits[0].Score.ShouldBe(index.Search(new SearchQuery { Text = "k8s" }).Hits.Single().Score);
        index.Search(new SearchQuery { Text = "-k8s" }, new SearchOptions { Synonyms = _synonyms }).Total.ShouldBe(2);
    }

    [Fact]
    public void The_names_of_the_clone_lead_from_one_to_the_other()
    {
        var plan = new QueryPlan(CatalogueSynonyms.Of(Clone.Data.Catalogue));
        plan.Make(QueryParser.Parse("k8s postgres outage").Root!).ToString().ShouldContain("kubernetes");
        plan.Notices.Count.ShouldBe(2);
    }

    private static IndexedRecord Record(long id, string text) => IndexedRecords.Make(id, new Random(1)) with { Passages = [new Passage(6, "", "", text)] };
}
