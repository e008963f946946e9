using System.Text.Json;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Tests;

/// <summary>Made-up records without a problem, for tests to read, break and import.</summary>
internal static class Sample
{
    /// <summary>A record with nearly everything the format has, in canonical form and without a warning.</summary>
    public const string Record =
        """
        ---
        title: A reused flag wakes up old code on one of eight servers
        kind: incident
        companies: [undisclosed]
        started: {at: "2012-08-01T09:30[America/New_York]", source: sec}
        ended: {at: "2012-08-01T10:15[America/New_York]", source: sec}
        confidence: confirmed
        severity: S1
        impact: [financial_loss]
        detection: partner_or_vendor
        trigger: code_deploy
        causes: {flag-reuse: root, partial-rollout: contributing}
        patterns: {canary-release: absent, kill-switch: worked}
        resolution: [isolation]
        metrics:
          - {metric: direct_cost, value: 460M USD, headline: true, source: sec}
          - metric: fine
            value: 10M EUR
            scope: what the regulator of another country took
            usd: {value: 12.3M USD, rate_date: 2013-10-16}
            source: [sec, blog]
          - {metric: percent_traffic, value: ~1.5%, source: sec}
          - {metric: orders_affected, value: 4M.., source: sec}
        regions: [united-states]
        tags: [trading]
        same_as: {wikipedia: https://en.wikipedia.org/wiki/Example}
        contributors: [Somebody]
        former_slugs: [old-name]
        sources:
          sec:
            title: Administrative proceeding
            publisher: SEC
            type: regulator_or_court
            published: 2013-10-16
            url: https://www.sec.gov/litigation/admin/2013/34-70694.pdf
            read: full
          blog:
            title: What happened
            publisher: A blog
            type: company_blog
            url: https://example.org/what-happened
            read: part
        ---
        One of eight servers kept old code, and a reused flag woke it up. [^sec]

        ## Summary
        A broker brought a new version of its order router to its servers by hand, and one of them was left out. The new version gave an old flag a new meaning. On the server with the old version the flag started code that nobody had used for years. It sent orders without end. [^sec] People saw at once that something was wrong, but not where. They took the new version off the other servers, which made it worse. [^blog]

        ## Timeline
        - 2012-07-27 · change_deployed · The new version is brought out. [^sec]
        - 2012-08-01T08:01 · alert_fired · E-mails name the fault before the market opens. [^sec]
        - 09:30 · impact_start · key · The market opens and the old code starts to send orders. [^sec]
        - T+00:04 · detected · key · turning-point · the exchange · The exchange calls. [^sec]
        - 09:40/09:50~ · action_backfired · engineers · The new version is taken off the others \· the wrong way. [^blog][^sec]
        - 10:10 · mitigation · The link to the market is cut. [^sec]
        - 10:15 · resolved · key · The orders stop. [^sec]
        - 2013-10-16 · legal_regulatory · The regulator fines the broker. [^sec]

        ## Causes
        ### flag-reuse
        A flag got a new meaning while code that knew the old one was still there. [^sec]

        ### partial-rollout
        One server was left out, and nothing compared them. [^sec]

        ## Patterns
        ### canary-release
        What happened: All servers took orders of customers from the first minute. [^sec]
        Would have: One server with a little traffic would have shown the orders before they cost much.

        ### kill-switch
        What happened: Cutting the link to the market ended it at once. [^sec]

        ## Aftermath
        The broker was bought by another within a year. [^blog]

        ## Cold open
        It is half past nine, and the screens are green.

        ## Hook
        How does one server of eight lose 460 million dollars?

        ## Talking points
        - A flag is an interface.
        - Nobody owned the old code.
        - The alarm was an e-mail.

        ## Questions
        - Who knows what runs where?
        - What would you turn off first?

        """;

    /// <summary>A case study without a problem.</summary>
    public const string CaseStudy =
        """
        ---
        title: A video service breaks its own machines on purpose
        kind: case_study
        companies: [undisclosed]
        started: {at: 2011, source: blog}
        patterns: {kill-switch: worked}
        sources:
          blog:
            title: What happened
            publisher: A blog
            type: company_blog
            url: https://example.org/what-happened
            read: full
        ---
        Machines that die every day in working hours keep a service honest. [^blog]

        ## Summary
        A video service moved to rented machines that may vanish at any time. Rather than hope, its engineers wrote a program that ends machines at random, in working hours, while people watch. What could not bear it was mended. After some months nobody noticed the program any more, which was the point of it. [^blog]

        ## Challenge
        Machines vanish without a word. [^blog]

        ## Approach
        A program ends them at random. [^blog]

        ## Outcome
        Losing a machine is no event. [^blog]

        ## Patterns
        ### kill-switch
        What happened: One switch stops the program itself. [^blog]

        """;

    public const string Pattern =
        """
        ---
        name: Canary release
        aliases: [canary]
        category: deployment
        tier: gold
        status: recommended
        ---
        Let a small part meet a change before the whole does.

        ## Problem
        A bad change reaches everybody at once.

        ## Solution
        Give it to a few first.

        ## What violating it looks like
        - All servers change in one step.

        ## How to check
        - Ask where the change is now.

        ## When not to use it
        Where there is only one of a thing.

        ## Trade-offs
        It takes time.

        """;

    public const string Company =
        """
        name: Undisclosed company
        about: Stands where a source does not name the company.

        """;

    public const string Episode =
        """
        ---
        series: incident-documentaries
        number: "1"
        title: The flag
        status: idea
        segments:
          - {start: 0:00, title: Cold open}
        patterns: [canary-release]
        ---
        Why one server of eight is enough.

        """;

    /// <summary>A small record that can be published; the number makes it differ from the others.</summary>
    public static string Minimal(int n = 1) =>
        $$"""
        ---
        title: Queue number {{n}} fills up and takes the front page with it
        kind: incident
        companies: [undisclosed]
        started: {{2000 + (n % 25)}}-0{{1 + (n % 9)}}-1{{n % 10}}
        severity: S{{1 + (n % 5)}}
        impact: [partial_outage]
        detection: unknown
        causes: unknown
        sources:
          first: {title: Letter {{n}}, publisher: A blog, type: company_blog, url: https://example.org/{{n}}, read: full}
        ---
        A queue had no bound, and its memory was that of the front page. [^first]

        ## Summary
        A service that sends letters put them into a queue without a bound. When the service behind it slowed down the queue grew until it had all the memory of the machine, and the front page on the same machine went with it. People saw errors until somebody emptied the queue and gave it a bound. [^first]

        """;

    /// <summary>A data folder with the clone's words, one company, two patterns, an episode and the records given as slug and text.</summary>
    public static DataFolder Folder(TempDirectory directory, params IEnumerable<(string Slug, string Text)> records)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Clone.DataPath, "vocabulary"), "*.yaml").Where(f => Path.GetFileNameWithoutExtension(f) is not ("combinations" or "eras")))
            directory.Write($"vocabulary/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        directory.Write("companies/undisclosed.yaml", Company);
        directory.Write("patterns/canary-release.md", Pattern);
        directory.Write("patterns/kill-switch.md", Pattern.Replace("name: Canary release\naliases: [canary]", "name: Kill switch", StringComparison.Ordinal));
        directory.Write("episodes/the-flag.md", Episode);
        foreach (var (slug, text) in records)
            directory.Write($"incidents/{slug}.md", text);
        return DataFolder.Open(directory.Path);
    }

    /// <summary>Reads a record against the clone's words and names.</summary>
    public static (Incident Incident, IReadOnlyList<Problem> Problems) Read(string text, string slug = "sample-record")
    {
        var context = Clone.Context($"{slug}.md");
        var result = IncidentReader.Read(slug, text, context);
        return (result.Record.ShouldNotBeNull(string.Join('\n', result.Problems)), result.Problems);
    }

    /// <summary>Reads a record that has no error.</summary>
    public static Incident Good(string text, string slug = "sample-record")
    {
        var (incident, problems) = Read(text, slug);
        problems.Where(p => p.IsError).ShouldBeEmpty();
        return incident;
    }

    /// <summary>All that a record holds, as text: equal texts mean equal records.</summary>
    public static string Whole(this Incident incident) => JsonSerializer.Serialize(incident, IncidentJson.Default.Incident);

    /// <summary>The text with one part replaced, which must be there.</summary>
    public static string With(this string text, string old, string replacement)
    {
        text.ShouldContain(old, Case.Sensitive, "the sample has changed under the test");
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + replacement + text[(at + old.Length)..];
    }
}
