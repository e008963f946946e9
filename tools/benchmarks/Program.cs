using System.CommandLine;
using System.Globalization;
using System.Text;
using IncidentDb.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var root = new RootCommand("Benchmarks of IncidentDb. Every figure is printed with the size it was measured on; claims of speed are ratios within one run.")
{
    CorpusCommand.Create(),
    SearchBench.Create(),
    RelevanceBench.Create(),
    UpdateBench.Create(),
    NamesBench.Create(),
    StartBench.Create(),
    SuggestBench.Create(),
    PrepBench.Create(),
    HostileBench.Create(),
    LoadBench.Create(),
};
return await root.Parse(args.Length == 0 ? ["search"] : args).InvokeAsync();
