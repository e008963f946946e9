using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using IncidentDb.Import;
using IncidentDb.Records;

namespace IncidentDb.Cli;

/// <summary><c>incidentdb schema [noun]</c>: JSON Schema of the front matter, made from the same declarations as the reader.</summary>
internal static class SchemaCommand
{
    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var noun = new Argument<string>("noun") { Description = "incident, pattern, company, episode or vocabulary.", DefaultValueFactory = _ => "incident" };
        noun.AcceptOnlyFromAmong("incident", "pattern", "company", "episode", "vocabulary");
        var folder = new Option<string?>("--data") { Description = "The data folder whose vocabularies it lists. Without it: the clone's data/." };
        var json = Output.JsonOption();
        var command = new Command("schema", "Print a JSON Schema of the front matter, for editors.") { noun, folder, json };
        command.SetAction(parsed => Run(Enum.Parse<Noun>(parsed.GetValue(noun)!, ignoreCase: true), parsed.GetValue(folder)));
        return command;
    }

    private static int Run(Noun noun, string? folder)
    {
        if (Output.DataFolder(folder) is not { } data)
            return Output.Fail(ExitCode.Usage, Output.NoDataFolder);
        var words = DataFolder.Open(data).Catalogue.Words;
        Console.WriteLine(RecordSchema.For(noun, words).ToJsonString(_indented));
        return ExitCode.Done;
    }
}
