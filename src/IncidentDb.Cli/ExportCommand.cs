using System.CommandLine;
using System.Text;
using System.Text.Json;
using IncidentDb.Export;
using IncidentDb.Incidents;
using IncidentDb.Search;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary>
/// <c>incidentdb export data [folder]</c> writes the records as files; <c>incidentdb export records.ndjson</c> writes a search in the format
/// of the name's extension.
/// </summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var what = new Argument<string>("what") { Description = "“data”, or a file whose extension says the format: .json .ndjson .csv .md .bib .ris." };
        var folder = new Argument<string?>("folder") { Description = "With “data”: where to write. Without it: the clone's data/.", Arity = ArgumentArity.ZeroOrOne };
        var query = new Option<string>("--query", "-q") { Description = "Export only what this search finds.", DefaultValueFactory = _ => "" };
        var baseUrl = new Option<string>("--url") { Description = "Address of the site for links.", DefaultValueFactory = _ => "http://127.0.0.1:5080" };
        var json = Output.JsonOption();
        var command = new Command("export", "Write records as files, or a search in another format.") { what, folder, query, baseUrl, json };
        command.SetAction(parsed => Run(parsed.GetValue(what)!, parsed.GetValue(folder), parsed.GetValue(query)!, parsed.GetValue(baseUrl)!.TrimEnd('/'), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string what, string? folder, string query, string baseUrl, bool json)
    {
        try
        {
            using var library = KnowledgeBase.OpenReadOnly(Locations.DataDirectory());
            if (what == "data")
            {
                if (Output.DataFolder(folder) is not { } target)
                    return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
                var (records, written) = DataExport.Write(library.Records, target);
                if (json)
                    Output.Json(new { folder = target, records, written });
                else
                    Console.WriteLine($"{Output.Count(records, "record")}, {written} written to {target}");
                return ExitCode.Done;
            }

            return Search(library, what, query, baseUrl, json);
        }
        catch (DatabaseUnusableException e)
        {
            return Output.Fail(ExitCode.Unusable, e.Message);
        }
    }

    private static int Search(KnowledgeBase library, string path, string query, string baseUrl, bool json)
    {
        var results = library.Search.Search(new SearchQuery { Text = query, Size = int.MaxValue }, library.SearchOptions().HitsOnly);
        if (results.IsPartial)
            return Output.Fail(ExitCode.Unusable, $"The search took longer than half a minute and was stopped; nothing was written. Use rarer words or fewer wildcards.");
        var summaries = results.Hits.Chunk(200).SelectMany(page => library.Incidents.Summaries([.. page.Select(h => h.Id)]));
        var shapes = summaries.Select(s => library.Incidents.Find(s.Slug)).OfType<IncidentDocument>().Select(d => IncidentShapes.Incident(d.Incident, library.Catalogue));
        Action<TextWriter>? write = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".json" => w => w.Write(JsonSerializer.Serialize(shapes, JsonText.Indented)),
            ".ndjson" => w =>
            {
                foreach (var shape in shapes)
                {
                    w.Write(JsonSerializer.Serialize(shape, JsonText.Options));
                    w.Write('\n');
                }
            },
            ".csv" => w => SearchExports.Csv(w, summaries, library.Catalogue, baseUrl),
            ".md" => w => SearchExports.Markdown(w, query.Length > 0 ? $"Incidents: {query}" : "Incidents and case studies", summaries, library.Catalogue, baseUrl),
            ".bib" => w =>
            {
                foreach (var s in summaries)
                    w.Write(Citation.BibTeX(s, library.Catalogue, baseUrl, library.CreditsOf(s.Slug)));
            },
            ".ris" => w =>
            {
                foreach (var s in summaries)
                    w.Write(Citation.Ris(s, library.Catalogue, baseUrl, library.CreditsOf(s.Slug)));
            },
            _ => null,
        };
        if (write is null)
            return Output.Fail(ExitCode.Usage, $"“{path}” has no extension that says the format: .json, .ndjson, .csv, .md, .bib or .ris.");
        using (var file = new StreamWriter(path, append: false, new UTF8Encoding(false)))
            write(file);
        if (json)
            Output.Json(new { path, records = results.Total });
        else
            Console.WriteLine($"{Output.Count(results.Total, "record")} written to {path}");
        return ExitCode.Done;
    }
}
