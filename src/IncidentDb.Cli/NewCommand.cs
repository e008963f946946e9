using System.CommandLine;
using IncidentDb.Import;
using IncidentDb.Incidents;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb new "Title" [--url URL]</c>: a commented draft that already passes the rules.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var title = new Argument<string>("title") { Description = "What happened, in 6 to 140 characters." };
        var url = new Option<string?>("--url") { Description = "The first source." };
        var kind = new Option<string>("--kind") { Description = "incident, near_miss or case_study.", DefaultValueFactory = _ => Kinds.Incident };
        kind.AcceptOnlyFromAmong(Kinds.Incident, Kinds.NearMiss, Kinds.CaseStudy);
        var folder = new Option<string?>("--data") { Description = "The data folder. Without it: the clone's data/." };
        var json = Output.JsonOption();
        var command = new Command("new", "Write a commented draft of a record.") { title, url, kind, folder, json };
        command.SetAction(parsed => Run(parsed.GetValue(title)!, parsed.GetValue(url), parsed.GetValue(kind)!, parsed.GetValue(folder), parsed.GetValue(json)));
        return command;
    }

    private static int Run(string title, string? url, string kind, string? folder, bool json)
    {
        title = title.Trim();
        if (title.Length is < IncidentRules.MinTitle or > IncidentRules.MaxTitle || title.Any(char.IsControl))
            return Output.Fail(ExitCode.Usage, $"A title has {IncidentRules.MinTitle} to {IncidentRules.MaxTitle} characters on one line; this one has {title.Length}.");
        if (url is not null && !SourceUrl.IsValid(url))
            return Output.Fail(ExitCode.Usage, $"“{url}” is no address that can be linked; write it whole, with https://.");
        if (Output.DataFolder(folder) is not { } data)
            return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
        var slug = Slug.From(title);
        var path = Path.Combine(data, "incidents", slug + ".md");
        if (File.Exists(path))
            return Output.Fail(ExitCode.Usage, $"“{path}” exists already; choose another title, or edit that record.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var catalogue = DataFolder.Open(data).Catalogue;
        var company = catalogue.Company("undisclosed")?.Slug ?? catalogue.Companies.FirstOrDefault()?.Slug ?? "company-slug";
        var pattern = catalogue.Patterns.FirstOrDefault()?.Slug ?? "pattern-slug";
        File.WriteAllText(path, IncidentDraft.Write(title, kind, url, company, pattern, TimeProvider.System.GetUtcNow()));
        if (json)
            Output.Json(new { slug, path });
        else
            Console.WriteLine(path);
        return ExitCode.Done;
    }
}
