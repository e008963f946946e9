using IncidentDb.PrepSheets;

namespace IncidentDb.Tests.PrepSheets;

/// <summary>The clone's records in a library of their own, copied once for all tests of sheets.</summary>
public sealed class ClonedLibrary : IDisposable
{
    private readonly TempDirectory _directory = new();

    public ClonedLibrary()
    {
        ImportedLibrary.CopyTo(_directory.Path);
        Library = KnowledgeBase.Open(_directory.Path, "a test");
    }

    public KnowledgeBase Library { get; }

    /// <summary>Twenty sets of one to six records, picked by hand: short and long, old and new, with and without host sections, and case studies.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Sets { get; } =
    [
        ["knight-capital-2012"],
        ["gitlab-database-2017"],
        ["therac-25"],
        ["mariner-1-1962"],
        ["netflix-chaos-engineering"],
        ["air-canada-chatbot"],
        ["aws-s3-2017", "facebook-bgp-2021"],
        ["ariane-5-1996", "mars-climate-orbiter-1999"],
        ["google-spanner", "amazon-dynamo"],
        ["visa-europe-2018", "tsb-migration-2018"],
        ["crowdstrike-2024", "cloudflare-november-2025", "fastly-2021"],
        ["leap-second-2012", "azure-leap-day-2012", "gps-week-rollover-2019"],
        ["left-pad-2016", "event-stream-2018", "xz-backdoor-2024"],
        ["aws-s3-2017", "facebook-bgp-2021", "cloudflare-regex-2019", "knight-capital-2012"],
        ["slack-january-2021", "roblox-2021", "datadog-2023", "github-october-2018"],
        ["arpanet-1980", "at-t-1990", "morris-worm-1988", "northeast-blackout-2003"],
        ["aws-ebs-2011", "aws-us-east-storm-2012", "aws-elb-2012", "aws-dynamodb-2015", "aws-kinesis-2020"],
        ["equifax-2017", "capital-one-2019", "solarwinds-2020", "heartbleed-2014", "log4shell-2021"],
        ["apollo-11-1202-1969", "soviet-false-alarm-1983", "patriot-dhahran-1991", "mars-pathfinder-1997", "starliner-2019", "boeing-737-max"],
        ["monzo-2017", "robinhood-march-2020", "citibank-revlon-2020", "tokyo-stock-exchange-2020", "nasdaq-facebook-ipo-2012", "knight-capital-2012"],
    ];

    /// <summary>Every episode and every set, in every length.</summary>
    public IEnumerable<PrepRequest> Requests() => Library.Catalogue.Episodes.Select(e => new PrepRequest { Episode = e.Slug })
        .Concat(Sets.Select(s => new PrepRequest { Incidents = s }))
        .SelectMany(r => RunDown.Lengths.Select(m => r with { Minutes = m }));

    /// <summary>The sheets of all requests, composed once for the tests that only read them.</summary>
    public IReadOnlyList<PrepSheet> All => field ??= [.. Requests().Select(r => r.Compose(Library)!)];

    public PrepSheet Compose(int minutes, params string[] incidents) => new PrepRequest { Incidents = incidents, Minutes = minutes }.Compose(Library)!;

    public void Dispose()
    {
        Library.Dispose();
        _directory.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class Sheets : ICollectionFixture<ClonedLibrary>
{
    public const string Name = "sheets";
}
