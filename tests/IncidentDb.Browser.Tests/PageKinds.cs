namespace IncidentDb.Browser.Tests;

/// <summary>Every kind of page with an address that shows it well filled.</summary>
public static class PageKinds
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["home"] = "/",
        ["search"] = "/incidents?q=control+plane",
        ["search-filtered"] = "/incidents?cause=retry-storm&cause=overload&company=-google&year=2011..2019&match=cause:all&more=company",
        ["search-table"] = "/incidents?view=table&sort=loss&size=50",
        ["search-page-2"] = "/incidents?page=2",
        ["search-notice"] = "/incidents?q=%22unclosed&page=abc&nosuch=1",
        ["search-none"] = "/incidents?q=nosuchwordatall&cause=retry-storm",
        ["search-too-deep"] = "/incidents?page=999&size=100",
        ["incident"] = "/incidents/facebook-bgp-2021",
        ["incident-long"] = "/incidents/knight-capital-2012",
        ["incident-key-events"] = "/incidents/facebook-bgp-2021?events=key",
        ["case-study"] = "/incidents/amazon-service-oriented-architecture",
        ["history"] = "/incidents/facebook-bgp-2021/history",
        ["companies"] = "/companies",
        ["companies-table"] = "/companies?view=table",
        ["company"] = "/companies/amazon-web-services",
        ["company-filled"] = "/companies/a-filled-company",
        ["causes"] = "/causes",
        ["cause"] = "/causes/capacity",
        ["patterns"] = "/patterns",
        ["pattern"] = "/patterns/failover",
        ["matrix"] = "/patterns/matrix",
        ["matrix-fine"] = "/patterns/matrix?causes=all",
        ["combinations"] = "/patterns/combinations",
        ["evolution"] = "/patterns/evolution",
        ["technologies"] = "/technologies",
        ["technology"] = "/technologies/dns",
        ["laws"] = "/laws",
        ["law"] = "/laws/emergent-chaos",
        ["timeline"] = "/timeline",
        ["episodes"] = "/episodes",
        ["episode"] = "/episodes/incident-documentaries-04-six-hours-of-silence",
        ["prep"] = "/prep",
        ["prep-nothing"] = "/prep?incident=nowhere&minutes=7",
        ["prep-5"] = "/prep?incident=knight-capital-2012&minutes=5",
        ["prep-20"] = "/episodes/incident-documentaries-04-six-hours-of-silence/prep?minutes=20",
        ["prep-60"] = "/prep?incident=aws-s3-2017&incident=facebook-bgp-2021&minutes=60&clock=Europe/London",
        ["prep-150"] = "/episodes/incident-documentaries-01-cascading-failure-chronicles/prep?minutes=150",
        ["prep-case-study"] = "/prep?incident=netflix-chaos-engineering&minutes=20",
        ["prompter"] = "/prep/prompter?incident=knight-capital-2012&minutes=5",
        ["copy"] = "/prep/copy?incident=knight-capital-2012&minutes=20",
        ["changes"] = "/changes",
        ["about"] = "/about",
        ["data"] = "/about/data",
        ["docs"] = "/docs",
        ["doc"] = "/docs/data-format",
        ["not-found"] = "/nowhere",
        ["record-not-found"] = "/incidents/nowhere",
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
