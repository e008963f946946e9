using System.CommandLine;
using System.Text.RegularExpressions;
using IncidentDb.Search;
using IncidentDb.Storage;
using IncidentDb.Wording;
using Spectre.Console;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb search "words" [--filter name=value …]</c>: the site's search on the command line.</summary>
internal static partial class SearchCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("query") { Description = "What to search for, in the site's query syntax.", Arity = ArgumentArity.ZeroOrMore };
        var filter = new Option<string[]>("--filter", "-f") { Description = "A filter as in an address: company=google, year=2017..2019, cause=-dns." };
        var sort = new Option<string>("--sort") { Description = "relevance, date, -date, loss, duration or added.", DefaultValueFactory = _ => "relevance" };
        var size = new Option<int>("--size") { Description = "How many, 1 to 100.", DefaultValueFactory = _ => SearchQuery.DefaultSize };
        var json = Output.JsonOption();
        var command = new Command("search", "Search the database.") { words, filter, sort, size, json };
        command.SetAction(parsed => Run(string.Join(' ', parsed.GetValue(words) ?? []), parsed.GetValue(filter) ?? [], parsed.GetValue(sort)!, parsed.GetValue(size), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string words, string[] filters, string sort, int size, bool json)
    {
        var parameters = new List<KeyValuePair<string, string>> { new("q", words), new("sort", sort), new("size", size.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
        foreach (var filter in filters)
        {
            var equals = filter.IndexOf('=');
            if (equals < 1)
                return Output.Fail(ExitCode.Usage, $"“{filter}” is no filter; write name=value, for example company=google.");
            parameters.Add(new(filter[..equals], filter[(equals + 1)..]));
        }

        try
        {
            using var library = KnowledgeBase.OpenReadOnly(Locations.DataDirectory());
            var notices = new List<string>();
            var options = library.SearchOptions();
            var query = SearchQuery.Parse(parameters, options.Resolve, notices, out _);
            var results = library.Search.Search(query, options with { Notices = notices, Limit = options.HitsOnly.Limit });
            Print(library, results, json);
            return ExitCode.Done;
        }
        catch (DatabaseUnusableException e)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }

    private static void Print(KnowledgeBase library, SearchResults results, bool json)
    {
        var summaries = library.Incidents.Summaries([.. results.Hits.Select(h => h.Id)]);
        if (json)
        {
            Output.Json(new
            {
                results.Total,
                results.Notices,
                hits = results.Hits.Zip(summaries, (h, s) => new
                {
                    s.Slug,
                    s.Title,
                    s.Kind,
                    started = s.Started?.ToString(),
                    companies = s.Companies.Select(c => c.Slug),
                    loss = s.Loss?.Text,
                    s.Severity,
                    snippets = h.Snippets.Select(x => new { x.Field, html = x.Html.Html }),
                }),
            });
            return;
        }

        foreach (var notice in results.Notices)
            Console.WriteLine(notice);
        Console.WriteLine(Output.Count(results.Total, "record"));
        foreach (var (hit, summary) in results.Hits.Zip(summaries))
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{summary.Title}[/]");
            Console.WriteLine($"  {summary.Slug} · {summary.Started} · {string.Join(", ", summary.Companies.Select(c => library.Catalogue.CompanyName(c.Slug)))}");
            foreach (var snippet in hit.Snippets)
                Console.WriteLine($"  {snippet.Label}: {System.Net.WebUtility.HtmlDecode(Mark().Replace(snippet.Html.Html, "*"))}");
        }
    }

    [GeneratedRegex("</?mark>", RegexOptions.None, RegexLimit.Milliseconds)]
    private static partial Regex Mark();
}
