using System.CommandLine;
using System.CommandLine.Parsing;
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
    TokenCommand.Create(),
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

// Words are taken as they come, also those of a search: an option that is not there must not become one of them unseen.
if (parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).FirstOrDefault(t => t is { Type: TokenType.Argument, Value: ['-', '-', >= 'a' and <= 'z', ..] }) is { } unknown)
    return Output.Fail(ExitCode.Usage, $"There is no option “{unknown.Value}” here; where it is meant as a word, write -- before the words.");

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException e)
{
    return Output.Fail(ExitCode.Usage, e.Message);
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    // A file or folder that somebody named can't be read or written; whatever else goes wrong is a fault of ours and says where.
    return Output.Fail(ExitCode.Unusable, e.Message);
}
catch (OperationCanceledException)
{
    return ExitCode.DataProblems;
}
