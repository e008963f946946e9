using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using IncidentDb.Records;
using IncidentDb.Storage;

namespace IncidentDb.Cli;

/// <summary>What the programs that call this one rely on.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int DataProblems = 1;
    public const int Usage = 2;
    public const int Unusable = 3;
}

/// <summary>What was typed can't be used; the sentence says why.</summary>
internal sealed class UsageException(string sentence) : Exception(sentence);

/// <summary>What every verb prints the same way.</summary>
internal static class Output
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON instead of text." };

    public static void Json(object value) => Console.WriteLine(JsonSerializer.Serialize(value, _json));

    /// <summary>Errors before warnings, each in the order of files and lines.</summary>
    public static void Problems(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems)
            Console.WriteLine(problem.ToString());
    }

    public static int Fail(int code, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }

    public static string Count(int n, string one, string? many = null) => n == 1 ? $"1 {one}" : $"{n} {many ?? one + "s"}";

    /// <summary>The folder to read records from: as given, else the clone's <c>data/</c>.</summary>
    public static string? DataFolder(string? given) => given ?? Locations.EditorialFolder();

    /// <summary>For a folder in which no file of a record was found: nothing to do is not the same as all well.</summary>
    public static int NoRecords(string path) => Fail(
        ExitCode.Usage,
        $"“{path}” holds no records: a data folder has one folder for each noun, {string.Join(", ", Enum.GetValues<Noun>().Select(n => Import.DataFolder.FolderOf(n) + "/"))}.");

    public const string NoDataFolder = "Name the data folder: this program does not run from a clone, so there is no data/ beside it.";
}
