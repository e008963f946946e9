using System.CommandLine;
using System.Globalization;
using System.Text;
using IncidentDb.Cli;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var root = new RootCommand("IncidentDb: production incidents and engineering case studies, checked, searched and exported.")
{
    CheckCommand.Create(),
    CoverageCommand.Create(),
    ImportCommand.Create(),
    ExportCommand.Create(),
    SearchCommand.Create(),
    PrepCommand.Create(),
    FormatCommand.Create(),
    NewCommand.Create(),
    SchemaCommand.Create(),
    SubmitCommand.Create(),
    BackupCommand.Create(),
    BackupCommand.Verify(),
    BackupCommand.Restore(),
    AdminCommand.Create(),
    DoctorCommand.Create(),
    DoctorCommand.Migrate(),
    DoctorCommand.Config(),
    DoctorCommand.Version(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine("“incidentdb --help” lists the verbs, “incidentdb <verb> --help” their options.");
    return ExitCode.Usage;
}

return await parsed.InvokeAsync();
