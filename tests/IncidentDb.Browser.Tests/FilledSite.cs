using IncidentDb.Import;
using IncidentDb.Storage;

namespace IncidentDb.Browser.Tests;

/// <summary>The site with the clone's records and something of everything that they may not have yet, so that no kind of page is only seen empty.</summary>
public sealed class FilledSite : Site
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"incidentdb-data-{Guid.NewGuid():N}");

    public FilledSite()
    {
        var clone = Locations.EditorialFolder()!;
        foreach (var file in Directory.EnumerateFiles(clone, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder, Path.GetRelativePath(clone, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        Write("vocabulary/combinations.yaml", Combinations);
        Write("vocabulary/eras.yaml", Eras);
        Write("companies/a-filled-company.yaml", Company);
        var report = Library.Import(DataFolder.Open(_folder));
        report.Problems.Where(p => p.IsError && !p.File.StartsWith("incidents/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    protected override bool ImportsClone => false;

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private void Write(string path, string text)
    {
        if (!File.Exists(Path.Combine(_folder, path)))
            File.WriteAllText(Path.Combine(_folder, path), text);
    }

    private const string Combinations =
        """
        title: Combinations of patterns
        combinations:
          - slug: breaker-and-bulkhead
            label: A breaker in every compartment
            relation: together
            patterns: [circuit-breaker, bulkhead]
            reason: The compartment keeps the fault small, and the breaker keeps its neighbours from calling into it.
            incidents: [facebook-bgp-2021, knight-capital-2012]
          - slug: retries-and-timeouts
            label: Retries under a time-out
            relation: together
            patterns: [retry-with-backoff, failover]
            reason: Whoever waits for ever never tries again, and whoever never waits tries too often.
          - slug: failover-and-shared-control
            label: Failover over a shared control plane
            relation: conflict
            patterns: [failover]
            with: a control plane that both sides share
            reason: What moves the load away is down together with what it would move.
            incidents: [facebook-bgp-2021]

        """;

    private const string Eras =
        """
        title: Eras of the patterns
        eras:
          - slug: web-at-scale
            label: The web at scale
            from: {at: 2004, source: paper}
            to: {at: 2011, source: paper}
            meaning: Machines became many and ordinary, and software had to bear their failures.
            patterns: [circuit-breaker, bulkhead, failover]
            incidents: [knight-capital-2012]
            sources:
              paper:
                title: A paper on large systems of ordinary machines
                publisher: A society
                type: academic
                published: 2007
                url: https://example.org/paper
                read: full
          - slug: clouds
            label: Clouds and regions
            from: {at: 2012, source: book}
            meaning: Whole regions became parts that fail.
            incidents: [facebook-bgp-2021]
            sources:
              book:
                title: A book on clouds
                publisher: A publisher
                type: book
                published: 2014
                read: part

        """;

    private const string Company =
        """
        name: A Filled Company
        aliases: [AFC]
        former_names: [An Empty Company]
        sector: internet
        country: Iceland
        parent: google
        say_as: A-F-C
        about: Has something of everything that a company can have here.
        key_patterns:
          - pattern: bulkhead
            text: Every customer has a compartment of their own.
            source: talk
          - pattern: circuit-breaker
            text: Calls between compartments stop by themselves.
            source: [talk, post]
        scale_metrics:
          - text: 400 million requests a second
            as_of: {at: 2021-05, source: talk}
            source: talk
        cost_insights:
          - text: Half of the machines stand idle, and that is cheaper than a day without them.
            source: post
        sources:
          talk:
            title: How we cut ourselves into pieces
            publisher: A conference
            type: talk
            published: 2021-05-03
            url: https://example.org/talk
            read: full
          post:
            title: The price of idle machines
            publisher: A Filled Company
            type: company_blog
            published: 2020
            url: https://example.org/post
            read: part

        """;
}
